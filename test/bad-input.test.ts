import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { App, Cron, Duration, Testing } from 'cdk8s';
import * as kplus from 'cdk8s-plus-27';
import {
  AirflowChart,
  type AirflowChartProps,
  Autoscaling,
  BackupStore,
  Broker,
  Credentials,
  Database,
  Executor,
  ExternalService,
  GitCredentials,
  type HttpRouteOptions,
  IngressTls,
  type LdapLoginProps,
  type LoadBalancerProps,
  Login,
  Logs,
  Metrics,
  NetworkDestination,
  type OidcLoginProps,
  Requirements,
  type WorkersProps,
} from '../lib';
import { airflowErrors, synthErrors } from './support/synth-objects';
import { removeTemporaryFolders, temporaryFolder } from './support/temporary-folder';

const URL = 'https://gitlab.example.com/team/dags.git';
const HOST = 'airflow.example.com';

const LABEL = 'a DNS label';
const NAME = 'a DNS name';
const QUANTITY = 'a Kubernetes quantity above zero';

function oidc(props: Partial<OidcLoginProps>): AirflowChartProps {
  const right = {
    issuer: 'https://id.example.com',
    clientId: 'airflow',
    clientSecret: { secretName: 'oidc' },
    roles: { admins: ['Admin'] },
  };
  return { login: Login.oidc({ ...right, ...props }) };
}

function ldap(props: Partial<LdapLoginProps>): AirflowChartProps {
  const right = { server: 'ldap://ldap.example.com', searchBase: 'dc=example,dc=com', bindUser: 'cn=airflow,dc=example,dc=com' };
  const roles = { 'cn=admins,dc=example,dc=com': ['Admin'] };
  return { login: Login.ldap({ ...right, bindPassword: { secretName: 'ldap' }, roles, ...props }) };
}

afterAll(removeTemporaryFolders);

test('settings of git-sync without a repository are an error', () => {
  expect(airflowErrors({ gitSync: {} })).toEqual(['[airflow/airflow] gitSync: there is nothing to fetch; expected dags, or no gitSync']);
});

test('a wrong name is one error, and none about the Secrets that take their names from it', () => {
  expect(airflowErrors({ name: 'My Airflow' })).toEqual([expect.stringContaining('] name: "My Airflow" given;')]);
});

test('a value of a wrong kind is told once, by the chart, and not again by what is made without it', () => {
  const wrong = <Type>(value: unknown) => value as Type;
  expect(airflowErrors(oidc({ roles: wrong({ admins: 'Admin' }) }))).toEqual([
    "[airflow] login.roles.admins: text given; expected a list, as in ['…']",
  ]);
  expect(airflowErrors({ scheduler: { placement: { tolerations: [wrong({ key: 1 })] } } })).toEqual([
    '[airflow] scheduler.placement.tolerations[0].key: 1 given; expected text',
  ]);
});

