import type { Construct } from 'constructs';
import { declareExisting } from '../../kubernetes/existing-objects';
import type { PodPart } from '../../kubernetes/pod-part';
import type { DistributionInput } from '../contract';
import { adminUser } from './admin-user';
import { hasAdminUser, hasPasswords, whereUsersAre } from './auth-manager';

const PASSWORDS_PATH = '/etc/airflow-admin';
const VOLUME = 'admin';
const EMAIL = /^[^-\s@][^\s@]*@[^\s@]+$/;
const NAME = /^(?=.*\S)/;

/** Whether there is a user to be made. */
export function hasUsers(input: DistributionInput): boolean {
  return hasAdminUser(input) || (input.users.length > 0 && hasPasswords(input));
}

/** The users in the form that the script takes, and what its pod has: their passwords, as files. */
export function usersOf(scope: Construct, input: DistributionInput): { readonly argument: string; readonly part: PodPart } {
  const { username, email, firstName, lastName } = adminUser(input.admin);
  const admin = { username, email, firstName, lastName, roles: ['Admin'], secret: input.secrets.admin, file: 'admin' };
  const others = input.users.map(({ password, ...user }, index) => ({
    firstName: user.username,
    lastName: user.username,
    ...user,
    secret: { key: 'password', ...password },
    file: `user-${index + 1}`,
  }));
  for (const { secret } of others) declareExisting(scope, 'Secret', secret.secretName);
  const all = [...(hasAdminUser(input) ? [admin] : []), ...others];
  const users = all.map(({ secret: _, file, ...user }) => ({ ...user, passwordFile: `${PASSWORDS_PATH}/${file}` }));
  const sources = all.map(({ secret, file }) => ({ secret: { name: secret.secretName, items: [{ key: secret.key, path: file }] } }));
  return {
    argument: JSON.stringify(users),
    part: {
      volumes: [{ name: VOLUME, projected: { sources, defaultMode: 0o440 } }],
      volumeMounts: [{ name: VOLUME, mountPath: PASSWORDS_PATH, readOnly: true }],
    },
  };
}

/** Reports what is wrong with further users. */
export function validateUsers(input: DistributionInput): void {
  const { validator, users } = input;
  if (users.length > 0 && !hasPasswords(input))
    validator.reportHidden('users', `${whereUsersAre(input)} has its users from elsewhere; leave it out`);
  const admin = adminUser(input.admin);
  const taken = hasAdminUser(input) ? [admin] : [];
  for (const [index, { username, email, firstName = 'x', lastName = 'x', roles, password }] of users.entries()) {
    const place = `users[${index}]`;
    for (const [prop, value] of Object.entries({ username, firstName, lastName })) {
      if (!NAME.test(value)) validator.report(`${place}.${prop}`, value, 'expected a name');
    }
    if (!EMAIL.test(email)) validator.report(`${place}.email`, email, 'expected an e-mail address');
    if (roles.length === 0) validator.report(`${place}.roles`, roles, 'expected one role or more, as in "Viewer"');
    const before = [...taken, ...users.slice(0, index)];
    for (const [prop, value] of Object.entries({ username, email })) {
      if (!before.some((other) => other[prop as 'username' | 'email'] === value)) continue;
      validator.report(`${place}.${prop}`, value, 'another user has the same; expected one that no other has');
    }
    validator.secret(`${place}.password`, password);
  }
}
