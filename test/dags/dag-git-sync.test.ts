import { App, Chart, Duration, Testing } from 'cdk8s';
import * as kplus from 'cdk8s-plus-27';
import {
  DagGitSync,
  type DagGitSyncProps,
  GitCredentials,
  type GitRepository,
  GitSubmodules,
  type PodPart,
  SecurityContext,
} from '../../lib';
import { existingObjects } from '../../lib/kubernetes/existing-objects';
import type { Manifest } from '../support/manifests';
import { synthErrors } from '../support/synth-objects';

const URL = 'https://gitlab.example.com/team/dags.git';
const SSH_URL = 'git@gitlab.example.com:team/plugins.git';
const FS_GROUP = SecurityContext.withIds({ fsGroup: 7 });
const TOKEN = GitCredentials.token({ secretName: 'gitlab-dags' });

test('a repository is fetched before the pod starts, and followed by a sidecar', () => {
  // WHEN
  const { podPart } = gitSync({ url: URL, branch: 'main' });

  // THEN
  const args = [`--repo=${URL}`, '--ref=main', '--root=/git', '--link=current', '--depth=1', '--submodules=recursive'];
  expect(podPart.initContainers).toHaveLength(1);
  expect(podPart.initContainers?.[0]).toMatchObject({ name: 'git-sync-init-dags', args: [...args, '--one-time'] });
  expect(podPart.containers).toHaveLength(1);
  expect(podPart.containers?.[0]).toMatchObject({
    name: 'git-sync-dags',
    args: [...args, '--period=10s', '--max-failures=-1', '--http-bind=:9630'],
    livenessProbe: { tcpSocket: { port: 9630 } },
  });
  for (const container of containersOf(podPart)) {
    expect(container.image).toBe('registry.k8s.io/git-sync/git-sync:v4.7.1');
    expect(container).not.toHaveProperty('command');
    expect(container.resources).toEqual({
      requests: { cpu: '10m', memory: '32Mi', 'ephemeral-storage': '64Mi' },
      limits: { cpu: '500m', memory: '256Mi', 'ephemeral-storage': '10Gi' },
    });
  }
});

test('the pod reads what git-sync writes, each at its own path', () => {
  // WHEN
  const { podPart, dagBundles } = gitSync({ url: URL, path: '/dags//daily/'.slice(1), period: Duration.minutes(1) });

  // THEN
  expect(podPart.volumes).toEqual([
    { name: 'git-dags', emptyDir: { sizeLimit: '10Gi' } },
    { name: 'git-sync-tmp', emptyDir: { sizeLimit: '10Gi' } },
  ]);
  expect(podPart.volumeMounts).toEqual([{ name: 'git-dags', mountPath: '/opt/airflow/dags/dags', readOnly: true }]);
  for (const container of containersOf(podPart)) {
    expect(container.volumeMounts).toEqual([
      { name: 'git-dags', mountPath: '/git' },
      { name: 'git-sync-tmp', mountPath: '/tmp', subPath: 'dags' },
    ]);
  }
  expect(dagBundles).toEqual([
    {
      name: 'dags',
      classpath: 'airflow.dag_processing.bundles.local.LocalDagBundle',
      kwargs: { path: '/opt/airflow/dags/dags/current/dags/daily', refresh_interval: 60 },
    },
  ]);
});

test.each<[Partial<GitRepository>, string[]]>([
  [{}, ['--ref=HEAD', '--depth=1', '--submodules=recursive']],
  [{ branch: 'develop' }, ['--ref=develop']],
  [{ ref: 'v1.2.3', depth: 0, submodules: GitSubmodules.OFF }, ['--ref=v1.2.3', '--depth=0', '--submodules=off']],
  [{ submodules: GitSubmodules.SHALLOW }, ['--submodules=shallow']],
])('%j reach git-sync as flags', (props, args) => {
  // WHEN
  const { podPart } = gitSync({ url: URL, ...props });

  // THEN
  for (const container of containersOf(podPart)) expect(container.args).toEqual(expect.arrayContaining(args));
});

test('a period is waited for by git-sync and by Airflow', () => {
  // WHEN
  const { podPart, dagBundles } = gitSync({ url: URL, period: Duration.minutes(2) });

  // THEN
  expect(podPart.containers?.[0].args).toContain('--period=120s');
  expect(dagBundles[0].kwargs.refresh_interval).toBe(120);
});

