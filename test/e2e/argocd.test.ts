import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { eventually, sleep } from '../support/eventually';
import { applyObjects, getObjects, kubectl, requireCluster } from '../support/kubectl';
import { clearNamespace, markNamespace } from '../support/namespaces';
import { synthMain } from '../support/synth';
import { removeTemporaryFolders } from '../support/temporary-folder';
import { Application, argocdNamespace, syncsOf } from './support/argocd';
import { connectToAirflow, GIT_TOKEN_SECRET, NAMESPACE } from './support/deployment';
import { type Files, GIT_NAMESPACE, openAddressOf, pushFiles } from './support/git-server';
import { INDEX_NAMESPACE, PACKAGE, REQUIREMENTS } from './support/package-index';
import { DAG, startServersOfMain, stopServersOfMain } from './support/servers-of-main';
import { story } from './support/story';

// main.ts as Argo CD sees it: an Application on a git repository that holds its dist. Where the cluster has no Argo CD, nothing is tried.

const REPOSITORY = 'deploy/airflow';
const BRANCH = 'main';

const namespace = argocdNamespace();
const reason = namespace ? undefined : 'the cluster has no Argo CD (no applications.argoproj.io, or no ConfigMap argocd-cm)';
const application = new Application(namespace ?? '', 'airflow-e2e');
const { step } = story([NAMESPACE, GIT_NAMESPACE, INDEX_NAMESPACE], reason);
const { airflow, close } = connectToAirflow();
let secrets: { [name: string]: string };

beforeAll(async () => {
  if (reason) return;
  await requireCluster();
  await application.remove();
  await clearNamespace(NAMESPACE);
  await startServersOfMain(await synthMain(REQUIREMENTS));
}, 900_000);

afterAll(async () => {
  close();
  removeTemporaryFolders();
  if (reason) return;
  await application.remove();
  await clearNamespace(NAMESPACE);
  await stopServersOfMain();
}, 900_000);

async function commitDist(requirements: string): Promise<string> {
  const dist = await synthMain(requirements);
  const files: Files = Object.fromEntries(readdirSync(dist).map((name) => [`dist/${name}`, readFileSync(join(dist, name), 'utf8')]));
  return pushFiles(REPOSITORY, BRANCH, files);
}

/** For each Secret its identity and a digest of what is in it. */
async function secretsOf(namespace: string): Promise<{ [name: string]: string }> {
  const found = await getObjects('secrets', '--namespace', namespace);
  const digest = (data: unknown) => createHash('sha256').update(JSON.stringify(data)).digest('hex');
  return Object.fromEntries(found.map(({ metadata, data }) => [metadata.name, `${metadata.uid} ${digest(data)}`]));
}

async function uidsOf(kind: string): Promise<string[]> {
  return (await getObjects(kind, '--namespace', NAMESPACE)).map(({ metadata }) => metadata.uid);
}

step('an Application of Argo CD on the repository becomes Synced and Healthy', 20, async () => {
  const commit = await commitDist(REQUIREMENTS);
  await application.create(await openAddressOf(REPOSITORY), BRANCH, 'dist');
  await eventually({ what: 'the namespace', minutes: 3 }, () => applyObjects(GIT_TOKEN_SECRET));
  await markNamespace(NAMESPACE);
  await application.settled(commit);
  secrets = await secretsOf(NAMESPACE);
  expect(Object.keys(secrets)).toContain('airflow-admin');
});

step('it stays so without a further sync, while DAGs run', 20, async () => {
  const before = syncsOf(await application.get());
  await airflow.knows(DAG);
  await airflow.runToSuccess(DAG);
  for (const kind of ['normal', 'hard'] as const) {
    await application.refresh(kind);
    await sleep(15);
    const { status } = await application.get();
    expect([status.sync.status, status.health.status]).toEqual(['Synced', 'Healthy']);
    expect(syncsOf({ status })).toEqual(before);
  }
});

step('it follows a commit', 20, async () => {
  const commit = await commitDist(REQUIREMENTS.replace(/==.*/, '>=1'));
  await application.settled(commit);
  const [{ data }] = await getObjects('configmap', 'requirements', '--namespace', NAMESPACE);
  expect(Object.values(data).join('\n')).toContain(`${PACKAGE}>=1`);
  await airflow.runToSuccess(DAG);
});

step('it heals a change by hand', 10, async () => {
  await kubectl(['scale', 'deployment/airflow-worker', '--namespace', NAMESPACE, '--replicas', '1']);
  await kubectl(['delete', 'service', 'airflow-api-server', '--namespace', NAMESPACE]);
  await eventually({ what: 'Argo CD to heal', minutes: 8 }, async () => {
    const [worker] = await getObjects('deployment', 'airflow-worker', '--namespace', NAMESPACE);
    expect(worker.spec.replicas).toBe(2);
    expect(await getObjects('service', 'airflow-api-server', '--namespace', NAMESPACE)).toHaveLength(1);
  });
});

step('it left the generated Secrets alone, and the next run succeeds', 15, async () => {
  expect(await secretsOf(NAMESPACE)).toEqual(secrets);
  const { status } = await application.get();
  expect(status.resources.filter((resource: { requiresPruning?: boolean }) => resource.requiresPruning)).toEqual([]);
  await eventually({ what: 'the Application to be well again', minutes: 8 }, async () => {
    const { status } = await application.get();
    expect([status.sync.status, status.health.status]).toEqual(['Synced', 'Healthy']);
  });
  await airflow.runToSuccess(DAG);
});

step('it prunes what is no longer in dist, and neither the namespace nor the volumes nor the keys', 15, async () => {
  // GIVEN
  const kept = await Promise.all([uidsOf('persistentvolumeclaims'), uidsOf('secrets')]);
  expect(kept[0]).toHaveLength(2);

  // WHEN
  const left = { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'left', namespace: NAMESPACE } };
  await pushFiles(REPOSITORY, BRANCH, { 'dist/airflow.k8s.yaml': JSON.stringify(left) });
  await application.refresh('hard');

  // THEN
  await eventually({ what: 'Argo CD to prune', minutes: 8 }, async () => {
    expect(await getObjects('statefulsets', '--namespace', NAMESPACE)).toEqual([]);
  });
  expect((await getObjects('namespace', NAMESPACE)).map(({ status }) => status.phase)).toEqual(['Active']);
  expect(await Promise.all([uidsOf('persistentvolumeclaims'), uidsOf('secrets')])).toEqual(kept);
});
