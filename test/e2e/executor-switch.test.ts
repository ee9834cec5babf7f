import { AirflowChart, Executor } from '../../lib';
import { applyFolder } from '../support/apply';
import { eventually } from '../support/eventually';
import { kubectl, requireCluster } from '../support/kubectl';
import { synthApp } from '../support/synth';
import { cleanUpAfterAll } from './support/clean-up';
import { connectToAirflow, deploy, GIT_TOKEN_SECRET, NAMESPACE } from './support/deployment';
import { GIT_NAMESPACE, GIT_REPOSITORY, startGitServer, stopGitServer } from './support/git-server';
import { story } from './support/story';
import { allReady } from './support/workloads';

// Another executor on a deployment that lives: applied over the one before, while a task runs.

const WHERE = 'where';
const SLOW = 'slow';
const DAGS = `import os
import time

from airflow.sdk import dag, task


@dag(dag_id="${WHERE}", schedule=None)
def where():
    @task
    def host():
        # Pods of tasks know by it that they are.
        return "pod" if "AIRFLOW_IS_K8S_EXECUTOR_POD" in os.environ else os.environ["HOSTNAME"].rsplit("-", 2)[0]

    host()


@dag(dag_id="${SLOW}", schedule=None)
def slow():
    @task
    def wait():
        time.sleep(60)

    wait()


where()
slow()
`;

const { step } = story([NAMESPACE, GIT_NAMESPACE]);
const { airflow, close } = connectToAirflow();

beforeAll(async () => {
  await requireCluster();
  await startGitServer({ files: { 'dags/two.py': DAGS } });
}, 600_000);

cleanUpAfterAll({ close, namespaces: [NAMESPACE], servers: [stopGitServer] });

/** What the how-to deletes after the change. */
const OF_CELERY = 'app.kubernetes.io/instance=airflow,app.kubernetes.io/component in (worker, redis)';
const CELERY = Executor.celery({ workers: { replicas: 1 } });

step('a task runs in a worker', 15, async () => {
  await deploy(distOf(CELERY), GIT_TOKEN_SECRET);
  await airflow.knows(WHERE);
  expect(await placeOfTask()).toBe('airflow-worker');
});

step('with the Kubernetes executor the next one runs in a pod, and the run of one that ran meanwhile succeeds', 20, async () => {
  // GIVEN
  const run = airflow.runToSuccess(SLOW);
  await eventually({ what: 'the slow task to run', minutes: 3 }, async () => {
    const [{ dag_run_id: id }] = await airflow.runs(SLOW);
    const [task] = await airflow.tasks(SLOW, id);
    if (task?.state !== 'running') throw new Error(`it is ${task?.state}`);
  });

  // WHEN
  await applyFolder(distOf(Executor.kubernetes()));
  await kubectl(['delete', 'deployments,statefulsets,services', '--namespace', NAMESPACE, '--selector', OF_CELERY]);

  // THEN
  await run; // the new scheduler does not know the worker's task, and begins it again
  expect(await placeOfTask()).toBe('pod');
});

step('and with workers again they run there', 15, async () => {
  await applyFolder(distOf(CELERY));
  expect(await placeOfTask()).toBe('airflow-worker');
});

function distOf(executor: Executor): string {
  return synthApp((app) => {
    new AirflowChart(app, 'airflow', { namespace: NAMESPACE, executor, dags: [GIT_REPOSITORY] });
  });
}

async function placeOfTask(): Promise<unknown> {
  await allReady(NAMESPACE);
  return airflow.result(WHERE, await airflow.runToSuccess(WHERE), 'host');
}
