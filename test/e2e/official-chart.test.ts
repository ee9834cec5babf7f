import { Duration } from 'cdk8s';
import { AirflowChart, Autoscaling, Executor, Requirements } from '../../lib';
import { VARIANTS } from '../support/airflow-variants';
import { restoreEnvironment } from '../support/environment';
import { eventually } from '../support/eventually';
import { getObjects, requireCluster } from '../support/kubectl';
import { clearNamespace } from '../support/namespaces';
import { NO_CHARTS, realCharts, useHelmIn } from '../support/real-charts';
import { synthApp } from '../support/synth';
import { removeTemporaryFolders, temporaryFolder } from '../support/temporary-folder';
import { GREETING } from './support/dags';
import { connectToAirflow, deploy, GIT_TOKEN_SECRET, NAMESPACE, secondApplyChangesNothing } from './support/deployment';
import { GIT_NAMESPACE } from './support/git-server';
import { INDEX_NAMESPACE, REQUIREMENTS } from './support/package-index';
import { DAG, startServersOfMain, stopServersOfMain } from './support/servers-of-main';
import { story } from './support/story';

// The deployment of main.ts on the official chart, the newest that is there: it runs the same DAG. Where there is KEDA, that makes its worker.

const chart = realCharts()
  .filter(({ name }) => name.startsWith('official-'))
  .at(-1);

const { step, check } = story(
  [NAMESPACE, GIT_NAMESPACE, INDEX_NAMESPACE],
  NO_CHARTS ?? (chart ? undefined : 'the official chart, as AIRFLOW_CHARTS has no airflow-<version>.tgz'),
);
const { airflow, close } = connectToAirflow();
const workingFolder = process.cwd();
let dist: string;
let hasKeda: boolean;

beforeAll(async () => {
  if (!chart) return;
  await requireCluster();
  hasKeda = (await getObjects('customresourcedefinitions')).some(({ metadata }) => metadata.name === 'scaledobjects.keda.sh');
  if (!hasKeda) process.stderr.write('\nNOT TRIED: workers of the official chart that KEDA makes: the cluster has no KEDA\n');
  // A worker that KEDA has made stays when it has nothing to do, so that the tests know which pods there are.
  const autoscaling = Autoscaling.keda({ maxReplicas: 1, cooldownPeriod: Duration.hours(1) });
  const folder = temporaryFolder();
  process.chdir(folder);
  useHelmIn(folder);
  dist = synthApp((app) => {
    new AirflowChart(app, 'airflow', {
      ...VARIANTS['the deployment of main.ts'],
      requirements: Requirements.fromText(REQUIREMENTS),
      executor: Executor.celery({ workers: hasKeda ? { autoscaling } : { replicas: 1 } }),
      // The version that the cluster of the tests has.
      distribution: chart.distribution({ images: { statsd: { tag: 'v0.28.0' } } }),
    });
  });
  await startServersOfMain(dist);
}, 600_000);

afterAll(async () => {
  if (!chart) return;
  close();
  process.chdir(workingFolder);
  restoreEnvironment();
  removeTemporaryFolders();
  await clearNamespace(NAMESPACE);
  await stopServersOfMain();
}, 900_000);

step('dist and the git token are all it takes', 15, async () => {
  await deploy(dist, GIT_TOKEN_SECRET);
});

step('a DAG of the private repository succeeds, with a package of requirements.txt', 15, async () => {
  await airflow.knows(DAG);
  const run = await airflow.runToSuccess(DAG);
  const [task] = (await airflow.tasks(DAG, run)).filter(({ task_id }) => task_id === 'greet');
  expect(await airflow.log(DAG, run, task)).toContain(GREETING);
});

step('KEDA has counted work in the database, through its NetworkPolicy', 10, async () => {
  if (!hasKeda) return;
  // The worker that is there at first may do the work before KEDA looks; KEDA then takes it away, and the next work has to wait for it.
  await eventually({ what: 'KEDA to find work', minutes: 8 }, async () => {
    await airflow.runToSuccess(DAG);
    const [{ status }] = await getObjects('scaledobjects.keda.sh', 'airflow-worker', '--namespace', NAMESPACE);
    if (!status.lastActiveTime) throw new Error('it has found none yet');
  });
});

check('a second apply changes and restarts nothing, and the next run succeeds', 15, async () => {
  await secondApplyChangesNothing(dist, async () => {
    await airflow.runToSuccess(DAG);
  });
});
