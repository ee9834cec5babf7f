import { Database } from '../../lib';
import { airflowErrors, synthAirflow } from '../support/synth-objects';

test('it makes the database and the user that Airflow connects with', () => {
  // WHEN
  const objects = synthAirflow();

  // THEN
  expect(objects.env('postgresql')).toEqual({
    POSTGRES_USER: 'airflow',
    POSTGRES_DB: 'airflow',
    POSTGRES_PASSWORD_FILE: '/etc/postgresql-password/database',
    PGDATA: '/var/lib/postgresql/data/pgdata',
  });
  expect(objects.env('scheduler').AIRFLOW__DATABASE__SQL_ALCHEMY_CONN_CMD).toContain(
    "/etc/airflow-secrets 'postgresql://airflow:{database}@airflow-postgresql:5432/airflow'",
  );
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
