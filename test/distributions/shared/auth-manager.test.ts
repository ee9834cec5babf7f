import { AirflowComponent, Credentials } from '../../../lib';
import { airflowErrors, synthAirflow } from '../../support/synth-objects';
import { bitnamiErrors } from '../bitnami-chart/release';
import { OLDEST, officialRelease, officialValues } from '../official-chart/release';

const OTHER = 'airflow.api_fastapi.auth.managers.simple.simple_auth_manager.SimpleAuthManager';
const OWN = { config: { core: { Auth_Manager: OTHER } } };
const NONE = { admin: { enabled: false } };

test('another auth manager is the user’s to choose', () => {
  expect(synthAirflow(OWN).airflowConfig.core.auth_manager).toBe(OTHER);
  expect(officialValues(OWN).config.core.auth_manager).toBe(OTHER);
});

test.each([
  ['another auth manager', OWN],
  ['admin.enabled: false', NONE],
])('with %s there is no Job and no Secret for an admin user', (_what, props) => {
  // WHEN
  const objects = synthAirflow(props);

  // THEN
  expect(objects.names('Job').map((name) => name.replace(/-[0-9a-f]{8}$/, ''))).toEqual(['airflow-credentials', 'airflow-migrate']);
  expect(JSON.stringify(objects.all)).not.toContain('airflow-admin');
  expect(JSON.stringify(objects.ofKind('NetworkPolicy'))).not.toContain('create-user');
});

test('the official chart makes none then either', () => {
  // WHEN
  const { values, chart, objects } = officialRelease(NONE);

  // THEN
  expect(values.createUserJob).toEqual({ enabled: false });
  expect(officialValues(NONE, OLDEST).webserver).toEqual({ defaultUser: { enabled: false } });
  expect(JSON.stringify(objects.all)).not.toContain('create-user');
  expect(chart.airflow.podLabels(AirflowComponent.SCHEDULER)).toBeDefined();
});

test('the Bitnami chart makes one anyway, and says so', () => {
  expect(bitnamiErrors(NONE)).toEqual([expect.stringContaining('admin.enabled: the Bitnami chart makes the admin user')]);
  expect(bitnamiErrors(OWN)).toEqual([expect.stringContaining('config.core.Auth_Manager: the library sets this option')]);
});

test('what is said of a user who is not made is an error', () => {
  // GIVEN
  const credentials = Credentials.existing({ admin: { secretName: 'mine' } });

  // THEN
  expect(airflowErrors({ admin: { enabled: false, username: 'ada' }, credentials })).toEqual([
    '[airflow/airflow] admin.username: there is no admin user, as admin.enabled is false; leave it out',
    '[airflow/airflow] credentials.admin: there is no admin user, as admin.enabled is false; leave it out',
  ]);
  expect(airflowErrors({ ...OWN, credentials })).toEqual([
    `[airflow/airflow] credentials.admin: ${OTHER} has its users from elsewhere; leave it out`,
  ]);
});
