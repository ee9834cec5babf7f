import { eventually } from '../support/eventually';
import { kubectl, requireCluster, tryKubectl } from '../support/kubectl';
import { synthMain } from '../support/synth';
import { cleanUpAfterAll } from './support/clean-up';
import { connect } from './support/connections';
import { dagSource, GREETING } from './support/dags';
import { ADMIN, connectToAirflow, deploy, GIT_TOKEN_SECRET, NAMESPACE, secondApplyChangesNothing } from './support/deployment';
import { GIT_NAMESPACE, pushFiles } from './support/git-server';
import { siteOfAirflowIngress } from './support/ingress';
import { INDEX_NAMESPACE, REQUIREMENTS } from './support/package-index';
import { DAG, DAG_PATH, startServersOfMain, stopServersOfMain } from './support/servers-of-main';
import type { Site } from './support/site';
import { story } from './support/story';
import { signInByForm } from './support/web-interface';
import { allReady, servingPods } from './support/workloads';

// main.ts as it is, under the Celery executor.

const { step, check } = story([NAMESPACE, GIT_NAMESPACE, INDEX_NAMESPACE]);
const { airflow, site, close } = connectToAirflow();
const finished: string[] = [];
let dist: string;

beforeAll(async () => {
  await requireCluster();
  dist = await synthMain(REQUIREMENTS);
  await startServersOfMain(dist);
}, 600_000);

cleanUpAfterAll({ close, namespaces: [NAMESPACE], servers: [stopServersOfMain] });

step('dist and the git token are all it takes', 15, async () => {
  await deploy(dist, GIT_TOKEN_SECRET);
});

step('a DAG of the private repository succeeds, with a package of requirements.txt', 15, async () => {
  await airflow.knows(DAG);
  finished.push(await airflow.runToSuccess(DAG));
});

check('the log of a finished task can be read', 3, async () => {
  const [task] = (await airflow.tasks(DAG, finished[0])).filter(({ task_id }) => task_id === 'greet');
  expect(await airflow.log(DAG, finished[0], task)).toContain(GREETING);
});

check('a pushed commit shows up as a changed DAG', 15, async () => {
  const source = dagSource({ dagId: DAG, description: 'second commit', extraTasks: ['added'] });
  await pushFiles('airflow/airflow', 'master', { [DAG_PATH]: source });
  await eventually({ what: 'the changed DAG', minutes: 8 }, async () => {
    expect(await airflow.tasksOfDag(DAG)).toContain('added');
    expect((await airflow.dag(DAG)).description).toBe('second commit');
  });
  const run = await airflow.runToSuccess(DAG);
  finished.push(run);
  expect((await airflow.tasks(DAG, run)).map(({ task_id }) => task_id)).toContain('added');
});

async function expectWebInterface(web: Site): Promise<void> {
  const page = await web.request({ path: '/' });
  expect(page.status).toBe(200);
  expect(page.body).toContain('<html');
  const cookies = await signInByForm(web, ADMIN.username, await ADMIN.password());
  const dags = await web.request({ path: `/api/v2/dags/${DAG}`, headers: { Cookie: cookies } });
  expect(dags.status).toBe(200);
  await expect(signInByForm(web, ADMIN.username, 'a wrong password')).rejects.toThrow();
  expect((await web.request({ path: `/api/v2/dags/${DAG}` })).status).toBe(401);
}

check('the web interface answers through its Service, to who knows the password', 3, async () => {
  await expectWebInterface(site);
});

check('the web interface answers through the Ingress, to who knows the password', 5, async () => {
  const found = await siteOfAirflowIngress();
  if (typeof found === 'string') process.stderr.write(`\nNOT TRIED, the Ingress: ${found}\n`);
  else await expectWebInterface(found);
});

check('the liveness probe of a worker fails while Celery stands still, and no other time', 5, async () => {
  const [worker] = (await servingPods(NAMESPACE)).filter(({ metadata }) => metadata.labels['app.kubernetes.io/component'] === 'worker');
  const { name, livenessProbe } = worker.spec.containers.find((container: { name: string }) => container.name === 'worker');
  const inWorker = (command: readonly string[]) =>
    tryKubectl(['exec', '--namespace', NAMESPACE, worker.metadata.name, '--container', name, '--', ...command]);
  const signal = (which: 'STOP' | 'CONT') =>
    inWorker(['sh', '-c', `kill -${which} $(grep -l '^.celeryd: .*:MainProcess' /proc/[0-9]*/cmdline | cut -d / -f 3)`]);
  expect(await inWorker(livenessProbe.exec.command)).toMatchObject({ code: 0 });
  expect(await signal('STOP')).toMatchObject({ code: 0 });
  const stopped = await inWorker(livenessProbe.exec.command);
  expect(await signal('CONT')).toMatchObject({ code: 0 });
  expect(stopped.code).not.toBe(0);
  await eventually({ what: 'the probe to pass again', minutes: 2 }, async () => {
    expect(await inWorker(livenessProbe.exec.command)).toMatchObject({ code: 0 });
  });
});

check('NetworkPolicies let through what Airflow needs, and nothing else', 5, async () => {
  const stranger = [INDEX_NAMESPACE, 'deployment/package-index'] as const;
  const pod = (component: string) => [NAMESPACE, `deployment/airflow-${component}`] as const;
  const [redis, postgres] = [`airflow-redis.${NAMESPACE}`, `airflow-postgresql.${NAMESPACE}`];
  expect(await connect(...pod('worker'), redis, 6379)).toBe('connected');
  expect(await connect(...pod('scheduler'), postgres, 5432)).toBe('connected');
  expect(await connect(...pod('triggerer'), redis, 6379)).toBe('denied');
  expect(await connect(...stranger, redis, 6379)).toBe('denied');
  expect(await connect(...stranger, postgres, 5432)).toBe('denied');
});

check('a second apply changes and restarts nothing', 15, async () => {
  await secondApplyChangesNothing(dist, async () => {
    finished.push(await airflow.runToSuccess(DAG));
  });
});

const COMPONENTS = ['redis', 'postgresql', 'scheduler', 'worker', 'dag-processor', 'triggerer', 'api-server'];

test('these are all components there are', async () => {
  const pods = await servingPods(NAMESPACE);
  const components = pods.map(({ metadata }) => metadata.labels['app.kubernetes.io/component']);
  expect([...new Set(components)].sort()).toEqual([...COMPONENTS].sort());
});

for (const component of COMPONENTS) {
  check(`a killed pod of ${component} heals, and no finished run is lost`, 15, async () => {
    const pods = await servingPods(NAMESPACE);
    const { metadata } = pods.find((pod) => pod.metadata.labels['app.kubernetes.io/component'] === component);
    await kubectl(['delete', 'pod', metadata.name, '--namespace', NAMESPACE, '--now']);
    await allReady(NAMESPACE);
    const run = await airflow.runToSuccess(DAG);
    const successes = (await airflow.runs(DAG)).filter(({ state }) => state === 'success').map(({ dag_run_id }) => dag_run_id);
    expect(successes).toEqual(expect.arrayContaining(finished));
    finished.push(run);
  });
}
