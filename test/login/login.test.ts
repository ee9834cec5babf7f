import { App } from 'cdk8s';
import {
  AirflowChart,
  type AirflowChartProps,
  AirflowComponent,
  Content,
  Credentials,
  IngressTls,
  Login,
  NetworkDestination,
  Requirements,
} from '../../lib';
import { bitnamiErrors } from '../distributions/bitnami-chart/release';
import { officialErrors, officialRelease, officialValues } from '../distributions/official-chart/release';
import type { Manifest } from '../support/manifests';
import { airflowErrors, type SynthObjects, synthAirflow } from '../support/synth-objects';

const OIDC = {
  issuer: 'https://id.example.com/realms/company',
  clientId: 'airflow',
  clientSecret: { secretName: 'airflow-oidc' },
  roles: { 'data-platform': ['Admin'], analysts: ['User', 'Op'] },
};
const LDAP = {
  server: 'ldaps://ldap.example.com',
  searchBase: 'ou=people,dc=example,dc=com',
  bindUser: 'cn=airflow,dc=example,dc=com',
  bindPassword: { secretName: 'airflow-ldap' },
  roles: { 'cn=platform (eu),ou=groups,dc=example,dc=com': ['Admin'], 'cn=all,dc=example,dc=com': ['Viewer'] },
};
const KEYCLOAK = {
  serverUrl: 'https://id.example.com',
  realm: 'company',
  clientId: 'airflow',
  clientSecret: { secretName: 'airflow-keycloak' },
};
const PACKAGES = { requirements: Requirements.fromList(['apache-airflow-providers-keycloak']) };

const WAYS: readonly [way: string, props: AirflowChartProps, secret: string, key: string][] = [
  ['OpenID Connect', { login: Login.oidc(OIDC) }, 'airflow-oidc', 'client-secret'],
  ['LDAP', { login: Login.ldap(LDAP) }, 'airflow-ldap', 'password'],
  ['Keycloak', { login: Login.keycloak(KEYCLOAK), ...PACKAGES }, 'airflow-keycloak', 'client-secret'],
];

/** The text of a file that the API server has at a path. */
function fileOf(objects: SynthObjects, path: string): string {
  const mount = objects.container('api-server').volumeMounts.find(({ mountPath }: Manifest) => mountPath === path);
  const { projected } = objects.pod('api-server').spec.volumes.find(({ name }: Manifest) => name === mount.name);
  const source = projected.sources.find(({ configMap }: Manifest) => configMap?.items[0].path === mount.subPath);
  return objects.one('ConfigMap', source.configMap.name).data[source.configMap.items[0].key];
}

function settingsOf(login: Login): Manifest {
  return JSON.parse(fileOf(synthAirflow({ login }), '/etc/airflow-login/settings.json'));
}

test('passwords are what there is without the prop', () => {
  expect(synthAirflow({ login: Login.passwords() }).all).toEqual(synthAirflow().all);
});

test.each(WAYS)('%s: users are elsewhere, so that no Job makes one, and no Secret is for one', (_way, props) => {
  // WHEN
  const objects = synthAirflow(props);

  // THEN
  expect(objects.names('Job').map((name) => name.replace(/-[0-9a-f]{8}$/, ''))).toEqual(['airflow-credentials', 'airflow-migrate']);
  expect(JSON.stringify(objects.all)).not.toContain('airflow-admin');
});

test.each(WAYS)('%s: the secret is a file of the API server, and of no other pod', (_way, props, name, key) => {
  // WHEN
  const objects = synthAirflow(props);

  // THEN
  const having = Object.entries(objects.podTemplates()).filter(([, pod]) => JSON.stringify(pod).includes(`"${name}"`));
  expect(having.map(([component]) => component)).toEqual(['api-server']);
  const { volumes } = objects.pod('api-server').spec;
  const sources = volumes.flatMap(({ projected }: Manifest) => projected?.sources ?? []);
  expect(sources).toContainEqual({ secret: { name, items: [{ key, path: expect.any(String) }] } });
  const mount = objects.container('api-server').volumeMounts.find(({ mountPath }: Manifest) => mountPath === '/etc/airflow-login/secret');
  expect(mount).toMatchObject({ readOnly: true });
});

test.each(WAYS)('%s: the API server alone gets there', (_way, props) => {
  // GIVEN
  const port = props.login === WAYS[1][1].login ? 636 : 443;
  const anywhere = (objects: SynthObjects, component: string) => {
    const { egress = [] } = objects.one('NetworkPolicy', `airflow-${component}`).spec;
    return egress.some(
      ({ ports, to }: Manifest) => ports?.some((each: Manifest) => each.port === port) && JSON.stringify(to).includes('0.0.0.0/0'),
    );
  };

  // WHEN
  const objects = synthAirflow({
    ...props,
    requirements: undefined,
    allComponents: { image: { repository: 'registry.example.com/airflow' } },
  });

  // THEN
  expect(['api-server', 'scheduler', 'triggerer', 'worker'].filter((component) => anywhere(objects, component))).toEqual(['api-server']);
});

