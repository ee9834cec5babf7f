import { App, Chart } from 'cdk8s';
import { Construct } from 'constructs';
import { Broker, Database, type DataStoreProps } from '../../lib';
import { type DataStore, destinationsOf, hostsOf, urlTemplate, userSecrets } from '../../lib/data-stores/data-store';
import { Images } from '../../lib/props/images';
import { PropValidator } from '../../lib/validation/prop-validator';

const DEPLOYMENT = { name: 'team' };
const EXTERNAL = Database.external({
  host: 'db.example.com',
  userSecret: { secretName: 'login' },
  password: { secretName: 'login' },
})._store;

test('each that is built in is as it is connected to, and has a server with a volume of its size', () => {
  expect(Database.builtIn()._store).toMatchObject({
    purpose: 'database',
    kind: 'postgresql',
    secret: 'credentials',
    address: { scheme: 'postgresql', user: 'airflow', name: 'airflow' },
    server: { component: 'postgresql', storageSize: '8Gi' },
  });
  expect(Broker.builtIn()._store).toMatchObject({
    purpose: 'broker',
    kind: 'redis',
    secret: 'credentials',
    address: { scheme: 'redis', name: '0' },
    server: { component: 'redis', storageSize: '1Gi' },
  });
});

test.each([
  ['the database', Database.builtIn, '8Gi'],
  ['the broker', Broker.builtIn, '1Gi'],
] as const)('what is given for %s counts, and what is undefined is as if it were not there', (_what, builtIn, storageSize) => {
  expect(builtIn({ storageSize: '20Gi', image: { tag: '16' } })._store.server).toMatchObject({ storageSize: '20Gi', image: { tag: '16' } });
  expect(builtIn({ storageSize: undefined })._store.server?.storageSize).toBe(storageSize);
});

test('a URL is put together from what is known, and from files', () => {
  expect(urlTemplate(DEPLOYMENT, Database.builtIn()._store)).toBe('postgresql://airflow:{database}@team-postgresql:5432/airflow');
  expect(urlTemplate(DEPLOYMENT, Broker.builtIn()._store)).toBe('redis://:{broker}@team-redis:6379/0');
  expect(urlTemplate(DEPLOYMENT, EXTERNAL)).toBe('postgresql://{database-user}:{database}@db.example.com:5432/airflow');
});

test('what would mean something else in a URL or to a shell is encoded', () => {
  const database = Database.external({ host: '::1', user: "o'hara{x}", name: 'a/b', password: { secretName: 'login' } });
  expect(urlTemplate(DEPLOYMENT, database._store)).toBe('postgresql://o%27hara%7Bx%7D:{database}@[::1]:5432/a%2Fb');
});

test('without a secret there is no login, and several hosts are several addresses', () => {
  // GIVEN
  const hosts = ['a', 'b'].map((host) => ({ host, port: 26379 }));
  const store: DataStore = { ...EXTERNAL, secret: 'none', address: { scheme: 'sentinel', hosts, name: '0' } };

  // THEN
  expect(urlTemplate(DEPLOYMENT, store)).toBe('sentinel://a:26379/0;sentinel://b:26379/0');
});

test('one listens at its Service, another where the user says', () => {
  expect(hostsOf(DEPLOYMENT, Database.builtIn()._store)).toEqual([{ host: 'team-postgresql', port: 5432 }]);
  expect(hostsOf(DEPLOYMENT, EXTERNAL)).toEqual([{ host: 'db.example.com', port: 5432 }]);
});

test('pods connect to the server, if it has pods, or to where the user’s is', () => {
  // GIVEN
  const labels = { app: 'db' };
  const domain = 'cluster.local';

  // THEN
  expect(destinationsOf(Database.builtIn()._store, new Map([['postgresql', labels]]), domain)).toEqual([
    { peer: { kind: 'pods', labels }, ports: [{ port: 5432, protocol: 'TCP' }] },
  ]);
  expect(destinationsOf(Database.builtIn()._store, new Map(), domain)).toEqual([]);
  expect(destinationsOf(EXTERNAL, new Map([['postgresql', labels]]), domain)).toEqual([
    { peer: { kind: 'anywhere' }, ports: [{ port: 5432, protocol: 'TCP' }] },
  ]);
});

test('the user’s secrets are those that are no credentials', () => {
  expect(userSecrets([EXTERNAL, Broker.builtIn()._store, undefined])).toEqual({ database: { secretName: 'login', key: 'password' } });
});

test('one that is built in adds nothing beside its server', () => {
  // GIVEN
  const chart = new Chart(new App(), 'test');

  // WHEN
  Database.builtIn()._store.addTo(chart, { ...DEPLOYMENT, images: new Images(new PropValidator(chart)) });

  // THEN
  expect(chart.node.children).toEqual([]);
});

test.each<[DataStoreProps, string]>([
  [{ image: { tag: 'latest' } }, 'store.image.tag'],
  [{ resources: { limits: { memory: '1Mi' } } }, 'store.resources.limits.memory'],
  [{ storageSize: 'big' }, 'store.storageSize'],
  [{ storageClassName: 'A B' }, 'store.storageClassName'],
  [{ placement: { priorityClassName: 'A B' } }, 'store.placement.priorityClassName'],
])('%j is an error that names %s', (props, place) => {
  for (const { _store } of [Database.builtIn(props), Broker.builtIn(props)]) {
    // GIVEN
    const validator = new PropValidator(new Construct(new App(), 'test'));

    // WHEN
    _store.validate(validator, 'store');

    // THEN
    expect(validator.errors).toEqual([expect.stringContaining(`${place}: `)]);
  }
});
