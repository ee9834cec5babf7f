import {
  deploymentOf,
  deploymentsOf,
  isDatabase,
  isSamePlace,
  majorOf,
  type Place,
  placesOf,
  placeText,
} from '../../../cli/diff/databases';
import type { Json } from '../../../lib/kubernetes/json';
import { synthAirflow } from '../../support/synth-objects';

const object = (kind: string, containers: readonly object[], component = 'scheduler'): Json => ({
  apiVersion: kind === 'Job' ? 'batch/v1' : 'apps/v1',
  kind,
  metadata: { name: 'a', namespace: 'b', labels: { 'app.kubernetes.io/instance': 'a', 'app.kubernetes.io/component': component } },
  spec: { template: { spec: { containers } } },
});

test('the server of Airflow is known, and of which Airflow it is', () => {
  // GIVEN
  const { all } = synthAirflow({ name: 'one', namespace: 'two' });
  const [server, ...others] = all.filter(isDatabase);

  // THEN
  expect([server.metadata.name, others, majorOf(server), deploymentOf(server)]).toEqual(['one-postgresql', [], '17', 'two/one']);
  expect(deploymentsOf(all)).toEqual(['two/one']);
});

test('the address of a chart is read where its Secret is made', () => {
  // GIVEN
  const url = 'postgresql+asyncpg://airflow:{database}@db.example.com:5432/n?dsn=postgresql%3A%2F%2F%3Fsslmode%3Drequire';
  const args = ['a-fernet-key fernet-key', JSON.stringify({ name: 'a-metadata', data: { connection: { url, parts: {} } } })];
  const broker = JSON.stringify({ name: 'a-broker', data: { connection: { url: 'redis://:{broker}@redis:6379/0' } } });

  // THEN
  expect(placesOf('b/a', [object('Job', [{ args: [...args, broker] }], 'credentials')])).toEqual([
    { host: 'db.example.com:5432', name: 'n' },
  ]);
  expect(placesOf('b/a', [object('Job', [{ args }], 'migrate')])).toEqual([]);
  expect(deploymentsOf([object('Job', [{ args }], 'credentials')])).toEqual(['b/a']);
  expect(placesOf('b/other', [object('Job', [{ args }], 'credentials')])).toEqual([]);
});

test("the variables of Bitnami's chart are read", () => {
  const env = { HOST: 'a-postgresql', PORT_NUMBER: '5432', NAME: 'airflow' };
  const variables = Object.entries(env).map(([name, value]) => ({ name: `AIRFLOW_DATABASE_${name}`, value }));
  const found = { host: 'a-postgresql:5432', name: 'airflow' };
  expect(placesOf('b/a', [object('Deployment', [{ env: variables }])])).toEqual([found]);
  const prepared = object('Deployment', [{ env: [] }]);
  prepared.spec.template.spec.initContainers = [{ env: variables }];
  expect(placesOf('b/a', [prepared])).toEqual([found]);
});

test('a name that is in a Secret may be any', () => {
  // GIVEN
  const [one, other, unknown]: Place[] = [{ host: 'h:1', name: 'one' }, { host: 'h:1', name: 'other' }, { host: 'h:1' }];

  // THEN
  expect([isSamePlace(one, one), isSamePlace(one, other), isSamePlace(one, unknown), isSamePlace(one, { host: 'h:2' })]).toEqual([
    true,
    false,
    true,
    false,
  ]);
  expect([one, unknown].map(placeText)).toEqual(['h:1/one', 'h:1']);
});
