import { readPage } from '../../scripts/docs/pages';
import { Sandbox } from '../../scripts/docs/sandbox';
import { changedByApply } from '../support/apply';
import { testHelm } from '../support/helm';
import { applyObjects, requireCluster } from '../support/kubectl';
import { clearNamespace, markNamespace } from '../support/namespaces';
import { NO_CHARTS, realCharts } from '../support/real-charts';
import { ROOT } from '../support/synth';
import { temporaryFolder } from '../support/temporary-folder';
import { cleanUpAfterAll } from './support/clean-up';
import { connectToAirflow, GIT_TOKEN_SECRET, NAMESPACE } from './support/deployment';
import { GIT_NAMESPACE, GIT_REPOSITORY, startGitServer, stopGitServer } from './support/git-server';
import { story } from './support/story';
import { allReady } from './support/workloads';

// What docs/how-to/rename-or-move.md says, done word for word on a deployment that lives: to the official chart and back, then to another namespace.

const DAG = 'moving';
const DAG_SOURCE = `from airflow.sdk import Variable, dag, task


@dag(dag_id="${DAG}", schedule=None)
def build():
    @task
    def read():
        assert Variable.get("region") == "north"

    read()


build()
`;

const ELSEWHERE = 'airflow-new';
const PROPS = `executor: Executor.celery({ workers: { replicas: 1 } }),
dags: [{ url: '${GIT_REPOSITORY.url}', branch: 'master', path: 'dags', credentials: GitCredentials.token({ secretName: 'gitlab-dags' }) }],
`;

const chart = realCharts()
  .filter(({ name }) => name.startsWith('official-'))
  .at(-1);
const { step } = story([NAMESPACE, ELSEWHERE, GIT_NAMESPACE], NO_CHARTS);
const old = connectToAirflow();
const moved = connectToAirflow(ELSEWHERE);
const runs: string[] = [];

beforeAll(async () => {
  if (!chart) return;
  await requireCluster();
  for (const namespace of [NAMESPACE, ELSEWHERE]) await clearNamespace(namespace);
  await startGitServer({ files: { 'dags/moving.py': DAG_SOURCE } });
}, 900_000);

cleanUpAfterAll({
  close: () => {
    old.close();
    moved.close();
  },
  namespaces: [NAMESPACE, ELSEWHERE],
  servers: [stopGitServer],
});

/** Do the commands of a section, where `dist` is what comes of some props; the folder of `dist`. */
async function follow(path: string, section: string, props: string): Promise<string> {
  const folder = temporaryFolder();
  const kubectl = 'PATH=$' + '{PATH#*:}\nexec kubectl "$@"';
  const sandbox = new Sandbox(ROOT, folder, { tools: { kubectl, helm: `exec ${testHelm()} "$@"` }, hasCharts: true });
  const page = readPage(ROOT, path);
  const program = { language: 'ts', file: 'main.ts', text: props, line: 0, section };
  const blocks = page.blocks
    .filter((block) => block.section === section)
    .map((block) => (block.language === 'ts' ? { ...block, file: 'main.ts', text: `${block.text}${props}` } : block));
  await sandbox.run({ ...page, blocks: [program, ...blocks] });
  for (const namespace of [NAMESPACE, ELSEWHERE]) await markNamespace(namespace);
  expect(sandbox.problems).toEqual([]);
  return `${folder}/${path.replace(/\.md$/, '')}/dist`;
}

/** Runs go on, and those of before and what is encrypted are there. */
async function livesOn({ airflow }: typeof old): Promise<void> {
  await airflow.knows(DAG);
  runs.push(await airflow.runToSuccess(DAG));
  expect((await airflow.runs(DAG)).map(({ dag_run_id }) => dag_run_id).sort()).toEqual([...runs].sort());
}

step('the built-in distribution runs', 15, async () => {
  await follow('docs/how-to/pause.md', 'Start', PROPS);
  await applyObjects(GIT_TOKEN_SECRET);
  await allReady(NAMESPACE);
  await old.airflow.setVariable('region', 'north');
  await livesOn(old);
});

const PAGE = 'docs/how-to/rename-or-move.md';

step('on the official chart it goes on with the database of before', 15, async () => {
  const source = `version: '${chart?.version}', chart: HelmChart.archive('${chart?.path}'), values: { images: { statsd: { tag: 'v0.28.0' } } }`;
  const dist = await follow(PAGE, 'To another distribution', `${PROPS}distribution: Distribution.officialChart({ ${source} }),\n`);
  await allReady(NAMESPACE);
  await livesOn(old);
  expect(await changedByApply(dist)).toEqual([]);
});

step('and back on the built-in one', 15, async () => {
  const dist = await follow(PAGE, 'To another distribution', PROPS);
  await allReady(NAMESPACE);
  await livesOn(old);
  expect(await changedByApply(dist)).toEqual([]);
});

step('and in another namespace, from a dump', 20, async () => {
  await follow(PAGE, 'To another name or namespace', PROPS);
  await applyObjects({ ...GIT_TOKEN_SECRET, metadata: { ...GIT_TOKEN_SECRET.metadata, namespace: ELSEWHERE } });
  await allReady(ELSEWHERE);
  await livesOn(moved);
});
