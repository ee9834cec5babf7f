import { AirflowChart, BackupStore, Database, Executor } from '../../lib';
import { applyFolder } from '../support/apply';
import { eventually } from '../support/eventually';
import { applyObjects, getObjects, kubectl, requireCluster } from '../support/kubectl';
import type { Manifest } from '../support/manifests';
import { synthApp } from '../support/synth';
import { cleanUpAfterAll } from './support/clean-up';
import { connectToAirflow, deploy, GIT_TOKEN_SECRET, NAMESPACE, secondApplyChangesNothing } from './support/deployment';
import { GIT_NAMESPACE, GIT_REPOSITORY, startGitServer, stopGitServer } from './support/git-server';
import { STORE_NAMESPACE, STORE_URL, startObjectStore, stopObjectStore } from './support/object-store';
import { story } from './support/story';
import { allReady } from './support/workloads';

// The built-in database behind PgBouncer, which is dumped to a volume and put back; and then by a bucket.

const DAG = 'through_the_pool';
const DAG_SOURCE = `import time
from datetime import timedelta

from airflow.providers.standard.sensors.time_delta import TimeDeltaSensor
from airflow.sdk import Variable, dag, task


@dag(dag_id="${DAG}", schedule=None)
def build():
    @task
    def work():
        for number in range(20):
            Variable.set("seen", str(number))
            time.sleep(1)

    work() >> TimeDeltaSensor(task_id="wait", delta=timedelta(seconds=1), deferrable=True)


build()
`;

const { step, check } = story([NAMESPACE, GIT_NAMESPACE, STORE_NAMESPACE]);
const { airflow, close } = connectToAirflow();
const here = ['--namespace', NAMESPACE];

const BUCKET = 'airflow-backups';
const STORE_SECRET = {
  apiVersion: 'v1',
  kind: 'Secret',
  metadata: { name: 'store', namespace: NAMESPACE },
  stringData: { 'access-key-id': 'any', 'secret-access-key': 'only-for-tests' },
};

function distWith(store: BackupStore): string {
  return synthApp((app) => {
    new AirflowChart(app, 'airflow', {
      namespace: NAMESPACE,
      executor: Executor.local(),
      dags: [GIT_REPOSITORY],
      pgBouncer: { replicas: 2 },
      database: Database.builtIn({ backup: { store, keep: 2, beforeMigration: true } }),
    });
  });
}

const dist = distWith(BackupStore.volume({ storageSize: '1Gi' }));
const distWithBucket = distWith(
  BackupStore.s3({
    bucket: BUCKET,
    endpointUrl: STORE_URL,
    accessKeyId: { secretName: 'store' },
    secretAccessKey: { secretName: 'store' },
  }),
);

beforeAll(async () => {
  await requireCluster();
  await startGitServer({ files: { 'dags/dag.py': DAG_SOURCE } });
  await startObjectStore(BUCKET);
}, 600_000);

cleanUpAfterAll({ close, namespaces: [NAMESPACE], servers: [stopGitServer, stopObjectStore] });

/** All that uses the database, as the how-to says. */
async function stopAirflow(): Promise<void> {
  await kubectl(['delete', 'deployments,jobs', '--selector', 'app.kubernetes.io/instance=airflow', '--cascade=foreground', ...here]);
}

/** What the database says to a query. */
async function queried(query: string): Promise<string[]> {
  const psql = ['statefulset/airflow-postgresql', ...here, '--', 'psql', '--username=postgres', '--no-align', '--tuples-only'];
  return (await kubectl(['exec', ...psql, '--dbname=airflow', `--command=${query}`])).trim().split('\n');
}

/** What a Job said that was made from a CronJob by hand, and whether it did it. */
async function runJob(cronJob: string, name: string): Promise<{ succeeded: boolean; log: string }> {
  await kubectl(['create', 'job', name, `--from=cronjob/${cronJob}`, ...here]);
  const condition = await eventually({ what: `the end of the Job ${name}`, minutes: 5 }, async () => {
    const [{ status }] = await getObjects('job', name, ...here);
    const ended = (status.conditions ?? []).find(({ type }: Manifest) => type === 'Complete' || type === 'Failed');
    if (!ended) throw new Error('it runs');
    return ended.type;
  });
  return { succeeded: condition === 'Complete', log: await kubectl(['logs', `job/${name}`, ...here]) };
}