/** The props, and of the error: the path of the construct, the prop, the value, what would do. */
test.each<[AirflowChartProps, string, string, string, string]>([
  [{ namespace: 'My Namespace' }, 'airflow', 'namespace', '"My Namespace"', LABEL],
  [{ name: 'My Airflow' }, 'airflow/airflow', 'name', '"My Airflow"', LABEL],
  [{ name: 'a'.repeat(41) }, 'airflow/airflow', 'name', `"${'a'.repeat(41)}"`, 'at most 40 characters'],
  [{ name: '1airflow' }, 'airflow/airflow', 'name', '"1airflow"', ''],
  [{ airflowVersion: 'newest' }, 'airflow/airflow', 'airflowVersion', '"newest"', 'a version of Airflow'],
  [{ airflowVersion: '3.1.0-rc.1' }, 'airflow/airflow', 'airflowVersion', '"3.1.0-rc.1"', 'a version of Airflow'],
  [{ airflowVersion: '2.10.5' }, 'airflow/airflow', 'airflowVersion', '"2.10.5"', '3.0.0 or later'],
  [{ config: { core: { parallelism: ['64'] } } }, 'airflow/airflow', 'config.core.parallelism', '["64"]', 'a text, a number or a boolean'],
  [
    { config: { core: { 'my option': 'x' } } },
    'airflow/airflow',
    'config.core.my option',
    '"[core] my option"',
    'the name of an Airflow option',
  ],

  [
    { metrics: Metrics.statsd({ prometheusNamespace: 'My Monitoring' }) },
    'airflow/airflow',
    'metrics.prometheusNamespace',
    '"My Monitoring"',
    LABEL,
  ],
  [
    { metrics: Metrics.openTelemetry({ endpoint: 'collector:4318' }) },
    'airflow/airflow',
    'metrics.endpoint',
    '"collector:4318"',
    'the address of a collector',
  ],
  [
    { databaseCleanup: { schedule: Cron.schedule({ hour: '24' }) } },
    'airflow/airflow',
    'databaseCleanup.schedule',
    '"* 24 * * *"',
    'minute, hour, day, month and weekday',
  ],
  [{ databaseCleanup: { timeZone: 'Local' } }, 'airflow/airflow', 'databaseCleanup.timeZone', '"Local"', 'a name of the tz database'],
  [
    { databaseCleanup: { retention: Duration.hours(1) } },
    'airflow/airflow',
    'databaseCleanup.retention',
    '"60 minutes"',
    'one day or more',
  ],

  [{ pgBouncer: { poolSize: 0 } }, 'airflow/airflow', 'pgBouncer.poolSize', '0', 'a whole number of 1 or more'],
  [
    { pgBouncer: { parameters: { 'a b': '1' } } },
    'airflow/airflow',
    'pgBouncer.parameters["a b"]',
    '"a b"',
    'the name of a setting of PgBouncer',
  ],
  [
    { database: Database.builtIn({ backup: { store: BackupStore.s3({ bucket: 'Backups' }) } }) },
    'airflow/airflow',
    'database.backup.store.bucket',
    '"Backups"',
    'the name of a bucket',
  ],
  [{ database: Database.builtIn({ backup: { keep: 0 } }) }, 'airflow/airflow', 'database.backup.keep', '0', 'a whole number of 1 or more'],

  [{ dags: [] }, 'airflow/airflow/dags', 'dags', '[]', 'one repository or more'],
  [{ dags: [{ url: URL, name: 'A' }] }, 'airflow/airflow/dags', 'dags[0].name', '"A"', LABEL],
  [{ dags: [{ url: URL, branch: 'a b' }] }, 'airflow/airflow/dags', 'dags[0].branch', '"a b"', 'a git ref'],
  [{ dags: [{ url: URL, path: '/dags' }] }, 'airflow/airflow/dags', 'dags[0].path', '"/dags"', 'a folder inside the repository'],
  [{ dags: [{ url: URL, depth: -1 }] }, 'airflow/airflow/dags', 'dags[0].depth', '-1', 'a whole number of 0 or more'],
  [{ dags: [{ url: URL, period: Duration.millis(10) }] }, 'airflow/airflow/dags', 'dags[0].period', '"10 millis"', 'one second or more'],
  [
    { dags: [{ url: URL, credentials: GitCredentials.token({ secretName: 'A B' }) }] },
    'airflow/airflow/dags',
    'dags[0].credentials.secretName',
    '"A B"',
    NAME,
  ],
  [
    { dags: [{ url: URL }], gitSync: { image: { tag: 'latest' } } },
    'airflow/airflow/dags',
    'gitSync.image.tag',
    '"latest"',
    'a tag that pins the image',
  ],
  [
    { dags: [{ url: URL }], gitSync: { resources: { limits: { cpu: 'x' } } } },
    'airflow/airflow/dags',
    'gitSync.resources.limits.cpu',
    '"x"',
    QUANTITY,
  ],

  [{ ingress: { host: '' } }, 'airflow/airflow/ingress', 'ingress.host', '""', NAME],
  [{ ingress: { host: 'not a host' } }, 'airflow/airflow/ingress', 'ingress.host', '"not a host"', NAME],
  [{ ingress: { host: 'https://a.b' } }, 'airflow/airflow/ingress', 'ingress.host', '"https://a.b"', NAME],
  [{ ingress: { host: HOST, path: 'airflow' } }, 'airflow/airflow/ingress', 'ingress.path', '"airflow"', 'a path that begins with a slash'],
  [{ ingress: { host: HOST, additionalHosts: ['A'] } }, 'airflow/airflow/ingress', 'ingress.additionalHosts[0]', '"A"', NAME],
  [{ ingress: { host: HOST, path: '/airflow/*' } }, 'airflow/airflow/ingress', 'ingress.path', '"/airflow/*"', 'a path and no pattern'],
  [
    { ingress: { host: HOST, path: '/airflow(/|$)(.*)' } },
    'airflow/airflow/ingress',
    'ingress.path',
    '"/airflow(/|$)(.*)"',
    'a path and no pattern',
  ],
  [{ ingress: { host: HOST, address: HOST } }, 'airflow/airflow/ingress', 'ingress.address', `"${HOST}"`, 'where users come to'],
  [{ ingress: { host: HOST, className: 'A B' } }, 'airflow/airflow/ingress', 'ingress.className', '"A B"', NAME],
  [{ ingress: { host: HOST, controllerNamespace: 'A' } }, 'airflow/airflow/ingress', 'ingress.controllerNamespace', '"A"', LABEL],
  [{ ingress: { host: HOST, tls: IngressTls.secret('A B') } }, 'airflow/airflow/ingress', 'ingress.tls.secretName', '"A B"', NAME],

  [
    { executor: Executor.celery({ flower: { basicAuth: { secretName: 'A B' } } }) },
    'airflow/airflow',
    'executor.flower.basicAuth.secretName',
    '"A B"',
    NAME,
  ],
  [httpRoute({ host: '' }), 'airflow/airflow/http-route', 'httpRoute.host', '""', NAME],
  [httpRoute({ gateway: { name: 'A' } }), 'airflow/airflow/http-route', 'httpRoute.gateway.name', '"A"', NAME],
  [httpRoute({ gateway: { name: 'a', namespace: 'A' } }), 'airflow/airflow/http-route', 'httpRoute.gateway.namespace', '"A"', LABEL],
  [httpRoute({ gateway: { name: 'a', sectionName: 'A' } }), 'airflow/airflow/http-route', 'httpRoute.gateway.sectionName', '"A"', NAME],
  [httpRoute({ path: '/airflow/*' }), 'airflow/airflow/http-route', 'httpRoute.path', '"/airflow/*"', 'a path and no pattern'],
  [httpRoute({ address: HOST }), 'airflow/airflow/http-route', 'httpRoute.address', `"${HOST}"`, 'where users come to'],
  [
    httpRoute({ requestTimeout: Duration.days(2) }),
    'airflow/airflow/http-route',
    'httpRoute.requestTimeout',
    '"172800 s"',
    'at most 99999 s',
  ],
  [httpRoute({ controllerNamespace: 'A' }), 'airflow/airflow/http-route', 'httpRoute.controllerNamespace', '"A"', LABEL],
  [
    { ingress: { host: HOST }, ...httpRoute({ tls: true }) },
    'airflow/airflow',
    'httpRoute',
    `"https://${HOST}"`,
    `the address of ingress, http://${HOST}`,
  ],

  [loadBalancer({ sourceRanges: [] }), 'airflow/airflow', 'externalService.sourceRanges', '[]', 'at least one block'],
  [
    loadBalancer({ sourceRanges: ['10.0.0.1/8'] }),
    'airflow/airflow',
    'externalService.sourceRanges[0]',
    '"10.0.0.1/8"',
    'the first address of the block: "10.0.0.0/8"',
  ],
  [loadBalancer({ port: 0 }), 'airflow/airflow', 'externalService.port', '0', 'a whole number from 1 to 65535'],
  [loadBalancer({ loadBalancerClass: 'a b' }), 'airflow/airflow', 'externalService.loadBalancerClass', '"a b"', 'a name'],
  [
    loadBalancer({ annotations: { 'a b': '' } }),
    'airflow/airflow',
    'externalService.annotations["a b"]',
    '"a b"',
    'the name of an annotation',
  ],
  [
    { externalService: ExternalService.nodePort({ nodePort: 70000 }) },
    'airflow/airflow',
    'externalService.nodePort',
    '70000',
    'a whole number from 1 to 65535',
  ],
  [{ apiServer: { replicas: 0 } }, 'airflow/airflow', 'apiServer.replicas', '0', 'a whole number of 1 or more'],
  [{ scheduler: { replicas: 1.5 } }, 'airflow/airflow', 'scheduler.replicas', '1.5', 'a whole number of 1 or more'],
  [{ teams: { 'A B': { bundles: ['a'] } } }, 'airflow/airflow', 'teams.A B', '"A B"', 'a name of at most 20 lower case'],
  [{ teams: { finance: { bundles: [] } } }, 'airflow/airflow', 'teams.finance.bundles', '[]', 'the name of a bundle or more'],
  [workers({ concurrency: 0 }), 'airflow/airflow', 'executor.workers.concurrency', '0', 'a whole number of 1 or more'],
  [workers({ gracePeriod: Duration.millis(1) }), 'airflow/airflow', 'executor.workers.gracePeriod', '"1 millis"', 'one second or more'],
  [
    workers({ autoscaling: Autoscaling.cpu({ maxReplicas: 0 }) }),
    'airflow/airflow',
    'executor.workers.autoscaling.maxReplicas',
    '0',
    'a whole number of 1 or more',
  ],
  [{ triggerer: { resources: { requests: { cpu: 'x' } } } }, 'airflow/airflow', 'triggerer.resources.requests.cpu', '"x"', QUANTITY],
  [
    { triggerer: { resources: { extendedResources: { gpu: 1 } } } },
    'airflow/airflow',
    'triggerer.resources.extendedResources["gpu"]',
    '"gpu"',
    'the name of an extended resource',
  ],
  [
    { triggerer: { resources: { limits: { memory: '1Mi' } } } },
    'airflow/airflow',
    'triggerer.resources.limits.memory',
    '"1Mi"',
    'at least the request',
  ],
  [workers({ image: { repository: 'a/b:1' } }), 'airflow/airflow', 'executor.workers.image.repository', '"a/b:1"', ''],
  [workers({ image: { tag: 'latest' } }), 'airflow/airflow', 'executor.workers.image.tag', '"latest"', 'a tag that pins the image'],
  [workers({ image: { digest: 'x' } }), 'airflow/airflow', 'executor.workers.image.digest', '"x"', '"sha256:" and 64 hexadecimal digits'],
  [
    workers({ image: { pullPolicy: 'Sometimes' } }),
    'airflow/airflow',
    'executor.workers.image.pullPolicy',
    '"Sometimes"',
    'one of Always, IfNotPresent, Never',
  ],
  [{ allComponents: { image: { pullSecrets: ['A B'] } } }, 'airflow/airflow', 'allComponents.image.pullSecrets[0]', '"A B"', NAME],
  [workers({ labels: { 'a b': 'x' } }), 'airflow/airflow', 'executor.workers.labels["a b"]', '"a b"', 'the name of a label'],
  [{ allComponents: { labels: { team: 'a b' } } }, 'airflow/airflow', 'allComponents.labels["team"]', '"a b"', 'at most 63 letters'],
  [
    { allComponents: { annotations: { 'a b': 'x' } } },
    'airflow/airflow',
    'allComponents.annotations["a b"]',
    '"a b"',
    'the name of an annotation',
  ],
  [
    { dagProcessor: { placement: { nodeSelector: { disk: 'a b' } } } },
    'airflow/airflow',
    'dagProcessor.placement.nodeSelector["disk"]',
    '"a b"',
    'at most 63 letters',
  ],
  [
    { scheduler: { placement: { tolerations: [{ key: 'batch', operator: 'exists' }] } } },
    'airflow/airflow',
    'scheduler.placement.tolerations[0].operator',
    '"exists"',
    'one of Exists, Equal; did you mean "Exists"?',
  ],
  [
    { scheduler: { placement: { tolerations: [{ key: 'batch', operator: 'Exists', effect: 'NoSchedul' }] } } },
    'airflow/airflow',
    'scheduler.placement.tolerations[0].effect',
    '"NoSchedul"',
    'one of NoSchedule, PreferNoSchedule, NoExecute; did you mean "NoSchedule"?',
  ],
  [
    { scheduler: { placement: { tolerations: [{ key: 'batch', operator: 'Exists', value: 'yes' }] } } },
    'airflow/airflow',
    'scheduler.placement.tolerations[0].value',
    '"yes"',
    'none, as the operator is Exists',
  ],
  [
    { scheduler: { placement: { tolerations: [{ value: 'yes' }] } } },
    'airflow/airflow',
    'scheduler.placement.tolerations[0].key',
    '""',
    'a key, or the operator Exists',
  ],
  [
    { scheduler: { placement: { tolerations: [{ key: 'a', operator: 'Exists', effect: 'NoSchedule', tolerationSeconds: 5 }] } } },
    'airflow/airflow',
    'scheduler.placement.tolerations[0].tolerationSeconds',
    '5',
    'none, or the effect NoExecute',
  ],
  [
    {
      scheduler: {
        placement: { topologySpreadConstraints: [{ maxSkew: 1, topologyKey: 'zone', whenUnsatisfiable: 'ScheduleAnyway', minDomains: 2 }] },
      },
    },
    'airflow/airflow',
    'scheduler.placement.topologySpreadConstraints[0].minDomains',
    '2',
    'none, as whenUnsatisfiable is ScheduleAnyway',
  ],
  [
    { scheduler: { placement: { topologySpreadConstraints: [{ maxSkew: 0, topologyKey: 'zone', whenUnsatisfiable: 'DoNotSchedule' }] } } },
    'airflow/airflow',
    'scheduler.placement.topologySpreadConstraints[0].maxSkew',
    '0',
    'a whole number of 1 or more',
  ],
  [
    {
      scheduler: { placement: { topologySpreadConstraints: [{ maxSkew: 1, topologyKey: 'zone', whenUnsatisfiable: 'ScheduleAnyways' }] } },
    },
    'airflow/airflow',
    'scheduler.placement.topologySpreadConstraints[0].whenUnsatisfiable',
    '"ScheduleAnyways"',
    'one of DoNotSchedule, ScheduleAnyway; did you mean "ScheduleAnyway"?',
  ],
  [workers({ placement: { priorityClassName: 'A B' } }), 'airflow/airflow', 'executor.workers.placement.priorityClassName', '"A B"', ''],
  [workers({ env: { 'A B': kplus.EnvValue.fromValue('x') } }), 'airflow/airflow', 'executor.workers.env["A B"]', '"A B"', ''],

  [{ database: Database.builtIn({ storageSize: 'big' }) }, 'airflow/airflow', 'database.storageSize', '"big"', QUANTITY],
  [{ database: Database.builtIn({ storageSize: '20' }) }, 'airflow/airflow', 'database.storageSize', '"20"', 'an amount with its unit'],
  [
    { executor: Executor.celery({ broker: Broker.builtIn({ storageClassName: 'A B' }) }) },
    'airflow/airflow',
    'executor.broker.storageClassName',
    '"A B"',
    NAME,
  ],
  [oidc({ issuer: 'id.example.com' }), 'airflow/airflow', 'login.issuer', '"id.example.com"', 'an address, as in "https://id.'],
  [oidc({ issuer: 'https://id.example.com/?a=1' }), 'airflow/airflow', 'login.issuer', '"https://id.example.com/?a=1"', 'an address'],
  [oidc({ clientId: ' ' }), 'airflow/airflow', 'login.clientId', '" "', 'a name'],
  [oidc({ clientSecret: { secretName: 'A' } }), 'airflow/airflow', 'login.clientSecret.secretName', '"A"', NAME],
  [oidc({ name: 'Our ID' }), 'airflow/airflow', 'login.name', '"Our ID"', 'at most 31 lower case letters'],
  [oidc({ scopes: ['openid', 'a b'] }), 'airflow/airflow', 'login.scopes[1]', '"a b"', 'a scope'],
  [oidc({ scopes: ['email'] }), 'airflow/airflow', 'login.scopes', '["email"]', '"openid" among them'],
  [oidc({ rolesClaim: '' }), 'airflow/airflow', 'login.rolesClaim', '""', 'a name'],
  [oidc({ roles: {} }), 'airflow/airflow', 'login.roles', '{}', 'one group or more'],
  [oidc({ roles: { admins: [] } }), 'airflow/airflow', 'login.roles["admins"]', '[]', 'one role or more'],
  [oidc({ roles: { admins: [' '] } }), 'airflow/airflow', 'login.roles["admins"]', '" "', 'the name of a role'],
  [oidc({ defaultRole: '' }), 'airflow/airflow', 'login.defaultRole', '""', 'the name of a role'],
  [oidc({ destination: NetworkDestination.cidr('10.0.0.0') }), 'airflow/airflow', 'login.destination', '"10.0.0.0"', ''],
  [ldap({ server: 'ldap.example.com' }), 'airflow/airflow', 'login.server', '"ldap.example.com"', 'an address, as in "ldaps://'],
  [ldap({ server: 'https://ldap.example.com' }), 'airflow/airflow', 'login.server', '"https://ldap.example.com"', 'an address'],
  [ldap({ server: 'ldaps://ldap.example.com', startTls: true }), 'airflow/airflow', 'login.startTls', 'true', 'none'],
  [ldap({ searchBase: 'people' }), 'airflow/airflow', 'login.searchBase', '"people"', 'an entry'],
  [ldap({ bindUser: 'airflow' }), 'airflow/airflow', 'login.bindUser', '"airflow"', 'an entry'],
  [ldap({ usernameAttribute: 'a)(b' }), 'airflow/airflow', 'login.usernameAttribute', '"a)(b"', 'the name of an attribute'],
  [ldap({ bindPassword: { secretName: 'a', key: 'b/c' } }), 'airflow/airflow', 'login.bindPassword.key', '"b/c"', 'a key of a Secret'],
  [{ admin: { username: '' } }, 'airflow/airflow', 'admin.username', '""', 'a name'],
  [{ admin: { email: 'foo' } }, 'airflow/airflow', 'admin.email', '"foo"', 'an e-mail address'],
  [
    { allComponents: { resources: { limits: { memory: '64Mi' } } } },
    'airflow/airflow',
    'allComponents.resources.limits.memory',
    '"64Mi"',
    'at least the request',
  ],
  [
    { credentials: Credentials.existing({ jwtSecret: { secretName: 'mine', key: 'a b' } }) },
    'airflow/airflow',
    'credentials.jwtSecret.key',
    '"a b"',
    'a key of a Secret',
  ],
  [
    { credentials: Credentials.existing({ formerFernetKeys: [{ secretName: 'Old' }] }) },
    'airflow/airflow',
    'credentials.formerFernetKeys[0].secretName',
    '"Old"',
    'a DNS name',
  ],
  [
    { credentials: Credentials.externalSecrets({ store: { name: 'A' }, keys: { admin: { key: 'admin' } } }) },
    'airflow/airflow',
    'credentials.store.name',
    '"A"',
    NAME,
  ],
  [
    { networkPolicies: { taskEgress: [NetworkDestination.cidr('10.0.0.0')] } },
    'airflow/airflow',
    'networkPolicies.taskEgress[0]',
    '"10.0.0.0"',
    'a block in CIDR notation',
  ],
  [
    { networkPolicies: { kubernetesApi: ['192.0.2.10'] } },
    'airflow/airflow',
    'networkPolicies.kubernetesApi[0]',
    '"192.0.2.10"',
    'a block in CIDR notation',
  ],
  [
    { networkPolicies: { kubernetesApi: ['0.0.0.0/0'] } },
    'airflow/airflow',
    'networkPolicies.kubernetesApi[0]',
    '"0.0.0.0/0"',
    'the addresses',
  ],
  [{ networkPolicies: { kubernetesApi: [] } }, 'airflow/airflow', 'networkPolicies.kubernetesApi', '[]', 'a block or more'],
  [
    { logs: Logs.elasticsearch({ url: 'https://search.example.com', index: 'Logs' }) },
    'airflow/airflow',
    'logs.index',
    '"Logs"',
    'the name of an index',
  ],
  [{ logs: Logs.cloudWatch({ logGroupArn: 'airflow' }) }, 'airflow/airflow', 'logs.logGroupArn', '"airflow"', 'the ARN of a log group'],
  [
    { namespace: 'a', executor: Executor.kubernetes({ podCleanup: { pendingTime: Duration.minutes(1) } }) },
    'airflow/airflow',
    'executor.podCleanup.pendingTime',
    '"1 minute"',
    'whole minutes, 5 or more',
  ],
  [{ logRetention: Duration.millis(10) }, 'airflow/airflow', 'logRetention', '"10 millis"', 'one second or more'],
  [{ networkPolicies: { dns: [] } }, 'airflow/airflow', 'networkPolicies.dns', '[]', 'a destination or more'],
  [
    { networkPolicies: { dns: [NetworkDestination.pods('dns', { app: 'a b' })] } },
    'airflow/airflow',
    'networkPolicies.dns[0].labels["app"]',
    '"a b"',
    'at most 63 letters',
  ],
  [
    { requirements: Requirements.fromList(['a @ git+ssh://git@example.com/a.git'], { sshKey: { secretName: 'A' } }) },
    'airflow/airflow/requirements',
    'requirements.sshKey.secretName',
    '"A"',
    'a DNS name',
  ],
  [
    { requirements: Requirements.fromList(['a'], { claimName: 'Shared' }) },
    'airflow/airflow/requirements',
    'requirements.claimName',
    '"Shared"',
    'a DNS name',
  ],
  [
    { requirements: Requirements.fromList(['a'], { egress: [NetworkDestination.cidr('10.0.0.0')] }) },
    'airflow/airflow',
    'requirements.egress[0]',
    '"10.0.0.0"',
    'a block in CIDR notation',
  ],
  [
    { networkPolicies: { taskEgress: [NetworkDestination.anywhere([0])] } },
    'airflow/airflow',
    'networkPolicies.taskEgress[0] port',
    '0',
    'a whole number from 1 to 65535',
  ],
])('%j is an error of construct %s, prop %s, value %s', (props, path, prop, value, expected) => {
  // WHEN
  const errors = airflowErrors(props);

  // THEN
  expect(errors).toContainEqual(expect.stringContaining(`[${path}] ${prop}: ${value} given; expected ${expected}`));
});

