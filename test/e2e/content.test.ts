import { AirflowChart, Connection, Content, Executor, Files } from '../../lib';
import { changedByApply } from '../support/apply';
import { eventually } from '../support/eventually';
import { applyObjects, requireCluster } from '../support/kubectl';
import { synthApp } from '../support/synth';
import { Airflow } from './support/airflow';
import { cleanUpAfterAll } from './support/clean-up';
import { connectToAirflow, deploy, NAMESPACE } from './support/deployment';
import { story } from './support/story';

// What the program declares beside the deployment: connections, variables, pools, users, plugins and files.

const DAG = 'content';
const POOL = 'etl';

/** It runs only if the pool is there, and fails unless it finds all that is declared, and no file with a secret in its own pod. */
const DAG_SOURCE = `import os

import shouting
from airflow.sdk import BaseHook, Variable, dag, task


@dag(dag_id="${DAG}", schedule=None)
def build():
    @task(pool="${POOL}")
    def look():
        assert not os.path.exists("/etc/airflow-connections")
        warehouse = BaseHook.get_connection("warehouse")
        found = (warehouse.conn_type, warehouse.host, warehouse.port, warehouse.login, warehouse.password, warehouse.extra_dejson)
        assert found == ("postgres", "db.example.com", 5432, "ada", "p a%s/", {"sslmode": "require"}), found
        assert BaseHook.get_connection("shop").host == "shop.example.com"
        assert Variable.get("stage") == "production"
        assert open("/etc/shop/settings.yaml").read() == "currency: EUR"
        print(shouting.shout("the colour is " + Variable.get("colour")))

    look()


build()
`;

const PLUGIN = `from airflow.plugins_manager import AirflowPlugin


def shout(text):
    return text.upper()


class Shouting(AirflowPlugin):
    name = "shouting"
    macros = [shout]
`;

const secret = (name: string, stringData: object) => ({
  apiVersion: 'v1',
  kind: 'Secret',
  metadata: { name, namespace: NAMESPACE },
  stringData,
});
const ADA = { username: 'ada', password: async () => 'adas-password' };

const { step, check } = story([NAMESPACE]);
const { airflow, site, close } = connectToAirflow();

const dist = synthApp((app) => {
  new AirflowChart(app, 'airflow', {
    namespace: NAMESPACE,
    executor: Executor.celery(),
    connections: {
      shop: Connection.fromSecret({ secretName: 'shop', key: 'connection' }),
      warehouse: Connection.fromParts({
        type: 'postgres',
        host: 'db.example.com',
        port: 5432,
        extra: { sslmode: 'require' },
        secrets: { login: { secretName: 'warehouse', key: 'username' }, password: { secretName: 'warehouse' } },
      }),
    },
    variables: { stage: Content.fromText('production'), colour: Content.fromSecret({ secretName: 'shop', key: 'colour' }) },
    pools: { [POOL]: { slots: 2 } },
    users: [{ username: 'ada', email: 'ada@example.com', roles: ['Viewer'], password: { secretName: 'ada' } }],
    plugins: Files.fromMap({ 'shouting.py': Content.fromText(PLUGIN) }),
    localSettings: Content.fromText('def task_policy(task):\n    task.retries = 0\n'),
    allComponents: {
      files: {
        '/opt/airflow/dags/content.py': Content.fromText(DAG_SOURCE),
        '/etc/shop/settings.yaml': Content.fromText('currency: EUR'),
      },
    },
  });
});

beforeAll(requireCluster, 600_000);

cleanUpAfterAll({ close, namespaces: [NAMESPACE] });

const shop = (colour: string) => secret('shop', { connection: 'https://robot:s3cret@shop.example.com', colour });

step('dist and the Secrets that it names are all it takes', 15, async () => {
  await deploy(
    dist,
    shop('blue'),
    secret('warehouse', { username: 'ada', password: 'p a%s/\n' }),
    secret('ada', { password: 'adas-password' }),
  );
});

async function colourOfRun(): Promise<string | undefined> {
  const run = await airflow.runToSuccess(DAG);
  const [task] = await airflow.tasks(DAG, run);
  return /THE COLOUR IS (\w+)/.exec(await airflow.log(DAG, run, task))?.[1];
}

step('a task finds connections, variables, a pool, a plugin and a file', 15, async () => {
  await airflow.knows(DAG);
  expect(await colourOfRun()).toBe('BLUE');
});

check('a further user logs in, and may look but not run', 5, async () => {
  const ada = new Airflow(site, ADA);
  expect((await ada.dag(DAG)).is_paused).toBe(false);
  await expect(ada.setVariable('mine', 'x')).rejects.toThrow('403');
});

check('a changed Secret counts without a restart', 15, async () => {
  await applyObjects(shop('red'));
  await eventually({ what: 'the changed colour', minutes: 5 }, async () => expect(await colourOfRun()).toBe('RED'));
});

check('a second apply changes nothing', 5, async () => {
  expect(await changedByApply(dist)).toEqual([]);
});
