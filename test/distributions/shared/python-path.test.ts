import { App, Chart } from 'cdk8s';
import * as kplus from 'cdk8s-plus-27';
import { Requirements } from '../../../lib';
import { airflowErrors, synthAirflow } from '../../support/synth-objects';
import { officialValues, variables } from '../official-chart/release';

const PACKAGES = '/opt/airflow/python-packages';
const OWN = { allComponents: { env: { PYTHONPATH: kplus.EnvValue.fromValue('/opt/team') } } };
const requirements = Requirements.fromList(['pandas']);
const secret = kplus.Secret.fromSecretName(new Chart(new App(), 'elsewhere'), 'secret', 'paths');
const FROM_SECRET = { env: { PYTHONPATH: kplus.EnvValue.fromSecretValue({ secret, key: 'path' }) } };

test('a Python path of one’s own stands alone without requirements, and else behind the packages', () => {
  // WHEN
  const [alone, behind] = [synthAirflow(OWN), synthAirflow({ ...OWN, requirements })];

  // THEN
  expect(alone.env('scheduler').PYTHONPATH).toBe('/opt/team');
  expect(behind.env('scheduler').PYTHONPATH).toBe(`${PACKAGES}:/opt/team`);
  expect(behind.container('scheduler').env.filter(({ name }: { name: string }) => name === 'PYTHONPATH')).toHaveLength(1);
  expect(behind.env('migrate').PYTHONPATH).toBe(`${PACKAGES}:/opt/team`);
});

test('on the official chart too', () => {
  expect(variables(officialValues(OWN).scheduler.env).PYTHONPATH).toBe('/opt/team');
  expect(variables(officialValues({ ...OWN, requirements }).scheduler.env).PYTHONPATH).toBe(`${PACKAGES}:/opt/team`);
});

test('one from a Secret can’t be joined: an error where there are packages', () => {
  // THEN
  expect(airflowErrors({ scheduler: FROM_SECRET, requirements })).toEqual([
    '[airflow/airflow] scheduler.env["PYTHONPATH"]: a path of the library stands before it, so its value has to be known; expected ' +
      "EnvValue.fromValue('…')",
  ]);
});

test('one in a part is told where there are packages', () => {
  // GIVEN
  const podParts = [{ env: [{ name: 'PYTHONPATH', value: '/opt/team' }] }];

  // THEN
  expect(airflowErrors({ triggerer: { podParts } })).toEqual([]);
  expect(airflowErrors({ triggerer: { podParts }, requirements })).toContain(
    '[airflow/airflow] triggerer.podParts[0].env[0]: a path of the library stands before it; use env beside podParts, where the two are joined',
  );
});
