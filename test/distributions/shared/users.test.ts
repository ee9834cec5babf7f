import { type AirflowChartProps, Distribution, type UserProps } from '../../../lib';
import type { Manifest } from '../../support/manifests';
import { airflowErrors, synthAirflow } from '../../support/synth-objects';
import { officialValues } from '../official-chart/release';

const ADA: UserProps = { username: 'ada', email: 'ada@example.com', roles: ['Viewer'], password: { secretName: 'ada' } };

test('further users are made with the admin, with passwords of their own Secrets', () => {
  // WHEN
  const objects = synthAirflow({
    users: [ADA, { ...ADA, username: 'bob', email: 'b@example.com', password: { secretName: 'bob', key: 'p' } }],
  });

  // THEN
  const users = JSON.parse(objects.container('create-user').command[2]);
  expect(users.map(({ username }: UserProps) => username)).toEqual(['admin', 'ada', 'bob']);
  expect(users[1]).toEqual({
    username: 'ada',
    email: 'ada@example.com',
    firstName: 'ada',
    lastName: 'ada',
    roles: ['Viewer'],
    passwordFile: '/etc/airflow-admin/user-1',
  });
  const { projected } = objects.pod('create-user').spec.volumes.find(({ name }: Manifest) => name === 'admin');
  expect(projected.sources).toEqual([
    { secret: { name: 'airflow-admin', items: [{ key: 'password', path: 'admin' }] } },
    { secret: { name: 'ada', items: [{ key: 'password', path: 'user-1' }] } },
    { secret: { name: 'bob', items: [{ key: 'p', path: 'user-2' }] } },
  ]);
});

test('without an admin user they are made all the same', () => {
  const objects = synthAirflow({ admin: { enabled: false }, users: [ADA] });
  expect(JSON.parse(objects.container('create-user').command[2])).toHaveLength(1);
});

test('the Job of the official chart makes them too', () => {
  const { createUserJob } = officialValues({ users: [ADA] });
  expect(JSON.parse(createUserJob.args.at(-1))).toHaveLength(2);
  expect(JSON.stringify(createUserJob.extraVolumes)).toContain('user-1');
});

test.each<[Partial<UserProps>, string]>([
  [{ username: ' ' }, 'users[0].username: " " given; expected a name'],
  [{ email: 'ada' }, 'users[0].email: "ada" given; expected an e-mail address'],
  [{ roles: [] }, 'users[0].roles: [] given; expected one role or more'],
  [{ username: 'admin' }, 'users[0].username: "admin" given; another user has the same'],
  [{ email: 'admin@example.com' }, 'users[0].email: "admin@example.com" given; another user has the same'],
  [{ password: { secretName: 'A B' } }, 'users[0].password.secretName: "A B" given; expected a DNS name'],
])('%j is an error', (user, error) => {
  expect(airflowErrors({ users: [{ ...ADA, ...user }] })).toEqual([expect.stringContaining(`[airflow/airflow] ${error}`)]);
});

test.each<[AirflowChartProps, string]>([
  [{ config: { core: { auth_manager: 'my.Manager' } } }, 'users: my.Manager has its users from elsewhere; leave it out'],
  [{ distribution: Distribution.bitnamiChart({ version: '25.1.0' }) }, 'users: the Bitnami chart makes the admin user alone'],
])('where nobody makes them it is told', (props, error) => {
  expect(airflowErrors({ ...props, users: [ADA] }).join('\n')).toContain(error);
});
