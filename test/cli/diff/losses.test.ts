import { compare } from '../../../cli/diff/compare';
import { lossesOf } from '../../../cli/diff/losses';
import { type AirflowChartProps, BackupStore, Broker, Credentials, Database, Executor, NetworkDestination } from '../../../lib';
import { synthAirflow } from '../../support/synth-objects';

function losses(before: AirflowChartProps, after: AirflowChartProps): string[][] {
  const found = lossesOf(compare(synthAirflow(before).all, synthAirflow(after).all));
  return found.map(({ object, problem }) => [object, problem]);
}

const GONE = 'it is gone from the manifests, and';
/** Argo CD and Flux are told so by annotations. */
const STAYS = 'nothing that deploys deletes it';
const EXTERNAL = Database.external({ host: 'db.example.com', password: { secretName: 'db', key: 'password' } });

test('other settings lose nothing', () => {
  expect(losses({}, { airflowVersion: '3.2.0', admin: { username: 'chief' }, allComponents: { labels: { a: 'b' } } })).toEqual([]);
});

test('another namespace is another Airflow, and an old one that goes with its namespace', () => {
  expect(losses({ namespace: 'one' }, { namespace: 'two' })).toEqual([
    [
      'StatefulSet one/airflow-postgresql',
      'Airflow one/airflow is gone from the manifests, and two/airflow begins beside it with an empty database',
    ],
    ['Namespace one', `${GONE} ${STAYS}`],
    ['StatefulSet one/airflow-postgresql', `${GONE} its claims, data-airflow-postgresql-0, stay without anything that uses them`],
    ['StatefulSet one/airflow-redis', `${GONE} its claims, data-airflow-redis-0, stay without anything that uses them`],
  ]);
});

test('another name is another Airflow', () => {
  expect(losses({ name: 'one' }, { name: 'two' })[0]).toEqual([
    'StatefulSet airflow/one-postgresql',
    'Airflow airflow/one is gone from the manifests, and airflow/two begins beside it with an empty database',
  ]);
});

const BUILT_IN = 'airflow-postgresql:5432/airflow';
const becomes = (from: string, to: string) => [
  'Airflow airflow/airflow',
  `its database is ${from}, and becomes ${to}: if that is not the same by another address, Airflow begins with another database`,
];
const external = (host: string, name?: string) => Database.external({ host, name, password: { secretName: 'db' } });
const FROM_URL = Database.fromUrl({ secret: { secretName: 'db' }, destination: NetworkDestination.anywhere() });

test('a database elsewhere leaves the volume of the old one behind', () => {
  expect(losses({}, { database: EXTERNAL })).toEqual([
    becomes(BUILT_IN, 'db.example.com:5432/airflow'),
    ['StatefulSet airflow/airflow-postgresql', `${GONE} its claims, data-airflow-postgresql-0, stay without anything that uses them`],
  ]);
});

test.each<[string, Database, Database, string, string]>([
  ['another host', EXTERNAL, external('other.example.com'), 'db.example.com:5432/airflow', 'other.example.com:5432/airflow'],
  ['another name', EXTERNAL, external('db.example.com', 'other'), 'db.example.com:5432/airflow', 'db.example.com:5432/other'],
  ['that of the library', EXTERNAL, Database.builtIn(), 'db.example.com:5432/airflow', BUILT_IN],
  ['one of CloudNativePG', EXTERNAL, Database.cloudNativePg({ cluster: 'pg' }), 'db.example.com:5432/airflow', 'pg-rw:5432'],
])('another database is told: %s', (_what, from, to, ...places) => {
  const told = becomes(places[0], places[1]);
  const pgBouncer = {};
  expect(losses({ database: from }, { database: to })[0]).toEqual(told);
  expect(losses({ database: from, pgBouncer }, { database: to, pgBouncer })[0]).toEqual(told);
  expect(losses({ database: from }, { database: to, pgBouncer })[0]).toEqual(told);
});

test('one that is made in the place of one whose address is in a Secret is another', () => {
  expect(losses({ database: FROM_URL }, {})).toEqual([
    ['Airflow airflow/airflow', 'its database becomes one that is made, and is empty: Airflow begins with another database'],
  ]);
});

