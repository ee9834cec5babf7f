import { findingsOf } from '../../../cli/status/findings';
import type { Living } from '../../../cli/status/living';
import type { Json } from '../../../lib/kubernetes/json';
import { synthAirflow } from '../../support/synth-objects';

function findings(living: Partial<Living>) {
  return findingsOf({ namespace: 'b', pods: [], claims: [], events: [], names: new Set(), logs: new Map(), workloads: [], ...living });
}

function pod(name: string, containers: readonly Json[], more: { spec?: object; status?: object } = {}): Json {
  return {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { name, namespace: 'b' },
    spec: { containers: containers.map(({ name }) => ({ name, image: `${name}:1` })), ...more.spec },
    status: { phase: 'Pending', containerStatuses: containers, ...more.status },
  };
}

const waiting = (name: string, reason: string, message?: string) => ({ name, state: { waiting: { reason, message } } });
const failed = (name: string, exitCode = 1, reason = 'Error') => ({ name, state: { terminated: { exitCode, reason } } });

test('what is there and runs is right', () => {
  expect(findings({ pods: [pod('a', [{ name: 'main', ready: true, state: { running: {} } }], { status: { phase: 'Running' } })] })).toEqual(
    [],
  );
});

test('a Secret that is not there is told with the command that makes it, once for all pods', () => {
  // GIVEN
  const secret = { secretName: 'gitlab-dags', items: [{ key: 'username' }, { key: 'token' }] };
  const spec = { volumes: [{ name: 'git', secret }] };
  const pods = ['a', 'c'].map((name) => pod(name, [waiting('main', 'ContainerCreating')], { spec }));

  // THEN
  expect(findings({ pods })).toEqual([
    {
      object: 'Pod b/a, Pod b/c',
      problem: 'there is no Secret gitlab-dags',
      wayOut: 'make it; pods that wait for it start by themselves',
      commands: ['kubectl create secret generic gitlab-dags --namespace b --from-file=username=FILE --from-file=token=FILE'],
    },
  ]);
  expect(findings({ pods, names: new Set(['secret/gitlab-dags']) })).toEqual([]);
});

test.each<[string, object, string[]]>([
  ['in a projected volume', { volumes: [{ projected: { sources: [{ secret: { name: 's' } }] } }] }, ['there is no Secret s']],
  [
    'as a variable',
    { containers: [{ name: 'main', env: [{ name: 'A', valueFrom: { secretKeyRef: { name: 's', key: 'k' } } }] }] },
    ['there is no Secret s'],
  ],
  ['as all variables', { containers: [{ name: 'main', envFrom: [{ configMapRef: { name: 'c' } }] }] }, ['there is no ConfigMap c']],
  ['a ConfigMap', { volumes: [{ configMap: { name: 'c' } }] }, ['there is no ConfigMap c']],
  [
    'what need not be there',
    { volumes: [{ secret: { secretName: 's', optional: true } }, { configMap: { name: 'c', optional: true } }] },
    [],
  ],
])('%s', (_what, spec, problems) => {
  expect(findings({ pods: [pod('a', [waiting('main', 'ContainerCreating')], { spec })] }).map(({ problem }) => problem)).toEqual(problems);
});

test('of a Secret that a Job makes the log of that Job helps', () => {
  // GIVEN
  const workloads = synthAirflow({ namespace: 'b' }).ofKind('Job');
  const spec = { volumes: [{ secret: { secretName: 'airflow-fernet-key' } }] };
  const [finding] = findings({ workloads, pods: [pod('a', [waiting('main', 'ContainerCreating')], { spec })] });

  // THEN
  expect(finding.wayOut).toMatch(/^Job\/airflow-credentials-\w+ makes it, and has not done so$/);
  expect(finding.commands).toEqual([expect.stringMatching(/^kubectl logs --namespace b job\/airflow-credentials-/)]);
});

test.each([
  ['0/1 nodes are available: 1 Insufficient memory.', 'nodes need more room, or the pods lower requests: `resources` of the component'],
  [
    '0/1 nodes are available: pod has unbound immediate PersistentVolumeClaims.',
    'it waits for its volume: look at the claims of the namespace',
  ],
  [
    "0/1 nodes are available: 1 node(s) didn't match Pod's node affinity/selector.",
    'nodes have to be as `placement` of the component says, or it has to say something else',
  ],
])('no node: %s', (message, wayOut) => {
  // GIVEN
  const conditions = [{ type: 'PodScheduled', status: 'False', reason: 'Unschedulable', message }];

  // THEN
  expect(findings({ pods: [pod('a', [], { status: { conditions } })] })).toMatchObject([
    { problem: `no node takes it: ${message}`, wayOut },
  ]);
});

test('an image that is not there is told with its name', () => {
  expect(findings({ pods: [pod('a', [waiting('main', 'ImagePullBackOff', 'Back-off pulling image')])] })).toMatchObject([
    { problem: "the image main:1 can't be pulled", wayOut: expect.stringContaining('Back-off pulling image') },
  ]);
});

