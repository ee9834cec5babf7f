import { importedText } from '../../support/imported';
import { removeTemporaryFolders } from '../../support/temporary-folder';

afterAll(removeTemporaryFolders);

function flat(yaml: string): string {
  return importedText(yaml, { chart: 'official' })
    .replace(/\s+/g, ' ')
    .replaceAll(', }', ' }')
    .replaceAll('( ', '(')
    .replaceAll(', )', ')');
}

test.each([
  ['images.airflow.tag alone tells the version', 'images: { airflow: { tag: 3.2.1-python3.12 } }', "airflowVersion: '3.2.1'"],
  [
    'an image that is that of the version is the default',
    'defaultAirflowTag: 3.2.1',
    "executor: Executor.celery(), airflowVersion: '3.2.1' }",
  ],
  ['packages', 'extraPipPackages: [pandas==2.2.3]', "requirements: Requirements.fromList(['pandas==2.2.3'])"],
  [
    'a broker in a Secret',
    'data: { brokerUrlSecretName: b }',
    "Broker.fromUrl({ secret: { secretName: 'b' }, destination: NetworkDestination.anywhere([6379]) })",
  ],
  [
    'a broker at an address',
    'data: { brokerUrl: "redis://:hunter2@redis:6379/1" }',
    "Broker.external({ host: 'redis', password: { secretName: 'airflow-broker-login' }, databaseNumber: 1 })",
  ],
  [
    'MySQL',
    'data: { metadataConnection: { protocol: mysql, host: db } }',
    "Database.external({ engine: DatabaseEngine.MYSQL, host: 'db', name: 'postgres', user: 'postgres', password",
  ],
  ['the volume of the chart', 'postgresql: { primary: { persistence: { size: 50Gi } } }', "Database.builtIn({ storageSize: '50Gi' })"],
  [
    'DAGs on a volume',
    'dags: { persistence: { enabled: true, existingClaim: c, subPath: d } }',
    "DagBundle.volume({ claimName: 'c', path: 'd' })",
  ],
  [
    'git-sync with the defaults of the chart',
    'dags: { gitSync: { enabled: true } }',
    "dags: [ { url: 'https://github.com/apache/airflow.git', branch: 'v2-2-stable', path: 'tests/dags' }, ]",
  ],
  [
    'a token in the address of git',
    'dags: { gitSync: { enabled: true, repo: "https://x:hunter2@git.example.com/a.git", subPath: "" } }',
    "url: 'https://git.example.com/a.git', branch: 'v2-2-stable', credentials: GitCredentials.token({ secretName: 'airflow-git-login' })",
  ],
  [
    'a commit',
    'dags: { gitSync: { enabled: true, rev: 0123456789012345678901234567890123456789x } }',
    "ref: '0123456789012345678901234567890123456789x'",
  ],
  [
    'SSH without known hosts',
    'dags: { gitSync: { enabled: true, repo: "git@g:a.git", sshKey: hunter2 } }',
    "GitCredentials.sshKey({ secretName: 'airflow-ssh-secret', privateKeyKey: 'gitSshKey', disableHostKeyChecking: true })",
  ],
  [
    'logs in Elasticsearch',
    'elasticsearch: { enabled: true, connection: { scheme: https, host: es, port: 9243, pass: hunter2 } }',
    "Logs.elasticsearch({ url: 'https://es:9243' })",
  ],
  [
    'an exporter with labels, annotations and a user',
    'statsd: { labels: { a: b }, podAnnotations: { c: d }, securityContexts: { pod: { runAsUser: 7 } } }',
    "Metrics.statsd({ labels: { a: 'b' }, annotations: { c: 'd' }, securityContext: SecurityContext.withIds({ runAsUser: 7 }) })",
  ],
  [
    'PgBouncer with labels and annotations',
    'pgbouncer: { enabled: true, labels: { a: b }, podAnnotations: { c: d } }',
    "labels: { a: 'b' }, annotations: { c: 'd' }",
  ],
  ['an exporter with resources', 'statsd: { resources: { limits: { memory: 64Mi } } }', 'metrics: Metrics.statsd({ resources:'],
  [
    'KEDA',
    'workers: { keda: { enabled: true, cooldownPeriod: 60 } }',
    'Autoscaling.keda({ maxReplicas: 10, cooldownPeriod: Duration.seconds(60) })',
  ],
  [
    'several executors',
    'executor: CeleryExecutor,KubernetesExecutor\nworkers: { labels: { a: b } }',
    "Executor.several(Executor.celery({ workers: { labels: { a: 'b' } } }), Executor.kubernetes({ tasks: { labels: { a: 'b' } } }))",
  ],
  [
    'a queue',
    'workers: { celery: { queue: "default,b", replicas: 3 }, replicas: 2 }',
    "workers: { queues: ['default', 'b'], replicas: 3 }",
  ],
  [
    'one ingress for all',
    'ingress: { enabled: true, web: { hosts: [a.example.com, b.example.com] } }',
    "ingress: { host: 'a.example.com', additionalHosts: ['b.example.com'] }",
  ],
  [
    'Flower',
    'flower: { enabled: true, secretName: f }\ningress: { flower: { enabled: true, hosts: [{ name: f.example.com }] } }',
    "flower: { basicAuth: { secretName: 'f' }, ingress: { host: 'f.example.com' } }",
  ],
  [
    'a webserver_config.py in a ConfigMap',
    'webserver: { webserverConfigConfigMapName: w }',
    "Content.fromConfigMap({ configMapName: 'w', key: 'webserver_config.py' })",
  ],
  ['days of logs', 'workers: { logGroomerSidecar: { retentionDays: 30 } }', 'logRetention: Duration.days(30)'],
  ['no admin', 'webserver: { defaultUser: { enabled: false } }', 'admin: { enabled: false }'],
  ['no Job that makes an admin', 'createUserJob: { enabled: false }', 'admin: { enabled: false }'],
  [
    'a port of the nodes',
    'webserver: { service: { type: NodePort, ports: [{ name: ui, port: 8080, nodePort: 30080 }] } }',
    'externalService: ExternalService.nodePort({ port: 8080, nodePort: 30080 })',
  ],
  [
    'a load balancer',
    'apiServer: { service: { type: LoadBalancer, loadBalancerSourceRanges: [10.0.0.0/8], annotations: { a: b } } }',
    "ExternalService.loadBalancer({ port: 8080, sourceRanges: ['10.0.0.0/8'], annotations: { a: 'b' } })",
  ],
  ['a volume for logs that is there', 'logs: { persistence: { enabled: true, existingClaim: c } }', "logs: Logs.volume('c')"],
  [
    'one that is made',
    'logs: { persistence: { enabled: true, storageClassName: efs } }',
    "logs: Logs.newVolume({ claimName: 'airflow-logs', storageSize: '100Gi', storageClassName: 'efs' })",
  ],
  [
    'options that are variables',
    `env: [{ name: AIRFLOW__LOGGING__REMOTE_LOGGING, value: "True" }, { name: TZ, value: UTC }]
extraEnv: "[{ name: AIRFLOW__LOGGING__REMOTE_BASE_LOG_FOLDER, value: 'gs://logs/a' }]"`,
    "env: { TZ: EnvValue.fromValue('UTC') } }, logs: Logs.gcs({ bucket: 'logs', folder: 'a' })",
  ],
  [
    'keys and the database that variables have from Secrets',
    `secret: [{ envName: AIRFLOW__CORE__FERNET_KEY, secretName: keys, secretKey: f }, { envName: AIRFLOW__DATABASE__SQL_ALCHEMY_CONN, secretName: db, secretKey: uri }]`,
    "database: Database.fromUrl({ secret: { secretName: 'db', key: 'uri' }, destination: NetworkDestination.anywhere([5432]) }), credentials: Credentials.existing({ fernetKey: { secretName: 'keys', key: 'f' } })",
  ],
  ['a digest behind the tag', `images: { airflow: { tag: "latest@sha256:${'0'.repeat(64)}" } }`, `tag: 'latest', digest: 'sha256:000`],
  [
    'bundles of DAGs',
    `dagProcessor:
  dagBundleConfigList:
    - { name: a, classpath: airflow.providers.git.bundles.git.GitDagBundle, kwargs: { repo_url: "https://g/a.git", tracking_ref: main, subdir: d, git_conn_id: g, refresh_interval: 60 } }`,
    "dagBundles: [ DagBundle.git({ name: 'a', url: 'https://g/a.git', branch: 'main', path: 'd', connectionId: 'g', refreshInterval: Duration.seconds(60) }), ]",
  ],
  [
    'the same as an option',
    `config: { dag_processor: { dag_bundle_config_list: '[{"name": "b", "classpath": "airflow.providers.amazon.aws.bundles.s3.S3DagBundle", "kwargs": {"bucket_name": "dags", "prefix": "p", "aws_conn_id": "c"}}]' } }`,
    "dagBundles: [DagBundle.s3({ name: 'b', bucket: 'dags', prefix: 'p', connectionId: 'c' })]",
  ],
  [
    'an address of SSH, for which a token is of no use',
    'dags: { gitSync: { enabled: true, repo: "ssh://git@g.example.com/a.git", credentialsSecret: c, subPath: "" } }',
    "credentials: GitCredentials.sshKey({ secretName: 'airflow-ssh-secret', privateKeyKey: 'gitSshKey', disableHostKeyChecking: true })",
  ],
  [
    'a probe of which something is not the default: all its times',
    'scheduler: { livenessProbe: { timeoutSeconds: 20, periodSeconds: 30 } }',
    'probes: { liveness: { period: Duration.seconds(30), timeout: Duration.seconds(20) } }',
  ],
  [
    'the API server over its forerunner',
    'webserver: { replicas: 2, labels: { a: b } }\napiServer: { replicas: 3 }',
    "apiServer: { replicas: 3, labels: { a: 'b' } }",
  ],
])('%s', (_what, yaml, expected) => {
  const program = flat(yaml);
  expect(program).toContain(expected);
  expect(program).not.toContain('hunter2');
});

