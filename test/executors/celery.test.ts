import { App, Duration } from 'cdk8s';
import { Construct } from 'constructs';
import { Autoscaling, Broker, type WorkersProps } from '../../lib';
import { celeryPlan } from '../../lib/executors/celery';
import { PropValidator } from '../../lib/validation/prop-validator';

test('workers run four tasks at a time, and have ten minutes to finish them, unless told', () => {
  // WHEN
  const byDefault = celeryPlan({});
  const given = celeryPlan({ workers: { replicas: 3, concurrency: 8, gracePeriod: Duration.hours(1) } });

  // THEN
  expect(byDefault).toMatchObject({ workers: { concurrency: 4 }, gracePeriodSeconds: 600 });
  expect(given).toMatchObject({ workers: { replicas: 3, concurrency: 8 }, gracePeriodSeconds: 3600 });
});

test('the concurrency is an option that it owns', () => {
  // WHEN
  const { options } = celeryPlan({ workers: { concurrency: 8 } });

  // THEN
  expect(options).toEqual([
    { section: 'celery', key: 'worker_concurrency', value: '8', instead: 'the prop executor, with workers.concurrency' },
  ]);
});

test('there is a broker, the user’s if there is one', () => {
  // GIVEN
  const broker = Broker.builtIn({ storageSize: '2Gi' });

  // THEN
  expect(celeryPlan({}).broker?._store).toMatchObject({ component: 'redis', storageSize: '1Gi' });
  expect(celeryPlan({ broker }).broker).toBe(broker);
});

test.each<[WorkersProps, string]>([
  [{ concurrency: 0 }, 'workers.concurrency: 0 given; expected a whole number of 1 or more'],
  [{ gracePeriod: Duration.millis(1500) }, 'workers.gracePeriod: "1500 millis" given; expected one second or more, in whole seconds'],
  [{ autoscaling: Autoscaling.cpu({ maxReplicas: 0 }) }, 'workers.autoscaling.maxReplicas: 0 given; expected a whole number of 1 or more'],
  [{ replicas: 2, autoscaling: Autoscaling.cpu({ maxReplicas: 4 }) }, 'workers.replicas: 2 given; expected either replicas or autoscaling'],
])('of workers %j is an error', (workers, message) => {
  // GIVEN
  const validator = new PropValidator(new Construct(new App(), 'test'));

  // WHEN
  celeryPlan({ workers }).validate(validator, 'executor');

  // THEN
  expect(validator.errors).toEqual([`executor.${message}`]);
});

test('what is wrong with the broker is told with its place', () => {
  // GIVEN
  const validator = new PropValidator(new Construct(new App(), 'test'));

  // WHEN
  celeryPlan({ broker: Broker.builtIn({ storageSize: 'big' }) }).validate(validator, 'executor');

  // THEN
  expect(validator.errors).toEqual([expect.stringContaining('executor.broker.storageSize: "big" given; ')]);
});
