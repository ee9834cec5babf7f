import { App, Duration } from 'cdk8s';
import { Construct } from 'constructs';
import { Broker, type CeleryExecutorProps, Executor, type WorkersProps } from '../../lib';
import { celeryPlan } from '../../lib/executors/celery';
import { PropValidator } from '../../lib/validation/prop-validator';

test('workers run four tasks at a time, and have ten minutes to finish them, unless told', () => {
  // WHEN
  const byDefault = celeryPlan({});
  const given = celeryPlan({ workers: { replicas: 3, concurrency: 8, gracePeriod: Duration.hours(1) } });

  // THEN
  expect(byDefault).toMatchObject({ workers: { concurrency: 4 }, gracePeriodSeconds: { worker: 600 } });
  expect(given).toMatchObject({ workers: { replicas: 3, concurrency: 8 }, gracePeriodSeconds: { worker: 3600 } });
});

test('a further group has the queue of its name, and a concurrency and a grace period of its own, unless told', () => {
  // WHEN
  const plan = celeryPlan({
    workers: { concurrency: 8 },
    workerGroups: { gpu: {}, slow: { queues: ['slow', 'nightly'], concurrency: 1, gracePeriod: Duration.hours(1) } },
  });

  // THEN
  expect(plan.workers?.queues).toBeUndefined();
  expect(plan.workerGroups).toEqual({
    'worker-gpu': { queues: ['gpu'], concurrency: 4 },
    'worker-slow': expect.objectContaining({ queues: ['slow', 'nightly'], concurrency: 1 }),
  });
  expect(plan.gracePeriodSeconds).toEqual({ worker: 600, 'worker-gpu': 600, 'worker-slow': 3600 });
});

test.each(['GPU', 'a_b', '-a', 'a'.repeat(21), ''])('a group that is called "%s" is an error', (name) => {
  // GIVEN
  const validator = new PropValidator(new Construct(new App(), 'test'));

  // WHEN
  celeryPlan({ workerGroups: { [name]: {} } }).validate(validator, 'executor');

  // THEN
  expect(validator.errors).toEqual([expect.stringMatching(/^executor\.workerGroups\..*expected a name of at most 20 lower case letters/)]);
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
  expect(celeryPlan({}).broker?.server).toMatchObject({ component: 'redis', storageSize: '1Gi' });
  expect(celeryPlan({ broker }).broker).toBe(broker._store);
});

test.each<[WorkersProps, string]>([
  [{ concurrency: 0 }, 'workers.concurrency: 0 given; expected a whole number of 1 or more'],
  [{ gracePeriod: Duration.millis(1500) }, 'workers.gracePeriod: "1500 millis" given; expected one second or more, in whole seconds'],
  [{ queues: [] }, 'workers.queues: [] given; expected at least one queue, or no list for the default one'],
  [{ queues: ['a', 'b,c'] }, 'workers.queues[1]: "b,c" given; expected the name of a queue, without commas and spaces'],
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

test('after what time a task goes to another worker is an option that it owns, if it is given', () => {
  // GIVEN
  const keys = (props: CeleryExecutorProps) => celeryPlan(props).options.map(({ section, key, value }) => [section, key, value]);

  // THEN
  expect(keys({ visibilityTimeout: Duration.hours(48) })).toContainEqual([
    'celery_broker_transport_options',
    'visibility_timeout',
    '172800',
  ]);
  expect(keys({}).flat()).not.toContain('visibility_timeout');
});

test('a broker that was away is gone on with at once: all of the concurrency, and no wait without an end where it is Redis', () => {
  // GIVEN
  const defaults = (broker: Broker) => celeryPlan({ broker }).optionDefaults ?? {};
  const extra = (broker: Broker) => JSON.parse(defaults(broker).celery.extra_celery_config);
  const rabbitMq = Broker.rabbitMq({ host: 'mq', password: { secretName: 'mq' } });

  // THEN
  for (const broker of [Broker.builtIn(), Broker.external({ host: 'redis.example.com' })]) {
    expect(defaults(broker).celery_broker_transport_options).toEqual({ socket_timeout: '30', socket_connect_timeout: '5' });
    expect(extra(broker)).toEqual({
      worker_enable_prefetch_count_reduction: false,
      redis_socket_timeout: 30,
      redis_socket_connect_timeout: 5,
      redis_retry_on_timeout: true,
    });
  }
  expect(defaults(rabbitMq)).not.toHaveProperty('celery_broker_transport_options');
  expect(extra(rabbitMq)).toEqual({ worker_enable_prefetch_count_reduction: false });
  const both = Executor.several(Executor.kubernetes(), Executor.celery());
  expect(both._plan.optionDefaults).toEqual(celeryPlan({}).optionDefaults);
});

test.each<[CeleryExecutorProps, string]>([
  [{ visibilityTimeout: Duration.minutes(10) }, '"600 s" given; expected more than the grace period of workers, 600 s'],
  [
    { visibilityTimeout: Duration.hours(1), workerGroups: { gpu: { gracePeriod: Duration.hours(2) } } },
    '"3600 s" given; expected more than the grace period of workers, 7200 s',
  ],
  [
    { visibilityTimeout: Duration.hours(1), broker: Broker.rabbitMq({ host: 'mq', password: { secretName: 'mq' } }) },
    '"3600 s" given; RabbitMQ has no such time; leave it out',
  ],
])('a visibility timeout that is of no use is an error: %#', (props, message) => {
  // GIVEN
  const validator = new PropValidator(new Construct(new App(), 'test'));

  // WHEN
  celeryPlan(props).validate(validator, 'executor');

  // THEN
  expect(validator.errors).toEqual([`executor.visibilityTimeout: ${message}`]);
});