test.each([
  [failed('install-requirements'), "the packages of the requirements can't be installed"],
  [failed('git-sync-init-airflow', 128), "DAGs can't be read from git"],
  [failed('migrate'), "the database can't be migrated"],
  [failed('generate-secrets'), "Secrets can't be made"],
  [failed('wait-for-database'), "it can't wait for what it needs"],
  [failed('scheduler', 3), 'scheduler ends with 3, and is started again and again'],
  [failed('worker', 137, 'OOMKilled'), 'worker had too little memory, and was ended'],
  [waiting('main', 'CreateContainerConfigError', "couldn't find key token"), "main can't be made: couldn't find key token"],
])('a container that fails: $name', (container, problem) => {
  expect(findings({ pods: [pod('a', [container])] }).map((finding) => finding.problem)).toEqual([problem]);
});

test('of a log the lines are shown that tell', () => {
  // GIVEN
  const log = 'Collecting requests\nERROR: No matching distribution found for no-such\n\nbye\n';
  const pods = [pod('a', [failed('install-requirements')])];

  // THEN
  expect(findings({ pods, logs: new Map([['a/install-requirements', log]]) })).toMatchObject([
    {
      problem: "the packages of the requirements can't be installed\nERROR: No matching distribution found for no-such",
      commands: ['kubectl logs --namespace b a --container install-requirements'],
    },
  ]);
});

test('a container that has started again is asked for the log before', () => {
  // GIVEN
  const container = { ...waiting('main', 'CrashLoopBackOff'), lastState: { terminated: { exitCode: 1 } } };

  // THEN
  expect(findings({ pods: [pod('a', [container])] })[0].commands).toEqual(['kubectl logs --namespace b a --container main --previous']);
});

test('pods that are not let in, claims without a volume and Jobs that have failed are told', () => {
  // GIVEN
  const event = (kind: string, name: string, reason: string, message: string) => ({ involvedObject: { kind, name }, reason, message });
  const claim = {
    apiVersion: 'v1',
    kind: 'PersistentVolumeClaim',
    metadata: { name: 'data', namespace: 'b' },
    status: { phase: 'Pending' },
  };
  const set = { apiVersion: 'apps/v1', kind: 'StatefulSet', metadata: { name: 's', namespace: 'b' }, spec: {}, status: {} };
  const conditions = [{ type: 'Failed', status: 'True', message: 'Job has reached the specified backoff limit' }];
  const job = { apiVersion: 'batch/v1', kind: 'Job', metadata: { name: 'j', namespace: 'b' }, spec: {}, status: { conditions } };

  // WHEN
  const events = [
    event('PersistentVolumeClaim', 'data', 'FailedBinding', 'no storage class is set'),
    event('StatefulSet', 's', 'FailedCreate', 'violates PodSecurity'),
  ];
  const found = findings({ claims: [claim], workloads: [set, job], events });

  // THEN
  expect(found.map(({ object, problem }) => `${object}: ${problem}`)).toEqual([
    'PersistentVolumeClaim b/data: it has no volume: no storage class is set',
    'StatefulSet b/s: its pods are not let in: violates PodSecurity',
    'Job b/j: it has failed, and does not try again: Job has reached the specified backoff limit',
  ]);
  expect(findings({ claims: [claim], events: [event('PersistentVolumeClaim', 'data', 'WaitForFirstConsumer', 'waiting')] })).toEqual([]);
});

test.each([
  ['git-sync-init-airflow', "fatal: unable to access 'https://git.example.com/a.git/': Received HTTP code 407 from proxy after CONNECT"],
  ['git-sync-init-airflow', "fatal: unable to access 'https://git.example.com/a.git/': CONNECT tunnel failed, response 407"],
  ['git-sync-airflow', "fatal: unable to access 'http://git.example.com/a.git/': The requested URL returned error: 407"],
  ['install-requirements', "OSError('Tunnel connection failed: 407 Proxy Authentication Required')': /simple/requests/"],
  ['install-requirements', 'ERROR: HTTP error 407 while getting http://pypi.example.com/a.whl'],
  ['install-requirements', '407 Client Error: Proxy Authentication Required for url: http://pypi.example.com/simple/a/'],
  ['db-backup', 'botocore.exceptions.ProxyConnectionError: Tunnel connection failed: 407 authenticationrequired'],
])('where a proxy wants a login, it is the login that helps: %s, %s', (name, log) => {
  const wayOutOf = (log: string) => findings({ pods: [pod('a', [failed(name)])], logs: new Map([[`a/${name}`, log]]) })[0].wayOut;
  expect(wayOutOf(log)).toMatch(/^the proxy wants a login, or another one: name its Secret by `proxy\.login`/);
  expect(wayOutOf(log.replaceAll('407', '404').replace('Proxy Authentication Required', 'Not Found'))).not.toContain('proxy.login');
});
