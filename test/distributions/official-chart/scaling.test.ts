import { Duration } from 'cdk8s';
import { Autoscaling, Database, Delivery, Executor } from '../../../lib';
import { OLDEST, officialErrors, officialRelease } from './release';

const KEDA = { autoscaling: Autoscaling.keda({ maxReplicas: 8 }) };
const KEDA_OF_WORKERS = { namespace: 'data', executor: Executor.celery({ workers: KEDA }) };

test('the number of workers follows their load', () => {
  // WHEN
  const { workers } = officialRelease({
    executor: Executor.celery({ workers: { autoscaling: Autoscaling.cpu({ minReplicas: 2, maxReplicas: 8, targetUtilization: 60 }) } }),
  }).values;
  const defaults = officialRelease({ executor: Executor.celery({ workers: { autoscaling: Autoscaling.cpu({ maxReplicas: 8 }) } }) }).values
    .workers.hpa;

  // THEN
  expect(workers).not.toHaveProperty('replicas');
  expect(workers.hpa).toEqual({
    enabled: true,
    minReplicaCount: 2,
    maxReplicaCount: 8,
    metrics: [{ type: 'Resource', resource: { name: 'cpu', target: { type: 'Utilization', averageUtilization: 60 } } }],
  });
  expect(defaults).toMatchObject({ minReplicaCount: 1, metrics: [{ resource: { target: { averageUtilization: 80 } } }] });
});

test('of what the chart can’t scale by CPU it gets no value, of which it would tell once more', () => {
  // GIVEN
  const props = { triggerer: { autoscaling: Autoscaling.cpu({ maxReplicas: 3 }) } };

  // THEN
  expect(officialErrors(props)).toEqual([expect.stringContaining('triggerer.autoscaling: the official chart scales neither')]);
  expect(officialRelease(props).values.triggerer).not.toHaveProperty('hpa');
});

test.each([{}, OLDEST])('the number of workers follows the tasks that wait or run: %j', (options) => {
  // GIVEN
  const autoscaling = Autoscaling.keda({ maxReplicas: 4, cooldownPeriod: Duration.minutes(1) });
  const executor = Executor.celery({ workers: { autoscaling, concurrency: 8 } });

  // WHEN
  const { values, objects } = officialRelease({ namespace: 'data', executor }, options);

  // THEN
  expect(values.workers).toMatchObject({ replicas: null });
  expect(values.workers).not.toHaveProperty('hpa');
  const { triggers, ...spec } = objects.one('ScaledObject', 'airflow-worker').spec;
  expect(spec).toEqual({
    scaleTargetRef: { name: 'airflow-worker' },
    minReplicaCount: 0,
    maxReplicaCount: 4,
    pollingInterval: 5,
    cooldownPeriod: 60,
  });
  expect(triggers[0].metadata).toMatchObject({
    host: 'airflow-postgresql.data.svc',
    query: "SELECT COUNT(*) FROM task_instance WHERE state IN ('queued', 'running') AND queue IN ('default')",
    targetQueryValue: '8',
  });
  expect(objects.one('TriggerAuthentication', 'airflow-worker').spec).toEqual({
    secretTargetRef: [{ parameter: 'password', name: 'airflow-database', key: 'password' }],
  });
});

test('KEDA gets through the NetworkPolicy of the database', () => {
  // WHEN
  const { objects } = officialRelease(KEDA_OF_WORKERS);

  // THEN
  const keda = { namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': 'keda' } } };
  expect(objects.one('NetworkPolicy', 'airflow-postgresql').spec.ingress).toContainEqual({
    from: expect.arrayContaining([keda]),
    ports: [{ port: 5432, protocol: 'TCP' }],
  });
});

test('the number of triggerers follows the triggers', () => {
  // WHEN
  const { values, objects } = officialRelease({ namespace: 'data', triggerer: KEDA });

  // THEN
  expect(values.triggerer).toMatchObject({ replicas: null });
  expect(objects.one('ScaledObject', 'airflow-triggerer').spec.triggers[0].metadata.query).toBe('SELECT COUNT(*) FROM trigger');
});

test('KEDA asks a database of the user’s', () => {
  // GIVEN
  const database = Database.external({ host: 'db.example.com', password: { secretName: 'mine' } });

  // WHEN
  const { objects } = officialRelease({ ...KEDA_OF_WORKERS, database });

  // THEN
  expect(objects.one('ScaledObject', 'airflow-worker').spec.triggers[0].metadata.host).toBe('db.example.com');
});

test.each<[string, object, object, string]>([
  ['the API server', { apiServer: KEDA }, {}, 'apiServer.autoscaling: the database does not tell its work; use Autoscaling.cpu(…)'],
  ['the DAG processor', { dagProcessor: KEDA }, {}, 'dagProcessor.autoscaling: the database does not tell its work'],
  [
    'a database that values tell of',
    KEDA_OF_WORKERS,
    { values: { data: { metadataSecretName: 'mine' } } },
    'executor.workers.autoscaling: values say where the database is, and KEDA would not be told; use the prop database',
  ],
  [
    'KEDA of the chart beside it',
    KEDA_OF_WORKERS,
    { values: { workers: { keda: { enabled: true } } } },
    'distribution.values.workers.keda.enabled',
  ],
])('%s is an error', (_what, props, options, error) => {
  expect(officialErrors(props, options)).toContainEqual(expect.stringContaining(error));
});

test.each([
  [Delivery.argoApplication(), ["executor.workers.autoscaling: the chart's own number of pods would be set anew each time"]],
  [Delivery.fluxHelmRelease(), ["executor.workers.autoscaling: the chart's own number of pods would be set anew each time"]],
  [Delivery.k3sHelmChart(), []],
])('a custom resource has to keep that there is no number of pods', (delivery, expected) => {
  expect(officialErrors(KEDA_OF_WORKERS, { delivery })).toEqual(expected.map((error) => expect.stringContaining(error)));
});
