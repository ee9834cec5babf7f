import { randomBytes } from 'node:crypto';
import { AirflowChart, Content, Credentials, Executor } from '../../lib';
import { applyFolder } from '../support/apply';
import { eventually } from '../support/eventually';
import { applyObjects, kubectl, requireCluster } from '../support/kubectl';
import { synthApp } from '../support/synth';
import { cleanUpAfterAll } from './support/clean-up';
import { connectToAirflow, deploy, NAMESPACE } from './support/deployment';
import { story } from './support/story';
import { allReady, startsOf } from './support/workloads';

// The Fernet key of a living deployment is replaced by two applies, and what it has encrypted can be read all the while.

const DAG = 'reads_what_is_encrypted';
const [VARIABLE, VALUE] = ['region', 'north'];
const FORMER = { secretName: 'airflow-fernet-key', key: 'fernet-key' };
const LATER = { secretName: 'airflow-fernet-2', key: 'fernet-key' };
const JOB = 'rotate-fernet-key';

/** A task asks the API server, the code of a file decrypts by itself. */
const DAG_SOURCE = `from airflow.sdk import Variable, dag, task

assert Variable.get("${VARIABLE}", default="${VALUE}") == "${VALUE}"


@dag(dag_id="${DAG}", schedule=None)
def build():
    @task
    def read():
        assert Variable.get("${VARIABLE}") == "${VALUE}"

    read()


build()
`;

/** What the database has of the variable, and which of the keys of a pod it is encrypted with: 0 is the first. */
const ENCRYPTED_WITH = `
from cryptography.fernet import Fernet, InvalidToken
from sqlalchemy import text
from airflow.configuration import conf
from airflow.utils.session import create_session
with create_session() as session:
    value = session.execute(text("select val from variable where is_encrypted and key = '${VARIABLE}'")).scalar_one()
def reads(key):
    try:
        return bool(Fernet(key.strip()).decrypt(value.encode()))
    except InvalidToken:
        return False
print("encrypted with", [reads(key) for key in conf.get("core", "fernet_key").split(",")].index(True))
`;

const { step, check } = story([NAMESPACE]);
const { airflow, close } = connectToAirflow();

function distWith(credentials: Credentials): string {
  return synthApp((app) => {
    new AirflowChart(app, 'airflow', {
      namespace: NAMESPACE,
      executor: Executor.local(),
      credentials,
      allComponents: { files: { '/opt/airflow/dags/reads.py': Content.fromText(DAG_SOURCE) } },
    });
  });
}

const generated = distWith(Credentials.generated());
const both = distWith(Credentials.existing({ fernetKey: LATER, formerFernetKeys: [FORMER] }));
const later = distWith(Credentials.existing({ fernetKey: LATER }));

beforeAll(requireCluster, 600_000);

cleanUpAfterAll({ close, namespaces: [NAMESPACE] });

/** The API server is another pod than before, to which the tunnel has to lead anew. */
async function expectReadable(): Promise<void> {
  await eventually({ what: 'the variable', minutes: 2 }, async () => expect(await airflow.variable(VARIABLE)).toBe(VALUE));
}

async function encryptedWith(): Promise<string> {
  const run = ['exec', '--namespace', NAMESPACE, 'deployment/airflow-api-server', '--container', 'api-server', '--'];
  const output = await kubectl([...run, 'python', '-c', ENCRYPTED_WITH]);
  return /encrypted with (\d)/.exec(output)?.[1] ?? output;
}

step('a variable is encrypted with the key that the library has made', 15, async () => {
  await deploy(generated);
  await airflow.setVariable(VARIABLE, VALUE);
  await airflow.knows(DAG);
  await airflow.runToSuccess(DAG);
  expect(await encryptedWith()).toBe('0');
});

step('the first apply gives all who have the key both, and what is there can be read', 15, async () => {
  const before = await startsOf(NAMESPACE);
  const metadata = { name: LATER.secretName, namespace: NAMESPACE };
  const key = `${randomBytes(32).toString('base64url')}=`;
  await applyObjects({ apiVersion: 'v1', kind: 'Secret', metadata, stringData: { [LATER.key]: key } });
  await applyFolder(both);
  await allReady(NAMESPACE);
  const kept = Object.keys(await startsOf(NAMESPACE)).filter((pod) => pod in before);
  expect(kept).toEqual(['airflow-postgresql-0']);
  await expectReadable();
  await airflow.runToSuccess(DAG);
  expect(await encryptedWith()).toBe('1');
});

step('a Job made from the CronJob encrypts it with the new key', 10, async () => {
  await kubectl(['create', 'job', '--namespace', NAMESPACE, '--from=cronjob/airflow-rotate-fernet-key', JOB]);
  await kubectl(['wait', 'job', JOB, '--namespace', NAMESPACE, '--for=condition=Complete', '--timeout=5m'], { timeoutSeconds: 330 });
  expect(await encryptedWith()).toBe('0');
});

check('after the second apply nobody has the former key, and all can be read', 15, async () => {
  await kubectl(['delete', 'job', JOB, '--namespace', NAMESPACE]);
  await applyFolder(later);
  await allReady(NAMESPACE);
  await kubectl(['delete', 'secret', FORMER.secretName, '--namespace', NAMESPACE]);
  await expectReadable();
  await airflow.runToSuccess(DAG);
  expect(await encryptedWith()).toBe('0');
});