test.each<[AirflowChartProps, string]>([
  [
    { dags: [{ url: 'nowhere' }] },
    '[airflow/airflow/dags] dags[0].url: not the address of a git repository; expected one as ' +
      '"https://gitlab.example.com/team/dags.git" or "git@gitlab.example.com:team/dags.git"',
  ],
  [
    { namespace: 'default' },
    '[airflow] namespace: "default" given; every cluster has it; expected one for Airflow, or createNamespace: false',
  ],
  [
    { config: { core: { executor: 'LocalExecutor' } } },
    '[airflow/airflow] config.core.executor: the library sets this option; use the prop executor',
  ],
  [
    { networkPolicies: { enabled: false, taskEgress: [NetworkDestination.anywhere()] } },
    '[airflow/airflow] networkPolicies.taskEgress: without NetworkPolicies every way is open; leave it out, or enabled: false',
  ],
])('%j is an error that tells the way out: %s', (props, line) => {
  // THEN
  expect(airflowErrors(props)).toContain(line);
});

test('errors of several constructs and charts are all shown together', () => {
  // WHEN
  const errors = synthErrors((app) => {
    new AirflowChart(app, 'blue', {
      namespace: 'blue',
      dags: [{ url: URL, depth: -1 }],
      ingress: { host: 'A' },
      requirements: Requirements.fromList(['==']),
      executor: Executor.celery({ workers: { replicas: 0, concurrency: 0 } }),
      database: Database.builtIn({ storageSize: 'big' }),
    });
    new AirflowChart(app, 'green', { namespace: 'green', airflowVersion: '2.9.0', admin: { username: '' } });
  });

  // THEN
  const places = errors.map((line) => /^\[[^\]]+\] [\w[\].]+/.exec(line)?.[0]);
  expect(places.sort()).toEqual(
    [
      '[blue/airflow/dags] dags[0].depth',
      '[blue/airflow/ingress] ingress.host',
      '[blue/airflow/requirements] requirements',
      '[blue/airflow] database.storageSize',
      '[blue/airflow] executor.workers.concurrency',
      '[blue/airflow] executor.workers.replicas',
      '[green/airflow] admin.username',
      '[green/airflow] airflowVersion',
    ].sort(),
  );
});

