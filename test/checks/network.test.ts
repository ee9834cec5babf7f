import { ApiObject } from 'cdk8s';
import { Construct } from 'constructs';
import { Manifests } from '../../lib/checks/manifests';
import { checkNetwork } from '../../lib/checks/network';
import type { NetworkFlow, NetworkPeer, NetworkPort } from '../../lib/network/network-flow';
import type { Manifest } from '../support/manifests';
import { chartOf, problemsOf } from './support';

const DATABASE_PORT = { name: 'sql', containerPort: 5432 };

function podOf(app: string, namespace?: string): Manifest {
  return {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { name: app, namespace, labels: { app } },
    spec: { containers: [{ name: app, ports: app === 'database' ? [DATABASE_PORT] : [] }] },
  };
}

function policy(name: string, spec: Manifest, namespace?: string): Manifest {
  return { apiVersion: 'networking.k8s.io/v1', kind: 'NetworkPolicy', metadata: { name, namespace }, spec };
}

const selectorOf = (app: string) => ({ matchLabels: { app } });
const peerOf = (app: string): NetworkPeer => ({ kind: 'pods', labels: { app } });
const tcp = (...ports: number[]): NetworkPort[] => ports.map((port) => ({ port, protocol: 'TCP' }));
const flow = (to: NetworkPeer, ports?: NetworkPort[], from: NetworkPeer = peerOf('worker')): NetworkFlow => ({
  reason: 'metadata database',
  from,
  to,
  ports,
});

const TO_DATABASE = flow(peerOf('database'), tcp(5432));
const PODS = [podOf('worker'), podOf('database')];
const NAMESPACE = { apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'git', labels: { team: 'git' } } };

/** Policy for the egress of the worker. */
const egress = (...rules: Manifest[]) => policy('worker', { podSelector: selectorOf('worker'), policyTypes: ['Egress'], egress: rules });
/** Policy for the ingress of the database. */
const ingress = (...rules: Manifest[]) =>
  policy('database', { podSelector: selectorOf('database'), policyTypes: ['Ingress'], ingress: rules });

function problems(objects: Manifest[], ...flows: NetworkFlow[]): string[] {
  return problemsOf((manifests) => checkNetwork(manifests, flows), [...PODS, NAMESPACE, ...objects]);
}

test('without policies all is let through', () => {
  // WHEN
  const result = problems([], TO_DATABASE, flow({ kind: 'anywhere' }));
  // THEN
  expect(result).toEqual([]);
});

test('a finding tells reason, ends, port, policies and the rule that would do', () => {
  // GIVEN
  const chart = chartOf([...PODS, egress(), policy('deny', { podSelector: {}, policyTypes: ['Ingress', 'Egress'] })]);
  // WHEN
  const findings = checkNetwork(Manifests.of(chart), [TO_DATABASE]);
  // THEN
  expect(findings.map(({ object, problem, remedy }) => [object.name, problem, remedy])).toEqual([
    [
      'worker',
      "metadata database: pods with app=worker can't reach pods with app=database at port 5432/TCP, blocked by the egress of " +
        'NetworkPolicy/worker, NetworkPolicy/deny',
      'this egress rule would do: {"to":[{"podSelector":{"matchLabels":{"app":"database"}}}],"ports":[{"port":5432,"protocol":"TCP"}]}',
    ],
    [
      'database',
      "metadata database: pods with app=worker can't reach pods with app=database at port 5432/TCP, blocked by the ingress of " +
        'NetworkPolicy/deny',
      'this ingress rule would do: {"from":[{"podSelector":{"matchLabels":{"app":"worker"}}}],"ports":[{"port":5432,"protocol":"TCP"}]}',
    ],
  ]);
});

