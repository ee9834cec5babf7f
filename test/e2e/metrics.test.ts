import { AirflowChart, Executor, Metrics } from '../../lib';
import { type AirflowMetric, prometheusName } from '../../lib/metrics/statsd-mapping';
import { eventually } from '../support/eventually';
import { requireCluster } from '../support/kubectl';
import { metricsIn } from '../support/metric-names';
import { synthApp } from '../support/synth';
import { synthAirflow } from '../support/synth-objects';
import { cleanUpAfterAll } from './support/clean-up';
import { connect } from './support/connections';
import { connectToAirflow, deploy, GIT_TOKEN_SECRET, NAMESPACE, secondApplyChangesNothing } from './support/deployment';
import { GIT_NAMESPACE, GIT_REPOSITORY, startGitServer, stopGitServer } from './support/git-server';
import { siteOfService } from './support/site';
import { story } from './support/story';
import { Tunnel } from './support/tunnel';

// What alerts and dashboard look at is there when Prometheus asks the exporter, after a DAG that brings about each state of a task.

const STATES = 'states';
const FAILING = 'failing';

/** One slot of a worker and one of a pool let others wait for the one and for the other. */
const DAGS = {
  'dags/states.py': `import time
from datetime import timedelta

from airflow.providers.standard.sensors.time_delta import TimeDeltaSensor
from airflow.sdk import dag, task


@dag(dag_id="${STATES}", schedule=None)
def build():
    @task
    def wait(number):
        time.sleep(10)

    TimeDeltaSensor(task_id="later", delta=timedelta(seconds=15), deferrable=True) >> [
        wait.override(task_id="in_the_queue").expand(number=[1, 2]),
        wait.override(task_id="for_the_pool", pool="narrow").expand(number=[1, 2]),
    ]


build()
`,
  'dags/failing.py': `from airflow.sdk import dag, task


@dag(dag_id="${FAILING}", schedule=None)
def build():
    @task
    def fail():
        raise RuntimeError("as it should")

    fail()


build()
`,
};

/** Those that are sent in trouble alone, and what it takes. */
const IN_TROUBLE: { readonly [Metric in AirflowMetric]?: string } = {
  'dag_processing.processor_timeouts': 'a DAG file that takes longer to read than Airflow waits',
  task_instances_without_heartbeats_killed: 'a worker that goes away with its node, and five minutes',
  'scheduler.tasks.killed_externally': 'a task whose process the kernel kills before it says a word',
};

const { step, check } = story([NAMESPACE, GIT_NAMESPACE]);
const { airflow, close } = connectToAirflow();
const tunnel = new Tunnel(NAMESPACE, 'airflow-statsd', 9102);
const exporter = siteOfService(tunnel);

const dist = synthApp((app) => {
  new AirflowChart(app, 'airflow', {
    namespace: NAMESPACE,
    dags: [GIT_REPOSITORY],
    executor: Executor.celery({ workers: { concurrency: 1 } }),
    pools: { narrow: { slots: 1 } },
    metrics: Metrics.statsd({ prometheusNamespace: 'monitoring', dashboard: {} }),
    config: { scheduler: { ti_metrics_interval: '2' } },
  });
});

/** What alerts and dashboard name. The cluster need not have the Prometheus Operator for the alerts. */
function lookedAt(): AirflowMetric[] {
  const objects = synthAirflow({ metrics: Metrics.statsd({ alerts: {}, dashboard: {} }) });
  return metricsIn(
    JSON.stringify(objects.one('PrometheusRule', 'airflow-alerts').spec),
    ...Object.values<string>(objects.one('ConfigMap', 'airflow-dashboard').data),
  );
}

async function metrics(): Promise<string[]> {
  const { status, body } = await exporter.request({ path: '/metrics' });
  expect(status).toBe(200);
  return body.split('\n').filter((line) => line.startsWith('airflow_'));
}

beforeAll(async () => {
  await requireCluster();
  await startGitServer({ files: DAGS });
}, 600_000);

cleanUpAfterAll({
  close: () => {
    tunnel.close();
    close();
  },
  namespaces: [NAMESPACE],
  servers: [stopGitServer],
});

step('dist and the git token are all it takes', 15, async () => {
  await deploy(dist, GIT_TOKEN_SECRET);
});

step('DAGs run, one of them to a failure', 20, async () => {
  for (const dagId of [STATES, FAILING]) await airflow.knows(dagId);
  await airflow.runToSuccess(STATES);
  await expect(airflow.runToSuccess(FAILING)).rejects.toThrow('failed');
});

check('the exporter has each metric that alerts and dashboard look at', 5, async () => {
  await eventually({ what: 'all metrics', minutes: 3 }, async () => {
    const found = new Set((await metrics()).map((line) => line.replace(/[{ ].*/, '')));
    expect(lookedAt().filter((metric) => !found.has(prometheusName(metric)) && !(metric in IN_TROUBLE))).toEqual([]);
  });
});

check('what differs is a label, and each says which deployment it is of', 3, async () => {
  const lines = await metrics();
  expect(lines.filter((line) => !line.includes(`deployment="${NAMESPACE}/airflow"`))).toEqual([]);
  expect(lines.filter((line) => /^[^{]*(states|failing|narrow)/.test(line))).toEqual([]);
  const finished = lines.filter((line) => line.startsWith('airflow_ti_finish_total{') && line.includes(`dag_id="${STATES}"`));
  const tasks = new Set(finished.map((line) => /task_id="(\w+)"/.exec(line)?.[1]));
  expect([...tasks].sort()).toEqual(['for_the_pool', 'in_the_queue', 'later']);
});

check('timers are in seconds', 3, async () => {
  const line = (await metrics()).find((each) => /^airflow_task_duration_seconds_sum\{.*task_id="in_the_queue"/.test(each));
  const sum = Number(line?.split(' ').pop());
  // Two tasks sleep for ten seconds each: milliseconds would be a thousand times as many.
  expect(sum).toBeGreaterThan(10);
  expect(sum).toBeLessThan(10_000);
});

check('who is not in the namespace of Prometheus can not read them', 3, async () => {
  expect(await connect(NAMESPACE, 'deployment/airflow-worker', `airflow-statsd.${NAMESPACE}`, 9102)).toBe('denied');
});

check('a second apply changes and restarts nothing', 15, async () => {
  await secondApplyChangesNothing(dist);
});
