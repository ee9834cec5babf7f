import type { AdminUserProps } from '../../../lib';
import { airflowErrors, synthAirflow } from '../../support/synth-objects';

test('the admin user is made when the database is migrated, with the password of the Secret', () => {
  // WHEN
  const objects = synthAirflow();

  // THEN
  expect(objects.container('create-user').command).toEqual([
    'python',
    '/etc/airflow/create_user.py',
    'admin',
    'admin@example.com',
    'Airflow',
    'Admin',
    '/etc/airflow-admin/admin',
  ]);
  expect(Object.keys(objects.initContainers('create-user'))).toEqual(['wait-for-migration']);
  expect(objects.container('create-user').volumeMounts).toContainEqual({
    name: 'admin',
    mountPath: '/etc/airflow-admin',
    readOnly: true,
  });
});

test('name and address can be set, in part', () => {
  // WHEN
  const { command } = synthAirflow({ admin: { username: 'ada', email: 'ada@example.org' } }).container('create-user');

  // THEN
  expect(command.slice(2, 6)).toEqual(['ada', 'ada@example.org', 'Airflow', 'Admin']);
});

test.each([
  ['ada', 'ada@example.com'],
  ['ada@example.org', 'ada@example.org'],
])('another user, %s, has an address of their own, %s: Airflow lets no two have the same', (username, address) => {
  // WHEN
  const { command } = synthAirflow({ admin: { username } }).container('create-user');

  // THEN
  expect(command.slice(2, 4)).toEqual([username, address]);
});

test.each<[AdminUserProps, string]>([
  [{ username: '' }, 'admin.username: "" given; expected a name'],
  [{ username: ' ' }, 'admin.username: " " given; expected a name'],
  [{ firstName: '-x' }, 'admin.firstName: "-x" given; expected a name'],
  [{ lastName: '' }, 'admin.lastName: "" given; expected a name'],
])('%j is an error', (admin, message) => {
  // THEN
  expect(airflowErrors({ admin })).toEqual([`[airflow/airflow] ${message}`]);
});

test('an e-mail address that is empty is an error that says what is expected', () => {
  // THEN
  expect(airflowErrors({ admin: { email: '' } })).toEqual([
    expect.stringMatching(/^\[airflow\/airflow\] admin\.email: "" given; expected an? .*address/),
  ]);
});
