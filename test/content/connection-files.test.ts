import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { type AirflowChartProps, Connection, Content, Executor, Requirements, SecretsBackend } from '../../lib';
import type { Manifest } from '../support/manifests';
import { run } from '../support/process';
import { airflowErrors, type SynthObjects, synthAirflow } from '../support/synth-objects';
import { removeTemporaryFolders, temporaryFolder } from '../support/temporary-folder';

const READERS = ['api-server', 'dag-processor', 'triggerer'];
const PROPS: AirflowChartProps = {
  connections: {
    shop: Connection.fromSecret({ secretName: 'shop', key: 'uri' }),
    warehouse: Connection.fromParts({
      type: 'postgres',
      host: 'db',
      port: 5432,
      extra: { keepalives: 1 },
      secrets: {
        login: { secretName: 'warehouse', key: 'username' },
        password: { secretName: 'warehouse' },
        extra: { sslkey: { secretName: 'tls', key: 'tls.key' } },
      },
    }),
  },
  variables: {
    stage: Content.fromText('production'),
    'a key with spaces': Content.fromSecret({ secretName: 'shop', key: 'token' }),
    colours: Content.fromConfigMap({ configMapName: 'settings', key: 'colours' }),
  },
};

jest.setTimeout(60_000);
afterAll(removeTemporaryFolders);

test('without connections and variables there is nothing of it', () => {
  expect(JSON.stringify(synthAirflow({ connections: {}, variables: {} }).all)).not.toContain('airflow-connections');
});

test.each([
  ['Celery', Executor.celery()],
  ['Kubernetes', Executor.kubernetes()],
  ['Local', Executor.local()],
])('what asks for connections by itself has the files, and nothing else has them, under %s', (_name, executor) => {
  // WHEN
  const objects = synthAirflow({ ...PROPS, executor });

  // THEN
  const pods = Object.entries(objects.podTemplates());
  const having = pods.filter(([, pod]) => pod.spec.volumes?.some(({ name }: Manifest) => name === 'connections'));
  expect(having.map(([component]) => component).sort()).toEqual(READERS);
  expect(objects.all.filter((object) => JSON.stringify(object).includes('"shop"')).map(({ metadata }) => metadata.name)).toEqual(
    READERS.map((component) => `airflow-${component}`),
  );
  for (const component of READERS) {
    expect(objects.env(component)).toMatchObject({
      PYTHONPATH: '/etc/airflow-connections/python',
      AIRFLOW__SECRETS__BACKEND: 'cdk8s_airflow_connections.FilesBackend',
    });
  }
});

test('each Secret and each ConfigMap is mounted with the keys that are used, and no other', () => {
  // WHEN
  const { volumes } = synthAirflow(PROPS).pod('api-server').spec;

  // THEN
  const { projected } = volumes.find(({ name }: Manifest) => name === 'connections');
  expect(projected).toEqual({
    sources: [
      {
        configMap: {
          name: 'airflow-connections',
          items: [
            { key: 'index.json', path: 'index.json' },
            { key: 'cdk8s_airflow_connections.py', path: 'python/cdk8s_airflow_connections.py' },
          ],
        },
      },
      {
        secret: {
          name: 'shop',
          items: [
            { key: 'uri', path: 'secrets/shop/uri' },
            { key: 'token', path: 'secrets/shop/token' },
          ],
        },
      },
      {
        secret: {
          name: 'warehouse',
          items: [
            { key: 'username', path: 'secrets/warehouse/username' },
            { key: 'password', path: 'secrets/warehouse/password' },
          ],
        },
      },
      { secret: { name: 'tls', items: [{ key: 'tls.key', path: 'secrets/tls/tls.key' }] } },
      { configMap: { name: 'settings', items: [{ key: 'colours', path: 'config-maps/settings/colours' }] } },
    ],
    defaultMode: 0o440,
  });
});

test('packages of the requirements are found too', () => {
  const objects = synthAirflow({ ...PROPS, requirements: Requirements.fromList(['pandas']) });
  expect(objects.env('api-server').PYTHONPATH).toBe('/opt/airflow/python-packages:/etc/airflow-connections/python');
  expect(objects.env('worker').PYTHONPATH).toBe('/opt/airflow/python-packages');
});

test.each<[AirflowChartProps, string]>([
  [{ connections: { 'a b': Connection.fromSecret({ secretName: 'a', key: 'b' }) } }, 'connections["a b"]: "a b" given; expected the id'],
  [{ variables: { ' a': Content.fromText('b') } }, 'variables[" a"]: " a" given; expected the key of a variable'],
  [{ variables: { a: Content.fromText('x'.repeat(1024 * 1024)) } }, 'variables: "1048578 bytes" given; expected less than 960 KiB'],
  [
    { ...PROPS, config: { secrets: { backend: 'my.Backend' } } },
    'config.secrets.backend: the library sets this option; use the props connections, variables and secretsBackend',
  ],
])('%#: what is wrong is told', (props, error) => {
  expect(airflowErrors(props)).toEqual([expect.stringContaining(`[airflow/airflow] ${error}`)]);
});

