import type { OwnedOption } from '../config/airflow-config';
import type { Target } from '../network/url-destinations';
import type { Content } from '../props/content';
import type { PropValidator } from '../validation/prop-validator';

/** That which has users with roles in the database, and a login page. */
export const FAB = 'airflow.providers.fab.auth_manager.fab_auth_manager.FabAuthManager';

/** Where the API server has the files of a login. */
export const LOGIN_FOLDER = '/etc/airflow-login';

/** How users log in: what others ask, so that nobody asks which way it is. */
export interface LoginPlan {
  /** Airflow option [core] auth_manager. */
  readonly authManager: string;
  /** Whether Airflow itself has the users, with passwords that Jobs set. */
  readonly hasPasswords: boolean;
  readonly options: readonly OwnedOption[];
  /** webserver_config.py, where the auth manager reads one. */
  readonly webserverConfig?: Content;
  /** What the API server has besides: files by their paths, and variables. */
  readonly files: { readonly [path: string]: Content };
  readonly env: readonly { readonly name: string; readonly value: string }[];
  /** Whom the API server asks. */
  readonly destinations: readonly Target[];
  /** A Python package that it needs and Airflow's published image lacks. */
  readonly package?: string;
  /** Reports what is wrong with its props. */
  validate(validator: PropValidator, prop: string): void;
}
