import { JsonPatch } from 'cdk8s';
import { AirflowChart, ExternalService, NetworkDestination } from '../../lib';
import { checkOpenings } from '../../lib/checks/openings';
import type { NetworkFlow } from '../../lib/network/network-flow';
import { airflowErrors, synthErrors } from '../support/synth-objects';
import { deployment, LABELS, problemsOf, service } from './support';

const WEB = { kind: 'pods', labels: LABELS } as const;
const policy = (...egress: object[]) => ({
  apiVersion: 'networking.k8s.io/v1',
  kind: 'NetworkPolicy',
  metadata: { name: 'web' },
  spec: { podSelector: { matchLabels: LABELS }, policyTypes: ['Egress'], egress },
});
const problems = (objects: object[], ...flows: NetworkFlow[]) =>
  problemsOf((manifests) => checkOpenings(manifests, flows), [deployment(), ...objects]);

test.each([
  [{}, 'any address'],
  [{ ports: [{ port: 443 }] }, 'any address'],
  [{ to: [{ ipBlock: { cidr: '0.0.0.0/0' } }] }, '{"ipBlock":{"cidr":"0.0.0.0/0"}}'],
  [{ to: [{ namespaceSelector: {} }] }, '{"namespaceSelector":{}}'],
])('egress %j that no flow has is told', (rule, what) => {
  expect(problems([policy(rule)])).toEqual([`NetworkPolicy/web: its egress opens ${what}, which nothing of the deployment needs`]);
});

test('egress that a flow has is not, nor any that is narrow', () => {
  const anywhere: NetworkFlow = { reason: 'all', from: WEB, to: { kind: 'anywhere', except: ['169.254.0.0/16'] } };
  const block = { ipBlock: { cidr: '0.0.0.0/0', except: ['169.254.0.0/16'] } };
  expect(problems([policy({ to: [block] })], anywhere)).toEqual([]);
  expect(problems([policy({})], { ...anywhere, to: { kind: 'anywhere' } })).toEqual([]);
  expect(
    problems([policy({ to: [{ ipBlock: { cidr: '10.0.0.0/8' } }, { namespaceSelector: {}, podSelector: { matchLabels: LABELS } }] })]),
  ).toEqual([]);
});

test.each([{ type: 'LoadBalancer' }, { type: 'NodePort' }, { externalIPs: ['192.0.2.1'] }])(
  'a Service with %j leads to whom the outside is to reach',
  (spec) => {
    const outward = service({ ...spec, selector: LABELS, ports: [{ port: 80 }] });
    expect(problems([outward])).toEqual([
      expect.stringMatching(
        /^Service\/web: by (LoadBalancer|NodePort|externalIPs) it lets the outside get to Deployment\/web, whom only pods/,
      ),
    ]);
    expect(problems([outward], { reason: 'web', from: { kind: 'anywhere' }, to: WEB })).toEqual([]);
    expect(problems([service({ selector: LABELS, ports: [{ port: 80 }] })])).toEqual([]);
  },
);

test('what a patch opens is an error at synth', () => {
  // WHEN
  const errors = synthErrors((app) => {
    const { airflow } = new AirflowChart(app, 'airflow', { namespace: 'airflow' });
    airflow.patch('Service', 'airflow-postgresql', JsonPatch.add('/spec/type', 'LoadBalancer'));
    airflow.patch('NetworkPolicy', 'airflow-worker', JsonPatch.add('/spec/egress/-', {}));
    airflow.patch('Role', 'airflow-credentials', JsonPatch.add('/rules/-', { apiGroups: [''], resources: ['pods'], verbs: ['*'] }));
  });
  // THEN
  expect(errors).toEqual([
    expect.stringMatching(/ Role\/airflow-credentials .*: who has it may do all with some kinds of objects/),
    expect.stringMatching(/ NetworkPolicy\/airflow-worker .*: its egress opens any address/),
    expect.stringMatching(/ Service\/airflow-postgresql .*: by LoadBalancer it lets the outside get to StatefulSet\/airflow-postgresql/),
  ]);
});

test('what a prop opens is not', () => {
  expect(
    airflowErrors({
      externalService: ExternalService.loadBalancer(),
      networkPolicies: { taskEgress: [NetworkDestination.anywhere(), NetworkDestination.cidr('0.0.0.0/0')] },
    }),
  ).toEqual([]);
});
