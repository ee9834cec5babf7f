import { Cron, Duration } from 'cdk8s';
import { type AirflowChartProps, Requirements } from '../../../lib';
import { airflowErrors, synthAirflow } from '../../support/synth-objects';

const CLEAN = 'airflow db clean --clean-before-timestamp "$(date --utc --date="$0 days ago" +%FT%TZ)" --yes "$@"';

function argsOf(databaseCleanup: AirflowChartProps['databaseCleanup'], others: AirflowChartProps = {}): string[] {
  return synthAirflow({ databaseCleanup, ...others }).container('db-cleanup').args;
}

test('a CronJob deletes old rows, and what is left of archives', () => {
  // WHEN
  const objects = synthAirflow({ databaseCleanup: {} });

  // THEN
  const { spec } = objects.one('CronJob', 'airflow-db-cleanup');
  expect(spec).toMatchObject({ schedule: '30 3 * * 0', timeZone: 'Etc/UTC', concurrencyPolicy: 'Forbid' });
  expect(objects.container('db-cleanup').args).toEqual([
    'bash',
    '-c',
    `${CLEAN} && airflow db drop-archived --yes`,
    '90',
    '--skip-archive',
    '--error-on-cleanup-failure',
  ]);
  expect(objects.pod('db-cleanup').spec.restartPolicy).toBe('Never');
  expect(Object.keys(objects.initContainers('db-cleanup'))).toEqual(['wait-for-migration']);
  const { egress, ingress, policyTypes } = objects.one('NetworkPolicy', 'airflow-db-cleanup').spec;
  expect(ingress).toBeUndefined();
  expect(policyTypes).toContain('Ingress');
  expect(JSON.stringify(egress)).toContain('"port":5432');
});

test('how old rows get, the tables, the archives and the times are the user’s to say', () => {
  // GIVEN
  const databaseCleanup = {
    schedule: Cron.daily(),
    timeZone: 'Europe/Berlin',
    retention: Duration.days(30),
    tables: ['log', 'xcom'],
    keepArchives: true,
  };

  // THEN
  expect(argsOf(databaseCleanup)).toEqual(['bash', '-c', CLEAN, '30', '--tables', 'log,xcom', '--error-on-cleanup-failure']);
  expect(synthAirflow({ databaseCleanup }).one('CronJob', 'airflow-db-cleanup').spec).toMatchObject({
    schedule: '0 0 * * *',
    timeZone: 'Europe/Berlin',
  });
});

test('an Airflow that does not know the flag does not get it', () => {
  expect(argsOf({}, { airflowVersion: '3.2.0' })).not.toContain('--error-on-cleanup-failure');
});

test('it has the packages, as other Jobs, whose tables are cleaned too', () => {
  const objects = synthAirflow({ databaseCleanup: {}, requirements: Requirements.fromList(['python-slugify']) });
  expect(Object.keys(objects.initContainers('db-cleanup'))).toContain('install-requirements');
});

test('without it nothing is deleted', () => {
  expect(synthAirflow().ofKind('CronJob')).toEqual([]);
});

test.each<[AirflowChartProps['databaseCleanup'], string, string]>([
  [{ retention: Duration.hours(36) }, 'retention', 'expected one day or more, in whole days'],
  [{ retention: Duration.days(0) }, 'retention', 'expected one day or more, in whole days'],
  [{ tables: [] }, 'tables', 'expected one table or more, or no tables'],
  [{ tables: ['xcom; drop'] }, 'tables[0]', 'expected the name of a table, as in "xcom"'],
])('%j is an error', (databaseCleanup, prop, expected) => {
  expect(airflowErrors({ databaseCleanup })).toEqual([
    expect.stringMatching(new RegExp(`databaseCleanup\\.${prop.replace(/[[\]]/g, '\\$&')}: .*; ${expected}`)),
  ]);
});
