import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { helmScript } from '../../scripts/docs/helm';
import { type Block, readPage } from '../../scripts/docs/pages';
import { Sandbox } from '../../scripts/docs/sandbox';
import { changedByApply } from '../support/apply';
import { eventually } from '../support/eventually';
import { testHelm } from '../support/helm';
import { applyObjects, getObjects, kubectl, requireCluster, tryKubectl } from '../support/kubectl';
import { clearNamespace, letInNoPods, markNamespace } from '../support/namespaces';
import { runOrThrow } from '../support/process';
import { NO_CHARTS, realCharts } from '../support/real-charts';
import { ROOT } from '../support/synth';
import { removeTemporaryFolders, temporaryFolder } from '../support/temporary-folder';

// What pages for operators tell to do, done word for word. The API server is enough: no pod is let in.

const NAMESPACE = 'airflow';
const VOLUME = 'cdk8s-airflow-how-to';
const CLAIM = 'data-airflow-postgresql-0';
const volumeSpec = { accessModes: ['ReadWriteOnce'], storageClassName: VOLUME };

beforeAll(async () => {
  await requireCluster();
  await removeVolume();
  await begin();
}, 900_000);

async function begin(): Promise<void> {
  await clearNamespace(NAMESPACE);
  await applyObjects({ apiVersion: 'v1', kind: 'Namespace', metadata: { name: NAMESPACE } });
  await letInNoPods(NAMESPACE);
  await markNamespace(NAMESPACE);
}

afterAll(async () => {
  await clearNamespace(NAMESPACE);
  await removeVolume();
  removeTemporaryFolders();
}, 900_000);

const removeVolume = () => kubectl(['delete', `storageclass/${VOLUME}`, `persistentvolume/${VOLUME}`, '--ignore-not-found']);

/** No pod is there to be waited for, or to be asked. */
const KUBECTL = 'case "$1" in exec|rollout) exit 0 ;; esac\nPATH=$' + '{PATH#*:}\nexec kubectl "$@"';

/** Do the commands of a section, those that have a word in them, where a program with some props has been synthesised; the folder of its dist. */
async function follow(path: string, section: string, word: string, props: string): Promise<string> {
  const page = readPage(ROOT, path);
  const folder = temporaryFolder();
  const sandbox = new Sandbox(ROOT, folder, { tools: { kubectl: KUBECTL } });
  const program: Block = { language: 'ts', file: 'main.ts', text: `${props}\n`, line: 0, section };
  const commands = page.blocks.filter((block) => block.section === section && block.language === 'sh' && block.text.includes(word));
  expect(commands).toHaveLength(1);
  await sandbox.run({ ...page, blocks: [program, ...commands] });
  expect(sandbox.problems).toEqual([]);
  return join(folder, path.replace(/\.md$/, ''));
}

const apply = (props: string) => follow('docs/how-to/pause.md', 'Start', 'apply', props);

async function replicas(): Promise<{ [name: string]: number }> {
  const workloads = await getObjects('deployments,statefulsets', '--namespace', NAMESPACE);
  return Object.fromEntries(workloads.map(({ metadata, spec }) => [metadata.name, spec.replicas]));
}

test('a volume grows, and the StatefulSet is made anew around its pod', async () => {
  // GIVEN
  const ofSize = (size: string) => `database: Database.builtIn({ storageSize: '${size}', storageClassName: '${VOLUME}' }),`;
  await bindClaim('8Gi');
  await apply(ofSize('8Gi'));

  // WHEN
  const path = 'docs/how-to/change-volumes.md';
  const dist = join(await follow('docs/how-to/look-before-you-apply.md', 'Before', 'diff', ofSize('20Gi')), 'dist');
  const refused = await tryKubectl(['apply', '--filename', dist]);
  await follow(path, 'A larger volume', 'patch', ofSize('20Gi'));

  // THEN
  expect(refused).toMatchObject({ code: 1, stderr: expect.stringContaining('updates to statefulset spec') });
  const [claim] = await getObjects('persistentvolumeclaim', CLAIM, '--namespace', NAMESPACE);
  const [{ spec }] = await getObjects('statefulset', 'airflow-postgresql', '--namespace', NAMESPACE);
  expect(claim.spec.resources.requests.storage).toBe('20Gi');
  expect(spec.volumeClaimTemplates[0].spec.resources.requests.storage).toBe('20Gi');
  expect(await changedByApply(dist)).toEqual([]);
  await kubectl(['delete', 'statefulset', 'airflow-postgresql', '--namespace', NAMESPACE, '--cascade=orphan']);
}, 300_000);

