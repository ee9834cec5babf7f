import type { AdminUserProps, AirflowChartProps } from '../../../lib';
import { airflowErrors, synthAirflow } from '../../support/synth-objects';

/** The users that the script is given. */
function usersOf(props: AirflowChartProps): object[] {
  return JSON.parse(synthAirflow(props).container('create-user').command[2]);
}

test('the admin user is made when the database is migrated, with the password of the Secret', () => {
  // WHEN
  const objects = synthAirflow();

  // THEN
  expect(objects.container('create-user').command.slice(0, 2)).toEqual(['python', '/etc/airflow/create_user.py']);
  expect(usersOf({})).toEqual([
    {
      username: 'admin',
      email: 'admin@example.com',
      firstName: 'Airflow',
      lastName: 'Admin',
      roles: ['Admin'],
      passwordFile: '/etc/airflow-admin/admin',
    },
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
  const [user] = usersOf({ admin: { username: 'ada', email: 'ada@example.org' } });

  // THEN
  expect(user).toMatchObject({ username: 'ada', email: 'ada@example.org', firstName: 'Airflow', lastName: 'Admin' });
});

test.each([
  ['ada', 'ada@example.com'],
  ['ada@example.org', 'ada@example.org'],
])('another user, %s, has an address of their own, %s: Airflow lets no two have the same', (username, address) => {
  // WHEN
  const [user] = usersOf({ admin: { username } });

  // THEN
  expect(user).toMatchObject({ username, email: address });
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