test('where a provider is can be said, and a Service is known by its address', () => {
  // GIVEN
  const destination = NetworkDestination.namespace('traefik', [8443]);
  const egress = (login: Login) => JSON.stringify(synthAirflow({ login }).one('NetworkPolicy', 'airflow-api-server').spec.egress);

  // THEN
  expect(egress(Login.oidc({ ...OIDC, destination }))).toContain('"kubernetes.io/metadata.name":"traefik"');
  expect(egress(Login.ldap({ ...LDAP, server: 'ldap://openldap.directory.svc' }))).toContain('"kubernetes.io/metadata.name":"directory"');
});

test('OpenID Connect is told by the settings of webserver_config.py', () => {
  // WHEN
  const objects = synthAirflow({ login: Login.oidc(OIDC) });

  // THEN
  expect(objects.airflowConfig.core.auth_manager).toContain('FabAuthManager');
  expect(fileOf(objects, '/opt/airflow/webserver_config.py')).toContain('AUTH_TYPE = AUTH_OAUTH');
  expect(JSON.parse(fileOf(objects, '/etc/airflow-login/settings.json'))).toEqual({
    name: 'oidc',
    issuer: 'https://id.example.com/realms/company',
    clientId: 'airflow',
    scopes: ['openid', 'profile', 'email'],
    usernameClaim: 'preferred_username',
    rolesClaim: 'groups',
    roles: { 'data-platform': ['Admin'], analysts: ['User', 'Op'] },
  });
  const given = { name: 'entra', scopes: ['openid'], rolesClaim: 'roles', usernameClaim: 'sub', defaultRole: 'Viewer' };
  expect(settingsOf(Login.oidc({ ...OIDC, ...given }))).toMatchObject(given);
});

test('of LDAP users only those are found who are in a group that gives a role', () => {
  // WHEN
  const objects = synthAirflow({ login: Login.ldap(LDAP) });

  // THEN
  expect(fileOf(objects, '/opt/airflow/webserver_config.py')).toContain('AUTH_TYPE = AUTH_LDAP');
  expect(settingsOf(Login.ldap(LDAP))).toMatchObject({
    startTls: false,
    searchFilter: '(|(memberOf=cn=platform \\28eu\\29,ou=groups,dc=example,dc=com)(memberOf=cn=all,dc=example,dc=com))',
  });
  expect(settingsOf(Login.ldap({ ...LDAP, defaultRole: 'Viewer' }))).toMatchObject({ searchFilter: '', defaultRole: 'Viewer' });
});

test.each<[string, boolean | undefined, boolean]>([
  ['ldap://ldap.example.com', undefined, true],
  ['ldap://ldap.example.com', false, false],
  ['ldaps://ldap.example.com', undefined, false],
])('with %s, startTls %s, StartTLS is %s', (server, startTls, expected) => {
  expect(settingsOf(Login.ldap({ ...LDAP, server, startTls }))).toMatchObject({ startTls: expected });
});

test('Keycloak is told by options, the secret to the API server alone', () => {
  // WHEN
  const objects = synthAirflow({ login: Login.keycloak(KEYCLOAK), ...PACKAGES });

  // THEN
  expect(objects.airflowConfig.core.auth_manager).toContain('KeycloakAuthManager');
  expect(objects.airflowConfig.keycloak_auth_manager).toEqual({
    server_url: 'https://id.example.com',
    realm: 'company',
    client_id: 'airflow',
  });
  const variable = 'AIRFLOW__KEYCLOAK_AUTH_MANAGER__CLIENT_SECRET_CMD';
  expect(objects.env('api-server')[variable]).toBe('cat /etc/airflow-login/secret');
  expect(objects.env('scheduler')[variable]).toBeUndefined();
});

test('another login rolls the API server, and nothing else', () => {
  // WHEN
  const [one, other] = ['Viewer', 'Op'].map((defaultRole) => synthAirflow({ login: Login.oidc({ ...OIDC, defaultRole }) }));

  // THEN
  const changed = Object.keys(one.podTemplates()).filter((name) => JSON.stringify(one.pod(name)) !== JSON.stringify(other.pod(name)));
  expect(changed).toEqual(['api-server']);
});

test.each(WAYS)('%s: the official chart is led to the same', (_way, props, name) => {
  // WHEN
  const { values, chart } = officialRelease(props);

  // THEN
  expect(values.createUserJob).toEqual({ enabled: false });
  expect(JSON.stringify(values.apiServer.extraVolumes)).toContain(`"${name}"`);
  expect(values.apiServer.extraVolumeMounts.map(({ mountPath }: Manifest) => mountPath)).toContain('/etc/airflow-login/secret');
  expect(JSON.stringify(values.scheduler)).not.toContain(name);
  expect(chart.airflow.podLabels(AirflowComponent.API_SERVER)).toBeDefined();
});