test.each<[string, AirflowChartProps, AirflowChartProps]>([
  ['PgBouncer before it', { database: EXTERNAL }, { database: EXTERNAL, pgBouncer: {} }],
  ['PgBouncer before one by its address', { database: external('fd00::1') }, { database: external('fd00::1'), pgBouncer: {} }],
  ['an address in a Secret', { database: EXTERNAL }, { database: FROM_URL }],
  [
    'another login',
    { database: EXTERNAL },
    { database: Database.external({ host: 'db.example.com', user: 'other', password: { secretName: 'other' } }) },
  ],
  [
    'another broker',
    { executor: Executor.celery({ broker: Broker.external({ host: 'one.example.com' }) }) },
    { executor: Executor.celery({ broker: Broker.external({ host: 'two.example.com' }) }) },
  ],
  ['a name that is in a Secret', { database: Database.cloudNativePg({ cluster: 'pg' }) }, { database: external('pg-rw', 'airflow') }],
])('it is the same database, or may be, with %s', (_what, before, after) => {
  expect(losses(before, after)).toEqual([]);
});

test('a Cluster of CloudNativePG stays with its volumes', () => {
  expect(losses({ database: Database.cloudNativePgCluster({ name: 'db' }) }, { database: EXTERNAL })).toEqual([
    becomes('db-rw:5432', 'db.example.com:5432/airflow'),
    ['Cluster airflow/db', `${GONE} ${STAYS}`],
  ]);
});

test('a volume that nothing prunes stays', () => {
  // GIVEN
  const before = Database.builtIn({ backup: {} });
  const after = Database.builtIn({ backup: { store: BackupStore.s3({ bucket: 'airflow-backups' }) } });

  // THEN
  expect(losses({ database: before }, { database: after })).toEqual([
    ['PersistentVolumeClaim airflow/airflow-backups', `${GONE} ${STAYS}`],
  ]);
});

test('another Secret with the password of the database is told, as the volume has the old one', () => {
  // GIVEN
  const mine = (secretName: string, key?: string) => ({ credentials: Credentials.existing({ database: { secretName, key } }) });
  const told = (from: string, to: string) => [
    'StatefulSet airflow/airflow-postgresql',
    `it keeps the password of ${from}, and Airflow gets that of ${to}: if they differ, Airflow stands still`,
  ];

  // THEN
  expect(losses({}, mine('mine'))).toEqual([told('Secret airflow-database, key password', 'Secret mine, key password')]);
  expect(losses(mine('mine', 'a'), mine('mine', 'b'))).toEqual([told('Secret mine, key a', 'Secret mine, key b')]);
  expect(losses(mine('mine'), { ...mine('mine'), airflowVersion: '3.2.0' })).toEqual([]);
  expect(losses({}, { credentials: Credentials.existing({ broker: { secretName: 'mine' } }) })).toEqual([]);
});

test('the files of one major version of PostgreSQL are not those of another', () => {
  // GIVEN
  const image = (tag: string) => ({ database: Database.builtIn({ image: { tag } }) });

  // THEN
  expect(losses(image('16.9-bookworm'), image('17.5-bookworm'))).toEqual([
    ['StatefulSet airflow/airflow-postgresql', 'PostgreSQL 16 becomes 17, which does not start on the volume of 16: Airflow stands still'],
  ]);
  expect(losses(image('17.4-bookworm'), image('17.5-bookworm'))).toEqual([]);
});

test('what nobody says to keep goes with its data', () => {
  const found = (kind: string, apiVersion: string) => lossesOf(compare([{ apiVersion, kind, metadata: { name: 'a' } }], []));
  expect(found('Namespace', 'v1')[0].problem).toBe(`${GONE} all that is in it goes with it, volumes and Secrets too`);
  expect(found('PersistentVolumeClaim', 'v1')[0].problem).toBe(`${GONE} its data goes with it`);
  expect(found('Cluster', 'postgresql.cnpg.io/v1')[0].problem).toBe(`${GONE} its volumes go with it`);
});

test('volumes that are deleted with pods are told', () => {
  // GIVEN
  const set = (replicas: number, whenScaled: string) => ({
    apiVersion: 'apps/v1',
    kind: 'StatefulSet',
    metadata: { name: 'a', namespace: 'b' },
    spec: { replicas, persistentVolumeClaimRetentionPolicy: { whenScaled } },
  });

  // THEN
  const found = (whenScaled: string) => lossesOf(compare([set(3, whenScaled)], [set(1, whenScaled)]));
  expect(found('Delete').map(({ problem }) => problem)).toEqual([
    'it has 1 pods in the place of 3, and the volumes of the others are deleted: persistentVolumeClaimRetentionPolicy.whenScaled is Delete',
  ]);
  expect(found('Retain')).toEqual([]);
});

test('without Redis tasks are elsewhere, and its volume is left', () => {
  expect(losses({}, { executor: Executor.local() }).map(([object]) => object)).toEqual(['StatefulSet airflow/airflow-redis']);
});
