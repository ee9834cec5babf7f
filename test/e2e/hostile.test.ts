import { AirflowChart, Content, Executor, Files } from '../../lib';
import { kubectl, requireCluster } from '../support/kubectl';
import { synthApp } from '../support/synth';
import { cleanUpAfterAll } from './support/clean-up';
import { connect } from './support/connections';
import { connectToAirflow, deploy, GIT_TOKEN_SECRET, NAMESPACE } from './support/deployment';
import { DISK, evictedForDisk, FILLING, FILLING_DAG } from './support/filled-disk';
import { GIT_NAMESPACE, GIT_REPOSITORY, startGitServer, stopGitServer } from './support/git-server';
import { INDEX_HOST, INDEX_NAMESPACE, INDEX_PORT, startPackageIndex, stopPackageIndex } from './support/package-index';
import { airflowImage } from './support/servers-of-main';
import { story } from './support/story';
import { allReady } from './support/workloads';

// What the code of a DAG can read and reach, from a task, while its file is read, and from a trigger: what docs/explanation/security.md says, and no more.

const DAG = 'hostile';
/** Outside of the deployment, and named by no prop. */
const STRANGER = { host: INDEX_HOST, port: INDEX_PORT };

/** What an author of DAGs would look for. It returns names and outcomes, and no secret. */
const SURVEY = `import glob
import json
import os
import shlex
import socket
import subprocess
from concurrent.futures import ThreadPoolExecutor

from airflow.triggers.base import BaseTrigger, TriggerEvent

PLACES = {
    "postgresql": ("airflow-postgresql", 5432),
    "redis": ("airflow-redis", 6379),
    "api-server": ("airflow-api-server", 8080),
    "kubernetes": ("kubernetes.default.svc", 443),
    "metadata": ("169.254.169.254", 80),
    "stranger": ("${STRANGER.host}", ${STRANGER.port}),
}
SECRETS = ["/etc/airflow-secrets/*", "/etc/airflow-admin/*", "/etc/*-password/*", "/var/run/secrets/kubernetes.io/*/*"]


def reached(place):
    try:
        socket.create_connection(place, 4).close()
    except OSError:
        return False
    return True


def printed(variable):
    done = subprocess.run(shlex.split(os.environ[variable]), capture_output=True, text=True)
    return done.stdout if done.returncode == 0 else ""


def sees(text):
    for file in glob.glob("/proc/[0-9]*/cmdline"):
        try:
            if text in open(file).read().replace(str(os.getpid()), ""):
                return True
        except OSError:
            pass
    return False


def database(url):
    import psycopg2

    connection = psycopg2.connect(url.replace("+psycopg2", ""), connect_timeout=4)
    connection.autocommit = True
    cursor = connection.cursor()
    cursor.execute("select rolname || ' ' || rolsuper || rolcreaterole || rolcreatedb from pg_roles where rolname = current_user")
    role = cursor.fetchone()[0]
    try:
        cursor.execute("copy (select 1) to program 'true'")
        return role, "it runs programs"
    except psycopg2.Error as error:
        return role, str(error).splitlines()[0]


def survey():
    with ThreadPoolExecutor(len(PLACES)) as pool:
        outcomes = dict(zip(PLACES, pool.map(reached, PLACES.values())))
    commands = sorted(name for name in os.environ if name.startswith("AIRFLOW__") and name.endswith("_CMD"))
    url = "AIRFLOW__DATABASE__SQL_ALCHEMY_CONN_CMD"
    return json.dumps({
        "files": sorted(file for pattern in SECRETS for file in glob.glob(pattern) if open(file, "rb").read()),
        "options": [name for name in commands if printed(name)],
        "reaches": sorted(name for name, is_reached in outcomes.items() if is_reached),
        "seesLogServer": sees("serve_logs"),
        "database": database(printed(url)) if url in commands else None,
    })


class SurveyTrigger(BaseTrigger):
    def serialize(self):
        return ("survey.SurveyTrigger", {})

    async def run(self):
        yield TriggerEvent(survey())
`;