test('the official chart has the options of Keycloak, and with Airflow 2 no such auth manager', () => {
  // GIVEN
  const props = { login: Login.keycloak(KEYCLOAK), ...PACKAGES };

  // THEN
  expect(officialValues(props).config.keycloak_auth_manager).toMatchObject({ realm: 'company' });
  expect(officialErrors({ ...props, airflowVersion: '2.11.0' })).toEqual([
    expect.stringContaining('login: Airflow 2 knows no such auth manager; use Login.oidc(…), or Airflow 3'),
  ]);
});

test('the Bitnami chart makes a user with a password anyway, and says so', () => {
  expect(bitnamiErrors({ login: Login.passwords() })).toEqual([]);
  expect(bitnamiErrors({ login: Login.oidc(OIDC) })).toEqual([
    expect.stringContaining('login: the Bitnami chart makes a user with a password in any case'),
  ]);
});

test('what contradicts the login is an error', () => {
  // GIVEN
  const login = Login.oidc(OIDC);
  const user = { username: 'eve', email: 'eve@example.com', roles: ['Viewer'], password: { secretName: 'eve' } };
  const credentials = Credentials.existing({ admin: { secretName: 'mine' } });
  const errors = (props: AirflowChartProps) => airflowErrors({ login, ...props });

  // THEN
  expect(errors({ webserverConfig: Content.fromText('x = 1') })).toEqual([
    '[airflow/airflow] webserverConfig: the prop login says how users log in; leave one of them out',
  ]);
  expect(errors({ users: [user] })).toEqual([
    '[airflow/airflow] users: by the prop login, Airflow has its users from elsewhere; leave it out',
  ]);
  expect(errors({ admin: { username: 'ada' }, credentials })).toEqual([
    '[airflow/airflow] admin.username: by the prop login, Airflow has its users from elsewhere; leave it out',
    '[airflow/airflow] credentials.admin: by the prop login, Airflow has its users from elsewhere; leave it out',
  ]);
  expect(errors({ config: { core: { auth_manager: 'other.Manager' } } })).toEqual([
    '[airflow/airflow] config.core.auth_manager: the library sets this option; use the prop login',
  ]);
  expect(errors({ apiServer: { files: { '/etc/airflow-login/a': Content.fromText('') } } })).toEqual([
    expect.stringContaining('expected a path outside of /etc/airflow-login, which the library mounts'),
  ]);
  const keycloak = { login: Login.keycloak(KEYCLOAK), ...PACKAGES };
  expect(airflowErrors({ ...keycloak, config: { keycloak_auth_manager: { client_secret: 'x' } } })).toEqual([
    '[airflow/airflow] config.keycloak_auth_manager.client_secret: the library sets this option; use the prop login',
  ]);
});

test.each(WAYS)('%s: an address without TLS is told, as what users log in with can be read on its way', (way, props) => {
  // GIVEN
  const warn = jest.spyOn(console, 'warn').mockImplementation();
  const host = 'airflow.example.com';
  const gateway = { name: 'public' };
  const told = (exposed: AirflowChartProps) => {
    warn.mockClear();
    // One is told once for each construct.
    new AirflowChart(new App(), `${way}-${Object.keys(exposed)}`.toLowerCase().replace(/\W+/g, '-'), { ...props, ...exposed });
    return warn.mock.calls.flat();
  };

  // THEN
  expect(told({ ingress: { host } })).toEqual([expect.stringMatching(/login: users come to http:.*; give ingress tls, or/)]);
  expect(told({ httpRoute: { host, gateway } })).toEqual([expect.stringMatching(/login: users come to http:.*; give httpRoute tls, or/)]);
  expect(told({ ingress: { host, tls: IngressTls.secret('tls') } })).toEqual([]);
  expect(told({ ingress: { host, address: `https://${host}` } })).toEqual([]);
  expect(told({ httpRoute: { host, gateway, tls: true } })).toEqual([]);
  expect(told({})).toEqual([]);
});

test('a package that the image lacks has to be among the requirements', () => {
  // GIVEN
  const login = Login.keycloak(KEYCLOAK);
  const missing = [
    expect.stringContaining("login: Airflow's image lacks the package apache-airflow-providers-keycloak; add it to requirements"),
  ];

  // THEN
  expect(airflowErrors({ login })).toEqual(missing);
  expect(airflowErrors({ login, requirements: Requirements.fromList(['pandas']) })).toEqual(missing);
  expect(airflowErrors({ login, requirements: Requirements.fromList(['Apache_Airflow.Providers-Keycloak>=0.11']) })).toEqual([]);
  expect(airflowErrors({ login, requirements: Requirements.fromList(['https://example.com/a-1.0-py3-none-any.whl']) })).toEqual([]);
  expect(airflowErrors({ login, allComponents: { image: { repository: 'registry.example.com/airflow' } } })).toEqual([]);
});
