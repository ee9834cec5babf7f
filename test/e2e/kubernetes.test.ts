import { Cron, Duration } from 'cdk8s';
import { AirflowChart, Connection, Executor, Logs, Requirements, SecurityContext } from '../../lib';
import { eventually } from '../support/eventually';
import { getObjects, kubectl, requireCluster } from '../support/kubectl';
import type { Manifest } from '../support/manifests';
import { synthApp } from '../support/synth';
import { cleanUpAfterAll } from './support/clean-up';
import { dagSource } from './support/dags';
import { connectToAirflow, deploy, GIT_TOKEN_SECRET, NAMESPACE, secondApplyChangesNothing } from './support/deployment';
import { DISK, evictedForDisk, FILLING, FILLING_DAG } from './support/filled-disk';
import { GIT_NAMESPACE, GIT_REPOSITORY, startGitServer, stopGitServer } from './support/git-server';
import { STORE_NAMESPACE, STORE_URL, startObjectStore, stopObjectStore } from './support/object-store';
import { INDEX_NAMESPACE, REQUIREMENTS, startPackageIndex, stopPackageIndex } from './support/package-index';
import { airflowImage } from './support/servers-of-main';
import { story } from './support/story';

// The Kubernetes executor: each task in a pod of its own. All pods share a volume with the packages. Logs are in a bucket, as they would go with the pods;
// and pods that stay are cleaned up.

const DAG = 'in_pods';
const SEARCHING = 'searching';
const FAILING = 'failing';
const BUCKET = 'airflow-logs';

/** Fails if anything of Airflow's keys and passwords is in the pod of a task. */
const SEARCHING_DAG = `import os

from airflow.sdk import dag, task


@dag(dag_id="${SEARCHING}", schedule=None)
def build():
    @task
    def search():
        assert not os.path.exists("/etc/airflow-secrets")
        assert not os.path.exists("/var/run/secrets/kubernetes.io")
        config = open(os.environ["AIRFLOW_CONFIG"]).read()
        assert "_cmd" not in config, config
        words = ("FERNET", "JWT_SECRET", "SQL_ALCHEMY", "BROKER")
        # Airflow itself puts this in the place of the database's address, for tasks that would use it.
        values = {name: value for name, value in os.environ.items() if not value.startswith("airflow-db-not-allowed")}
        assert not [name for name in values if any(word in name for word in words)]

    search()


build()
`;

const CLAIM = 'python-packages';
/** One node may mount it for any number of its pods, and clusters of tests have one. */
const VOLUME_CLAIM = {
  apiVersion: 'v1',
  kind: 'PersistentVolumeClaim',
  metadata: { name: CLAIM, namespace: NAMESPACE },
  spec: { accessModes: ['ReadWriteOnce'], resources: { requests: { storage: '1Gi' } } },
};

/** The run is a success, as its last task is. The pod of a task that fails ends well, but not that of one whose pod breaks. */
const FAILING_DAG = `import os
import signal

from airflow.sdk import dag, task


@dag(dag_id="${FAILING}", schedule=None)
def build():
    @task
    def fail():
        print("said before the end")
        raise RuntimeError("on purpose")

    @task(trigger_rule="all_done")
    def broken():
        os.kill(os.getppid(), signal.SIGKILL)

    @task(trigger_rule="all_done")
    def end():
        print("said at the end")

    fail() >> broken() >> end()


build()
`;

const STORE_SECRET = {
  apiVersion: 'v1',
  kind: 'Secret',
  metadata: { name: 'store', namespace: NAMESPACE },
  stringData: { 'access-key': 'any', 'secret-key': 'only-for-tests' },
};

const { step, check } = story([NAMESPACE, GIT_NAMESPACE, INDEX_NAMESPACE, STORE_NAMESPACE]);
const { airflow, close } = connectToAirflow();

const dist = synthApp((app) => {
  new AirflowChart(app, 'airflow', {
    namespace: NAMESPACE,
    executor: Executor.kubernetes({
      tasks: { resources: DISK },
      podCleanup: { schedule: Cron.annually(), completedTime: Duration.minutes(0) },
    }),
    dags: [GIT_REPOSITORY],
    requirements: Requirements.fromText(REQUIREMENTS, { claimName: CLAIM }),
    // The group of Airflow's image, for a volume that belongs to root at first.
    allComponents: { securityContext: SecurityContext.withIds({ fsGroup: 0 }) },
    jsonLogs: true,
    logs: Logs.s3({
      bucket: BUCKET,
      connection: Connection.fromParts({
        type: 'aws',
        extra: { endpoint_url: STORE_URL, region_name: 'us-east-1' },
        secrets: { login: { secretName: 'store', key: 'access-key' }, password: { secretName: 'store', key: 'secret-key' } },
      }),
    }),
  });
});

beforeAll(async () => {
  await requireCluster();
  const source = dagSource({ dagId: DAG, description: 'tasks in pods of their own' });
  await startGitServer({
    files: {
      'dags/in_pods.py': source,
      'dags/searching.py': SEARCHING_DAG,
      'dags/filling.py': FILLING_DAG,
      'dags/failing.py': FAILING_DAG,
    },
  });
  await startObjectStore(BUCKET);
  await startPackageIndex(airflowImage(dist));
}, 600_000);

cleanUpAfterAll({ close, namespaces: [NAMESPACE], servers: [stopGitServer, stopPackageIndex, stopObjectStore] });

const here = ['--namespace', NAMESPACE];

