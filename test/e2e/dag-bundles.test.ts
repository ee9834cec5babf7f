import { Duration } from 'cdk8s';
import { AirflowChart, Connection, DagBundle, Executor, GitCredentials, NetworkDestination } from '../../lib';
import { eventually } from '../support/eventually';
import { requireCluster } from '../support/kubectl';
import { synthApp } from '../support/synth';
import { cleanUpAfterAll } from './support/clean-up';
import { connectToAirflow, deploy, GIT_TOKEN_SECRET, NAMESPACE, secondApplyChangesNothing } from './support/deployment';
import { GIT_HOST, GIT_NAMESPACE, GIT_REPOSITORY, hostKey, pushFiles, startGitServer, stopGitServer } from './support/git-server';
import { putObject, STORE_NAMESPACE, STORE_PORT, STORE_URL, startObjectStore, stopObjectStore } from './support/object-store';
import { makeSshKey } from './support/ssh-key';
import { story } from './support/story';

// DAGs from everywhere at a time: by git-sync, by git with versions from two private repositories, one with a token and one with a key, and from a bucket.
// Two of the bundles are of teams, one with workers and a broker of its own, one with pods of tasks.

const BUCKET = 'dags';
const PATH = 'dags/tells.py';

/** A DAG whose first task waits for a variable, and whose both tasks tell what the file says; the second one also where it runs, and with which secrets. */
function tellingDag(dagId: string, text: string, waits = false): string {
  return `import os
import socket
import time

from airflow.sdk import Variable, dag, task

TEXT = "${text}"


@dag(dag_id="${dagId}", description=TEXT, schedule=None)
def build():
    @task
    def begin():
        while ${waits ? 'Variable.get("go", default="no") != "yes"' : 'False'}:
            time.sleep(2)
        print("begin says", TEXT)

    @task
    def end():
        print("end says", TEXT)
        secrets = sorted(name for name in os.listdir("/etc") if name.startswith("airflow-secrets"))
        return {"text": TEXT, "host": socket.gethostname(), "secrets": secrets}

    begin() >> end()


build()
`;
}

const { step, check } = story([NAMESPACE, GIT_NAMESPACE, STORE_NAMESPACE]);
const { airflow, close } = connectToAirflow();

const egress = [NetworkDestination.namespace(GIT_NAMESPACE, [8181])];
const urlOf = (repository: string) => `http://${GIT_HOST}:8181/${repository}.git`;
const refreshInterval = Duration.seconds(10);

const dist = synthApp((app) => {
  new AirflowChart(app, 'airflow', {
    namespace: NAMESPACE,
    dags: [{ ...GIT_REPOSITORY, name: 'synced', egress }],
    dagBundles: [
      DagBundle.git({
        url: urlOf('team/versioned'),
        branch: 'main',
        path: 'dags',
        credentials: GIT_REPOSITORY.credentials,
        egress,
        refreshInterval,
      }),
      DagBundle.git({
        url: `git@${GIT_HOST}:/srv/git/team/other.git`,
        path: 'dags',
        credentials: GitCredentials.sshKey({ secretName: 'gitlab-key', knownHostsKey: 'known_hosts' }),
        egress: [NetworkDestination.namespace(GIT_NAMESPACE, [2222])],
        refreshInterval,
      }),
      DagBundle.s3({
        name: 'bucket',
        bucket: BUCKET,
        prefix: 'production',
        connectionId: 'store',
        egress: [NetworkDestination.namespace(STORE_NAMESPACE, [STORE_PORT])],
        refreshInterval,
      }),
    ],
    teams: {
      one: { bundles: ['other'], executor: Executor.celery({ workers: { concurrency: 1 } }) },
      two: { bundles: ['bucket'], executor: Executor.kubernetes() },
    },
    connections: {
      store: Connection.fromParts({
        type: 'aws',
        extra: { endpoint_url: STORE_URL, region_name: 'us-east-1' },
        secrets: { login: { secretName: 'store', key: 'access-key' }, password: { secretName: 'store', key: 'secret-key' } },
      }),
    },
  });
});

