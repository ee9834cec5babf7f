import { AirflowChart, Delivery, Distribution } from '../../../lib';
import { synthErrors } from '../../support/synth-objects';
import { DEPLOYMENTS } from './props';

test.each(Object.entries(DEPLOYMENTS))('of %s there is no secret in the values', (_name, [props, options]) => {
  // WHEN
  const errors = synthErrors((app) => {
    const distribution = Distribution.bitnamiChart({ version: '25.1.0', ...options, delivery: Delivery.k3sHelmChart() });
    new AirflowChart(app, 'airflow', { ...props, distribution });
  });

  // THEN
  expect(errors).toEqual([]);
});

test('a password among the user’s values would be found', () => {
  // GIVEN
  const values = { externalRedis: { username: 'airflow' }, extraEnvVars: [{ name: 'API_TOKEN', value: 'glpat-0123456789abcdefghij' }] };

  // WHEN
  const errors = synthErrors((app) => {
    new AirflowChart(app, 'airflow', {
      distribution: Distribution.bitnamiChart({ version: '25.1.0', values, delivery: Delivery.k3sHelmChart() }),
    });
  });

  // THEN
  expect(errors).toHaveLength(1);
  expect(errors[0]).not.toContain('glpat');
});
