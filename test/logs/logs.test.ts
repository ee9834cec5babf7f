import { App } from 'cdk8s';
import { Construct } from 'constructs';
import {
  type AirflowChartProps,
  CaCertificates,
  Connection,
  Delivery,
  Distribution,
  Executor,
  Logs,
  NetworkDestination,
  Requirements,
} from '../../lib';
import { PropValidator } from '../../lib/validation/prop-validator';
import { airflowErrors, synthAirflow } from '../support/synth-objects';

const ARN = 'arn:aws:logs:eu-central-1:111122223333:log-group:/team/airflow';
const SEARCH = 'https://search.example.com:9200';
const SECRET = { secretName: 'store', key: 'uri' };
const MINIO = Connection.fromParts({
  type: 'aws',
  extra: { endpoint_url: 'http://minio.minio.svc:9000' },
  secrets: { login: { secretName: 'minio', key: 'access-key' }, password: { secretName: 'minio', key: 'secret-key' } },
});

/** The components whose NetworkPolicies let them connect to a peer. */
function whoReaches(props: AirflowChartProps, peer: object): string[] {
  const policies = synthAirflow(props).all.filter(({ kind }) => kind === 'NetworkPolicy');
  const reaching = policies.filter(({ spec }) => JSON.stringify(spec.egress ?? []).includes(JSON.stringify(peer).slice(1, -1)));
  return reaching.map(({ metadata }) => metadata.name.replace('airflow-', '')).sort();
}

test.each([
  ['S3', Logs.s3({ bucket: 'logs' }), '169.254.170.23/32'],
  ['CloudWatch', Logs.cloudWatch({ logGroupArn: ARN }), '169.254.170.23/32'],
  ['GCS', Logs.gcs({ bucket: 'logs', destination: NetworkDestination.cidr('10.20.0.0/16', [443]) }), '169.254.169.254/32'],
  [
    'S3, by a connection without a login',
    Logs.s3({ bucket: 'logs', connection: Connection.fromParts({ type: 'aws', extra: { region_name: 'eu-central-1' } }) }),
    '169.254.170.23/32',
  ],
  [
    'Azure',
    Logs.azureBlob({ container: 'logs', connection: Connection.fromParts({ type: 'wasb', host: 'https://a.blob.core.windows.net' }) }),
    '169.254.169.254/32',
  ],
])('without a login at %s those that write and read ask the cloud who they are', (_what, logs, cidr) => {
  const reaching = whoReaches({ logs }, { ipBlock: { cidr } });
  expect(reaching).toEqual(['api-server', 'triggerer', 'worker']);
});

test('with a login nobody asks', () => {
  expect(whoReaches({ logs: Logs.s3({ bucket: 'logs', connection: MINIO }) }, { ipBlock: { cidr: '169.254.170.23/32' } })).toEqual([]);
});

test('a volume is given to the group that Airflow writes as, in pods that have it, and nowhere else', () => {
  // WHEN
  const objects = synthAirflow({ logs: Logs.volume('logs') });
  const groupOf = (component: string) => objects.pod(component).spec.securityContext?.fsGroup;

  // THEN
  expect(['api-server', 'triggerer', 'worker'].map(groupOf)).toEqual([0, 0, 0]);
  expect(['scheduler', 'dag-processor', 'migrate'].map(groupOf)).toEqual([undefined, undefined, undefined]);
});

test('a volume is made where it is told so, and GitOps tools let it stay', () => {
  // WHEN
  const objects = synthAirflow({ logs: Logs.newVolume({ claimName: 'logs', storageSize: '1.5Ti', storageClassName: 'efs' }) });

  // THEN
  expect(objects.one('PersistentVolumeClaim', 'logs')).toMatchObject({
    metadata: { annotations: { 'argocd.argoproj.io/sync-options': 'Prune=false,Delete=false' } },
    spec: { accessModes: ['ReadWriteMany'], storageClassName: 'efs', resources: { requests: { storage: '1536Gi' } } },
  });
  expect(synthAirflow({ logs: Logs.newVolume({ claimName: 'logs' }) }).one('PersistentVolumeClaim', 'logs').spec).toEqual({
    accessModes: ['ReadWriteMany'],
    resources: { requests: { storage: '8Gi' } },
  });
});

