import { App, Chart, Testing } from 'cdk8s';
import type { NetworkFlow, NetworkPeer } from '../../lib/network/network-flow';
import { addNetworkPolicies } from '../../lib/network/network-policies';
import type { Manifest } from '../support/manifests';

const WEB = { app: 'web' };
const DATABASE = { app: 'database' };
const TARGETS = [
  { name: 'web', podLabels: WEB },
  { name: 'database', podLabels: DATABASE },
];

const tcp = (port: number) => ({ port, protocol: 'TCP' as const });
const pods = (labels: { [name: string]: string }): NetworkPeer => ({ kind: 'pods', labels });
const flow = (from: NetworkPeer, to: NetworkPeer, ...ports: number[]): NetworkFlow => ({
  reason: 'test',
  from,
  to,
  ...(ports.length > 0 && { ports: ports.map(tcp) }),
});

test('each group of pods has a policy, and without flows nothing is let through', () => {
  // WHEN
  const policies = make([]);

  // THEN
  expect(policies).toEqual(
    TARGETS.map(({ name, podLabels }) => ({
      apiVersion: 'networking.k8s.io/v1',
      kind: 'NetworkPolicy',
      metadata: { name, labels: { team: 'data' } },
      spec: { podSelector: { matchLabels: podLabels }, policyTypes: ['Ingress', 'Egress'] },
    })),
  );
});

test('a flow between two groups is let out at the one and in at the other, and not the other way', () => {
  // WHEN
  const [web, database] = make([flow(pods(WEB), pods(DATABASE), 5432)]);

  // THEN
  expect(web.spec.egress).toEqual([{ to: [{ podSelector: { matchLabels: DATABASE } }], ports: [tcp(5432)] }]);
  expect(web.spec).not.toHaveProperty('ingress');
  expect(database.spec.ingress).toEqual([{ from: [{ podSelector: { matchLabels: WEB } }], ports: [tcp(5432)] }]);
  expect(database.spec).not.toHaveProperty('egress');
});

test.each<[NetworkPeer, Manifest]>([
  [{ kind: 'namespace', name: 'gitlab' }, { namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': 'gitlab' } } }],
  [
    { kind: 'namespace', name: 'kube-system', labels: { 'k8s-app': 'kube-dns' } },
    {
      namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': 'kube-system' } },
      podSelector: { matchLabels: { 'k8s-app': 'kube-dns' } },
    },
  ],
  [{ kind: 'cidr', cidr: '10.0.0.0/8' }, { ipBlock: { cidr: '10.0.0.0/8' } }],
  [pods({}), { podSelector: {} }],
])('%j is let through', (peer, expected) => {
  // WHEN
  const [web, database] = make([flow(pods(WEB), peer), flow(peer, pods(DATABASE), 1)]);

  // THEN
  expect(web.spec.egress).toEqual([{ to: [expected] }]);
  expect(database.spec.ingress).toEqual([{ from: [expected], ports: [tcp(1)] }]);
});

test('anywhere is a rule without peers, and at all ports an empty rule', () => {
  // WHEN
  const [web, database] = make([flow(pods(WEB), { kind: 'anywhere' }), flow({ kind: 'anywhere' }, pods(DATABASE), 5432)]);

  // THEN
  expect(web.spec.egress).toEqual([{}]);
  expect(database.spec.ingress).toEqual([{ ports: [tcp(5432)] }]);
});

test('anywhere but some blocks is all other addresses, and the pods of all namespaces', () => {
  // WHEN
  const [web] = make([flow(pods(WEB), { kind: 'anywhere', except: ['169.254.0.0/16', 'fe80::/10'] }, 443)]);

  // THEN
  expect(web.spec.egress).toEqual([
    {
      to: [
        { ipBlock: { cidr: '0.0.0.0/0', except: ['169.254.0.0/16'] } },
        { ipBlock: { cidr: '::/0', except: ['fe80::/10'] } },
        { namespaceSelector: {} },
      ],
      ports: [tcp(443)],
    },
  ]);
});

test('flows to the same ports are one rule, each peer once', () => {
  // WHEN
  const gitlab: NetworkPeer = { kind: 'namespace', name: 'gitlab' };
  const [web] = make([
    flow(pods(WEB), gitlab, 443),
    flow(pods(WEB), pods(DATABASE), 443),
    flow(pods(WEB), gitlab, 443),
    flow(pods(WEB), gitlab, 80),
  ]);

  // THEN
  const namespace = { namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': 'gitlab' } } };
  expect(web.spec.egress).toEqual([
    { to: [namespace, { podSelector: { matchLabels: DATABASE } }], ports: [tcp(443)] },
    { to: [namespace], ports: [tcp(80)] },
  ]);
});

test('a rule for anywhere does not swallow one for a peer, nor the other way round', () => {
  // WHEN
  const [web] = make([flow(pods(WEB), pods(DATABASE), 443), flow(pods(WEB), { kind: 'anywhere' }, 443)]);

  // THEN
  expect(web.spec.egress).toEqual([{ to: [{ podSelector: { matchLabels: DATABASE } }], ports: [tcp(443)] }, { ports: [tcp(443)] }]);
});

test('pods with more labels or fewer are others', () => {
  // WHEN
  const policies = make([flow(pods({ ...WEB, tier: '1' }), pods({}), 1), flow(pods({ app: 'other' }), pods({ app: 'none' }), 2)]);

  // THEN
  for (const { spec } of policies) expect(Object.keys(spec).sort()).toEqual(['podSelector', 'policyTypes']);
});

function make(flows: readonly NetworkFlow[]): Manifest[] {
  const chart = new Chart(new App(), 'chart');
  addNetworkPolicies(chart, TARGETS, flows, { team: 'data' });
  return Testing.synth(chart);
}
