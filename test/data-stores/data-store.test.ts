import { App } from 'cdk8s';
import { Construct } from 'constructs';
import { Broker, Database, type DataStoreProps } from '../../lib';
import { addressOf } from '../../lib/data-stores/data-store';
import { PropValidator } from '../../lib/validation/prop-validator';

test('each is as it is connected to, and has a volume of its size', () => {
  expect(Database.builtIn()._store).toEqual({
    component: 'postgresql',
    scheme: 'postgresql',
    user: 'airflow',
    name: 'airflow',
    storageSize: '8Gi',
  });
  expect(Broker.builtIn()._store).toEqual({ component: 'redis', scheme: 'redis', user: '', name: '0', storageSize: '1Gi' });
});

test.each([
  ['the database', Database.builtIn, '8Gi'],
  ['the broker', Broker.builtIn, '1Gi'],
] as const)('what is given for %s counts, and what is undefined is as if it were not there', (_what, builtIn, storageSize) => {
  expect(builtIn({ storageSize: '20Gi', image: { tag: '16' } })._store).toMatchObject({ storageSize: '20Gi', image: { tag: '16' } });
  expect(builtIn({ storageSize: undefined })._store.storageSize).toBe(storageSize);
});

test('the address is that of the Service', () => {
  // GIVEN
  const deployment = { name: 'team' };

  // THEN
  expect(addressOf(deployment, Database.builtIn()._store)).toBe('team-postgresql:5432/airflow');
  expect(addressOf(deployment, Broker.builtIn()._store)).toBe('team-redis:6379/0');
});

test.each<[DataStoreProps, string]>([
  [{ image: { tag: 'latest' } }, 'store.image.tag'],
  [{ resources: { limits: { memory: '1Mi' } } }, 'store.resources.limits.memory'],
  [{ storageSize: 'big' }, 'store.storageSize'],
  [{ storageClassName: 'A B' }, 'store.storageClassName'],
  [{ placement: { priorityClassName: 'A B' } }, 'store.placement.priorityClassName'],
])('%j is an error that names %s', (props, place) => {
  for (const store of [Database.builtIn(props), Broker.builtIn(props)]) {
    // GIVEN
    const validator = new PropValidator(new Construct(new App(), 'test'));

    // WHEN
    store._validate(validator, 'store');

    // THEN
    expect(validator.errors).toEqual([expect.stringContaining(`${place}: `)]);
  }
});
