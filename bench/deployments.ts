import { setTimeout as sleep } from 'node:timers/promises';
import { AirflowChart, Executor } from '../lib';
import type { Airflow } from '../test/e2e/support/airflow';
import { connectToAirflow, GIT_TOKEN_SECRET, NAMESPACE } from '../test/e2e/support/deployment';
import { GIT_REPOSITORY, startGitServer, stopGitServer } from '../test/e2e/support/git-server';
import { allReady } from '../test/e2e/support/workloads';
import { applyFolder } from '../test/support/apply';
import { applyObjects, getObjects, kubectl } from '../test/support/kubectl';
import { clearNamespace } from '../test/support/namespaces';
import { type RealChart, realCharts, useHelmIn } from '../test/support/real-charts';
import { synthApp } from '../test/support/synth';
import { removeTemporaryFolders, temporaryFolder } from '../test/support/temporary-folder';
import { median } from './run';

const FIRST = 'first';
const STARTS = 5;
const MAPPED = 'mapped';
/** So many tasks of no work: pods take their time, so that there are fewer of them. */
const TASKS = { inWorkers: 1000, inScheduler: 200, inPods: 50 };
const MAPPED_MINUTES = 40;
const IDLE_SECONDS = 60;

const DAGS = (tasks: number) => `from airflow.sdk import dag, task


@dag(dag_id="${FIRST}", schedule=None)
def first():
    @task
    def nothing():
        pass

    nothing()


@dag(dag_id="${MAPPED}", schedule=None, max_active_tasks=1000)
def mapped():
    @task
    def nothing(number):
        pass

    nothing.expand(number=list(range(${tasks})))


first()
mapped()
`;

interface Figures {
  readonly name: string;
  readonly firstRun: number;
  readonly start: number;
  readonly tasks: number;
  readonly tasksAMinute: number;
  readonly idleMillicores: number;
  readonly idleMebibytes: number;
}

/** Airflow under each executor, and from the official chart, one after the other on the same cluster. */
export async function deployments(): Promise<string> {
  const title = '## Deployments\n';
  if (!process.env.KUBECONFIG) return `${title}\nNot measured: KUBECONFIG is not set.\n`;
  const chart = realCharts()
    .filter(({ name }) => name.startsWith('official-'))
    .at(-1);
  const workers = Executor.celery({ workers: { replicas: 1 } });
  try {
    const rows = [
      await measured('`Executor.celery()`', workers, TASKS.inWorkers),
      await measured('`Executor.local()`', Executor.local(), TASKS.inScheduler),
      await measured('`Executor.kubernetes()`', Executor.kubernetes({ podsCreationBatchSize: 16 }), TASKS.inPods),
      ...(chart ? [await measured(`the official chart ${chart.version}, Celery`, workers, TASKS.inWorkers, chart)] : []),
    ];
    return `${title}
Each on an empty namespace, all images on the node: Secrets, schema, PostgreSQL and Redis are made from nothing. The chart has the PostgreSQL and Redis of
this library, and is rendered by it. A start is the median of ${STARTS}, from the trigger of a DAG to its task's running; mapped tasks do no work; idle is the mean of all pods
over ${IDLE_SECONDS} s after that.

| | first DAG run after apply, s | start of a task, s | mapped tasks a minute | idle, millicores | idle, MiB |
| --- | ---: | ---: | ---: | ---: | ---: |
${rows.map(line).join('\n')}

Goals: the first DAG run in less than 77 s, and at most 5 % more than the 108 millicores and 1552 MiB that Celery took before containers had only the secrets that they
use. In an earlier run on such a machine the chart by itself, with its own probes, took 96 s with its database already there, 327 millicores and 1983 MiB.
${chart ? '' : '\nThe official chart was not measured: AIRFLOW_CHARTS names no folder with airflow-<version>.tgz.\n'}`;
  } finally {
    await clearNamespace(NAMESPACE);
    await stopGitServer();
    removeTemporaryFolders();
  }
}

