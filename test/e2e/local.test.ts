import { AirflowChart, CaCertificates, Content, Executor, GitCredentials, Requirements } from '../../lib';
import { eventually } from '../support/eventually';
import { kubectl, requireCluster } from '../support/kubectl';
import { synthApp } from '../support/synth';
import { Authority } from './support/certificates';
import { cleanUpAfterAll } from './support/clean-up';
import { dagSource, GREETING } from './support/dags';
import { connectToAirflow, deploy, GIT_TOKEN_SECRET, NAMESPACE, secondApplyChangesNothing } from './support/deployment';
import { GIT_HOST, GIT_NAMESPACE, GIT_PORT, GIT_REPOSITORY, hostKey, startGitServer, stopGitServer } from './support/git-server';
import { PROXY_LOGIN, PROXY_URL, proxyLog, startOutwardProxy, stopOutwardProxy } from './support/outward-proxy';
import {
  INDEX_HOST,
  INDEX_NAMESPACE,
  INDEX_PORT,
  PACKAGE,
  PACKAGE_VERSION,
  startPackageIndex,
  stopPackageIndex,
  XCOM_BACKEND,
  XCOM_MARK,
} from './support/package-index';
import { airflowImage } from './support/servers-of-main';
import { makeSshKey } from './support/ssh-key';
import { story } from './support/story';

// The Local executor, with DAGs of two repositories: one is read by a token, one by an SSH key. That by a token and the package index are reached
// through a proxy alone, which shows a certificate of its own. What tasks return goes through a backend of the requirements, which Jobs must have too,
// and connections to the database are made by settings of a file, which what hands out logs does not have.

const DAGS = [
  { dagId: 'by_token', description: 'read with a token through a proxy' },
  { dagId: 'by_key', description: 'read with an SSH key' },
];

const SLOW = 'slow';
const SLOW_DAG = `import time

from airflow.sdk import dag, task


@dag(dag_id="${SLOW}", schedule=None)
def build():
    @task
    def wait():
        time.sleep(60)

    wait()


build()
`;

const GIT_OUTSIDE = 'git.example.com';
const INDEX_OUTSIDE = 'packages.example.com';

const { step, check } = story([NAMESPACE, GIT_NAMESPACE, INDEX_NAMESPACE]);
const { airflow, close } = connectToAirflow();
const key = makeSshKey();
const authority = new Authority();

const dist = synthApp((app) => {
  new AirflowChart(app, 'airflow', {
    namespace: NAMESPACE,
    executor: Executor.local(),
    dags: [
      { ...GIT_REPOSITORY, url: `https://${GIT_OUTSIDE}/airflow/airflow.git`, name: 'token', path: 'by_token' },
      {
        name: 'key',
        url: `ssh://git@${GIT_HOST}/srv/git/airflow/airflow.git`,
        branch: 'master',
        path: 'by_key',
        credentials: GitCredentials.sshKey({ secretName: 'gitlab-key', knownHostsKey: 'known_hosts' }),
      },
    ],
    requirements: Requirements.fromList([`--index-url https://${INDEX_OUTSIDE}/simple/`, PACKAGE]),
    proxy: { http: PROXY_URL, login: { secretName: 'proxy' } },
    caCertificates: CaCertificates.fromConfigMap('authorities'),
    localSettings: Content.fromText('KEEPALIVES = {"keepalives": 1, "keepalives_idle": 30}\n'),
    config: { core: { xcom_backend: XCOM_BACKEND }, database: { sql_alchemy_connect_args: 'airflow_local_settings.KEEPALIVES' } },
  });
});

beforeAll(async () => {
  await requireCluster();
  const files = DAGS.map((dag) => [`${dag.dagId}/dag.py`, dagSource(dag)]);
  await startGitServer({ files: Object.fromEntries([...files, ['by_token/slow.py', SLOW_DAG]]), authorizedKeys: key.publicKey });
  await startPackageIndex(airflowImage(dist));
  await startOutwardProxy(airflowImage(dist), authority, {
    [GIT_OUTSIDE]: [GIT_HOST, GIT_PORT],
    [INDEX_OUTSIDE]: [INDEX_HOST, INDEX_PORT],
  });
}, 600_000);

cleanUpAfterAll({ close, namespaces: [NAMESPACE], servers: [stopGitServer, stopPackageIndex, stopOutwardProxy] });

step('dist and the git Secrets are all it takes', 15, async () => {
  const stringData = { 'ssh-privatekey': key.privateKey, known_hosts: `${GIT_HOST} ${await hostKey()}\n` };
  const named = (kind: string, name: string) => ({ apiVersion: 'v1', kind, metadata: { name, namespace: NAMESPACE } });
  await deploy(
    dist,
    GIT_TOKEN_SECRET,
    { ...named('Secret', 'gitlab-key'), stringData },
    { ...named('Secret', 'proxy'), stringData: { login: PROXY_LOGIN } },
    { ...named('ConfigMap', 'authorities'), data: { 'ca.crt': authority.certificate } },
  );
});

for (const { dagId, description } of DAGS) {
  check(`a DAG of a repository that is ${description} succeeds, with a package of the requirements`, 15, async () => {
    await airflow.knows(dagId);
    const run = await airflow.runToSuccess(dagId);
    const [task] = (await airflow.tasks(dagId, run)).filter(({ task_id }) => task_id === 'greet');
    expect(await airflow.log(dagId, run, task)).toContain(GREETING);
    expect(await airflow.result(dagId, run, 'greet')).toBe(`${XCOM_MARK}${PACKAGE_VERSION}`);
  });
}

check('git and pip ask the proxy', 3, async () => {
  const log = await proxyLog();
  expect(log).toContain(`"CONNECT ${GIT_OUTSIDE}:443 HTTP/1.1" 200`);
  expect(log).toMatch(new RegExp(`"CONNECT ${INDEX_OUTSIDE}:443 HTTP/1.[01]" 200`));
});

check('a second apply changes and restarts nothing', 15, async () => {
  await secondApplyChangesNothing(dist, async () => {
    await airflow.runToSuccess(DAGS[0].dagId);
  });
});

check('a scheduler that is replaced finishes its tasks first', 15, async () => {
  // GIVEN
  await airflow.knows(SLOW);
  const run = airflow.runToSuccess(SLOW);
  await eventually({ what: 'the slow task to run', minutes: 3 }, async () => {
    const [{ dag_run_id: id }] = await airflow.runs(SLOW);
    const [task] = await airflow.tasks(SLOW, id);
    if (task?.state !== 'running') throw new Error(`it is ${task?.state}`);
  });

  // WHEN
  await kubectl(['rollout', 'restart', 'deployment/airflow-scheduler', '--namespace', NAMESPACE]);

  // THEN
  const [task] = await airflow.tasks(SLOW, await run);
  expect(task).toMatchObject({ state: 'success', try_number: 1 });
});
