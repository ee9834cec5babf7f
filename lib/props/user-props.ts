import type { SecretKey } from './secret-key';

/** A user beside the admin. */
export interface UserProps {
  /** The name to log in with. */
  readonly username: string;
  /** The e-mail address. No two users have the same. */
  readonly email: string;
  /**
   * The first name.
   * @default - the user name
   */
  readonly firstName?: string;
  /**
   * The last name.
   * @default - the user name
   */
  readonly lastName?: string;
  /**
   * What the user may do: names of roles, those of Airflow (Viewer, User, Op, Admin) or those that the option [fab] custom_roles makes. One who is
   * there gets these, and no others.
   */
  readonly roles: string[];
  /** The password, in a Secret that you make; the key is `password` unless it is given. */
  readonly password: SecretKey;
}