const DAG_FILE = `from airflow.sdk import BaseOperator, dag, task

from survey import SurveyTrigger, survey


class Deferred(BaseOperator):
    def execute(self, context):
        self.defer(trigger=SurveyTrigger(), method_name="resume")

    def resume(self, context, event):
        return event


@dag(dag_id="${DAG}", schedule=None, description=survey())
def build():
    @task
    def from_task():
        return survey()

    from_task()
    Deferred(task_id="from_trigger")


build()
`;

const { step, check } = story([NAMESPACE, GIT_NAMESPACE, INDEX_NAMESPACE]);
const { airflow, close } = connectToAirflow();
let run: string;

const dist = synthApp((app) => {
  new AirflowChart(app, 'airflow', {
    namespace: NAMESPACE,
    dags: [GIT_REPOSITORY],
    executor: Executor.celery({ workers: { resources: DISK } }),
    plugins: Files.fromMap({ 'survey.py': Content.fromText(SURVEY) }),
  });
});

beforeAll(async () => {
  await requireCluster();
  await startGitServer({ files: { 'dags/hostile.py': DAG_FILE, 'dags/filling.py': FILLING_DAG } });
  await startPackageIndex(airflowImage(dist));
}, 600_000);

cleanUpAfterAll({ close, namespaces: [NAMESPACE], servers: [stopGitServer, stopPackageIndex] });

step('a hostile DAG runs as any other', 15, async () => {
  await deploy(dist, GIT_TOKEN_SECRET);
  await airflow.knows(DAG);
  run = await airflow.runToSuccess(DAG);
});

check('there is somebody outside who could be reached', 3, async () => {
  expect(await connect(INDEX_NAMESPACE, 'deployment/package-index', STRANGER.host, STRANGER.port)).toBe('connected');
});

check('a task has the password of the broker alone, and reaches Redis and the API for tasks', 3, async () => {
  expect(await airflow.result(DAG, run, 'from_task')).toEqual({
    files: ['/etc/airflow-secrets/broker'],
    options: ['AIRFLOW__CELERY__BROKER_URL_CMD', 'AIRFLOW__CELERY__RESULT_BACKEND_CMD'],
    reaches: ['api-server', 'redis'],
    seesLogServer: false,
    database: null,
  });
});

/** What Airflow 3 gives the DAG processor and the triggerer, and with that the code in them. */
const OF_DATABASE = {
  files: ['/etc/airflow-secrets/database', '/etc/airflow-secrets/fernetKey'],
  options: ['AIRFLOW__CORE__FERNET_KEY_CMD', 'AIRFLOW__DATABASE__SQL_ALCHEMY_CONN_CMD'],
  reaches: ['postgresql'],
  seesLogServer: false,
  database: [
    'airflow falsefalsefalse',
    expect.stringMatching(/permission denied to COPY to or from an external program|must be superuser/),
  ],
};

check('the file of a DAG has the database and the Fernet key while it is read, and is no superuser', 3, async () => {
  expect(JSON.parse((await airflow.dag(DAG)).description ?? '')).toEqual(OF_DATABASE);
});

check('a trigger has the same', 3, async () => {
  expect(await airflow.result(DAG, run, 'from_trigger')).toEqual(OF_DATABASE);
});

check('a task that fills its disk ends the pod of its worker and no other, and the next one goes on', 10, async () => {
  await airflow.knows(FILLING);
  const { metadata } = await evictedForDisk(NAMESPACE, () => airflow.start(FILLING));
  expect(metadata.labels['app.kubernetes.io/component']).toBe('worker');
  await kubectl(['delete', 'pod', metadata.name, '--namespace', NAMESPACE]);
  await allReady(NAMESPACE);
  await airflow.runToSuccess(DAG);
});