test.each<[string, (app: App, chart: AirflowChart) => unknown]>([
  ['app.synth()', (app) => app.synth()],
  ['app.synthYaml()', (app) => app.synthYaml()],
  ['Testing.synth()', (_app, chart) => Testing.synth(chart)],
])('%s ends with the error, and nothing is written', (_what, synth) => {
  // GIVEN
  const outdir = join(temporaryFolder(), 'dist');
  const app = new App({ outdir });
  const chart = new AirflowChart(app, 'airflow', workers({ replicas: 0 }));

  // THEN
  expect(() => synth(app, chart)).toThrow(
    'Validation failed with the following errors:\n' +
      '  [airflow/airflow] executor.workers.replicas: 0 given; expected a whole number of 1 or more',
  );
  expect(existsSync(join(outdir, 'airflow.k8s.yaml'))).toBe(false);
});

test('making a chart of wrong props does not throw, so that all errors can be shown at once', () => {
  // GIVEN
  const wrong: AirflowChartProps = {
    namespace: '?',
    name: '?',
    airflowVersion: '?',
    dags: [{ url: '?', period: Duration.millis(1) }],
    ingress: { host: '?', path: '?' },
    ...workers({ gracePeriod: Duration.millis(1) }),
    database: Database.builtIn({ storageSize: '?' }),
  };

  // THEN
  for (const [prop, value] of Object.entries(wrong)) {
    expect(() => new AirflowChart(new App(), prop, { [prop]: value })).not.toThrow();
  }
});