test('what is wrong with a volume is told', () => {
  expect(airflowErrors({ logs: Logs.newVolume({ claimName: 'L', storageSize: 'big', storageClassName: 'A b' }) })).toEqual([
    expect.stringContaining('] logs.claimName: "L" given'),
    expect.stringContaining('] logs.storageSize: "big" given'),
    expect.stringContaining('] logs.storageClassName: "A b" given'),
  ]);
});

test('without the prop nothing is kept', () => {
  expect(synthAirflow().airflowConfig.logging).not.toHaveProperty('remote_logging');
});

test.each<[string, Logs, object]>([
  ['S3', Logs.s3({ bucket: 'logs' }), { logging: { remote_base_log_folder: 's3://logs/airflow-logs', remote_log_conn_id: '' } }],
  ['the bucket itself', Logs.gcs({ bucket: 'logs', folder: '' }), { logging: { remote_base_log_folder: 'gs://logs' } }],
  [
    'S3, by a connection',
    Logs.s3({ bucket: 'logs', folder: 'team/a', connection: MINIO }),
    { logging: { remote_base_log_folder: 's3://logs/team/a', remote_log_conn_id: 'cdk8s_airflow_logs' } },
  ],
  ['GCS', Logs.gcs({ bucket: 'logs' }), { logging: { remote_base_log_folder: 'gs://logs/airflow-logs', remote_log_conn_id: '' } }],
  [
    'Azure',
    Logs.azureBlob({ container: 'logs', connection: Connection.fromSecret(SECRET) }),
    {
      logging: { remote_base_log_folder: 'wasb-airflow-logs', remote_log_conn_id: 'cdk8s_airflow_logs' },
      azure_remote_logging: { remote_wasb_log_container: 'logs' },
    },
  ],
  [
    'CloudWatch',
    Logs.cloudWatch({ logGroupArn: ARN }),
    { logging: { remote_base_log_folder: `cloudwatch://${ARN}`, remote_log_conn_id: '' } },
  ],
])('%s is told by options', (_what, logs, options) => {
  // WHEN
  const { airflowConfig } = synthAirflow({ logs });

  // THEN
  expect(airflowConfig).toMatchObject(options);
  expect(airflowConfig.logging.remote_logging).toBe('True');
});

test('the connection is a file of those that ask for connections themselves, beside the others', () => {
  // WHEN
  const objects = synthAirflow({
    logs: Logs.s3({ bucket: 'logs', connection: MINIO }),
    connections: { shop: Connection.fromSecret(SECRET) },
  });

  // THEN
  const { connections } = JSON.parse(objects.one('ConfigMap', 'airflow-connections').data['index.json']);
  expect(Object.keys(connections)).toEqual(['shop', 'cdk8s_airflow_logs']);
  expect(JSON.stringify(objects.pod('worker'))).not.toContain('minio');
});

test.each<[string, AirflowChartProps, string[]]>([
  ['Celery', {}, ['api-server', 'triggerer', 'worker']],
  ['Local', { executor: Executor.local() }, ['api-server', 'scheduler', 'triggerer']],
  ['Kubernetes', { executor: Executor.kubernetes() }, ['api-server', 'task', 'triggerer']],
])('under %s those who write or read logs get to the store, and no others', (_name, props, expected) => {
  // GIVEN
  const logs = Logs.s3({ bucket: 'logs', connection: MINIO });
  const namespace = { 'kubernetes.io/metadata.name': 'minio' };

  // THEN
  expect(whoReaches({ ...props, logs }, namespace)).toEqual(expected);
});

test('where the store is can be said', () => {
  // GIVEN
  const logs = Logs.gcs({ bucket: 'logs', destination: NetworkDestination.cidr('10.20.0.0/16', [443]) });

  // THEN
  expect(whoReaches({ logs }, { cidr: '10.20.0.0/16' })).toEqual(['api-server', 'triggerer', 'worker']);
});

test.each<[string, AirflowChartProps, string[]]>([
  ['Celery', {}, ['api-server', 'triggerer', 'worker']],
  ['Local', { executor: Executor.local() }, ['api-server', 'scheduler', 'triggerer']],
])('under %s a volume is shared by those who write or read logs', (_name, props, expected) => {
  // WHEN
  const templates = synthAirflow({ ...props, logs: Logs.volume('airflow-logs') }).podTemplates();

  // THEN
  const sharing = Object.keys(templates).filter((name) => JSON.stringify(templates[name]).includes('"claimName":"airflow-logs"'));
  expect(sharing.sort()).toEqual(expected);
});