/** Rules for the flow from the worker to the database at port 5432, at its one end or its other. */
const RULES: [string, Manifest, boolean][] = [
  ['no peers and no ports', {}, true],
  ['empty lists', { PEERS: [], ports: [] }, true],
  ['the pod', { PEERS: [{ podSelector: selectorOf('PEER') }] }, true],
  ['all pods of the namespace', { PEERS: [{ podSelector: {} }] }, true],
  ['an expression', { PEERS: [{ podSelector: { matchExpressions: [{ key: 'app', operator: 'Exists' }] } }] }, true],
  ['another pod', { PEERS: [{ podSelector: selectorOf('other') }] }, false],
  ['one of two peers', { PEERS: [{ podSelector: selectorOf('other') }, { podSelector: selectorOf('PEER') }] }, true],
  ['all namespaces', { PEERS: [{ namespaceSelector: {} }] }, true],
  ['the namespace', { PEERS: [{ namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': 'airflow' } } }] }, true],
  ['another namespace', { PEERS: [{ namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': 'other' } } }] }, false],
  ['the pod in all namespaces', { PEERS: [{ namespaceSelector: {}, podSelector: selectorOf('PEER') }] }, true],
  ['another pod in all namespaces', { PEERS: [{ namespaceSelector: {}, podSelector: selectorOf('other') }] }, false],
  ['addresses, which pods are not', { PEERS: [{ ipBlock: { cidr: '0.0.0.0/0' } }] }, false],
  ['the port', { ports: [{ port: 5432, protocol: 'TCP' }] }, true],
  ['the port of the protocol by default', { ports: [{ port: 5432 }] }, true],
  ['one of two ports', { ports: [{ port: 1 }, { port: 5432 }] }, true],
  ['another port', { ports: [{ port: 5433 }] }, false],
  ['another protocol', { ports: [{ port: 5432, protocol: 'UDP' }] }, false],
  ['all ports of the protocol', { ports: [{ protocol: 'TCP' }] }, true],
  ['all ports of another protocol', { ports: [{ protocol: 'UDP' }] }, false],
  ['a range', { ports: [{ port: 5000, endPort: 5432 }] }, true],
  ['another range', { ports: [{ port: 5000, endPort: 5431 }] }, false],
  ['the name of the port at the database', { ports: [{ port: 'sql' }] }, true],
  ['another name', { ports: [{ port: 'http' }] }, false],
  ['the right port for the wrong peer', { PEERS: [{ podSelector: selectorOf('other') }], ports: [{ port: 5432 }] }, false],
];

test.each(RULES)('a rule with %s, at both ends', (_, rule, expected) => {
  // GIVEN
  const at = (list: string, peer: string) => JSON.parse(JSON.stringify(rule).replaceAll('PEERS', list).replaceAll('PEER', peer));
  // WHEN
  const outward = problems([egress(at('to', 'database'))], TO_DATABASE);
  const inward = problems([ingress(at('from', 'worker'))], TO_DATABASE);
  // THEN
  expect(outward).toHaveLength(expected ? 0 : 1);
  expect(inward).toHaveLength(expected ? 0 : 1);
});

test.each<[string, Manifest, string[]]>([
  ['none: ingress', {}, ['ingress']],
  ['none, with egress: both', { egress: [{ to: [{ podSelector: selectorOf('other') }] }] }, ['egress', 'ingress']],
  ['none, with an egress that is empty: ingress', { egress: [] }, ['ingress']],
  ['an empty list: ingress', { policyTypes: [] }, ['ingress']],
  ['Egress alone', { policyTypes: ['Egress'] }, ['egress']],
  ['Ingress alone, with rules for egress that do not count', { policyTypes: ['Ingress'], egress: [{ ports: [{ port: 1 }] }] }, ['ingress']],
])('policyTypes: %s', (_, spec, directions) => {
  // WHEN
  const result = problems([policy('all', { podSelector: {}, ...spec })], TO_DATABASE);
  // THEN
  expect(result).toEqual(directions.map((direction) => expect.stringContaining(`blocked by the ${direction} of NetworkPolicy/all`)));
});

test('the rules of all policies of a pod count together, those of other pods and namespaces do not', () => {
  // GIVEN
  const allowing = { policyTypes: ['Egress'], egress: [{}] };
  // WHEN
  const together = problems([egress(), policy('more', { podSelector: {}, ...allowing })], TO_DATABASE);
  const ofOthers = problems([egress(), policy('more', { podSelector: selectorOf('database'), ...allowing })], TO_DATABASE);
  const elsewhere = problems([egress(), policy('more', { podSelector: {}, ...allowing }, 'other')], TO_DATABASE);
  // THEN
  expect([together.length, ofOthers.length, elsewhere.length]).toEqual([0, 1, 1]);
});

test('policies that select other pods, or are of another kind, do not block', () => {
  // GIVEN
  const denyOthers = policy('others', {
    podSelector: { matchExpressions: [{ key: 'app', operator: 'NotIn', values: ['worker', 'database'] }] },
  });
  const calico = { ...egress(), apiVersion: 'projectcalico.org/v3' };
  // WHEN
  const result = problems([denyOthers, calico], TO_DATABASE);
  // THEN
  expect(result).toEqual([]);
});

test('each port has to be let through, by one rule or another', () => {
  // GIVEN
  const rules = [{ ports: [{ port: 53, protocol: 'UDP' }] }, { ports: [{ port: 53 }] }];
  const dns = flow({ kind: 'anywhere' }, [{ port: 53, protocol: 'UDP' }, ...tcp(53)]);
  // WHEN
  const both = problems([egress(...rules)], dns);
  const one = problems([egress(rules[0])], dns);
  const allPorts = problems([egress(...rules)], flow({ kind: 'anywhere' }));
  // THEN
  expect(both).toEqual([]);
  expect(one).toEqual([expect.stringContaining("can't reach any address at port 53/TCP, blocked")]);
  expect(allPorts).toEqual([expect.stringContaining('at port all')]);
});

/** Rules for a flow to what is no pod of the chart. */
const PEERS: [string, NetworkPeer, Manifest[] | undefined, boolean][] = [
  ['anywhere by a rule without peers', { kind: 'anywhere' }, undefined, true],
  ['anywhere by addresses and namespaces', { kind: 'anywhere' }, [{ ipBlock: { cidr: '0.0.0.0/0' } }, { namespaceSelector: {} }], true],
  ['anywhere by addresses alone', { kind: 'anywhere' }, [{ ipBlock: { cidr: '0.0.0.0/0' } }], false],
  ['anywhere by namespaces alone', { kind: 'anywhere' }, [{ namespaceSelector: {} }], false],
  ['anywhere by pods of the namespace', { kind: 'anywhere' }, [{ ipBlock: { cidr: '0.0.0.0/0' } }, { podSelector: {} }], false],
  [
    'anywhere but some',
    { kind: 'anywhere' },
    [{ ipBlock: { cidr: '0.0.0.0/0', except: ['169.254.0.0/16'] } }, { namespaceSelector: {} }],
    false,
  ],
  [
    'anywhere but what is not meant',
    { kind: 'anywhere', except: ['169.254.0.0/16'] },
    [{ ipBlock: { cidr: '0.0.0.0/0', except: ['169.254.169.254/32'] } }, { namespaceSelector: {} }],
    true,
  ],
  ['addresses by a rule without peers', { kind: 'cidr', cidr: '10.1.0.0/16' }, undefined, true],
  ['addresses by the same', { kind: 'cidr', cidr: '10.1.0.0/16' }, [{ ipBlock: { cidr: '10.1.0.0/16' } }], true],
  ['addresses by more', { kind: 'cidr', cidr: '10.1.0.0/16' }, [{ ipBlock: { cidr: '10.0.0.0/8' } }], true],
  ['addresses by fewer', { kind: 'cidr', cidr: '10.1.0.0/16' }, [{ ipBlock: { cidr: '10.1.2.0/24' } }], false],
  [
    'addresses by more but others',
    { kind: 'cidr', cidr: '10.1.0.0/16' },
    [{ ipBlock: { cidr: '0.0.0.0/0', except: ['10.2.0.0/16'] } }],
    true,
  ],
  [
    'addresses by more but some',
    { kind: 'cidr', cidr: '10.1.0.0/16' },
    [{ ipBlock: { cidr: '0.0.0.0/0', except: ['10.1.1.0/24'] } }],
    false,
  ],
  ['addresses by namespaces', { kind: 'cidr', cidr: '10.1.0.0/16' }, [{ namespaceSelector: {} }], false],
  [
    'a namespace by its name',
    { kind: 'namespace', name: 'gitlab' },
    [{ namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': 'gitlab' } } }],
    true,
  ],
  [
    'a namespace by a list of names',
    { kind: 'namespace', name: 'gitlab' },
    [{ namespaceSelector: { matchExpressions: [{ key: 'kubernetes.io/metadata.name', operator: 'In', values: ['a', 'gitlab'] }] } }],
    true,
  ],
  [
    'a namespace by labels it has in the chart',
    { kind: 'namespace', name: 'git' },
    [{ namespaceSelector: { matchLabels: { team: 'git' } } }],
    true,
  ],
  [
    'a namespace by labels it has not',
    { kind: 'namespace', name: 'gitlab' },
    [{ namespaceSelector: { matchLabels: { team: 'git' } } }],
    false,
  ],
  ['a namespace by all', { kind: 'namespace', name: 'gitlab' }, [{ namespaceSelector: {} }], true],
  [
    'a namespace by some of its pods',
    { kind: 'namespace', name: 'gitlab' },
    [{ namespaceSelector: {}, podSelector: selectorOf('web') }],
    false,
  ],
  [
    'some pods of a namespace by their labels',
    { kind: 'namespace', name: 'gitlab', labels: { app: 'web', tier: 'a' } },
    [{ namespaceSelector: {}, podSelector: selectorOf('web') }],
    true,
  ],
  [
    'some pods of a namespace by other labels',
    { kind: 'namespace', name: 'gitlab', labels: { tier: 'a' } },
    [{ namespaceSelector: {}, podSelector: selectorOf('web') }],
    false,
  ],
  ['a namespace by the pods of this one', { kind: 'namespace', name: 'gitlab' }, [{ podSelector: {} }], false],
  ['this namespace by its pods', { kind: 'namespace', name: 'airflow' }, [{ podSelector: {} }], true],
  ['a namespace by addresses', { kind: 'namespace', name: 'gitlab' }, [{ ipBlock: { cidr: '0.0.0.0/0' } }], false],
  ['pods that need not be in the chart, by all pods', { kind: 'pods', labels: {} }, [{ podSelector: {} }], true],
  ['pods that need not be in the chart, by some pods', { kind: 'pods', labels: {} }, [{ podSelector: selectorOf('database') }], false],
];

test.each(PEERS)('%s, to and from', (_, peer, peers, expected) => {
  // WHEN
  const outward = problems([egress({ to: peers })], flow(peer, tcp(443)));
  const inward = problems([ingress({ from: peers })], flow(peerOf('database'), tcp(443), peer));
  // THEN
  expect(outward).toHaveLength(expected ? 0 : 1);
  expect(inward).toHaveLength(expected ? 0 : 1);
});

test('a name of a port says nothing where the target is no pod of the chart', () => {
  // WHEN
  const result = problems([egress({ ports: [{ port: 'sql' }] })], flow({ kind: 'anywhere' }, tcp(5432)));
  // THEN
  expect(result).toHaveLength(1);
});

test('a flow whose pods there are not does not count', () => {
  // GIVEN
  const deny = policy('deny', { podSelector: {}, policyTypes: ['Ingress', 'Egress'] });
  // WHEN
  const result = problems([deny], flow(peerOf('redis')), flow(peerOf('database'), undefined, peerOf('flower')));
  // THEN
  expect(result).toEqual([]);
});

test('pods of another namespace are not those of a flow', () => {
  // GIVEN the database is in another namespace
  const objects = [podOf('worker'), podOf('database', 'other'), egress()];
  // WHEN
  const result = problemsOf((manifests) => checkNetwork(manifests, [TO_DATABASE]), objects);
  // THEN
  expect(result).toEqual([]);
});

test('policies beside the checked scope count, pods beside it are not those of a flow', () => {
  // GIVEN
  const chart = chartOf([podOf('worker'), policy('deny', { podSelector: {}, policyTypes: ['Egress'] })]);
  const scope = new Construct(chart, 'scope');
  new ApiObject(scope, 'pod', { ...podOf('worker'), metadata: { name: 'mine', labels: { app: 'worker' } } });
  // WHEN
  const findings = checkNetwork(Manifests.of(scope), [flow({ kind: 'anywhere' }, tcp(443))]);
  // THEN
  expect(findings.map(({ object }) => object.name)).toEqual(['mine']);
});
