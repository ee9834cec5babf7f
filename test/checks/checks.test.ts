import { ApiObject, App, Chart, JsonPatch, Testing } from 'cdk8s';
import { Construct } from 'constructs';
import { addChecks } from '../../lib/checks/checks';
import { apiVersionsThatStay } from '../../lib/kubernetes/served-apis';
import type { NetworkFlow } from '../../lib/network/network-flow';
import { chartOf, configMap, deployment, LABELS } from './support';

const FLOW: NetworkFlow = {
  reason: 'metadata database',
  from: { kind: 'pods', labels: LABELS },
  to: { kind: 'cidr', cidr: '10.0.0.0/8' },
  ports: [{ port: 5432, protocol: 'TCP' }],
};
const DENY_ALL = {
  apiVersion: 'networking.k8s.io/v1',
  kind: 'NetworkPolicy',
  metadata: { name: 'deny' },
  spec: { podSelector: {}, policyTypes: ['Egress'] },
};

function errorOf(chart: Chart): string {
  try {
    Testing.synth(chart);
  } catch (error) {
    return `${error}`;
  }
  return '';
}

test('what is right passes', () => {
  // GIVEN
  const chart = chartOf([deployment()]);
  addChecks(chart, { flows: [FLOW], isHardened: true });
  // WHEN
  const objects = Testing.synth(chart);
  // THEN
  expect(objects).toHaveLength(1);
});

test('one error tells the findings of all checks, with object, construct path, problem and remedy', () => {
  // GIVEN an object of each wrong kind
  const chart = chartOf([
    deployment(
      {
        volumes: [{ name: 'config', configMap: { name: 'missing' } }],
        serviceAccountName: 'default',
        automountServiceAccountToken: true,
      },
      {
        image: 'apache/airflow',
        env: [
          { name: 'PASSWORD', value: 'hunter2' },
          { name: 'A', value: '' },
          { name: 'A', value: '' },
        ],
        securityContext: {},
        volumeMounts: [{ name: 'nowhere', mountPath: '/x' }],
        readinessProbe: { tcpSocket: { port: 'http' } },
        resources: { requests: { cpu: '1', memory: '2Gi' }, limits: { memory: '1Gi' } },
      },
    ),
    { ...configMap('Wrong', { '..': 'x' }), metadata: { name: 'Wrong', labels: { team: 'a b' } } },
    {
      apiVersion: 'policy/v1',
      kind: 'PodDisruptionBudget',
      metadata: { name: 'budget' },
      spec: { selector: { matchLabels: { app: 'no' } } },
    },
    DENY_ALL,
    DENY_ALL,
  ]);
  addChecks(chart, { flows: [FLOW], isHardened: true });
  // WHEN
  const error = errorOf(chart);
  // THEN
  const expected = [
    'Deployment/web (chart/object-0): volume "config" names ConfigMap "missing", which is not in the chart; add it, or say that',
    'has the image "apache/airflow" without a tag',
    'env PASSWORD of container "main"',
    'the variable "A" is in container "main" twice',
    'mounts the volume "nowhere"',
    'names the port "http"',
    'Pod Security "restricted" expects capabilities: { drop: [ALL] }',
    'asks for 2Gi of memory and may use 1Gi',
    'may write to its root file system',
    'gets a token of the ServiceAccount "default"',
    'ConfigMap/Wrong (chart/object-1): "Wrong" can\'t be the name of a ConfigMap; expected lower-case letters',
    '"a b" can\'t be the value of the label "team"',
    '".." can\'t be a key',
    'selects no pod of the chart',
    "metadata database: pods with app=web can't reach 10.0.0.0/8 at port 5432/TCP, blocked by the egress of NetworkPolicy/deny",
    'chart/object-3 makes the same object',
  ];
  for (const text of expected) expect(error).toContain(text);
  expect(error).not.toContain('hunter2');
});

test.each([
  'Certificate',
  'ClusterRoleBinding',
  'ConfigMap',
  'CronJob',
  'Deployment',
  'ExternalSecret',
  'HTTPRoute',
  'HorizontalPodAutoscaler',
  'Ingress',
  'NetworkPolicy',
  'Pod',
  'PodDisruptionBudget',
  'RoleBinding',
  'SealedSecret',
  'Secret',
  'Service',
  'ServiceAccount',
  'StatefulSet',
])('a %s with nothing in it does not break the checks', (kind) => {
  // GIVEN
  const bare = { apiVersion: apiVersionsThatStay(kind)[0] ?? 'example.com/v1', kind, metadata: { name: 'bare' } };
  const empty = { ...bare, metadata: { name: 'empty' }, spec: {} };
  const chart = chartOf([bare, empty, { ...bare, metadata: { name: 'rule' }, spec: { rules: [{}] } }]);
  addChecks(chart, { flows: [FLOW], isHardened: true });
  // WHEN
  const error = errorOf(chart);
  // THEN
  expect(error).toBe('');
});

test('only what is below the scope is checked, but the whole chart is where names may lead', () => {
  // GIVEN a scope whose pod names a ConfigMap beside the scope, next to a pod that is wrong
  const chart = chartOf([configMap('beside', { key: 'a' }), deployment({}, { image: 'x' })]);
  const scope = new Construct(chart, 'scope');
  new ApiObject(scope, 'pod', {
    ...deployment({ volumes: [{ name: 'a', configMap: { name: 'beside' } }] }),
    metadata: { name: 'mine' },
  });
  addChecks(scope, { flows: [], isHardened: true });
  // WHEN
  const error = errorOf(chart);
  // THEN
  expect(error).toBe('');
});

test('objects are checked as patches leave them, at each synth', () => {
  // GIVEN a chart that passed
  const chart = chartOf([deployment()]);
  addChecks(chart, { flows: [], isHardened: true });
  Testing.synth(chart);
  // WHEN
  ApiObject.of(chart.node.findChild('object-0')).addJsonPatch(JsonPatch.replace('/spec/template/spec/containers/0/image', 'a:latest'));
  // THEN
  expect(errorOf(chart)).toContain('"a:latest"');
});

test('the same object in two charts of the app is told once', () => {
  // GIVEN
  const app = new App();
  const charts = ['a', 'b'].map((id) => {
    const chart = new Chart(app, id, { namespace: 'airflow' });
    new ApiObject(chart, 'config', configMap('same', { key: 'x' }));
    addChecks(chart, { flows: [], isHardened: true });
    return chart;
  });
  // WHEN
  const error = errorOf(charts[1]);
  // THEN
  expect(error.match(/makes the same object/g)).toHaveLength(1);
  expect(error).toContain('ConfigMap/same (b/config): a/config makes the same object');
});
