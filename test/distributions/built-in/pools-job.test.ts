import type { AirflowChartProps } from '../../../lib';
import { airflowErrors, synthAirflow } from '../../support/synth-objects';

const PROPS: AirflowChartProps = {
  pools: { etl: { slots: 4, description: 'for loads', includeDeferred: true }, default_pool: { slots: -1 } },
};

test('pools are imported when the database is migrated', () => {
  // WHEN
  const objects = synthAirflow(PROPS);

  // THEN
  expect(JSON.parse(objects.one('ConfigMap', 'airflow-pools').data['pools.json'])).toEqual({
    etl: { slots: 4, description: 'for loads', include_deferred: true },
    default_pool: { slots: -1, description: '', include_deferred: false },
  });
  expect(objects.container('pools').args).toEqual(['pools', 'import', '/etc/airflow-pools/pools.json']);
  expect(Object.keys(objects.initContainers('pools'))).toEqual(['wait-for-migration']);
  expect(objects.names('NetworkPolicy')).toContain('airflow-pools');
});

test('without pools there is no Job, and a change of them makes a new one', () => {
  // GIVEN
  const nameOf = (slots: number) => synthAirflow({ pools: { etl: { slots } } }).one('Job', 'airflow-pools').metadata.name;

  // THEN
  expect(synthAirflow().names('Job').join()).not.toContain('pools');
  expect(nameOf(1)).toBe(nameOf(1));
  expect(nameOf(1)).not.toBe(nameOf(2));
});

test.each<[AirflowChartProps['pools'], string]>([
  [{ etl: { slots: -2 } }, 'pools["etl"].slots: -2 given; expected a whole number of 0 or more'],
  [{ ' ': { slots: 1 } }, 'pools[" "]: " " given; expected a name of at most 256 characters'],
])('%j is an error', (pools, error) => {
  expect(airflowErrors({ pools })).toEqual([`[airflow/airflow] ${error}`]);
});
