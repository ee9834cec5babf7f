import type { Given } from '../validation/checked-props';
import { type KeycloakLoginProps, keycloakPlan } from './keycloak';
import { type LdapLoginProps, ldapPlan } from './ldap';
import { FAB, type LoginPlan } from './login-plan';
import { type OidcLoginProps, oidcPlan } from './oidc';

/**
 * How users log in to the web interface and the REST API. Secrets stay in Secrets: the API server has them as files.
 * @see https://airflow.apache.org/docs/apache-airflow/stable/core-concepts/auth-manager/index.html
 * @example
 * import { App } from 'cdk8s';
 * import { AirflowChart, IngressTls, Login } from 'cdk8s-airflow';
 *
 * new AirflowChart(new App(), 'airflow', {
 *   ingress: { host: 'airflow.example.com', tls: IngressTls.secret('airflow-tls') },
 *   login: Login.oidc({
 *     issuer: 'https://id.example.com/realms/company',
 *     clientId: 'airflow',
 *     clientSecret: { secretName: 'airflow-oidc' },
 *     roles: { 'data-platform': ['Admin'], analysts: ['User'] },
 *   }),
 * });
 */
export class Login {
  /** By user name and password, which Airflow has in its database: the props `admin` and `users` say who there is. */
  static passwords(): Login {
    const plan: LoginPlan = { authManager: FAB, hasPasswords: true, options: [], files: {}, env: [], destinations: [], validate: () => {} };
    return new Login(() => plan, ['passwords']);
  }

  /**
   * At a provider of OpenID Connect: Keycloak, Entra ID, Okta, Auth0, Google, GitLab, Dex, Authentik. A claim says which roles of Airflow a user has,
   * anew at each login; who has none is refused. The provider has to know `<address of Airflow>/auth/oauth-authorized/<name>` as a redirect URI.
   *
   * It needs the Python package authlib, which Airflow's published image has.
   * @param props the provider, and who has which roles.
   * @see https://airflow.apache.org/docs/apache-airflow-providers-fab/stable/auth-manager/sso.html
   */
  static oidc(props: OidcLoginProps): Login {
    return new Login(() => oidcPlan(props), ['oidc', props]);
  }

  /**
   * By user name and password, which an LDAP directory knows: OpenLDAP, Active Directory, FreeIPA. Groups say which roles of Airflow a user has, anew at
   * each login; who is in none of them is refused.
   *
   * It needs the Python package python-ldap, which Airflow's published image has.
   * @param props the directory, and who has which roles.
   * @see https://flask-appbuilder.readthedocs.io/en/latest/security.html#authentication-ldap
   */
  static ldap(props: LdapLoginProps): Login {
    return new Login(() => ldapPlan(props), ['ldap', props]);
  }

  /**
   * At Keycloak, which also decides on each request what a user may do: Airflow's own auth manager for it. `requirements`, or the image, has to have the Python
   * package apache-airflow-providers-keycloak. Keycloak learns what there is to decide on by `airflow keycloak-auth-manager create-all`, which
   * is run once, by a user who may administer the realm. It has to know `<address of Airflow>/auth/login_callback` as a redirect URI.
   *
   * Who wants roles by groups of Keycloak, and no more, uses `oidc`.
   * @param props the realm, and the client.
   * @see https://airflow.apache.org/docs/apache-airflow-providers-keycloak/stable/auth-manager/index.html
   */
  static keycloak(props: KeycloakLoginProps): Login {
    return new Login(() => keycloakPlan(props), ['keycloak', props]);
  }

  private constructor(
    private readonly planOf: () => LoginPlan,
    /** @internal */
    readonly _given: Given,
  ) {}

  /** @internal */
  get _plan(): LoginPlan {
    return this.planOf();
  }
}