test('the pods of tasks have the volume too', () => {
  // WHEN
  const objects = synthAirflow({ executor: Executor.kubernetes(), logs: Logs.volume('airflow-logs') });

  // THEN
  expect(objects.one('ConfigMap', 'airflow-task').data['pod_template.yaml']).toContain('claimName: airflow-logs');
});

test('the Bitnami chart has no place for what search engines take', () => {
  // GIVEN
  const distribution = Distribution.bitnamiChart({ version: '25.0.2', delivery: Delivery.argoApplication() });

  // THEN
  const errors = airflowErrors({ distribution, logs: Logs.elasticsearch({ url: SEARCH }) });
  expect(errors).toEqual([expect.stringContaining("] logs: Bitnami's chart waits for the database with containers")]);
});

test('the Bitnami chart has no value for a volume', () => {
  // GIVEN
  const distribution = Distribution.bitnamiChart({ version: '25.0.2', delivery: Delivery.argoApplication() });

  // THEN
  expect(airflowErrors({ distribution, logs: Logs.volume('logs') })).toEqual([expect.stringContaining('] logs: ')]);
});

test.each<[Logs, string]>([
  [Logs.s3({ bucket: 'My Logs' }), 'bucket: "My Logs" given; expected the name of a bucket'],
  [Logs.s3({ bucket: 'logs', folder: '/a' }), 'folder: "/a" given; expected a folder in the bucket'],
  [Logs.gcs({ bucket: 'A' }), 'bucket: "A" given; expected the name of a bucket'],
  [Logs.gcs({ bucket: 'logs', folder: 'a//b' }), 'folder: "a//b" given; expected a folder in the bucket'],
  [
    Logs.azureBlob({ container: 'a--b', connection: Connection.fromSecret(SECRET) }),
    'container: "a--b" given; expected the name of a container',
  ],
  [
    Logs.azureBlob({ container: 'logs', folder: 'x', connection: Connection.fromSecret(SECRET) }),
    'folder: "x" given; expected a folder whose',
  ],
  [
    Logs.cloudWatch({ logGroupArn: 'arn:aws:logs:eu-central-1:1:log-group:a' }),
    'logGroupArn: "arn:aws:logs:eu-central-1:1:log-group:a" given',
  ],
  [Logs.elasticsearch({ url: 'search.example.com' }), 'url: it is not the address of a server; expected one as'],
  [Logs.elasticsearch({ url: 'https://search.example.com/path' }), 'url: it is not the address of a server'],
  [Logs.openSearch({ url: 'https://me:secret@search.example.com' }), 'url: it has a login in it; expected that in a Secret'],
  [Logs.openSearch({ url: SEARCH, user: 'a' }), 'password: it is missing; expected both user and password, or neither'],
  [Logs.openSearch({ url: SEARCH, password: { secretName: 'a' } }), 'user: it is missing; expected both user and password, or neither'],
  [Logs.openSearch({ url: SEARCH, user: 'a:b', password: { secretName: 'a' } }), 'user: "a:b" given; expected the name of a user'],
  [Logs.openSearch({ url: SEARCH, user: 'a', password: { secretName: 'A' } }), 'password.secretName: "A" given'],
  [Logs.elasticsearch({ url: SEARCH, apiKey: { secretName: 'A' } }), 'apiKey.secretName: "A" given'],
  [Logs.elasticsearch({ url: SEARCH, index: '_logs' }), 'index: "_logs" given; expected the name of an index'],
  [Logs.s3({ bucket: 'logs', destination: NetworkDestination.namespace('A') }), 'destination: "A" given; expected a DNS label'],
])('%# is an error', (logs, message) => {
  // GIVEN
  const validator = new PropValidator(new Construct(new App(), 'test'));

  // WHEN
  logs._plan.validate(validator, 'logs');

  // THEN
  expect(validator.errors).toEqual([expect.stringContaining(`logs.${message}`)]);
});

test('an index of OpenSearch is written to and read by its own name alone, and who answers is verified', () => {
  // GIVEN
  const requirements = Requirements.fromList(['apache-airflow-providers-opensearch']);
  const logs = Logs.openSearch({ url: SEARCH, index: 'team', user: 'airflow', password: { secretName: 'search' } });

  // WHEN
  const objects = synthAirflow({ logs, requirements });

  // THEN
  expect(objects.airflowConfig).toMatchObject({
    logging: { remote_logging: 'True', remote_base_log_folder: '' },
    opensearch: {
      host: 'https://search.example.com',
      port: '9200',
      username: 'airflow',
      target_index: 'team',
      index_patterns: 'team',
      write_to_os: 'True',
      json_format: 'True',
    },
    opensearch_configs: { use_ssl: 'True', verify_certs: 'True', ssl_assert_hostname: 'search.example.com' },
  });
});