const STORE_SECRET = {
  apiVersion: 'v1',
  kind: 'Secret',
  metadata: { name: 'store', namespace: NAMESPACE },
  stringData: { 'access-key': 'any', 'secret-key': 'only-for-tests' },
};

const key = makeSshKey();

beforeAll(async () => {
  await requireCluster();
  await startGitServer({ files: { [PATH]: tellingDag('synced', 'git-sync') }, authorizedKeys: key.publicKey });
  await pushFiles('team/versioned', 'main', { [PATH]: tellingDag('versioned', 'first commit', true) });
  await pushFiles('team/other', 'main', { [PATH]: tellingDag('other', 'the other repository') });
  await startObjectStore(BUCKET);
  await putObject(BUCKET, 'production/tells.py', tellingDag('from_bucket', 'a bucket'));
}, 600_000);

cleanUpAfterAll({ close, namespaces: [NAMESPACE], servers: [stopGitServer, stopObjectStore] });

/** What the task `end` of a run has told. */
async function told(dagId: string, runId: string): Promise<string> {
  const end = (await airflow.tasks(dagId, runId)).find(({ task_id }) => task_id === 'end');
  const log = end ? await airflow.log(dagId, runId, end) : '';
  return /end says ([\w -]+)/.exec(log)?.[1] ?? log;
}

step('dist and the Secrets are all it takes', 15, async () => {
  const keySecret = {
    apiVersion: 'v1',
    kind: 'Secret',
    metadata: { name: 'gitlab-key', namespace: NAMESPACE },
    stringData: { 'ssh-privatekey': key.privateKey, known_hosts: `${GIT_HOST} ${await hostKey()}\n` },
  };
  await deploy(dist, GIT_TOKEN_SECRET, keySecret, STORE_SECRET);
});

step('a run keeps the version with which it began, while the repository moves on', 20, async () => {
  await airflow.knows('versioned');
  const first = airflow.runToSuccess('versioned');
  await eventually({ what: 'the first task to run', minutes: 5 }, async () => {
    const [run] = await airflow.runs('versioned');
    expect((await airflow.tasks('versioned', run.dag_run_id)).map(({ state }) => state)).toContain('running');
  });

  await pushFiles('team/versioned', 'main', { [PATH]: tellingDag('versioned', 'second commit', true) });
  await eventually({ what: 'the second commit to be known', minutes: 5, everySeconds: 3 }, async () => {
    expect((await airflow.dag('versioned')).description).toBe('second commit');
  });
  await airflow.setVariable('go', 'yes');

  expect(await told('versioned', await first)).toBe('first commit');
  expect(await told('versioned', await airflow.runToSuccess('versioned'))).toBe('second commit');
});

for (const { dagId, text, where, host, secrets } of [
  {
    dagId: 'other',
    text: 'the other repository',
    where: "its team's worker",
    host: /^airflow-worker-team-one-/,
    secrets: ['airflow-secrets-team-one'],
  },
  { dagId: 'from_bucket', text: 'a bucket', where: 'a pod of its own', host: /^from-bucket-end-/, secrets: [] },
  { dagId: 'synced', text: 'git-sync', where: 'the worker of no team', host: /^airflow-worker-(?!team-)/, secrets: ['airflow-secrets'] },
]) {
  check(`the DAG ${dagId} runs from ${text} in ${where}, with no secret but what that has`, 10, async () => {
    await airflow.knows(dagId);
    const runId = await airflow.runToSuccess(dagId);
    expect(await airflow.result(dagId, runId, 'end')).toEqual({ text, host: expect.stringMatching(host), secrets });
  });
}

check("the log of a task in a team's worker can be read", 10, async () => {
  expect(await told('other', await airflow.runToSuccess('other'))).toBe('the other repository');
});

check('a second apply changes and restarts nothing', 5, async () => {
  await secondApplyChangesNothing(dist);
});
