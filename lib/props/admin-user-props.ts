/** The first user, who may do anything. */
export interface AdminUserProps {
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