test('an index of Elasticsearch is too; without TLS there is nobody to verify', () => {
  expect(synthAirflow({ logs: Logs.elasticsearch({ url: SEARCH }) }).airflowConfig).toMatchObject({
    elasticsearch: { host: SEARCH, target_index: 'airflow-logs', index_patterns: 'airflow-logs', write_to_es: 'True', json_format: 'True' },
    elasticsearch_configs: { verify_certs: 'True' },
  });
  const plain = synthAirflow({ logs: Logs.elasticsearch({ url: 'http://search.example.com' }) }).airflowConfig;
  expect(plain.elasticsearch.host).toBe('http://search.example.com:80');
  expect(plain).not.toHaveProperty('elasticsearch_configs');
});

test.each<[string, Logs, object]>([
  [
    'OpenSearch',
    Logs.openSearch({ url: SEARCH, user: 'airflow', password: { secretName: 'search' } }),
    { AIRFLOW__OPENSEARCH__PASSWORD_CMD: 'cat /etc/airflow-logs/password' },
  ],
  [
    'Elasticsearch',
    Logs.elasticsearch({ url: SEARCH, apiKey: { secretName: 'search', key: 'encoded' } }),
    { AIRFLOW__ELASTICSEARCH_CONFIGS__API_KEY: { secretKeyRef: { name: 'search', key: 'encoded' } } },
  ],
])('the login at %s is with those that write or read logs, and with no others', (_name, logs, variables) => {
  // GIVEN
  const requirements = Requirements.fromList(['apache-airflow-providers-opensearch']);
  const executor = Executor.several(Executor.celery(), Executor.kubernetes());

  // WHEN
  const objects = synthAirflow({ logs, requirements, executor });

  // THEN
  const templates = objects.podTemplates();
  const having = Object.keys(templates).filter((name) => /"(secretName|name)":"search"/.test(JSON.stringify(templates[name])));
  expect(having.sort()).toEqual(['api-server', 'triggerer', 'worker']);
  expect(objects.env('worker')).toMatchObject(variables);
  expect(objects.one('ConfigMap', 'airflow-task').data['pod_template.yaml']).toContain('name: search');
});

test('certificates of ones own are named to a client that looks for no variable', () => {
  // GIVEN
  const caCertificates = CaCertificates.fromConfigMap('company-ca');

  // WHEN
  const objects = synthAirflow({ caCertificates, logs: Logs.elasticsearch({ url: SEARCH }) });

  // THEN: the file is in all pods that read the option
  const { ca_certs: file } = objects.airflowConfig.elasticsearch_configs;
  expect(file).toBe(objects.env('worker').SSL_CERT_FILE);
  for (const component of ['api-server', 'scheduler', 'dag-processor', 'triggerer', 'worker']) {
    expect(objects.container(component).volumeMounts).toContainEqual(expect.objectContaining({ name: 'ca-bundle' }));
  }
});

test('where a search engine is follows from its address, or is said', () => {
  const url = 'http://opensearch.search.svc.cluster.local:9200';
  const expected = ['api-server', 'triggerer', 'worker'];
  expect(whoReaches({ logs: Logs.elasticsearch({ url }) }, { 'kubernetes.io/metadata.name': 'search' })).toEqual(expected);
  const destination = NetworkDestination.cidr('10.20.0.0/16', [9200]);
  expect(whoReaches({ logs: Logs.elasticsearch({ url: SEARCH, destination }) }, { cidr: '10.20.0.0/16' })).toEqual(expected);
});

test('what hands out logs of running tasks asks no store', () => {
  const { 'log-server': server } = synthAirflow({ logs: Logs.s3({ bucket: 'logs' }) }).initContainers('worker');
  expect(server.env).toContainEqual({ name: '_AIRFLOW__AS_LIBRARY', value: '1' });
});

test('an option that the prop sets is an error in config', () => {
  // GIVEN
  const config = { logging: { remote_base_log_folder: 's3://other' } };

  // THEN
  expect(airflowErrors({ config, logs: Logs.s3({ bucket: 'logs' }) })).toEqual([expect.stringContaining('use the prop logs')]);
});