step('dist, and the Secret of the user, are all it takes; before the first migration there is nothing to dump', 15, async () => {
  await deploy(dist, GIT_TOKEN_SECRET);
  const migrate = ['--selector', 'app.kubernetes.io/component=migrate', '--container', 'db-backup'];
  expect(await kubectl(['logs', ...migrate, ...here])).toContain('there is nothing to back up');
});

step('a DAG runs, while the pods of PgBouncer are replaced, and no task is tried twice', 15, async () => {
  // GIVEN
  await airflow.knows(DAG);

  // WHEN
  const run = airflow.runToSuccess(DAG);
  await kubectl(['rollout', 'restart', 'deployment/airflow-pgbouncer', ...here]);

  // THEN
  expect(await airflow.tasks(DAG, await run)).toEqual(
    ['work', 'wait'].map((id) => expect.objectContaining({ task_id: id, state: 'success', try_number: 1 })),
  );
});

check('all connections to the database come from PgBouncer', 5, async () => {
  // GIVEN
  await allReady(NAMESPACE);
  const pods = await getObjects('pods', '--selector', 'app.kubernetes.io/component=pgbouncer', ...here);
  const addresses = pods.map(({ status }) => status.podIP);

  // WHEN
  const connected = await queried(`select distinct host(client_addr) from pg_stat_activity where usename = 'airflow'`);

  // THEN
  expect(connected.length).toBeGreaterThan(0);
  for (const address of connected) expect(addresses).toContain(address);
});

check('a second apply changes nothing, and restarts nothing', 10, async () => {
  await secondApplyChangesNothing(dist);
});

step('a dump is made while Airflow runs', 10, async () => {
  await airflow.setVariable('region', 'north');
  const { succeeded, log } = await runJob('airflow-db-backup', 'first-backup');
  expect([succeeded, log]).toEqual([true, expect.stringMatching(/^The dump airflow-\d{8}T\d{6}Z\.dump is made\./)]);
  await airflow.setVariable('later', 'south');
});

check('it is not put back while Airflow runs', 10, async () => {
  const { succeeded, log } = await runJob('airflow-db-restore', 'too-early');
  expect([succeeded, log]).toEqual([false, expect.stringContaining('Airflow is connected to the database still')]);
  expect(await airflow.variable('later')).toBe('south');
});

step('what is put back is what was dumped, and Airflow goes on from there', 20, async () => {
  // GIVEN
  const runs = await airflow.runs(DAG);

  // WHEN
  await stopAirflow();
  const { succeeded, log } = await runJob('airflow-db-restore', 'restore');
  expect([succeeded, log]).toEqual([true, expect.stringContaining('Start Airflow again')]);
  await applyFolder(dist);
  await kubectl(['delete', 'job', 'too-early', 'restore', '--ignore-not-found', ...here]);
  await allReady(NAMESPACE);

  // THEN
  // The way to the API server that was there before is broken, and is made anew.
  expect(await eventually({ what: 'an answer of the new API server', minutes: 3 }, () => airflow.variable('region'))).toBe('north');
  await expect(airflow.variable('later')).rejects.toThrow('was answered 404');
  expect(await airflow.runs(DAG)).toEqual(runs);
  await airflow.runToSuccess(DAG);
});

step('a dump is brought to a bucket: before a migration, and by the CronJob', 15, async () => {
  // GIVEN
  await applyObjects(STORE_SECRET);
  await applyFolder(distWithBucket);
  await allReady(NAMESPACE);
  const migrate = ['--selector', 'app.kubernetes.io/component=migrate', '--container', 'db-backup'];
  expect(await kubectl(['logs', ...migrate, ...here])).toContain(`is in s3://${BUCKET}/airflow-backups. There are:`);

  // WHEN
  await airflow.setVariable('bucket', 'full');
  await runJob('airflow-db-backup', 'second-to-bucket');
  const { succeeded, log } = await runJob('airflow-db-backup', 'third-to-bucket');

  // THEN
  expect([succeeded, log]).toEqual([true, expect.stringContaining(`is in s3://${BUCKET}/airflow-backups. There are:`)]);
  expect(log.match(/airflow-\d{8}T\d{6}Z\.dump\n/g)).toHaveLength(2);
});

step('and put back from there', 15, async () => {
  // GIVEN
  await airflow.setVariable('latest', 'west');
  await stopAirflow();

  // WHEN
  const { succeeded, log } = await runJob('airflow-db-restore', 'restore-from-bucket');

  // THEN
  expect([succeeded, log]).toEqual([true, expect.stringContaining('Start Airflow again')]);
  expect(await queried(`select key from variable where key <> 'seen' order by key`)).toEqual(['bucket', 'region']);
});
