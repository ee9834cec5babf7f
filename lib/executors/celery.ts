import type { Duration } from 'cdk8s';
import type { WorkerGroupName } from '../components/components';
import type { ConfigSections, OwnedOption } from '../config/airflow-config';
import { Broker } from '../data-stores/broker';
import type { DataStore } from '../data-stores/data-store';
import { defined } from '../kubernetes/defined';
import { wholeSeconds } from '../kubernetes/whole-seconds';
import type { WorkersProps } from '../props/component-props';
import type { PropValidator } from '../validation/prop-validator';
import type { ExecutorPlan, Workers } from './executor-plan';
import { type FlowerProps, flowerOptions, validateFlower } from './flower';
import { GRACE_PERIOD } from './grace-period';

/** What the Celery executor is made from. */
export interface CeleryExecutorProps {
  /**
   * The workers, which run the tasks.
   * @default - one pod
   */
  readonly workers?: WorkersProps;
  /**
   * Further groups of workers, by name: each with queues, resources, image, nodes and number of pods of its own. The name is a part of names and
   * labels: lower case letters, digits and hyphens. The official chart has them from 1.20.0 on, with the image of all; Bitnami's has none.
   * @default - none
   * @example
   * import { App } from 'cdk8s';
   * import { AirflowChart, Autoscaling, Executor } from 'cdk8s-airflow';
   *
   * const gpu = { concurrency: 1, placement: { nodeSelector: { accelerator: 'nvidia' } }, autoscaling: Autoscaling.keda({ maxReplicas: 4 }) };
   * new AirflowChart(new App(), 'airflow', { executor: Executor.celery({ workerGroups: { gpu: gpu } }) });
   */
  readonly workerGroups?: { readonly [name: string]: WorkersProps };
  /**
   * Through which tasks go to the workers.
   * @default Broker.builtIn()
   */
  readonly broker?: Broker;
  /**
   * Flower, which shows what the workers do. Only the built-in distribution has it.
   * @default - none
   * @see https://flower.readthedocs.io
   * @example
   * import { App } from 'cdk8s';
   * import { AirflowChart, Executor } from 'cdk8s-airflow';
   *
   * new AirflowChart(new App(), 'airflow', {
   *   executor: Executor.celery({ flower: { basicAuth: { secretName: 'flower-login' } } }),
   * });
   */
  readonly flower?: FlowerProps;
  /**
   * After what time the broker gives a task to another worker, because the first one has not told that it is done: it would run twice. It must be
   * longer than the longest task, and than the grace period of workers. RabbitMQ has no such time.
   * @default - 24 hours, Airflow's own
   * @see Airflow option [celery_broker_transport_options] visibility_timeout
   */
  readonly visibilityTimeout?: Duration;
}

export function celeryPlan(props: CeleryExecutorProps): ExecutorPlan {
  const { workers = {}, workerGroups: groups = {}, broker = Broker.builtIn(), flower, visibilityTimeout } = props;
  const first = withDefaults(workers);
  const further = Object.entries(groups).map(
    ([name, group]) => [`worker-${name}`, withDefaults({ queues: [name], ...defined(group) })] as const,
  );
  const grace = ({ gracePeriod = GRACE_PERIOD }: WorkersProps) => wholeSeconds(gracePeriod);
  return {
    name: 'CeleryExecutor',
    runsTasks: ['worker'],
    gracePeriodSeconds: { worker: grace(first), ...Object.fromEntries(further.map(([name, props]) => [name, grace(props)])) },
    workers: first,
    workerGroups: Object.fromEntries(further) as { readonly [Name in WorkerGroupName]: Workers },
    broker: broker._store,
    flower,
    options: [
      ...(flower ? flowerOptions() : []),
      {
        section: 'celery',
        key: 'worker_concurrency',
        value: `${first.concurrency}`,
        instead: 'the prop executor, with workers.concurrency',
      },
      ...(visibilityTimeout ? [visibilityOption(visibilityTimeout)] : []),
    ],
    optionDefaults: afterBrokerLoss(broker._store),
    validate: (validator, prop) => {
      validateWorkers(validator, `${prop}.workers`, workers);
      for (const [name, group] of Object.entries(groups)) {
        const place = `${prop}.workerGroups.${name}`;
        validator.groupName(place, name);
        if (name.startsWith('team-'))
          validator.report(place, name, 'expected a name that does not begin with "team-": those are for teams');
        validateWorkers(validator, place, group);
      }
      broker._store.validate(validator, `${prop}.broker`);
      if (flower) validateFlower(validator, `${prop}.flower`, flower);
      validateVisibility(validator, `${prop}.visibilityTimeout`, props);
    },
  };
}

/**
 * So that workers and schedulers go on at once when a broker that was away is there again. Celery would let a worker that had tasks fetch one
 * at a time, and one more with each that is done. Of Redis it waits without an end, in the loop that fetches tasks, for an answer or a connection
 * that does not come, and two minutes for the results of tasks.
 */
function afterBrokerLoss({ kind }: DataStore): ConfigSections {
  const sockets = { socket_timeout: 30, socket_connect_timeout: 5 };
  const ofResults = { redis_socket_timeout: 30, redis_socket_connect_timeout: 5, redis_retry_on_timeout: true };
  const isRedis = kind === 'redis';
  const extra = { worker_enable_prefetch_count_reduction: false, ...(isRedis && ofResults) };
  return {
    celery: { extra_celery_config: JSON.stringify(extra) },
    ...(isRedis && {
      celery_broker_transport_options: Object.fromEntries(Object.entries(sockets).map(([key, value]) => [key, `${value}`])),
    }),
  };
}

function visibilityOption(timeout: Duration): OwnedOption {
  const value = `${wholeSeconds(timeout)}`;
  return {
    section: 'celery_broker_transport_options',
    key: 'visibility_timeout',
    value,
    instead: 'the prop executor, with visibilityTimeout',
  };
}

function validateVisibility(validator: PropValidator, prop: string, props: CeleryExecutorProps): void {
  const { visibilityTimeout: timeout, workers = {}, workerGroups = {}, broker } = props;
  if (!timeout) return;
  validator.wholeSeconds(prop, timeout);
  const seconds = wholeSeconds(timeout);
  if (broker?._store.kind === 'amqp') validator.report(prop, `${seconds} s`, 'RabbitMQ has no such time; leave it out');
  const graces = [workers, ...Object.values(workerGroups)].map(({ gracePeriod = GRACE_PERIOD }) => wholeSeconds(gracePeriod));
  const longest = Math.max(...graces);
  if (seconds <= longest) validator.report(prop, `${seconds} s`, `expected more than the grace period of workers, ${longest} s`);
}

function withDefaults({ concurrency = 4, ...props }: WorkersProps): Workers {
  return { ...props, concurrency };
}

function validateWorkers(validator: PropValidator, prop: string, { concurrency, gracePeriod, queues }: WorkersProps): void {
  validator.wholeNumber(`${prop}.concurrency`, concurrency, 1);
  validator.wholeSeconds(`${prop}.gracePeriod`, gracePeriod);
  if (queues?.length === 0) validator.report(`${prop}.queues`, queues, 'expected at least one queue, or no list for the default one');
  for (const [index, queue] of (queues ?? []).entries()) {
    if (!/^[^\s,]+$/.test(queue))
      validator.report(`${prop}.queues[${index}]`, queue, 'expected the name of a queue, without commas and spaces');
  }
}