test.each([
  ['tasks at a time', 'config: { celery: { worker_concurrency: 16 } }', 'workers: { concurrency: 16 }'],
  ['an exporter', 'statsd: { enabled: true }', 'metrics: Metrics.statsd()'],
  ['time to end', 'triggerer: { terminationGracePeriodSeconds: 60 }', 'terminationGracePeriod: Duration.seconds(60)'],
  ['a strategy', 'dagProcessor: { strategy: { rollingUpdate: { maxSurge: "100%" } } }', "rollingUpdate({ maxSurge: '100%' })"],
  ['nodes that go', 'workers: { safeToEvict: false }', "safe-to-evict': 'false'"],
  ['pods at most', 'workers: { keda: { enabled: true, maxReplicaCount: 10, pollingInterval: 5 } }', 'pollingInterval: Duration.seconds(5)'],
  [
    'connections',
    'pgbouncer: { enabled: true, metadataPoolSize: 10, maxClientConn: 100 }\ndata: { metadataConnection: { host: db } }',
    'pgBouncer: { poolSize: 10, maxClientConnections: 100 }',
  ],
])('%s that the library has otherwise are taken over, though they are the default of the chart', (_what, yaml, expected) => {
  expect(flat(yaml)).toContain(expected);
});

test('a request above the limit of the library has a limit as high', () => {
  const program = flat('workers: { resources: { requests: { cpu: 3, memory: 4Gi } } }');
  expect(program).toContain("resources: { requests: { cpu: '3', memory: '4Gi' }, limits: { memory: '4Gi', cpu: '3' } }");
  expect(program).toContain('// executor.workers.resources.requests.memory // it is above the limit that the library has by itself');
});

