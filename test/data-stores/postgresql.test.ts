import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Database } from '../../lib';
import { run } from '../support/process';
import { airflowErrors, synthAirflow } from '../support/synth-objects';
import { removeTemporaryFolders, temporaryFolder } from '../support/temporary-folder';

afterAll(removeTemporaryFolders);

test('Airflow’s user owns its database and is no superuser; the superuser has no password', () => {
  // WHEN
  const objects = synthAirflow();

  // THEN
  expect(objects.env('postgresql')).toEqual({
    POSTGRES_PASSWORD_FILE: '/etc/postgresql-password/database',
    POSTGRES_INITDB_ARGS: '--auth-local=trust --auth-host=scram-sha-256',
    PGDATA: '/var/lib/postgresql/data/pgdata',
  });
  expect(objects.container('postgresql').volumeMounts).toContainEqual({
    name: 'setup',
    mountPath: '/docker-entrypoint-initdb.d',
    readOnly: true,
  });
  expect(objects.one('ConfigMap', 'airflow-postgresql').data['airflow.sql'].split('\n').slice(1)).toEqual([
    "CREATE ROLE airflow LOGIN PASSWORD :'password';",
    'CREATE DATABASE airflow OWNER airflow;',
    'REVOKE ALL ON DATABASE postgres, template1 FROM PUBLIC;',
    'ALTER ROLE postgres PASSWORD NULL;',
    '',
  ]);
  expect(objects.env('scheduler').AIRFLOW__DATABASE__SQL_ALCHEMY_CONN_CMD).toContain(
    "/etc/airflow-secrets 'postgresql://airflow:{database}@airflow-postgresql:5432/airflow'",
  );
});

test.each([
  [undefined, 0, /^started -c jit=off\n$/],
  ['17', 0, /^started -c jit=off\n$/],
  [
    '15',
    1,
    /^The volume has the files of PostgreSQL 15, which PostgreSQL 17 can't read\. .*Database\.builtIn\({ image: { tag: '15\.…' } }\)/,
  ],
])('on a volume of version %s it ends with %d, and words', async (version, expected, output) => {
  // GIVEN
  const folder = temporaryFolder();
  if (version) writeFileSync(join(folder, 'PG_VERSION'), `${version}\n`);
  for (const [name, text] of Object.entries({
    postgres: "echo 'postgres (PostgreSQL) 17.10 (Debian 17.10-1.pgdg12+1)'",
    'docker-entrypoint.sh': 'shift; echo "started $*"',
  })) {
    writeFileSync(join(folder, name), `#!/bin/sh\n${text}\n`, { mode: 0o755 });
  }

  // WHEN
  const { command, args } = synthAirflow({ database: Database.builtIn({ parameters: { jit: 'off' } }) }).container('postgresql');
  const env = { PGDATA: folder, PATH: `${folder}:${process.env.PATH}` };
  const { code, stdout } = await run(command[0], [...command.slice(1), ...args], { env });

  // THEN
  expect([code, stdout]).toEqual([expected, expect.stringMatching(output)]);
});

test('its data are in a folder of the volume, as the root of one may hold other things', () => {
  // WHEN
  const objects = synthAirflow();

  // THEN
  const data = objects.container('postgresql').volumeMounts.find(({ name }: { name: string }) => name === 'data');
  expect(objects.env('postgresql').PGDATA).toMatch(new RegExp(`^${data.mountPath}/.+`));
});

test('it counts as ready when it answers over TCP, which it does not while it is set up', () => {
  // WHEN
  const { startupProbe, readinessProbe, livenessProbe } = synthAirflow().container('postgresql');

  // THEN
  for (const { exec } of [startupProbe, readinessProbe, livenessProbe]) {
    expect(exec.command[0]).toBe('pg_isready');
    expect(exec.command).toContain('--host=127.0.0.1');
  }
});

test('its Service has its port', () => {
  // WHEN
  const objects = synthAirflow();

  // THEN
  expect(objects.container('postgresql').ports).toEqual([{ name: 'postgresql', containerPort: 5432 }]);
  expect(objects.one('Service', 'airflow-postgresql').spec.ports).toEqual([
    { name: 'postgresql', port: 5432, targetPort: 'postgresql', protocol: 'TCP' },
  ]);
});

test('settings are arguments of the server', () => {
  // WHEN
  const objects = synthAirflow({ database: Database.builtIn({ parameters: { max_connections: '300', log_line_prefix: '%m ' } }) });

  // THEN
  expect(objects.container('postgresql').args).toEqual(['-c', 'max_connections=300', '-c', 'log_line_prefix=%m ']);
  expect(synthAirflow().container('postgresql').args).toBeUndefined();
});

test('the name of a setting is checked', () => {
  expect(airflowErrors({ database: Database.builtIn({ parameters: { 'max connections': '1' } }) })).toEqual([
    expect.stringContaining(
      'database.parameters["max connections"]: "max connections" given; expected the name of a setting of PostgreSQL',
    ),
  ]);
});
