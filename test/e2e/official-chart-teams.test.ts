import { AirflowChart, Executor, Logs, NetworkDestination } from '../../lib';
import { restoreEnvironment } from '../support/environment';
import { requireCluster } from '../support/kubectl';
import { NO_CHARTS, realCharts, useHelmIn } from '../support/real-charts';
import { synthApp } from '../support/synth';
import { removeTemporaryFolders, temporaryFolder } from '../support/temporary-folder';
import { cleanUpAfterAll } from './support/clean-up';
import { connectToAirflow, deploy, GIT_TOKEN_SECRET, NAMESPACE, secondApplyChangesNothing } from './support/deployment';
import { GIT_HOST, GIT_NAMESPACE, GIT_PORT, GIT_REPOSITORY, pushFiles, startGitServer, stopGitServer } from './support/git-server';
import { story } from './support/story';

// Teams on the official chart, the newest that is there: one with workers and a broker of its own, one with pods of tasks, and one whose tasks run where
// those of no team do.

/** A DAG whose task tells where it runs, and which repositories are there. */
function tellingDag(dagId: string): string {
  return `import os
import socket

from airflow.sdk import dag, task


@dag(dag_id="${dagId}", schedule=None)
def build():
    @task
    def tell():
        return {"host": socket.gethostname(), "bundles": sorted(os.listdir("/opt/airflow/dags"))}

    tell()


build()
`;
}

const chart = realCharts()
  .filter(({ name }) => name.startsWith('official-'))
  .at(-1);

const { step, check } = story(
  [NAMESPACE, GIT_NAMESPACE],
  NO_CHARTS ?? (chart ? undefined : 'teams on the official chart, as AIRFLOW_CHARTS has no airflow-<version>.tgz'),
);
const { airflow, close } = connectToAirflow();
const workingFolder = process.cwd();
const TEAMS = ['finance', 'guests', 'research'];
let dist: string;

beforeAll(async () => {
  if (!chart) return;
  await requireCluster();
  const folder = temporaryFolder();
  process.chdir(folder);
  useHelmIn(folder);
  const repository = { ...GIT_REPOSITORY, egress: [NetworkDestination.namespace(GIT_NAMESPACE, [GIT_PORT])] };
  dist = synthApp((app) => {
    new AirflowChart(app, 'airflow', {
      namespace: NAMESPACE,
      dags: [
        { ...repository, name: 'shared' },
        ...TEAMS.map((team) => ({ ...repository, name: team, url: `http://${GIT_HOST}:${GIT_PORT}/team/${team}.git`, branch: 'main' })),
      ],
      logs: Logs.pods(),
      teams: {
        finance: { bundles: ['finance'], executor: Executor.celery({ workers: { concurrency: 1 } }) },
        guests: { bundles: ['guests'] },
        research: { bundles: ['research'], executor: Executor.kubernetes() },
      },
      // The version that the cluster of the tests has.
      distribution: chart.distribution({ images: { statsd: { tag: 'v0.28.0' } } }),
    });
  });
  await startGitServer({ files: { 'dags/tells.py': tellingDag('shared') } });
  for (const team of TEAMS) await pushFiles(`team/${team}`, 'main', { 'dags/tells.py': tellingDag(team) });
}, 600_000);

cleanUpAfterAll({ close, namespaces: [NAMESPACE], servers: [stopGitServer] });

afterAll(() => {
  process.chdir(workingFolder);
  restoreEnvironment();
  removeTemporaryFolders();
});

step('dist and the git token are all it takes', 15, async () => {
  await deploy(dist, GIT_TOKEN_SECRET);
});

const ALL = ['finance', 'guests', 'research', 'shared'];

for (const { dagId, where, host, bundles } of [
  { dagId: 'finance', where: "its team's worker", host: /^airflow-worker-team-finance-/, bundles: ['finance'] },
  { dagId: 'research', where: 'a pod of its own', host: /^research-tell-/, bundles: ['research'] },
  { dagId: 'guests', where: 'the worker of no team', host: /^airflow-worker-(?!team-)/, bundles: ALL },
  { dagId: 'shared', where: 'the worker of no team', host: /^airflow-worker-(?!team-)/, bundles: ALL },
]) {
  check(`the DAG ${dagId} runs in ${where}, beside no bundles but those`, 10, async () => {
    await airflow.knows(dagId);
    const runId = await airflow.runToSuccess(dagId);
    expect(await airflow.result(dagId, runId, 'tell')).toEqual({ host: expect.stringMatching(host), bundles });
  });
}

check('a second apply changes and restarts nothing', 5, async () => {
  await secondApplyChangesNothing(dist);
});