test('what is paused has no pods, and an apply starts it again', async () => {
  // GIVEN
  const props = 'executor: Executor.celery({ workers: { replicas: 3 } }),';
  const dist = join(await apply(props), 'dist');
  const before = await replicas();

  // WHEN
  await follow('docs/how-to/pause.md', 'Stop', 'scale', props);
  const paused = await replicas();
  await apply(props);

  // THEN
  expect(before).toMatchObject({ 'airflow-worker': 3, 'airflow-postgresql': 1 });
  expect(paused).toEqual(Object.fromEntries(Object.keys(before).map((name) => [name, 0])));
  expect(await replicas()).toEqual(before);
  expect(await changedByApply(dist)).toEqual([]);
}, 300_000);

test('what is paused and has a HorizontalPodAutoscaler is started by the number of pods', async () => {
  // GIVEN
  const props = 'executor: Executor.celery({ workers: { autoscaling: Autoscaling.cpu({ maxReplicas: 3 }) } }),';
  await follow('docs/how-to/pause.md', 'Stop', 'scale', props);
  await apply(props);

  // WHEN
  await follow('docs/how-to/pause.md', 'Start', 'component=worker', props);

  // THEN
  expect((await replicas())['airflow-worker']).toBe(1);
}, 300_000);

test('NetworkPolicies that nobody wants any more go, and what else is left is told', async () => {
  // GIVEN
  const path = 'docs/how-to/look-before-you-apply.md';
  const props = 'networkPolicies: { enabled: false },\nexecutor: Executor.local(),';
  const policies = () => getObjects('networkpolicies', '--namespace', NAMESPACE);
  await apply(props);
  const left = await policies();

  // WHEN
  await follow(path, 'After', 'networkpolicies --namespace', props);
  const folder = await follow(path, 'After', 'comm', props);

  // THEN
  expect(left).not.toEqual([]);
  expect(await policies()).toEqual([]);
  const [wanted, there] = ['wanted.txt', 'there.txt'].map((name) => readFileSync(join(folder, name), 'utf8').trim().split('\n'));
  const others = there.filter((name) => !wanted.includes(name));
  expect(others).toEqual(expect.arrayContaining(['deployment.apps/airflow-worker', 'statefulset.apps/airflow-redis']));
  expect(others).not.toContain('deployment.apps/airflow-scheduler');
}, 300_000);

test('with another StorageClass the database gets a claim of that', async () => {
  // GIVEN
  const classes = async () =>
    (await getObjects('persistentvolumeclaim', CLAIM, '--namespace', NAMESPACE)).map(({ spec }) => spec.storageClassName);
  const isOf = (name: string) =>
    eventually({ what: `the claim is of ${name}`, minutes: 2 }, async () => expect(await classes()).toEqual([name]));
  await kubectl(['delete', 'statefulset,persistentvolumeclaim', '--all', '--namespace', NAMESPACE]);
  await apply("database: Database.builtIn({ storageClassName: 'slow' }),");
  await isOf('slow');

  // WHEN
  const section = 'Another StorageClass, or a smaller volume';
  const props = "database: Database.builtIn({ storageClassName: 'fast' }),";
  const folder = await follow('docs/how-to/change-volumes.md', section, 'persistentvolumeclaim', props);

  // THEN
  await isOf('fast');
  expect(await changedByApply(join(folder, 'dist'))).toEqual([]);
}, 300_000);

