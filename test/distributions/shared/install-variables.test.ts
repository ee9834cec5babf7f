import { App, Chart } from 'cdk8s';
import * as kplus from 'cdk8s-plus-27';
import { NetworkDestination, Requirements } from '../../../lib';
import type { Json } from '../../../lib/kubernetes/json';
import { synthAirflow } from '../../support/synth-objects';
import { officialValues } from '../official-chart/release';

const secret = kplus.Secret.fromSecretName(new Chart(new App(), 'elsewhere'), 'secret', 'login');
const fromSecret = kplus.EnvValue.fromSecretValue({ secret, key: 'value' });
const PROPS = {
  requirements: Requirements.fromText(
    `--index-url https://pypi.example.com/simple\nteam @ https://git.example.com/\${TEAM_TOKEN}/team.whl\n`,
    { egress: [NetworkDestination.anywhere([443])] },
  ),
  allComponents: { env: { WAREHOUSE: fromSecret, TEAM_TOKEN: fromSecret, PIP_INDEX_URL: fromSecret, TZ: kplus.EnvValue.fromValue('UTC') } },
};
const namesIn = (container: Json) => container.env.map(({ name }: Json) => name);

test('of variables from Secrets, what installs packages has only those that it needs', () => {
  // WHEN
  const objects = synthAirflow(PROPS, (airflow) => airflow.declareExisting('Secret', 'login'));

  // THEN
  const names = namesIn(objects.initContainers('scheduler')['install-requirements']);
  expect(names).toEqual(expect.arrayContaining(['TEAM_TOKEN', 'PIP_INDEX_URL', 'TZ']));
  expect(names).not.toContain('WAREHOUSE');
  expect(Object.keys(objects.env('scheduler'))).toContain('WAREHOUSE');
});

test('on the official chart too', () => {
  // WHEN
  const [install] = officialValues(PROPS).scheduler.extraInitContainers;

  // THEN
  expect(namesIn(install)).toEqual(expect.arrayContaining(['TEAM_TOKEN', 'PIP_INDEX_URL', 'TZ']));
  expect(namesIn(install)).not.toContain('WAREHOUSE');
});
