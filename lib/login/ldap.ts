import type { NetworkDestination } from '../network/network-destination';
import type { SecretKey } from '../props/secret-key';
import { validateAddress } from './address';
import { fabPlan } from './fab-login';
import type { LoginPlan } from './login-plan';
import { validateRoles } from './roles';

/** Login with the passwords of an LDAP directory. */
export interface LdapLoginProps {
  /** The address of the directory, as in `ldaps://ldap.example.com` or `ldap://openldap.ldap.svc`. */
  readonly server: string;
  /**
   * Whether a connection by `ldap://` is encrypted before anything is sent (StartTLS); passwords go over it. The server is known by the authorities that the image
   * trusts, and by `caCertificates`.
   * @default true
   */
  readonly startTls?: boolean;
  /** Below which entry users are looked for, as in `ou=people,dc=example,dc=com`. */
  readonly searchBase: string;
  /** As whom Airflow looks for them, as in `cn=airflow,ou=services,dc=example,dc=com`. */
  readonly bindUser: string;
  /** The password for that, in a Secret that you make; the key is `password` unless it is given. New pods read it. */
  readonly bindPassword: SecretKey;
  /**
   * The attribute with the name by which users log in: `sAMAccountName` with Active Directory.
   * @default "uid"
   */
  readonly usernameAttribute?: string;
  /**
   * The attribute of a user that lists their groups.
   * @default "memberOf"
   */
  readonly groupAttribute?: string;
  /**
   * Which roles of Airflow each group gives: those of Airflow (Viewer, User, Op, Admin) or those that the option [fab] custom_roles makes. The group stands as the
   * directory writes it, as in `cn=data-platform,ou=groups,dc=example,dc=com`. Whoever is in several has the roles of all.
   */
  readonly roles: { readonly [group: string]: string[] };
  /**
   * A role that all users of the directory have.
   * @default - none: who is in none of the groups is refused
   */
  readonly defaultRole?: string;
  /**
   * Where the directory is, for the NetworkPolicies. It is asked by the API server.
   * @default - where its address leads: for a Service, all pods of its namespace; for any other host, its port at any address
   */
  readonly destination?: NetworkDestination;
}

const ATTRIBUTE = /^[a-zA-Z][a-zA-Z0-9-]*$/;
/** A distinguished name, or what Active Directory takes for one: `user@domain`. */
const ENTRY = /^[a-zA-Z][a-zA-Z0-9.-]*\s*=.+|^[^\s@]+@[^\s@]+$/;

export function ldapPlan(props: LdapLoginProps): LoginPlan {
  const { server, searchBase, bindUser, bindPassword, roles, defaultRole, destination } = props;
  const { startTls, usernameAttribute = 'uid', groupAttribute = 'memberOf' } = props;
  const isPlain = !server.toLowerCase().startsWith('ldaps:');
  return fabPlan({
    script: 'ldap.py',
    settings: {
      server,
      startTls: isPlain && startTls !== false,
      searchBase,
      searchFilter: defaultRole === undefined ? inOneOf(groupAttribute, Object.keys(roles)) : '',
      bindUser,
      usernameAttribute,
      groupAttribute,
      roles,
      defaultRole,
    },
    secret: { key: 'password', ...bindPassword },
    address: server,
    destination,
    validate: (validator, prop) => {
      validateAddress(validator, `${prop}.server`, server, ['ldap:', 'ldaps:'], 'ldaps://ldap.example.com');
      if (startTls !== undefined && !isPlain) {
        validator.report(`${prop}.startTls`, startTls, 'expected none, as ldaps is encrypted by itself');
      }
      for (const [each, value] of Object.entries({ searchBase, bindUser })) {
        if (!ENTRY.test(value)) validator.report(`${prop}.${each}`, value, 'expected an entry, as in "ou=people,dc=example,dc=com"');
      }
      for (const [each, value] of Object.entries({ usernameAttribute, groupAttribute })) {
        if (!ATTRIBUTE.test(value)) validator.report(`${prop}.${each}`, value, 'expected the name of an attribute, as in "memberOf"');
      }
      validator.secret(`${prop}.bindPassword`, bindPassword);
      validateRoles(validator, prop, { roles, defaultRole });
      destination?._validate(validator, `${prop}.destination`);
    },
  });
}

/** The filter that finds the members of these groups alone. */
function inOneOf(attribute: string, groups: readonly string[]): string {
  return `(|${groups.map((group) => `(${attribute}=${escaped(group)})`).join('')})`;
}

/** RFC 4515. */
function escaped(value: string): string {
  return value.replace(/[\\*()\0]/g, (character) => `\\${character.charCodeAt(0).toString(16).padStart(2, '0')}`);
}
