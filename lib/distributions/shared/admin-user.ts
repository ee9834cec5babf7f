import { defined } from '../../kubernetes/defined';
import type { AdminUserProps } from '../../props/admin-user-props';

const DEFAULTS = { username: 'admin', firstName: 'Airflow', lastName: 'Admin' };

/** The admin user, with the defaults for what is not given. */
export function adminUser(props: AdminUserProps): Required<Omit<AdminUserProps, 'enabled'>> {
  const user = { ...DEFAULTS, ...defined(props) };
  // Airflow lets no two users have one address: another name is another user, and so has another.
  return { email: user.username.includes('@') ? user.username : `${user.username}@example.com`, ...user };
}
