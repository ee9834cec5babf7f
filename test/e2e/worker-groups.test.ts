import { AirflowChart, Autoscaling, Executor } from '../../lib';
import { eventually } from '../support/eventually';
import { getObjects, requireCluster } from '../support/kubectl';
import { synthApp } from '../support/synth';
import { cleanUpAfterAll } from './support/clean-up';
import { connectToAirflow, deploy, GIT_TOKEN_SECRET, NAMESPACE, secondApplyChangesNothing } from './support/deployment';
import { GIT_NAMESPACE, GIT_REPOSITORY, startGitServer, stopGitServer } from './support/git-server';
import { story } from './support/story';

// Groups of workers, each with queues of its own, beside pods of tasks; where there is KEDA it makes workers for one of them, and takes them away.

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

const { step, check } = story([NAMESPACE, GIT_NAMESPACE]);
const { airflow, close } = connectToAirflow();

function synthWith(hasKeda: boolean): string {
  const scaled = { scaled: { concurrency: 1, autoscaling: Autoscaling.keda({ maxReplicas: 2 }) } };
  return synthApp((app) => {
    new AirflowChart(app, 'airflow', {
      namespace: NAMESPACE,
      executor: Executor.several(
        Executor.celery({ workerGroups: { big: { concurrency: 2 }, ...(hasKeda && scaled) } }),
        Executor.kubernetes(),
      ),
      dags: [GIT_REPOSITORY],
    });
  });
}

let dist: string;
let hasKeda: boolean;

beforeAll(async () => {
  await requireCluster();
  hasKeda = (await getObjects('customresourcedefinitions')).some(({ metadata }) => metadata.name === 'scaledobjects.keda.sh');
  if (!hasKeda) process.stderr.write('\nNOT TRIED: workers that KEDA makes and takes away: the cluster has no KEDA\n');
  dist = synthWith(hasKeda);
  await startGitServer({ files: { 'dags/by_queue.py': QUEUES_DAG, ...(hasKeda && { 'dags/scaled.py': SCALED }) } });
}, 600_000);

cleanUpAfterAll({ close, namespaces: [NAMESPACE], servers: [stopGitServer] });

step('dist and the git Secret are all it takes', 15, async () => {
  await deploy(dist, GIT_TOKEN_SECRET);
});

step('each task runs where its queue or its executor says', 15, async () => {
  await airflow.knows(DAG);
  await airflow.runToSuccess(DAG);
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
  expect(await replicas()).toEqual([0, 0]);

  let most = 0;
  const watch = setInterval(
    () =>
      void replicas().then(
        ([, ready]) => (most = Math.max(most, ready)),
        () => undefined,
      ),
    2000,
  );
  const runId = await airflow.runToSuccess(SCALED_DAG);
  clearInterval(watch);
  expect(most).toBe(2);
  expect((await airflow.tasks(SCALED_DAG, runId)).map(({ state, try_number }) => [state, try_number])).toEqual([
    ['success', 1],
    ['success', 1],
  ]);
  await eventually({ what: 'no worker to be left', minutes: 6 }, async () => expect(await replicas()).toEqual([0, 0]));
});