step('dist, the Secrets and the claim are all it takes', 15, async () => {
  await deploy(dist, GIT_TOKEN_SECRET, STORE_SECRET, VOLUME_CLAIM);
});

step('a DAG succeeds whose tasks import a package of the requirements', 15, async () => {
  await airflow.knows(DAG);
  await airflow.runToSuccess(DAG);
});

check('of all pods one has installed the packages, and one that starts anew finds them', 10, async () => {
  // GIVEN
  const scheduler = ['--namespace', NAMESPACE, '--selector', 'app.kubernetes.io/component=scheduler'];
  const [before] = await getObjects('pods', ...scheduler);
  const logs = (await logsOfInstall()).map((log) => /Successfully installed|Installed already/.exec(log)?.[0]);

  // WHEN
  await kubectl(['delete', 'pod', before.metadata.name, '--namespace', NAMESPACE]);
  const after = await eventually({ what: 'another scheduler', minutes: 3 }, async () => {
    const pods: Manifest[] = await getObjects('pods', ...scheduler);
    const pod = pods.find(({ metadata }) => metadata.uid !== before.metadata.uid);
    const install = pod?.status.initContainerStatuses?.find(({ name }: Manifest) => name === INSTALL);
    if (!install?.state.terminated) throw new Error('it has not installed yet');
    return { name: pod.metadata.name, ...install.state.terminated };
  });

  // THEN
  expect(logs.sort()).toEqual([...new Array(logs.length - 1).fill('Installed already'), 'Successfully installed']);
  expect(logs.length).toBeGreaterThan(2);
  expect(after.exitCode).toBe(0);
  expect(await kubectl(['logs', after.name, '--container', INSTALL, '--namespace', NAMESPACE])).toContain('Installed already');
  process.stderr.write(`\nInstalled already: ${after.startedAt} to ${after.finishedAt}\n`);
});

check('the pod of a task has no key and no password of Airflow, and no token of Kubernetes', 15, async () => {
  await airflow.knows(SEARCHING);
  await airflow.runToSuccess(SEARCHING);
});

check('a task that fills its disk ends its own pod and no other, and the task beside it succeeds', 15, async () => {
  await airflow.knows(FILLING);
  let run = '';
  const { metadata } = await evictedForDisk(NAMESPACE, async () => {
    run = await airflow.start(FILLING);
  });
  expect(metadata.annotations.task_id).toBe('fill');
  await eventually({ what: 'both tasks to end', minutes: 5 }, async () => {
    const states = (await airflow.tasks(FILLING, run)).map(({ task_id, state }) => [task_id, state]);
    expect(Object.fromEntries(states)).toEqual({ fill: 'failed', beside: 'success' });
  });
});

check('a second apply changes and restarts nothing', 5, async () => {
  await secondApplyChangesNothing(dist);
});

const INSTALL = 'install-requirements';

/** What each pod says that has installed packages. Those of tasks, which nothing owns, are soon gone. */
async function logsOfInstall(): Promise<string[]> {
  const pods: Manifest[] = await getObjects('pods', '--namespace', NAMESPACE);
  const installing = pods.filter(
    ({ metadata, spec }) => metadata.ownerReferences && spec.initContainers?.some(({ name }: Manifest) => name === INSTALL),
  );
  const log = ({ metadata }: Manifest) => kubectl(['logs', metadata.name, '--container', INSTALL, '--namespace', NAMESPACE]);
  return Promise.all(installing.map(log));
}

async function podsOfTasks(): Promise<string[]> {
  const tasks = ['--selector', `dag_id=${FAILING}`, '--output', 'jsonpath={.items[*].metadata.labels.task_id}'];
  return (await kubectl(['get', 'pods', ...tasks, ...here])).split(' ').filter(Boolean);
}

check('the logs of tasks are there when their pods are gone', 10, async () => {
  // WHEN
  await airflow.knows(FAILING);
  const runId = await airflow.runToSuccess(FAILING);

  // THEN
  await eventually({ what: 'the pods of tasks to be gone, but for the broken one', minutes: 2 }, async () => {
    expect(await podsOfTasks()).toEqual(['broken']);
  });
  const said: { readonly [task: string]: string } = { fail: 'said before the end', end: 'said at the end' };
  for (const task of await airflow.tasks(FAILING, runId)) {
    if (!said[task.task_id]) continue;
    const log = await airflow.log(FAILING, runId, task);
    expect(log).toContain(said[task.task_id]);
    expect(log).toContain(`s3://${BUCKET}/airflow-logs/`);
  }
});

check('the pod that broke is cleaned up, and no other', 5, async () => {
  // GIVEN
  const others = () => kubectl(['get', 'pods', '--selector', '!dag_id,!job-name', '--output', 'name', ...here]);
  const before = await others();

  // WHEN
  await kubectl(['create', 'job', '--from=cronjob/airflow-pod-cleanup', 'clean-now', ...here]);
  await kubectl(['wait', '--for=condition=Complete', '--timeout=180s', 'job/clean-now', ...here]);

  // THEN
  expect(await podsOfTasks()).toEqual([]);
  expect(await others()).toBe(before);
});

check('what the scheduler says is JSON', 2, async () => {
  const lines = await kubectl(['logs', 'deployment/airflow-scheduler', '--container', 'scheduler', '--tail', '200', ...here]);
  // All but the requests of probes, which Python's own server tells.
  const said = lines.split('\n').filter((line) => line && !line.includes('"GET /health'));
  expect(said.length).toBeGreaterThan(0);
  for (const line of said) expect(JSON.parse(line)).toHaveProperty('event');
});
