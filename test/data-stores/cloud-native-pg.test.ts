import { type AirflowChartProps, CaCertificates, type CloudNativePgClusterProps, Database } from '../../lib';
import { airflowErrors, synthAirflow } from '../support/synth-objects';

const CLUSTER = { name: 'team-db' };
const made = (props: Partial<CloudNativePgClusterProps> = {}) => ({ database: Database.cloudNativePgCluster({ ...CLUSTER, ...props }) });

test.each<[string, AirflowChartProps]>([
  ['one that is there', { database: Database.cloudNativePg({ cluster: 'team-db' }) }],
  ['one that is made', made()],
])('%s is connected to as the operator’s Secrets say, verified', (_what, props) => {
  // WHEN
  const objects = synthAirflow(props, (airflow) =>
    expect(airflow.secrets.database).toEqual({ secretName: 'team-db-app', key: 'password' }),
  );

  // THEN
  expect(objects.names('StatefulSet')).toEqual(['airflow-redis']);
  expect(objects.env('scheduler').AIRFLOW__DATABASE__SQL_ALCHEMY_CONN_CMD).toBe(
    "python -I /etc/airflow/connection_url.py /etc/airflow-secrets 'postgresql://{database-user}:{database}@team-db-rw:5432/{database-name}' " +
      'sslmode=verify-full sslrootcert=/etc/airflow-secrets/database-ca.crt',
  );
  const { volumes } = objects.pod('scheduler').spec;
  const { sources } = volumes.find(({ name }: { name: string }) => name === 'secrets').projected;
  const item = (name: string, key: string, path: string) => ({ secret: { name, items: [{ key, path }] } });
  expect(sources).toEqual(
    expect.arrayContaining([
      item('team-db-app', 'password', 'database'),
      item('team-db-app', 'username', 'database-user'),
      item('team-db-app', 'dbname', 'database-name'),
      item('team-db-ca', 'ca.crt', 'database-ca.crt'),
    ]),
  );
});

test('the NetworkPolicies open the way to its pods', () => {
  // WHEN
  const objects = synthAirflow({ database: Database.cloudNativePg({ cluster: 'team-db' }) });

  // THEN
  expect(objects.one('NetworkPolicy', 'airflow-scheduler').spec.egress).toContainEqual({
    ports: [{ port: 5432, protocol: 'TCP' }],
    to: [{ podSelector: { matchLabels: { 'cnpg.io/cluster': 'team-db' } } }],
  });
});

test('the authorities may be others', () => {
  // WHEN
  const objects = synthAirflow({
    database: Database.cloudNativePg({ cluster: 'team-db', ca: CaCertificates.fromConfigMap('company-ca') }),
  });

  // THEN
  expect(JSON.stringify(objects.pod('scheduler'))).toContain('company-ca');
  expect(JSON.stringify(objects.pod('scheduler'))).not.toContain('team-db-ca');
});

test('a Cluster is made with a database and a user of Airflow', () => {
  // WHEN
  const { apiVersion, metadata, spec } = synthAirflow(made()).one('Cluster', 'team-db');

  // THEN
  expect(apiVersion).toBe('postgresql.cnpg.io/v1');
  expect(metadata.labels).toMatchObject({ 'app.kubernetes.io/instance': 'airflow' });
  expect(metadata.annotations).toMatchObject({ 'argocd.argoproj.io/sync-options': 'Prune=false,Delete=false' });
  expect(spec).toEqual({
    instances: 1,
    bootstrap: { initdb: { database: 'airflow', owner: 'airflow' } },
    storage: { size: '8Gi' },
    resources: {
      requests: { cpu: '100m', memory: '256Mi', 'ephemeral-storage': '64Mi' },
      limits: { cpu: '2', memory: '1Gi', 'ephemeral-storage': '10Gi' },
    },
  });
});

test('it is made as it is asked for', () => {
  // WHEN
  const objects = synthAirflow(
    made({
      instances: 3,
      image: { repository: 'ghcr.io/cloudnative-pg/postgresql', tag: '17', pullSecrets: ['registry'] },
      storageSize: '20Gi',
      storageClassName: 'fast',
      resources: { limits: { memory: '4Gi' } },
      parameters: { max_connections: '300' },
      placement: {
        nodeSelector: { disk: 'ssd' },
        affinity: { nodeAffinity: { preferredDuringSchedulingIgnoredDuringExecution: [] } },
        priorityClassName: 'high',
      },
    }),
  );

  // THEN
  expect(objects.one('Cluster', 'team-db').spec).toMatchObject({
    instances: 3,
    imageName: 'ghcr.io/cloudnative-pg/postgresql:17',
    imagePullSecrets: [{ name: 'registry' }],
    storage: { size: '20Gi', storageClass: 'fast' },
    resources: { limits: { memory: '4Gi' } },
    postgresql: { parameters: { max_connections: '300' } },
    affinity: { nodeSelector: { disk: 'ssd' }, nodeAffinity: { preferredDuringSchedulingIgnoredDuringExecution: [] } },
    priorityClassName: 'high',
  });
});

test('its image is one of the deployment: with the Secrets for all, pinned, and among those that a registry must have', () => {
  // GIVEN
  const image = { repository: 'registry.example.com/postgresql', tag: '17.6' };
  const digest = `sha256:${'1'.repeat(64)}`;
  const images = { registry: 'registry.example.com', pullSecrets: ['registry'], pins: { 'registry.example.com/postgresql:17.6': digest } };
  let named: string[] = [];

  // WHEN
  const pinned = synthAirflow({ ...made({ image: { ...image, pullSecrets: ['postgresql'] } }), images }, (airflow) => {
    named = airflow.images;
  });
  const ofOperator = synthAirflow({ ...made(), images: { pullSecrets: ['registry'] } });

  // THEN
  const imageName = `registry.example.com/postgresql:17.6@${digest}`;
  expect(pinned.one('Cluster', 'team-db').spec).toMatchObject({
    imageName,
    imagePullSecrets: [{ name: 'registry' }, { name: 'postgresql' }],
  });
  expect(named).toContain(imageName);
  expect(ofOperator.one('Cluster', 'team-db').spec.imagePullSecrets).toEqual([{ name: 'registry' }]);
  expect(ofOperator.one('Cluster', 'team-db').spec).not.toHaveProperty('imageName');
});

test.each<[Database, string]>([
  [Database.cloudNativePg({ cluster: 'Team DB' }), 'database.cluster: "Team DB" given; expected a DNS label'],
  [Database.cloudNativePgCluster({ name: 'Team DB' }), 'database.name: "Team DB" given; expected a DNS label'],
  [made({ instances: 0 }).database, 'database.instances: 0 given; expected a whole number of 1 or more'],
  [made({ image: { tag: '17' } }).database, 'database.image: it has no repository; expected one'],
  [made({ storageSize: 'big' }).database, 'database.storageSize: "big" given; expected a Kubernetes quantity'],
  [made({ storageClassName: 'A B' }).database, 'database.storageClassName: "A B" given; expected a DNS name'],
  [
    made({ resources: { limits: { memory: '1Mi' } } }).database,
    'database.resources.limits.memory: "1Mi" given; expected at least the request',
  ],
  [made({ parameters: { 'a b': '1' } }).database, 'database.parameters["a b"]: "a b" given; expected the name of a setting'],
  [made({ placement: { priorityClassName: 'A B' } }).database, 'database.placement.priorityClassName: "A B" given; expected a DNS name'],
])('%#: an error that says %s', (database, message) => {
  expect(airflowErrors({ database })).toEqual([expect.stringContaining(`] ${message}`)]);
});
