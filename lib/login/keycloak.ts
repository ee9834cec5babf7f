import type { NetworkDestination } from '../network/network-destination';
import { Content } from '../props/content';
import type { SecretKey } from '../props/secret-key';
import { validateAddress } from './address';
import { loginDestinations } from './fab-login';
import { LOGIN_FOLDER, type LoginPlan } from './login-plan';

/** Login at Keycloak, which also decides what users may do. */
export interface KeycloakLoginProps {
  /**
   * The address of Keycloak, as in `https://id.example.com`: without the realm. Browsers and the API server reach it by the same one.
   * @see Airflow option [keycloak_auth_manager] server_url
   */
  readonly serverUrl: string;
  /**
   * The realm that has the users.
   * @see Airflow option [keycloak_auth_manager] realm
   */
  readonly realm: string;
  /**
   * The client by which Keycloak knows Airflow, with client authentication and authorization.
   * @see Airflow option [keycloak_auth_manager] client_id
   */
  readonly clientId: string;
  /**
   * Its secret, in a Secret that you make; the key is `client-secret` unless it is given. New pods read it.
   * @see Airflow option [keycloak_auth_manager] client_secret
   */
  readonly clientSecret: SecretKey;
  /**
   * Where Keycloak is, for the NetworkPolicies. It is asked by the API server.
   * @default - where its address leads: for a Service, all pods of its namespace; for any other host, its port at any address
   */
  readonly destination?: NetworkDestination;
}

const AUTH_MANAGER = 'airflow.providers.keycloak.auth_manager.keycloak_auth_manager.KeycloakAuthManager';
const SECTION = 'keycloak_auth_manager';
const SECRET_FILE = `${LOGIN_FOLDER}/secret`;
const TEXT = /^[^\s/]+$/;

export function keycloakPlan({ serverUrl, realm, clientId, clientSecret, destination }: KeycloakLoginProps): LoginPlan {
  const options = { server_url: serverUrl, realm, client_id: clientId };
  return {
    authManager: AUTH_MANAGER,
    hasPasswords: false,
    options: [...Object.entries(options), ['client_secret']].map(([key, value]) => ({
      section: SECTION,
      key,
      value,
      instead: 'the prop login',
    })),
    files: { [SECRET_FILE]: Content.fromSecret({ key: 'client-secret', ...clientSecret }) },
    env: [{ name: `AIRFLOW__${SECTION}__CLIENT_SECRET_CMD`.toUpperCase(), value: `cat ${SECRET_FILE}` }],
    destinations: loginDestinations(serverUrl, destination),
    package: 'apache-airflow-providers-keycloak',
    validate: (validator, prop) => {
      validateAddress(validator, `${prop}.serverUrl`, serverUrl, ['https:', 'http:'], 'https://id.example.com');
      for (const [each, value] of Object.entries({ realm, clientId })) {
        if (!TEXT.test(value)) validator.report(`${prop}.${each}`, value, 'expected a name, as in "airflow"');
      }
      validator.secret(`${prop}.clientSecret`, clientSecret);
      destination?._validate(validator, `${prop}.destination`);
    },
  };
}