test('a token reaches git-sync as files of the Secret, and nothing of it is in the arguments', () => {
  // GIVEN
  const credentials = GitCredentials.token({ secretName: 'gitlab-dags', tokenKey: 'access-token' });

  // WHEN
  const { podPart } = gitSync({ url: URL, credentials });

  // THEN
  expect(podPart.volumes).toContainEqual({
    name: 'git-dags-secret',
    secret: {
      secretName: 'gitlab-dags',
      items: [
        { key: 'username', path: 'username' },
        { key: 'access-token', path: 'token' },
      ],
      defaultMode: 0o444,
    },
  });
  for (const container of containersOf(podPart)) {
    expect(container.volumeMounts).toContainEqual({ name: 'git-dags-secret', mountPath: '/etc/git-secret', readOnly: true });
    expect(container.args).toContain('--password-file=/etc/git-secret/token');
    expect(container.command).toEqual(['sh', '-c', 'exec /git-sync --username="$(cat /etc/git-secret/username)" "$@"', 'git-sync']);
    expect(container).not.toHaveProperty('env');
  }
  expect(podPart.volumeMounts?.map(({ name }: Manifest) => name)).toEqual(['git-dags']);
});

test('an SSH key and the keys of the server reach git-sync as files of the Secret', () => {
  // GIVEN
  const credentials = GitCredentials.sshKey({ secretName: 'gitlab-ssh', knownHostsKey: 'known_hosts' });

  // WHEN
  const { podPart } = gitSync({ url: SSH_URL, credentials });

  // THEN
  expect(podPart.volumes).toContainEqual({
    name: 'git-plugins-secret',
    secret: {
      secretName: 'gitlab-ssh',
      items: [
        { key: 'ssh-privatekey', path: 'ssh' },
        { key: 'known_hosts', path: 'known_hosts' },
      ],
      defaultMode: 0o444,
    },
  });
  for (const { args } of containersOf(podPart)) {
    expect(args).toEqual(
      expect.arrayContaining(['--ssh-key-file=/etc/git-secret/ssh', '--ssh-known-hosts-file=/etc/git-secret/known_hosts']),
    );
    expect(args).not.toContain('--ssh-known-hosts=false');
  }
});

test('without host key checking no known hosts are looked for', () => {
  // GIVEN
  const credentials = GitCredentials.sshKey({ secretName: 'gitlab-ssh', privateKeyKey: 'id', disableHostKeyChecking: true });

  // WHEN
  const { podPart } = gitSync({ url: SSH_URL, credentials });

  // THEN
  for (const { args } of containersOf(podPart)) {
    expect(args).toContain('--ssh-known-hosts=false');
    expect(args.join(' ')).not.toContain('--ssh-known-hosts-file');
  }
  expect(podPart.volumes?.[1].secret.items).toEqual([{ key: 'id', path: 'ssh' }]);
});

test('several repositories do not get into each other’s way', () => {
  // GIVEN
  const repositories = [
    { url: URL, credentials: TOKEN },
    { url: 'https://gitlab.example.com/other/dags.git', name: 'other' },
  ];

  // WHEN
  const { podPart, dagBundles } = make({ repositories });

  // THEN
  const names = (items: readonly Manifest[] = []) => items.map(({ name }) => name);
  expect(names(podPart.initContainers)).toEqual(['git-sync-init-dags', 'git-sync-init-other']);
  expect(names(podPart.containers)).toEqual(['git-sync-dags', 'git-sync-other']);
  expect(names(podPart.volumes)).toEqual(['git-dags', 'git-dags-secret', 'git-other', 'git-sync-tmp']);
  expect(podPart.containers?.map(({ livenessProbe }) => livenessProbe.tcpSocket.port)).toEqual([9630, 9631]);
  expect(podPart.containers?.[1].volumeMounts).not.toContainEqual(expect.objectContaining({ name: 'git-dags-secret' }));
  expect(dagBundles.map(({ name, kwargs }) => [name, kwargs.path])).toEqual([
    ['dags', '/opt/airflow/dags/dags/current'],
    ['other', '/opt/airflow/dags/other/current'],
  ]);
});