function line({ name, firstRun, start, tasks, tasksAMinute, idleMillicores, idleMebibytes }: Figures): string {
  const figures = [firstRun.toFixed(0), start.toFixed(1), `${tasksAMinute.toFixed(0)} (of ${tasks})`, idleMillicores.toFixed(0)];
  return `| ${[name, ...figures, idleMebibytes.toFixed(0)].join(' | ')} |`;
}

async function measured(name: string, executor: Executor, tasks: number, chart?: RealChart): Promise<Figures> {
  await startGitServer({ files: { 'dags/dags.py': DAGS(tasks) } });
  const dist = synthOf(executor, chart);
  await clearNamespace(NAMESPACE);
  const { airflow, close } = connectToAirflow();
  try {
    const applied = performance.now();
    await applyFolder(dist);
    await applyObjects(GIT_TOKEN_SECRET);
    await airflow.knows(FIRST);
    await airflow.runToSuccess(FIRST);
    const firstRun = (performance.now() - applied) / 1000;
    await allReady(NAMESPACE);

    const starts: number[] = [];
    for (let round = 0; round < STARTS; round++) starts.push(await secondsToStart(airflow));
    const mapped = await airflow.start(MAPPED);
    await airflow.succeeds(MAPPED, mapped, MAPPED_MINUTES);
    const { start_date: start, end_date: end } = await airflow.run(MAPPED, mapped);
    const minutes = (Date.parse(end) - Date.parse(start)) / 60_000;
    return { name, firstRun, start: median(starts), tasks, tasksAMinute: tasks / minutes, ...(await idle()) };
  } finally {
    close();
  }
}

function synthOf(executor: Executor, chart: RealChart | undefined): string {
  const folder = process.cwd();
  const helmFolder = temporaryFolder();
  try {
    if (chart) {
      process.chdir(helmFolder);
      useHelmIn(helmFolder);
    }
    return synthApp((app) => {
      const distribution = chart?.distribution({ images: { statsd: { tag: 'v0.28.0' } } });
      new AirflowChart(app, 'airflow', { namespace: NAMESPACE, executor, distribution, dags: [GIT_REPOSITORY] });
    });
  } finally {
    process.chdir(folder);
  }
}

async function secondsToStart(airflow: Airflow): Promise<number> {
  const id = await airflow.runToSuccess(FIRST);
  const { queued_at: triggered } = await airflow.run(FIRST, id);
  const [{ start_date: started }] = await airflow.tasks(FIRST, id);
  return (Date.parse(started) - Date.parse(triggered)) / 1000;
}

/** What the kubelet says of all pods of the namespace, at two times. */
async function idle(): Promise<Pick<Figures, 'idleMillicores' | 'idleMebibytes'>> {
  await sleep(IDLE_SECONDS * 1000);
  const before = await podStats();
  await sleep(IDLE_SECONDS * 1000);
  const after = await podStats();
  const cores = [...after].map(([pod, { cpu }]) => {
    const { cpu: first = cpu } = before.get(pod) ?? {};
    return (cpu.usageCoreNanoSeconds - first.usageCoreNanoSeconds) / 1e6 / (Date.parse(cpu.time) - Date.parse(first.time) || 1);
  });
  const bytes = [...after.values()].map(({ memory }) => memory.workingSetBytes);
  return { idleMillicores: sum(cores) * 1000, idleMebibytes: sum(bytes) / 2 ** 20 };
}

interface PodStats {
  readonly podRef: { readonly name: string; readonly namespace: string };
  readonly cpu: { readonly time: string; readonly usageCoreNanoSeconds: number };
  readonly memory: { readonly workingSetBytes: number };
}

async function podStats(): Promise<Map<string, PodStats>> {
  const [{ metadata }] = await getObjects('nodes');
  const { pods } = JSON.parse(await kubectl(['get', '--raw', `/api/v1/nodes/${metadata.name}/proxy/stats/summary`]));
  const own = (pods as PodStats[]).filter(({ podRef, cpu, memory }) => podRef.namespace === NAMESPACE && cpu && memory);
  return new Map(own.map((pod) => [pod.podRef.name, pod]));
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0);
}