interface Release {
  /** That of the page's program. */
  readonly chart: string;
  readonly page: string;
  /** With what helm makes it: its hooks would wait for pods. */
  readonly options: readonly string[];
  /** What stands in a block of another section that is needed too. */
  readonly needed?: string;
}

const RELEASES: Release[] = [
  {
    chart: 'official-1.20.0',
    page: 'docs/how-to/move-from-official-chart.md',
    options: [
      '--set=postgresql.enabled=false,data.metadataConnection.host=db.example.com',
      '--set=createUserJob.useHelmHooks=false,migrateDatabaseJob.useHelmHooks=false',
    ],
    needed: 'fernet-key.txt\n',
  },
  { chart: 'bitnami-25.1.0', page: 'docs/how-to/move-from-bitnami.md', options: ['--no-hooks'] },
];

for (const { chart, page: path, options, needed } of RELEASES) {
  const title = `a release of ${chart} is taken over by a program that keeps the chart`;
  const source = realCharts().find(({ name }) => name === chart)?.path;
  if (!source) {
    process.stderr.write(`\nNOT TRIED: ${title}: ${NO_CHARTS ?? `there is no ${chart} in AIRFLOW_CHARTS`}\n`);
    test.skip(title, () => {});
    continue;
  }
  test(title, async () => {
    // GIVEN
    const helm = (...args: string[]) => runOrThrow(testHelm(), [...args, '--namespace', NAMESPACE]);
    await begin();
    await helm('install', 'airflow', source, ...options);
    const secrets = await getObjects('secrets', '--namespace', NAMESPACE, '--selector', 'owner!=helm');

    // WHEN
    const folder = temporaryFolder();
    const sandbox = new Sandbox(ROOT, folder, { tools: { kubectl: KUBECTL, helm: helmScript() }, hasCharts: true });
    const page = readPage(ROOT, path);
    const blocks = page.blocks.filter(({ section, text }) => section === 'Keep the chart' || (needed && text.includes(needed)));
    await sandbox.run({ ...page, blocks });

    // THEN
    expect(sandbox.problems).toEqual([]);
    expect(await helm('list', '--short')).toBe('');
    const dist = join(folder, path.replace(/\.md$/, ''), 'dist');
    expect(await changedByApply(dist)).toEqual([]);
    const left = await getObjects('secrets', '--namespace', NAMESPACE);
    expect(left.map(({ metadata }) => metadata.name)).toEqual(expect.arrayContaining(secrets.map(({ metadata }) => metadata.name)));
  }, 600_000);
}

/** The claim as a controller would make and bind it, of a class that grows. */
async function bindClaim(storage: string): Promise<void> {
  const provisioner = 'kubernetes.io/no-provisioner';
  const claimRef = { namespace: NAMESPACE, name: CLAIM };
  const [capacity, requests] = [{ storage }, { storage }];
  await applyObjects(
    { apiVersion: 'storage.k8s.io/v1', kind: 'StorageClass', metadata: { name: VOLUME }, provisioner, allowVolumeExpansion: true },
    {
      apiVersion: 'v1',
      kind: 'PersistentVolume',
      metadata: { name: VOLUME },
      spec: { ...volumeSpec, capacity, claimRef, persistentVolumeReclaimPolicy: 'Retain', hostPath: { path: '/tmp/none' } },
    },
    {
      apiVersion: 'v1',
      kind: 'PersistentVolumeClaim',
      metadata: { name: CLAIM, namespace: NAMESPACE },
      spec: { ...volumeSpec, volumeName: VOLUME, resources: { requests } },
    },
  );
  const bound = JSON.stringify({ status: { phase: 'Bound' } });
  await kubectl(['patch', 'persistentvolumeclaim', CLAIM, '--namespace', NAMESPACE, '--subresource=status', '--patch', bound]);
}
