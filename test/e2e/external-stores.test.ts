import { AirflowChart, Broker, CaCertificates, Database, Executor, NetworkDestination } from '../../lib';
import { changedByApply } from '../support/apply';
import { kubectl, requireCluster } from '../support/kubectl';
import { freshNamespace } from '../support/namespaces';
import { synthApp } from '../support/synth';
import { Authority } from './support/certificates';
import { cleanUpAfterAll } from './support/clean-up';
import { connectToAirflow, deploy, GIT_TOKEN_SECRET, NAMESPACE } from './support/deployment';
import { GIT_NAMESPACE, GIT_REPOSITORY, startGitServer, stopGitServer } from './support/git-server';
import { startServer } from './support/servers';
import { story } from './support/story';
import { startsOf } from './support/workloads';

// A database and a broker that are there already, in another namespace: PostgreSQL that lets in only who has a certificate of its authority and
// encrypts, and Valkey with TLS. The password is one that means something in a URL.

const STORES = 'stores';
const PASSWORD = 'p@ss/w%rd';
const DAG = 'through_tls';

const DAG_SOURCE = `from datetime import timedelta

from airflow.providers.standard.sensors.time_delta import TimeDeltaSensor
from airflow.sdk import dag, task


@dag(dag_id="${DAG}", schedule=None)
def build():
    @task
    def greet():
        print("greetings")

    greet() >> TimeDeltaSensor(task_id="wait", delta=timedelta(seconds=1), deferrable=True)


build()
`;

/** Where a server finds its certificate, and the key as one that nobody else can read. */
const START_POSTGRESQL = `install -m 600 -o postgres /certificates/tls.key /tmp/tls.key
exec docker-entrypoint.sh postgres -c ssl=on -c ssl_cert_file=/certificates/tls.crt -c ssl_key_file=/tmp/tls.key \\
  -c ssl_ca_file=/certificates/ca.crt -c hba_file=/certificates/pg_hba.conf`;
const PG_HBA = 'local all all trust\nhostssl all all all scram-sha-256 clientcert=verify-ca\n';

const { step, check } = story([NAMESPACE, STORES, GIT_NAMESPACE]);
const { airflow, close } = connectToAirflow();
const authority = new Authority();

const hostOf = (server: string) => `${server}.${STORES}.svc.cluster.local`;
const ca = CaCertificates.fromConfigMap('stores-ca');
const login = { secretName: 'stores-login' };

const dist = synthApp((app) => {
  const { airflow: made } = new AirflowChart(app, 'airflow', {
    namespace: NAMESPACE,
    database: Database.external({
      host: hostOf('postgresql'),
      userSecret: login,
      password: login,
      tls: { ca, clientCertificateSecretName: 'stores-client' },
      destination: NetworkDestination.namespace(STORES, [5432]),
    }),
    executor: Executor.celery({ broker: Broker.external({ host: hostOf('valkey'), password: login, databaseNumber: 1, tls: { ca } }) }),
    dags: [GIT_REPOSITORY],
  });
  expect(made.images.filter((image) => /postgres|redis/.test(image))).toEqual([]);
});

beforeAll(async () => {
  await requireCluster();
  await startGitServer({ files: { 'dags/dag.py': DAG_SOURCE } });
  await freshNamespace(STORES);
  const certificatesOf = (server: string) => {
    const { certificate, key } = authority.sign(hostOf(server));
    return { 'ca.crt': authority.certificate, 'tls.crt': certificate, 'tls.key': key };
  };
  const mountPath = '/certificates';
  await startServer({
    namespace: STORES,
    name: 'postgresql',
    image: 'docker.io/library/postgres:15',
    command: ['bash', '-ec', START_POSTGRESQL],
    env: { POSTGRES_USER: 'airflow', POSTGRES_PASSWORD: PASSWORD },
    files: { mountPath, text: { ...certificatesOf('postgresql'), 'pg_hba.conf': PG_HBA } },
    ports: { 5432: 5432 },
  });
  const tls = ['--tls-port', '6379', '--port', '0', '--tls-auth-clients', 'no'];
  const files = [
    '--tls-cert-file',
    `${mountPath}/tls.crt`,
    '--tls-key-file',
    `${mountPath}/tls.key`,
    '--tls-ca-cert-file',
    `${mountPath}/ca.crt`,
  ];
  await startServer({
    namespace: STORES,
    name: 'valkey',
    image: 'docker.io/valkey/valkey:8',
    command: ['valkey-server', ...tls, ...files, '--requirepass', PASSWORD],
    files: { mountPath, text: certificatesOf('valkey') },
    ports: { 6379: 6379 },
  });
}, 600_000);

cleanUpAfterAll({ close, namespaces: [NAMESPACE, STORES], servers: [stopGitServer] });

step('dist, and the Secrets and certificates of the user, are all it takes', 15, async () => {
  const metadata = (name: string) => ({ name, namespace: NAMESPACE });
  const { certificate, key } = authority.sign('airflow');
  await deploy(
    dist,
    GIT_TOKEN_SECRET,
    { apiVersion: 'v1', kind: 'ConfigMap', metadata: metadata('stores-ca'), data: { 'ca.crt': authority.certificate } },
    { apiVersion: 'v1', kind: 'Secret', metadata: metadata(login.secretName), stringData: { username: 'airflow', password: PASSWORD } },
    {
      apiVersion: 'v1',
      kind: 'Secret',
      type: 'kubernetes.io/tls',
      metadata: metadata('stores-client'),
      stringData: { 'tls.crt': certificate, 'tls.key': key },
    },
  );
});

check('a DAG runs, on a worker and in the triggerer, and all connections are encrypted', 15, async () => {
  // WHEN
  await airflow.knows(DAG);
  const run = await airflow.runToSuccess(DAG);

  // THEN
  const query = `select count(*) filter (where ssl) > 3 and count(*) filter (where not ssl) = 0
    from pg_stat_ssl join pg_stat_activity using (pid) where client_addr is not null`;
  const psql = ['exec', '--namespace', STORES, 'deployment/postgresql', '--', 'psql', '-U', 'airflow', '-Atc', query];
  expect((await kubectl(psql)).trim()).toBe('t');
  // It is answered over an asynchronous connection.
  expect(await airflow.stateAtEnd(DAG, run)).toBe('success');
});

check('nothing restarts, and a second apply changes nothing', 10, async () => {
  const before = await startsOf(NAMESPACE);
  expect(JSON.stringify(before)).not.toMatch(/: [1-9]\d*"/);
  expect(await changedByApply(dist)).toEqual([]);
  await airflow.runToSuccess(DAG);
  expect(await startsOf(NAMESPACE)).toEqual(before);
});
