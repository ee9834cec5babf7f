import type { AdminUserProps } from '../airflow-settings';
import { defined } from '../defined';

const DEFAULTS: Required<AdminUserProps> = { username: 'admin', email: 'admin@example.com', firstName: 'Airflow', lastName: 'Admin' };

/** The admin user, with the defaults for what is not given. */
export function adminUser(props: AdminUserProps | undefined): Required<AdminUserProps> {
  return { ...DEFAULTS, ...defined(props) };
}
