import { AirflowChart, Executor, Requirements } from '../../lib';
import { requireCluster } from '../support/kubectl';
import { synthApp } from '../support/synth';
import { cleanUpAfterAll } from './support/clean-up';
import { dagSource } from './support/dags';
import { connectToAirflow, deploy, GIT_TOKEN_SECRET, NAMESPACE, secondApplyChangesNothing } from './support/deployment';
import { GIT_NAMESPACE, GIT_REPOSITORY, startGitServer, stopGitServer } from './support/git-server';
import { INDEX_NAMESPACE, REQUIREMENTS, startPackageIndex, stopPackageIndex } from './support/package-index';
import { airflowImage } from './support/servers-of-main';
import { story } from './support/story';

// The Kubernetes executor: each task in a pod of its own.

const DAG = 'in_pods';
const SEARCHING = 'searching';

/** Fails if anything of Airflow's keys and passwords is in the pod of a task. */
const SEARCHING_DAG = `import os

from airflow.sdk import dag, task


@dag(dag_id="${SEARCHING}", schedule=None)
def build():
    @task
    def search():
        assert not os.path.exists("/etc/airflow-secrets")
        assert not os.path.exists("/var/run/secrets/kubernetes.io")
        config = open(os.environ["AIRFLOW_CONFIG"]).read()
        assert "_cmd" not in config, config
        words = ("FERNET", "JWT_SECRET", "SQL_ALCHEMY", "BROKER")
        # Airflow itself puts this in the place of the database's address, for tasks that would use it.
        values = {name: value for name, value in os.environ.items() if not value.startswith("airflow-db-not-allowed")}
        assert not [name for name in values if any(word in name for word in words)]

    search()


build()
`;

const { step, check } = story([NAMESPACE, GIT_NAMESPACE, INDEX_NAMESPACE]);
const { airflow, close } = connectToAirflow();

const dist = synthApp((app) => {
  new AirflowChart(app, 'airflow', {
    namespace: NAMESPACE,
    executor: Executor.kubernetes(),
    dags: [GIT_REPOSITORY],
    requirements: Requirements.fromText(REQUIREMENTS),
  });
});

beforeAll(async () => {
  await requireCluster();
  const source = dagSource({ dagId: DAG, description: 'tasks in pods of their own' });
  await startGitServer({ files: { 'dags/in_pods.py': source, 'dags/searching.py': SEARCHING_DAG } });
  await startPackageIndex(airflowImage(dist));
}, 600_000);

cleanUpAfterAll({ close, namespaces: [NAMESPACE], servers: [stopGitServer, stopPackageIndex] });

step('dist and the git Secret are all it takes', 15, async () => {
  await deploy(dist, GIT_TOKEN_SECRET);
});

step('a DAG succeeds whose tasks import a package of the requirements', 15, async () => {
  await airflow.knows(DAG);
  await airflow.runToSuccess(DAG);
});

check('the pod of a task has no key and no password of Airflow, and no token of Kubernetes', 15, async () => {
  await airflow.knows(SEARCHING);
  await airflow.runToSuccess(SEARCHING);
});

check('a second apply changes and restarts nothing', 5, async () => {
  await secondApplyChangesNothing(dist);
});