test.each([
  'dagProcessor: { enabled: true }',
  'executor: KubernetesExecutor\nredis: { enabled: false }',
  'defaultAirflowTag: 3.2.1\nairflowVersion: 3.2.1',
  'scheduler: { securityContext: { runAsNonRoot: true, seccompProfile: { type: RuntimeDefault }, capabilities: { drop: [ALL] } } }',
  'executor: KubernetesExecutor\nworkers: { replicas: 0, strategy: { rollingUpdate: { maxSurge: "100%" } } }\nconfig: { celery: { worker_concurrency: 16 } }',
  'pgbouncer: { enabled: false, auth_type: md5 }\nimages: { gitSync: { tag: v3.6.9 } }\nworkers: { keda: { enabled: false, minReplicaCount: 1 } }',
  'dags: { gitSync: { enabled: true, subPath: dags } }',
  'postgresql: { auth: { username: airflow }, primary: { persistence: { enabled: true } } }',
])('of %s, which the program has, nothing is told', (yaml) => {
  expect(flat(yaml)).not.toMatch(/could not be taken over|put the key/);
});

test.each([
  [
    'a group that is none',
    'workers: { celery: { sets: [5, { queue: a }] } }',
    ['workers.celery.sets[0]: 5', 'a group of workers is a map with a name'],
  ],
  ['a DAG processor that is off', 'dagProcessor: { enabled: false }', ['nothing: Airflow 3 always has one']],
  ['git-sync without an address', 'dags: { gitSync: { enabled: true, repo: "" } }', ['say which repository, as url of dags']],
  [
    'a token for SSH',
    'dags: { gitSync: { enabled: true, repo: "git@g.example.com:a.git", credentialsSecret: c } }',
    ['nothing: the address is one of SSH', 'put the key into the Secret airflow-ssh-secret, key gitSshKey'],
  ],
  [
    'a key for HTTP',
    'dags: { gitSync: { enabled: true, repo: "https://g.example.com/a.git", sshKeySecret: c } }',
    ['nothing: the address is one of HTTP'],
  ],
  [
    'a volume of DAGs that the chart makes',
    'dags: { persistence: { enabled: true, size: 3Gi } }',
    ['make the PersistentVolumeClaim airflow-dags, which several nodes can read at a time'],
  ],
  [
    'a bundle whose address is in its connection',
    'dagProcessor: { dagBundleConfigList: [{ name: a, classpath: GitDagBundle, kwargs: { git_conn_id: g } }] }',
    ['dagProcessor.dagBundleConfigList[0]', 'dagBundles, with what its class and its connection say'],
  ],
  [
    'a tag of Redis that moves',
    'images: { redis: { tag: 7-bullseye } }',
    ['images.redis.tag: "7-bullseye" // it moves to each new version'],
  ],
  [
    'how fast pods come and go',
    'workers: { keda: { enabled: true, advanced: { horizontalPodAutoscalerConfig: { behavior: { scaleDown: { stabilizationWindowSeconds: 60 } } } } } }',
    ['a patch of the autoscaler: how fast'],
  ],
  [
    'a store for logs that no factory says',
    'config: { logging: { remote_logging: "True", remote_base_log_folder: "wasb-logs" } }',
    ['config.logging.remote_logging: "True"'],
  ],
  ['results of tasks', 'data: { resultBackendSecretName: r }', ['nothing: the broker keeps the results of tasks']],
])('of %s it is told what becomes of it', (_what, yaml, expected) => {
  const program = flat(yaml);
  for (const text of expected) expect(program).toContain(text);
  expect(program).not.toContain('to be mended');
});

test("what is a patch, or an object of one's own, is a comment", () => {
  expect(flat('workers: { command: [sleep] }\nkerberos: { enabled: true }\nlimits: [{ a: 1 }]')).toContain(
    '// workers.command: ["sleep"] // a patch // kerberos.enabled: true // with the chart values; without it containers in podParts // limits: [{"a":1}] // a ResourceQuota',
  );
});
