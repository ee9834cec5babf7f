import { importedText } from '../../support/imported';
import { removeTemporaryFolders } from '../../support/temporary-folder';

afterAll(removeTemporaryFolders);

function flat(yaml: string): string {
  return importedText(yaml, { chart: 'bitnami' }).replace(/\s+/g, ' ').replaceAll(', }', ' }').replaceAll('( ', '(').replaceAll(', )', ')');
}

test.each([
  ['the name of the first user is that of the chart', 'executor: CeleryExecutor', "admin: { username: 'user' }"],
  ['the keys of a Secret that is there', 'auth: { existingSecret: a }', "fernetKey: { secretName: 'a', key: 'airflow-fernet-key' }"],
  [
    'keys that stand in the values',
    'auth: { jwtSecretKey: hunter2 }',
    "Credentials.existing({ jwtSecret: { secretName: 'airflow-jwt-secret', key: 'jwt-secret' } })",
  ],
  [
    'DAGs by SSH',
    'dags: { enabled: true, repositories: [{ repository: "git@g:a.git", branch: b }], existingSshKeySecret: s }',
    "[ { url: 'git@g:a.git', branch: 'b', credentials: GitCredentials.sshKey({ secretName: 's', disableHostKeyChecking: true }) }, ]",
  ],
  [
    'several repositories',
    'dags: { enabled: true, repositories: [{ repository: "https://g.example.com/a.git", path: /dags/ }, { repository: "https://hunter2@g.example.com/b.git" }] }',
    "[ { url: 'https://g.example.com/a.git', path: 'dags' }, { url: 'https://g.example.com/b.git', credentials:",
  ],
  [
    'what git-sync has',
    'git: { dags: { enabled: true, repositories: [{ repository: "https://g.example.com/a.git" }] }, sync: { resources: { limits: { memory: 64Mi } }, extraEnvVars: [{ name: A, value: b }] } }',
    "gitSync: { resources: { requests: { memory: '64Mi' }, limits: { memory: '64Mi' } }, env: { A: EnvValue.fromValue('b') } }",
  ],
  [
    'ids of the platform',
    'web: { podSecurityContext: { enabled: false }, containerSecurityContext: { enabled: false, runAsUser: 1001 } }',
    'apiServer: { securityContext: SecurityContext.assignedByPlatform() }',
  ],
  [
    'rights of tasks',
    'rbac: { create: true, rules: [{ apiGroups: [""], resources: [pods], verbs: [get, list] }] }',
    "taskPermissions: [ TaskPermission.rule({ apiGroups: [''], resources: ['pods'], verbs: ['get', 'list'] }), ]",
  ],
  [
    'a URL of a database in a Secret',
    'postgresql: { enabled: false }\nexternalDatabase: { existingSecret: d, existingSecretSqlConnectionKey: url }',
    "Database.fromUrl({ secret: { secretName: 'd', key: 'url' }, destination: NetworkDestination.anywhere([5432]) })",
  ],
  [
    'a password of a database',
    'postgresql: { enabled: false }\nexternalDatabase: { host: db, password: hunter2, port: 5433 }',
    "Database.external({ host: 'db', port: 5433, name: 'bitnami_airflow', user: 'bn_airflow', password: { secretName: 'airflow-database-login' } })",
  ],
  [
    'Redis that is there',
    'redis: { enabled: false }\nexternalRedis: { host: r, username: u, existingSecret: s }',
    "Broker.external({ host: 'r', user: 'u', password: { secretName: 's', key: 'redis-password' } })",
  ],
  ['Redis without a password', 'redis: { enabled: false }\nexternalRedis: { host: r }', "Broker.external({ host: 'r' })"],
  [
    'volumes',
    'postgresql: { primary: { persistence: { size: 20Gi, storageClass: fast } } }',
    "Database.builtIn({ storageSize: '20Gi', storageClassName: 'fast' })",
  ],
  [
    'an Ingress with the certificate of the chart',
    'ingress: { enabled: true, hostname: a.example.com, tls: true, extraHosts: [{ name: b.example.com }] }',
    "ingress: { host: 'a.example.com', additionalHosts: ['b.example.com'], tls: IngressTls.secret('a.example.com-tls') }",
  ],
  [
    'an Ingress with one of the user',
    'ingress: { enabled: true, extraTls: [{ hosts: [airflow.local], secretName: t }] }',
    "ingress: { host: 'airflow.local', tls: IngressTls.secret('t') }",
  ],
  ['a node port', 'service: { type: NodePort, nodePorts: { http: 30080 } }', 'ExternalService.nodePort({ port: 8080, nodePort: 30080 })'],
  [
    'metrics with a monitor',
    'metrics: { enabled: true, serviceMonitor: { enabled: true } }',
    'Metrics.statsd({ scraping: MetricsScraping.serviceMonitor() })',
  ],
  ['examples', 'loadExamples: true', "config: { core: { load_examples: 'True' } }"],
  [
    'options that win',
    'configuration: { core: { a: 1, parallelism: 2 } }\noverrideConfiguration: { core: { parallelism: 3 } }',
    "config: { core: { a: '1', parallelism: '3' } }",
  ],
  [
    'autoscaling of later versions',
    'worker: { autoscaling: { hpa: { enabled: true, minReplicas: 2, maxReplicas: 9 } } }',
    'workers: { autoscaling: Autoscaling.cpu({ minReplicas: 2, maxReplicas: 9 }) }',
  ],
  ['Kubernetes', 'executor: KubernetesExecutor\nworker: { podLabels: { a: b } }', "Executor.kubernetes({ tasks: { labels: { a: 'b' } } })"],
])('%s', (_what, yaml, expected) => {
  const program = flat(yaml);
  expect(program).toContain(expected);
  expect(program).not.toContain('hunter2');
});