test.each([
  'https://ada:s3cret@gitlab.example.com/team/dags.git',
  'https://s3cret@gitlab.example.com/team/dags.git',
  'https://ada:s3cret@gitlab example.com/dags.git',
  'HTTPS://ada:s3cret@gitlab.example.com/team/dags.git',
  'ssh://git:s3cret@gitlab.example.com/team/dags.git',
  'ada:s3cret@gitlab.example.com/team/dags.git',
  'https://gitlab.example.com/team/dags.git?private_token=s3cret',
])('the secret in %s is an error, and is not shown', (url) => {
  // WHEN
  const errors = airflowErrors({ dags: [{ url }] });

  // THEN
  expect(errors).toContainEqual(expect.stringContaining('[airflow/airflow/dags] dags[0].url: '));
  expect(errors.join('\n')).not.toContain('s3cret');
});

test.each<[string, AirflowChartProps, string]>([
  ['the namespace', { namespace: 'My Namespace' }, '[airflow] namespace: '],
  ['a tag', { allComponents: { image: { tag: 'latest' } } }, '[airflow/airflow] allComponents.image.tag: '],
  ['a label', { allComponents: { labels: { team: 'a b' } } }, '[airflow/airflow] allComponents.labels["team"]: '],
  ['an address', { dags: [{ url: 'https://ada:s3cret@gitlab.example.com/dags.git' }] }, '[airflow/airflow/dags] dags[0].url: '],
])('%s that is wrong is told once, and not again for each object that it gets into', (_what, props, start) => {
  // WHEN
  const errors = airflowErrors(props);

  // THEN
  expect(errors).toEqual([expect.stringContaining(start)]);
});

function workers(props: WorkersProps): AirflowChartProps {
  return { executor: Executor.celery({ workers: props }) };
}

function httpRoute(props: Partial<HttpRouteOptions>): AirflowChartProps {
  return { httpRoute: { gateway: { name: 'public' }, host: HOST, ...props } };
}

function loadBalancer(props: LoadBalancerProps): AirflowChartProps {
  return { externalService: ExternalService.loadBalancer(props) };
}
