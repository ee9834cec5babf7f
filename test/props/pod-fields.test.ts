import { Construct } from 'constructs';
import { type ComponentProps, NetworkDestination } from '../../lib';
import { dnsProblem, podFields, validatePodFields } from '../../lib/props/pod-fields';
import { PropValidator } from '../../lib/validation/prop-validator';
import { synthErrors } from '../support/synth-objects';

const FIELDS = {
  runtimeClassName: 'gvisor',
  hostAliases: [{ ip: '10.0.0.7', hostnames: ['git.example.com'] }],
  dnsPolicy: 'None',
  dnsConfig: { nameservers: ['10.0.0.10', 'fd00::10'], options: [{ name: 'ndots', value: '2' }] },
};

test('props of the same names are fields of the pod, with those of its placement', () => {
  expect(podFields({ ...FIELDS, placement: { priorityClassName: 'high' }, labels: { team: 'data' } }, {})).toEqual({
    ...FIELDS,
    priorityClassName: 'high',
  });
  expect(podFields({}, {})).toEqual({});
  expect(errorsOf(FIELDS)).toEqual([]);
});

test.each<[ComponentProps, string]>([
  [{ runtimeClassName: 'A B' }, 'runtimeClassName: "A B" given; expected a DNS name'],
  [{ hostAliases: [{ ip: 'x' }] }, 'hostAliases[0].ip: "x" given; expected an IP address'],
  [{ hostAliases: [{ ip: '::1', hostnames: ['A B'] }] }, 'hostAliases[0].hostnames[0]: "A B" given; expected a DNS name'],
  [
    { dnsPolicy: 'clusterfirst' },
    'dnsPolicy: "clusterfirst" given; expected one of ClusterFirst, ClusterFirstWithHostNet, Default, None; did you',
  ],
  [{ dnsConfig: { nameservers: ['dns.example.com'] } }, 'dnsConfig.nameservers[0]: "dns.example.com" given; expected an IP address'],
])('%j is an error', (props, message) => {
  expect(errorsOf(props)).toEqual([expect.stringContaining(`[test] it.${message}`)]);
});

test('without a policy names need a server', () => {
  expect(dnsProblem({ dnsPolicy: 'None' })).toContain('no name could be looked up');
  expect(dnsProblem({ dnsPolicy: 'None', dnsConfig: { searches: ['example.com'] } })).toContain('no name could be looked up');
  expect(dnsProblem({ dnsPolicy: 'Default' })).toContain('expected networkPolicies: { dns: ');
  expect(dnsProblem({ dnsPolicy: 'Default' }, { dns: [NetworkDestination.cidr('10.0.0.9/32')] })).toBeUndefined();
  expect(dnsProblem({ dnsPolicy: 'Default' }, { enabled: false })).toBeUndefined();
  expect(dnsProblem(FIELDS)).toBeUndefined();
  expect(dnsProblem({})).toBeUndefined();
});

function errorsOf(props: ComponentProps): string[] {
  return synthErrors((app) => validatePodFields(new PropValidator(new Construct(app, 'test')), 'it', props));
}
