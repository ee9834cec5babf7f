/** The first user, who may do anything. */
export interface AdminUserProps {
  /**
   * Whether the user is made, with a password. Without, and under an auth manager of one's own (`config`, [core] auth_manager), there is neither a
   * Job nor a Secret for it.
   * @default true
   */
  readonly enabled?: boolean;
  /**
   * The name to log in with.
   * @default "admin"
   */
  readonly username?: string;
  /**
   * The e-mail address. No two users have the same.
   * @default - the user name, if it is an address, or else the user name at example.com
   */
  readonly email?: string;
  /**
   * The first name.
   * @default "Airflow"
   */
  readonly firstName?: string;
  /**
   * The last name.
   * @default "Admin"
   */
  readonly lastName?: string;
}
