import { AirflowChart, Autoscaling, Executor, Logs } from '../../lib';
import { eventually } from '../support/eventually';
import { getObjects, requireCluster } from '../support/kubectl';
import { synthApp } from '../support/synth';
import { cleanUpAfterAll } from './support/clean-up';
import { connectToAirflow, deploy, GIT_TOKEN_SECRET, NAMESPACE, secondApplyChangesNothing } from './support/deployment';
import { GIT_NAMESPACE, GIT_REPOSITORY, startGitServer, stopGitServer } from './support/git-server';
import { siteOfService } from './support/site';
import { story } from './support/story';
import { Tunnel } from './support/tunnel';

// Groups of workers, each with queues of its own, beside pods of tasks; where there is KEDA it makes workers for one of them, and takes them away.
// Flower shows them, and all write their logs to one volume.

const DAG = 'by_queue';

/** A task for each group, and one for a pod of its own: each fails where it should not run. */
const QUEUES_DAG = `import socket

from airflow.sdk import dag, task


@dag(dag_id="${DAG}", schedule=None)
def build():
    @task
    def on_default():
        assert socket.gethostname().startswith("airflow-worker-") and "-big-" not in socket.gethostname()

    @task(queue="big")
    def on_big():
        assert socket.gethostname().startswith("airflow-worker-big-")

    @task(executor="KubernetesExecutor")
    def in_pod():
        assert not socket.gethostname().startswith("airflow-worker-"), socket.gethostname()

    on_default()
    on_big()
    in_pod()


build()
`;

const SCALED_DAG = 'scaled';

/** Two tasks of which each takes a worker of its own, one of them much longer than the other. */
const SCALED = `import time

from airflow.sdk import dag, task


@dag(dag_id="${SCALED_DAG}", schedule=None)
def build():
    @task(queue="scaled")
    def short():
        time.sleep(20)

    @task(queue="scaled")
    def long():
        time.sleep(150)

    short()
    long()


build()
`;

const LOGIN = 'ben:a long "password';
const FLOWER_SECRET = {
  apiVersion: 'v1',
  kind: 'Secret',
  metadata: { name: 'flower-login', namespace: NAMESPACE },
  stringData: { basicAuth: `ada:other,${LOGIN}\n` },
};
const LOGS_CLAIM = {
  apiVersion: 'v1',
  kind: 'PersistentVolumeClaim',
  metadata: { name: 'task-logs', namespace: NAMESPACE },
  spec: { accessModes: ['ReadWriteMany'], resources: { requests: { storage: '1Gi' } } },
};

const { step, check } = story([NAMESPACE, GIT_NAMESPACE]);
const { airflow, close } = connectToAirflow();
const wayToFlower = new Tunnel(NAMESPACE, 'airflow-flower', 5555);
const flower = siteOfService(wayToFlower);

function synthWith(hasKeda: boolean): string {
  const scaled = { scaled: { concurrency: 1, autoscaling: Autoscaling.keda({ maxReplicas: 2 }) } };
  return synthApp((app) => {
    new AirflowChart(app, 'airflow', {
      namespace: NAMESPACE,
      executor: Executor.several(
        Executor.celery({
          workerGroups: { big: { concurrency: 2 }, ...(hasKeda && scaled) },
          flower: {
            basicAuth: { secretName: 'flower-login' },
            ingress: { host: 'airflow.example.com', path: '/flower', className: 'nginx' },
          },
        }),
        Executor.kubernetes(),
      ),
      logs: Logs.volume('task-logs'),
      dags: [GIT_REPOSITORY],
    });
  });
}

let dist: string;
let runId: string;
let hasKeda: boolean;

beforeAll(async () => {
  await requireCluster();
  hasKeda = (await getObjects('customresourcedefinitions')).some(({ metadata }) => metadata.name === 'scaledobjects.keda.sh');
  if (!hasKeda) process.stderr.write('\nNOT TRIED: workers that KEDA makes and takes away: the cluster has no KEDA\n');
  dist = synthWith(hasKeda);
  await startGitServer({ files: { 'dags/by_queue.py': QUEUES_DAG, ...(hasKeda && { 'dags/scaled.py': SCALED }) } });
}, 600_000);

cleanUpAfterAll({
  close: () => {
    close();
    wayToFlower.close();
  },
  namespaces: [NAMESPACE],
  servers: [stopGitServer],
});

step('dist, the Secrets and the volume of the user are all it takes', 15, async () => {
  await deploy(dist, GIT_TOKEN_SECRET, FLOWER_SECRET, LOGS_CLAIM);
});

step('each task runs where its queue or its executor says', 15, async () => {
  await airflow.knows(DAG);
  runId = await airflow.runToSuccess(DAG);
});

check('the log of each of them is on the volume', 5, async () => {
  const tasks = await airflow.tasks(DAG, runId);
  expect(tasks).toHaveLength(3);
  for (const task of tasks) expect(await airflow.log(DAG, runId, task)).toContain(`/logs/dag_id=${DAG}/run_id=${runId}/`);
});

const askFlower = (path: string, login?: string) => {
  return flower.request({ path, headers: login ? { Authorization: `Basic ${Buffer.from(login).toString('base64')}` } : {} });
};

check('Flower lets in who has a name and a password, and nobody else', 3, async () => {
  for (const login of [undefined, 'ben:wrong']) {
    expect((await askFlower('/flower/workers', login)).status).toBe(401);
    expect((await askFlower('/flower/api/workers', login)).status).toBe(401);
  }
  expect((await askFlower('/flower/workers', LOGIN)).status).toBe(200);
});

check('Flower asks the workers what they do', 5, async () => {
  await eventually({ what: 'Flower to know a worker of each group', minutes: 3 }, async () => {
    const { status, body } = await askFlower('/flower/api/workers?refresh=1', LOGIN);
    if (status !== 200 || !/celery@airflow-worker-big-/.test(body) || !/celery@airflow-worker-(?!big-)/.test(body)) {
      throw new Error(`answered ${status} ${body.slice(0, 500)}`);
    }
  });
});

check('a second apply changes and restarts nothing', 5, async () => {
  await secondApplyChangesNothing(dist);
});

check('KEDA makes a worker for each task, and ends none that runs', 20, async () => {
  if (!hasKeda) return;
  const replicas = async () => {
    const [{ spec, status }] = await getObjects('deployment', 'airflow-worker-scaled', '--namespace', NAMESPACE);
    return [spec.replicas, status.readyReplicas ?? 0];
  };
  await airflow.knows(SCALED_DAG);
  // A worker that is there at first is taken away when there was no work for half a minute.
  await eventually({ what: 'no worker to be left', minutes: 6 }, async () => expect(await replicas()).toEqual([0, 0]));

  let most = 0;
  const watch = setInterval(
    () =>
      void replicas().then(
        ([, ready]) => (most = Math.max(most, ready)),
        () => undefined,
      ),
    2000,
  );
  const scaledRun = await airflow.runToSuccess(SCALED_DAG);
  clearInterval(watch);
  expect(most).toBe(2);
  expect((await airflow.tasks(SCALED_DAG, scaledRun)).map(({ state, try_number }) => [state, try_number])).toEqual([
    ['success', 1],
    ['success', 1],
  ]);
  await eventually({ what: 'no worker to be left', minutes: 6 }, async () => expect(await replicas()).toEqual([0, 0]));
});
