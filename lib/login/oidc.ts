import type { NetworkDestination } from '../network/network-destination';
import type { SecretKey } from '../props/secret-key';
import { validateAddress } from './address';
import { fabPlan } from './fab-login';
import type { LoginPlan } from './login-plan';
import { validateRoles } from './roles';

/** Login at a provider of OpenID Connect. */
export interface OidcLoginProps {
  /**
   * The provider's issuer, as in `https://id.example.com/realms/company`: what it can do is asked at `/.well-known/openid-configuration` below.
   * Browsers and the API server reach it by the same address.
   */
  readonly issuer: string;
  /** The id by which the provider knows Airflow. */
  readonly clientId: string;
  /** The secret by which the provider knows Airflow, in a Secret that you make; the key is `client-secret` unless it is given. New pods read it. */
  readonly clientSecret: SecretKey;
  /**
   * What the provider is called: a part of the redirect URI, and on the button of the login page. Lower case letters, digits and hyphens.
   * @default "oidc"
   */
  readonly name?: string;
  /**
   * What is asked for about a user. `openid` is a must.
   * @default ["openid", "profile", "email"]
   */
  readonly scopes?: string[];
  /**
   * The claim that lists the groups of a user: its name, or a path in claims that are objects, with dots, as in `resource_access.airflow.roles`. It is looked for in the
   * ID token, and where it is not there at the provider's userinfo.
   * @default "groups"
   */
  readonly rolesClaim?: string;
  /**
   * Which roles of Airflow each group gives: those of Airflow (Viewer, User, Op, Admin) or those that the option [fab] custom_roles makes. The group stands as the
   * claim has it. Whoever is in several has the roles of all.
   */
  readonly roles: { readonly [group: string]: string[] };
  /**
   * The role of users whose groups give them none.
   * @default - none: they are refused
   */
  readonly defaultRole?: string;
  /**
   * The claim with the name by which Airflow knows a user. At providers where users choose that themselves, as it may be with `preferred_username`, `sub` is the safe
   * one.
   * @default "preferred_username"
   */
  readonly usernameClaim?: string;
  /**
   * Where the provider is, for the NetworkPolicies. It is asked by the API server.
   * @default - where the issuer's address leads: for a Service, all pods of its namespace; for any other host, its port at any address
   */
  readonly destination?: NetworkDestination;
}

const NAME = /^[a-z][a-z0-9-]{0,30}$/;
const SCOPE = /^[\x21\x23-\x5b\x5d-\x7e]+$/;
const TEXT = /^(?=.*\S)/;

export function oidcPlan(props: OidcLoginProps): LoginPlan {
  const { issuer, clientId, clientSecret, roles, defaultRole, destination } = props;
  const { name = 'oidc', scopes = ['openid', 'profile', 'email'], rolesClaim = 'groups', usernameClaim = 'preferred_username' } = props;
  return fabPlan({
    script: 'oidc.py',
    settings: { name, issuer, clientId, scopes, usernameClaim, rolesClaim, roles, defaultRole },
    secret: { key: 'client-secret', ...clientSecret },
    address: issuer,
    destination,
    validate: (validator, prop) => {
      validateAddress(validator, `${prop}.issuer`, issuer, ['https:', 'http:'], 'https://id.example.com/realms/company');
      for (const [each, value] of Object.entries({ clientId, rolesClaim, usernameClaim })) {
        if (!TEXT.test(value)) validator.report(`${prop}.${each}`, value, 'expected a name');
      }
      validator.secret(`${prop}.clientSecret`, clientSecret);
      if (!NAME.test(name)) {
        validator.report(`${prop}.name`, name, 'expected at most 31 lower case letters, digits and hyphens, as in "keycloak"');
      }
      for (const [index, scope] of scopes.entries()) {
        if (!SCOPE.test(scope)) validator.report(`${prop}.scopes[${index}]`, scope, 'expected a scope, as in "email"');
      }
      if (!scopes.includes('openid'))
        validator.report(`${prop}.scopes`, scopes, 'expected "openid" among them: without it nothing says who logs in');
      validateRoles(validator, prop, { roles, defaultRole });
      destination?._validate(validator, `${prop}.destination`);
    },
  });
}