test('two of them in one pod share neither a port nor a volume', () => {
  // GIVEN
  const dags = make({ repositories: [{ url: URL }] }).podPart;
  const plugins = make({
    repositories: [{ url: SSH_URL, credentials: GitCredentials.sshKey({ secretName: 'key' }) }],
    mountPath: '/plugins',
  }).podPart;

  // THEN
  const namesIn = ({ volumes = [] }: PodPart) => volumes.map(({ name }) => name);
  const portsIn = ({ containers = [] }: PodPart) => containers.map(({ livenessProbe }) => livenessProbe.tcpSocket.port);
  expect(namesIn(dags).filter((name) => namesIn(plugins).includes(name))).toEqual([]);
  expect(portsIn(dags).filter((port) => portsIn(plugins).includes(port))).toEqual([]);
  expect(plugins.containers?.[0].args).toContain(`--http-bind=:${portsIn(plugins)[0]}`);
});

test('tokens for repositories of one host, which git keeps in /tmp, do not get mixed up', () => {
  // GIVEN
  const repositories = ['one', 'two'].map((name) => ({
    url: `https://gitlab.example.com/team/${name}.git`,
    credentials: GitCredentials.token({ secretName: name }),
  }));

  // WHEN
  const { podPart } = make({ repositories });

  // THEN
  for (const containers of [podPart.initContainers ?? [], podPart.containers ?? []]) {
    const mounts = containers.map(({ volumeMounts }) => volumeMounts.find(({ mountPath }: Manifest) => mountPath === '/tmp'));
    expect(mounts.map(({ subPath }) => subPath)).toEqual(['one', 'two']);
  }
});

test('git-sync runs under the Pod Security profile "restricted", with a read-only root file system', () => {
  // WHEN
  const { podPart } = gitSync({ url: URL, credentials: TOKEN });

  // THEN
  for (const { securityContext } of containersOf(podPart)) {
    expect(securityContext).toEqual({
      runAsUser: 65533,
      runAsGroup: 65533,
      runAsNonRoot: true,
      allowPrivilegeEscalation: false,
      readOnlyRootFilesystem: true,
      capabilities: { drop: ['ALL'] },
      seccompProfile: { type: 'RuntimeDefault' },
    });
  }
});

test('git-sync runs by other ids, or by those of the platform', () => {
  // GIVEN
  const securityContext = SecurityContext.withIds({ runAsUser: 10001 });

  // WHEN
  const own = make({ repositories: [{ url: URL }], securityContext });
  const assigned = make({ repositories: [{ url: URL }], securityContext: SecurityContext.assignedByPlatform() });

  // THEN
  for (const container of containersOf(own.podPart))
    expect(container.securityContext).toMatchObject({ runAsUser: 10001, runAsGroup: 65533 });
  expect(JSON.stringify(assigned.podPart)).not.toMatch(/runAsUser|runAsGroup/);
  expect(
    synthErrors((app) => new DagGitSync(new Chart(app, 'chart'), 'dags', { repositories: [{ url: URL }], securityContext: FS_GROUP })),
  ).toEqual([
    "[chart/dags] securityContext.fsGroup: it is the pod's, and not of one container; use allComponents.securityContext, or leave it out",
  ]);
});

test('image and resources can be set, in part', () => {
  // WHEN
  const { podPart } = make({
    repositories: [{ url: URL }],
    image: { repository: 'registry.example.com/git-sync', pullPolicy: 'Always' },
    resources: { limits: { memory: '1024Mi' } },
  });

  // THEN
  for (const container of containersOf(podPart)) {
    expect(container.image).toBe('registry.example.com/git-sync:v4.7.1');
    expect(container.imagePullPolicy).toBe('Always');
    expect(container.resources).toEqual({
      requests: { cpu: '10m', memory: '32Mi', 'ephemeral-storage': '64Mi' },
      limits: { memory: '1Gi', 'ephemeral-storage': '10Gi' },
    });
  }
});

test('pull secrets of the image reach the pods, or are an error', () => {
  // GIVEN
  const chart = new Chart(new App(), 'chart');
  const deployment = new kplus.Deployment(chart, 'workload', { containers: [{ image: 'mine:1' }] });

  // WHEN
  const manifest = synthOrError(() => {
    new DagGitSync(chart, 'dags', { repositories: [{ url: URL }], image: { pullSecrets: ['pull-login'] } }).attachTo(deployment);
    return JSON.stringify(Testing.synth(chart));
  });

  // THEN
  expect(manifest).toContain('pull-login');
});