test('a variable whose name says that it is secret is not to be in a manifest', () => {
  expect(airflowErrors({ variables: { api_token: Content.fromText('s3cret') } })).toEqual([
    expect.stringContaining('[airflow/airflow] variables["api_token"]: its name says that it is secret; expected Content.fromSecret('),
  ]);
});

describe('the secrets backend', () => {
  const FILES = {
    'secrets/shop/uri': 'http://user:pass@shop/?a=b\n',
    'secrets/shop/token': 'line 1\r\nline 2\n',
    'secrets/warehouse/username': 'ada\n',
    'secrets/warehouse/password': 'p a"s{s\\\n',
    'secrets/tls/tls.key': '-----BEGIN\nKEY\n',
    'config-maps/settings/colours': '["grün"]',
  };

  test('reads what is declared, and of nothing else', async () => {
    // GIVEN
    const folder = mounted(synthAirflow(PROPS), FILES);

    // THEN
    const connections = await asked(folder, 'get_conn_value', 'shop', 'warehouse', 'other');
    expect(connections[0]).toBe('http://user:pass@shop/?a=b\n');
    expect(JSON.parse(`${connections[1]}`)).toEqual({
      conn_type: 'postgres',
      host: 'db',
      port: 5432,
      login: 'ada',
      password: 'p a"s{s\\',
      extra: { keepalives: 1, sslkey: '-----BEGIN\nKEY\n' },
    });
    expect(connections[2]).toBeNull();
    expect(await asked(folder, 'get_variable', 'stage', 'a key with spaces', 'colours', 'other')).toEqual([
      'production',
      'line 1\r\nline 2\n',
      '["grün"]',
      null,
    ]);
  });

  test('asks the other backend for the rest', async () => {
    // GIVEN
    const objects = synthAirflow({ ...PROPS, secretsBackend: SecretsBackend.gcpSecretManager({ projectId: 'data' }) });
    const folder = mounted(objects, {
      ...FILES,
      'python/airflow/providers/google/cloud/secrets/secret_manager.py': OTHER_BACKEND,
    });
    const program = `
from cdk8s_airflow_connections import FilesBackend
backend = FilesBackend()
print(backend.get_variable("stage"), backend.get_variable("other"), backend.get_connection("other", team_name="a"), backend.get_config("a"))`;

    // WHEN
    const { stdout, stderr } = await python(folder, program);

    // THEN
    expect(stderr).toBe('');
    expect(stdout).toBe('production data other None data other a data a\n');
  });

  test('sees what changes while it runs', async () => {
    // GIVEN
    const folder = mounted(synthAirflow(PROPS), FILES);
    const program = `
import pathlib, sys
from cdk8s_airflow_connections import FilesBackend
backend = FilesBackend()
before = backend.get_variable("colours", team_name="a")
pathlib.Path(sys.argv[1], "config-maps/settings/colours").write_text("red")
print(before, backend.get_variable("colours"))`;

    // WHEN
    const { stdout } = await python(folder, program, folder);

    // THEN
    expect(stdout).toBe('["grün"] red\n');
  });
});

const OTHER_BACKEND = `
class CloudSecretManagerBackend:
    def __init__(self, project_id):
        self.project = project_id

    def get_variable(self, key, team_name=None):
        return f"{self.project} {key} {team_name}"

    def get_connection(self, conn_id, team_name=None):
        return f"{self.project} {conn_id} {team_name}"

    def get_config(self, key):
        return f"{self.project} {key}"
`;

/** The volume as a pod has it, with an Airflow that has what the script needs. */
function mounted(objects: SynthObjects, files: { readonly [path: string]: string }): string {
  const folder = temporaryFolder();
  const { data } = objects.one('ConfigMap', 'airflow-connections');
  const all = {
    ...files,
    'index.json': data['index.json'],
    'python/cdk8s_airflow_connections.py': data['cdk8s_airflow_connections.py'],
    'python/airflow/__init__.py': '',
    'python/airflow/secrets.py':
      'class BaseSecretsBackend:\n    def get_connection(self, conn_id, team_name=None):\n        return self.get_conn_value(conn_id)\n',
  };
  for (const [path, text] of Object.entries(all)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  }
  return folder;
}

async function asked(folder: string, method: string, ...names: string[]): Promise<(string | null)[]> {
  const program = `
import json, sys
from cdk8s_airflow_connections import FilesBackend
print(json.dumps([getattr(FilesBackend(), sys.argv[1])(name) for name in sys.argv[2:]]))`;
  const { stdout, stderr } = await python(folder, program, method, ...names);
  expect(stderr).toBe('');
  return JSON.parse(stdout);
}

function python(folder: string, program: string, ...args: string[]) {
  return run('python3', ['-c', program, ...args], { env: { PYTHONPATH: join(folder, 'python') } });
}