test.each(['', 'worker: '])('requirements in a ConfigMap are told of, also beside other volumes, of %j', (component) => {
  // GIVEN
  const volumes = 'extraVolumes: [{ name: r, configMap: { name: c } }, { name: x, emptyDir: {} }]';
  const mounts = 'extraVolumeMounts: [{ name: r, mountPath: /bitnami/python/ }, { name: x, mountPath: /x }]';
  const all = `${volumes}, ${mounts}`;

  // WHEN
  const program = flat(component ? `${component}{ ${all} }` : all.replace(', extraVolumeMounts', '\nextraVolumeMounts'));

  // THEN
  expect(program).toContain("// requirements: Requirements.fromFile('requirements.txt')");
  expect(program).toContain("podParts: [ { volumes: [{ name: 'x', emptyDir: {} }], volumeMounts: [{ name: 'x', mountPath: '/x' }]");
});

test('a directory has the users, by roles in the form of Python', () => {
  const yaml =
    "ldap: { enabled: true, uri: 'ldap://l', basedn: 'dc=a', binddn: 'cn=b', tls: { enabled: true }, rolesMapping: \"{ 'cn=c': ['Op'] }\" }";
  expect(flat(yaml)).toContain("roles: { 'cn=c': ['Op'] }, defaultRole: 'Public' })");
  expect(flat(yaml)).toContain('startTls: true');
  expect(flat(yaml.replace("{ 'cn=c'", 'nonsense'))).toContain('// ldap.rolesMapping: "nonsense');
});

test.each([
  'ldap: { enabled: false, uri: "ldap://a" }',
  'metrics: { enabled: false, image: { tag: "1" } }',
  'git: { dags: { enabled: false, repositories: [{ repository: "" }] } }',
  'worker: { autoscaling: { enabled: false, maxReplicas: 9 } }',
  'executor: KubernetesExecutor\nworker: { livenessProbe: { enabled: false, periodSeconds: 9 }, autoscaling: { enabled: true } }',
  'web: { containerSecurityContext: { runAsNonRoot: true, privileged: false } }',
])('of %s, which sets nothing, nothing is told', (yaml) => {
  expect(flat(yaml)).not.toContain('could not be taken over');
});
