import { type Page, readPage } from '../../scripts/docs/pages';
import { Sandbox } from '../../scripts/docs/sandbox';
import { getObjects, requireCluster } from '../support/kubectl';
import { clearNamespace, markNamespace } from '../support/namespaces';
import { ROOT } from '../support/synth';
import { temporaryFolder } from '../support/temporary-folder';
import { cleanUpAfterAll } from './support/clean-up';
import { connectToAirflow, NAMESPACE } from './support/deployment';
import { story } from './support/story';
import { allReady } from './support/workloads';

// What pages of docs/ say, done word for word: the tutorial, then a backup of what it has made, and the two ways back.

const DAG = 'tutorial_taskflow_api';
const [VARIABLE, VALUE] = ['region', 'north'];

// kubectl as a reader uses it: Airflow takes a while to find its DAGs, and a run takes a while. What never ends is left out.
const KUBECTL = `PATH=\${PATH#*:}
patiently() { for try in $(seq 60); do "$@" && exit 0; sleep 5; done; exit 1; }
shows() { text=$1; shift; kubectl "$@" | grep "$text"; }
case "$*" in
  port-forward*) exit 0 ;;
  *'airflow dags unpause'*) patiently shows ${DAG} "$@" ;;
  *'airflow dags trigger'*) patiently kubectl "$@" ;;
  *'airflow dags list-runs'*) patiently shows success "$@" ;;
esac
exec kubectl "$@"`;

const { step } = story([NAMESPACE]);
const { airflow, close } = connectToAirflow();
const tutorial = readPage(ROOT, 'docs/tutorial.md');
const backup = readPage(ROOT, 'docs/how-to/back-up-and-restore.md');
let sandbox: Sandbox;
let before: string;
let after: string;

beforeAll(async () => {
  await requireCluster();
  await clearNamespace(NAMESPACE);
  sandbox = new Sandbox(ROOT, temporaryFolder(), { tools: { kubectl: KUBECTL } });
}, 900_000);

cleanUpAfterAll({ close, namespaces: [NAMESPACE] });

async function follow(page: Page): Promise<void> {
  await sandbox.run(page).finally(() => markNamespace(NAMESPACE));
  expect(sandbox.problems).toEqual([]);
}

/** A section of the page on backups, by a reader whose program is the tutorial's. */
function section(name: string): Page {
  const program = tutorial.blocks.filter(({ file }) => file === 'main.ts');
  const commands = backup.blocks.filter((block) => block.section === name);
  expect(commands.length).toBeGreaterThan(0);
  return { ...backup, blocks: [...program, ...commands] };
}

async function expectWhatWasBackedUp(): Promise<void> {
  await airflow.knows(DAG);
  const runs = (await airflow.runs(DAG)).map(({ dag_run_id }) => dag_run_id);
  expect(runs).toContain(before);
  expect(runs).not.toContain(after);
  expect(await airflow.variable(VARIABLE)).toBe(VALUE);
  await airflow.runToSuccess(DAG);
}

step('the tutorial leads to a first DAG run, and to a change of the scheduler', 30, async () => {
  await follow(tutorial);
  await allReady(NAMESPACE);
  before = await airflow.runToSuccess(DAG);
  expect((await airflow.runs(DAG)).map(({ state }) => state)).toEqual(['success', 'success']);
  const [scheduler] = await getObjects('deployment', 'airflow-scheduler', '--namespace', NAMESPACE);
  expect(scheduler.spec.template.spec.containers[0].resources.limits.memory).toBe('5Gi');
});

step('the database can be backed up while Airflow runs', 15, async () => {
  await airflow.setVariable(VARIABLE, VALUE);
  await follow(section('Back up'));
  after = await airflow.runToSuccess(DAG);
});

step('what is restored is what was backed up, and Airflow goes on from there', 20, async () => {
  await follow(section('Restore'));
  await expectWhatWasBackedUp();
});

step('in a new cluster too, with the Fernet key of the old one', 25, async () => {
  await clearNamespace(NAMESPACE);
  await follow(section('In a new cluster'));
  await follow(section('Restore'));
  await expectWhatWasBackedUp();
});
