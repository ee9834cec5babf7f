import { AirflowChart, Content, Executor } from '../../lib';
import { eventually } from '../support/eventually';
import { kubectl, requireCluster } from '../support/kubectl';
import { synthApp } from '../support/synth';
import { cleanUpAfterAll } from './support/clean-up';
import { connectToAirflow, deploy, NAMESPACE } from './support/deployment';
import { story } from './support/story';
import { allReady, servingPods } from './support/workloads';

// Eight tasks without retries run, and what they rest on is killed: none is lost, and none is run twice.

const DAG = 'eight';
const TASKS = 8;

const DAG_SOURCE = `import time

from airflow.sdk import dag, task


@dag(dag_id="${DAG}", schedule=None)
def build():
    @task(retries=0)
    def work(number):
        time.sleep(40)

    work.expand(number=list(range(${TASKS})))


build()
`;

const { step, check } = story([NAMESPACE]);
const { airflow, close } = connectToAirflow();

const dist = synthApp((app) => {
  new AirflowChart(app, 'airflow', {
    namespace: NAMESPACE,
    executor: Executor.celery({
      workers: { concurrency: TASKS, resources: { requests: { cpu: '100m', memory: '1Gi' }, limits: { memory: '4Gi' } } },
    }),
    allComponents: { files: { '/opt/airflow/dags/eight.py': Content.fromText(DAG_SOURCE) } },
  });
});

beforeAll(requireCluster, 600_000);

cleanUpAfterAll({ close, namespaces: [NAMESPACE] });

/** Start a run, do something when all its tasks run, and wait for the end; how many seconds it took from then on. */
async function runWith(amid: () => Promise<unknown>): Promise<number> {
  const run = await airflow.start(DAG);
  await eventually({ what: 'eight running tasks', minutes: 5, everySeconds: 1 }, async () => {
    const running = (await airflow.tasks(DAG, run)).filter(({ state }) => state === 'running');
    expect(running).toHaveLength(TASKS);
  });
  const begin = Date.now();
  await amid();
  await airflow.succeeds(DAG, run);
  const tries = (await airflow.tasks(DAG, run)).map(({ state, try_number }) => [state, try_number]);
  expect(tries).toEqual(Array(TASKS).fill(['success', 1]));
  return Math.round((Date.now() - begin) / 1000);
}

function told(what: string, seconds: number): void {
  process.stderr.write(`\nMEASURED: ${what}: the run ends ${seconds} s after all its tasks run\n`);
}

step('eight tasks run at once', 20, async () => {
  await deploy(dist);
  await airflow.knows(DAG);
  told('nothing is killed', await runWith(async () => {}));
});

// Before each run all tasks of the one before run at once again: also after Redis was away, which workers fetch them from.
for (const component of ['redis', 'postgresql', 'scheduler', 'api-server']) {
  check(`a killed pod of ${component} costs no task`, 15, async () => {
    const seconds = await runWith(async () => {
      const pods = await servingPods(NAMESPACE);
      const { metadata } = pods.find((pod) => pod.metadata.labels['app.kubernetes.io/component'] === component);
      await kubectl(['delete', 'pod', metadata.name, '--namespace', NAMESPACE, '--now', '--wait=false']);
    });
    told(`${component} is killed`, seconds);
    await allReady(NAMESPACE);
  });
}
