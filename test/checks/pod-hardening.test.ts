import { Manifests } from '../../lib/checks/manifests';
import { checkPodHardening } from '../../lib/checks/pod-hardening';
import type { Manifest } from '../support/manifests';
import { chartOf, deployment, problemsOf, safeContainer } from './support';

const TOKEN = 'the pod gets a token of the ServiceAccount "account", which no RoleBinding of the chart gives any right';
const withAccount = (automountServiceAccountToken?: boolean) => deployment({ serviceAccountName: 'account', automountServiceAccountToken });
const account = (automountServiceAccountToken?: boolean): Manifest => ({
  apiVersion: 'v1',
  kind: 'ServiceAccount',
  metadata: { name: 'account' },
  automountServiceAccountToken,
});
const binding = (kind: string, subject: Manifest): Manifest => ({
  apiVersion: 'rbac.authorization.k8s.io/v1',
  kind,
  metadata: { name: 'binding' },
  subjects: [subject],
});

test.each([
  [{ securityContext: { readOnlyRootFilesystem: false } }, 'container "main" may write to its root file system'],
  [{ securityContext: undefined }, 'container "main" may write to its root file system'],
  [{ resources: undefined }, 'container "main" has no requests.cpu, requests.memory, limits.memory'],
  [{ resources: { requests: { cpu: '1', memory: '1Gi' } } }, 'container "main" has no limits.memory'],
  [{ resources: { requests: { memory: '1Gi' }, limits: { cpu: '1', memory: '1Gi' } } }, 'container "main" has no requests.cpu'],
])('a container with %j is told', (container, expected) => {
  // WHEN
  const problems = problemsOf(checkPodHardening, [deployment({}, container)]);
  // THEN
  expect(problems).toEqual([`Deployment/web: ${expected}`]);
});

test('init containers are looked at too, and ephemeral ones, which can have no resources', () => {
  // GIVEN
  const containers = { initContainers: [{ ...safeContainer('init'), resources: {} }], ephemeralContainers: [{ name: 'debug' }] };
  // WHEN
  const problems = problemsOf(checkPodHardening, [deployment(containers)]);
  // THEN
  expect(problems).toEqual([
    'Deployment/web: container "init" has no requests.cpu, requests.memory, limits.memory',
    'Deployment/web: container "debug" may write to its root file system',
  ]);
});

test('a pod without an account has that of the namespace', () => {
  // WHEN
  const problems = problemsOf(checkPodHardening, [deployment({ automountServiceAccountToken: undefined })]);
  // THEN
  expect(problems).toEqual([expect.stringContaining('a token of the ServiceAccount "default"')]);
});

test.each<[string, Manifest[]]>([
  ['the pod wants none', [withAccount(false), account()]],
  ['its account gives none', [withAccount(), account(false)]],
  ['the account is bound', [withAccount(true), account(false), binding('RoleBinding', { kind: 'ServiceAccount', name: 'account' })]],
  [
    'the account is bound for the cluster',
    [withAccount(), binding('ClusterRoleBinding', { kind: 'ServiceAccount', name: 'account', namespace: 'airflow' })],
  ],
])('a pod is no finding where %s', (_, objects) => {
  // WHEN
  const problems = problemsOf(checkPodHardening, objects);
  // THEN
  expect(problems).toEqual([]);
});

test.each<[string, Manifest[]]>([
  ['nobody says anything', [withAccount()]],
  ['the account has the old field', [deployment({ serviceAccount: 'account', automountServiceAccountToken: undefined })]],
  ['a binding has no subjects', [withAccount(), { ...binding('RoleBinding', {}), subjects: undefined }]],
  ['the pod wants one', [withAccount(true), account(false)]],
  ['another account is bound', [withAccount(), binding('RoleBinding', { kind: 'ServiceAccount', name: 'other' })]],
  [
    'one of another namespace is bound',
    [withAccount(), binding('RoleBinding', { kind: 'ServiceAccount', name: 'account', namespace: 'other' })],
  ],
  ['a user of that name is bound', [withAccount(), binding('RoleBinding', { kind: 'User', name: 'account' })]],
])('a pod gets a token where %s', (_, objects) => {
  // WHEN
  const problems = problemsOf(checkPodHardening, objects);
  // THEN
  expect(problems).toEqual([`Deployment/web: ${TOKEN}`]);
});

test('a finding tells the fields that would do', () => {
  // GIVEN
  const chart = chartOf([deployment({ automountServiceAccountToken: undefined }, { securityContext: {}, resources: {} })]);
  // WHEN
  const remedies = checkPodHardening(Manifests.of(chart)).map(({ remedy }) => remedy);
  // THEN
  expect(remedies).toEqual([
    'expected readOnlyRootFilesystem: true, and an emptyDir where it has to write',
    'expected requests of CPU and memory, and a limit of memory',
    'expected automountServiceAccountToken: false',
  ]);
});

test('a token in a projected volume is one, unless it is for somebody else', () => {
  // GIVEN
  const volume = (name: string, token: Manifest) => ({ name, projected: { sources: [{ serviceAccountToken: token }] } });
  const volumes = [volume('api', { path: 'token' }), volume('vault', { path: 'token', audience: 'vault' }), { name: 'a', emptyDir: {} }];
  const mine = deployment({ serviceAccountName: 'account', volumes });
  // WHEN
  const findings = checkPodHardening(Manifests.of(chartOf([mine])));
  // THEN
  expect(findings.map(({ problem }) => problem)).toEqual([TOKEN]);
  expect(findings[0].remedy).toBe('expected no serviceAccountToken without an audience in the volume "api"');
  const subject = { kind: 'ServiceAccount', name: 'account' };
  expect(problemsOf(checkPodHardening, [mine, binding('RoleBinding', subject)])).toEqual([]);
});