test('a workload of cdk8s-plus has the DAGs after attachTo', () => {
  // GIVEN
  const chart = new Chart(new App(), 'chart');
  const deployment = new kplus.Deployment(chart, 'workload', { containers: [{ image: 'mine:1' }] });

  // WHEN
  new DagGitSync(chart, 'dags', { repositories: [{ url: URL }] }).attachTo(deployment);

  // THEN
  const objects = Testing.synth(chart);
  expect(objects).toHaveLength(1);
  const { spec } = objects[0].spec.template;
  expect(spec.initContainers.map(({ name }: Manifest) => name)).toEqual(['git-sync-init-dags']);
  expect(spec.containers.map(({ name }: Manifest) => name)).toEqual(['main', 'git-sync-dags']);
  expect(spec.containers[0].volumeMounts).toEqual([{ name: 'git-dags', mountPath: '/opt/airflow/dags/dags', readOnly: true }]);
  expect(spec.containers[1].resources).toEqual({
    requests: { cpu: '10m', memory: '32Mi', 'ephemeral-storage': '64Mi' },
    limits: { cpu: '500m', memory: '256Mi', 'ephemeral-storage': '10Gi' },
  });
  expect(spec.containers[1].livenessProbe.tcpSocket).toEqual({ port: 9630 });
});

test('the Secret with the credentials is the user’s own', () => {
  // GIVEN
  const chart = new Chart(new App(), 'chart');

  // WHEN
  new DagGitSync(chart, 'dags', { repositories: [{ url: URL, credentials: TOKEN }] });

  // THEN
  expect([...existingObjects(chart)]).toEqual(['Secret/gitlab-dags']);
  expect(Testing.synth(chart)).toEqual([]);
});

test.each<[DagGitSyncProps, string]>([
  [{ repositories: [] }, 'repositories: [] given; expected one repository or more'],
  [
    { repositories: [{ url: URL }], mountPath: 'dags' },
    'mountPath: "dags" given; expected an absolute path without a colon, as in "/opt/airflow/dags"',
  ],
  [
    { repositories: [{ url: URL }, { url: 'https://example.com/dags' }] },
    'repositories[1].name: "dags" given; expected another name: a repository before it has this one',
  ],
  [
    { repositories: [{ url: URL }], image: { tag: 'latest' } },
    'image.tag: "latest" given; expected a tag that pins the image, as in "3.3.2"',
  ],
  [
    { repositories: [{ url: URL }], image: { tag: 'v3.6.9' } },
    'image.tag: "v3.6.9" given; expected version 4 of git-sync, as in "v4.7.1": earlier ones have other flags',
  ],
  [{ repositories: [{ url: URL }], maxFailures: -1 }, 'maxFailures: -1 given; expected a whole number of 0 or more'],
  [
    { repositories: [{ url: URL }], resources: { limits: { memory: '16Mi' } } },
    'resources.limits.memory: "16Mi" given; expected at least the request, 32Mi',
  ],
  [
    { repositories: [{ url: URL }, { url: URL, name: 'b', depth: -1 }] },
    'repositories[1].depth: -1 given; expected a whole number of 0 or more',
  ],
])('%j is an error', (props, message) => {
  // THEN
  expect(synthErrors((app) => new DagGitSync(new Chart(app, 'chart'), 'dags', props))).toEqual([`[chart/dags] ${message}`]);
});

test.each([500, 1500])('a period of %d ms, which is no whole number of seconds, is an error', (milliseconds) => {
  // GIVEN
  const period = Duration.millis(milliseconds);

  // WHEN
  const errors = synthErrors((app) => new DagGitSync(new Chart(app, 'chart'), 'dags', { repositories: [{ url: URL, period }] }));

  // THEN
  expect(errors).toEqual([expect.stringMatching(/^\[chart\/dags\] repositories\[0\]\.period: "\d+ millis" given; expected /)]);
});

function gitSync(repository: GitRepository): DagGitSync {
  return make({ repositories: [repository] });
}

function make(props: DagGitSyncProps): DagGitSync {
  return new DagGitSync(new Chart(new App(), 'chart'), 'dags', props);
}

function containersOf({ initContainers = [], containers = [] }: DagGitSync['podPart']): Manifest[] {
  return [...initContainers, ...containers];
}

function synthOrError(make: () => string): string {
  try {
    return make();
  } catch (error) {
    return (error as Error).message;
  }
}
