import { Broker } from '../data-stores/broker';
import type { WorkersProps } from '../props/component-props';
import type { PropValidator } from '../validation/prop-validator';
import type { ExecutorPlan } from './executor-plan';
import { GRACE_PERIOD, wholeSeconds } from './grace-period';

/** What the Celery executor is made from. */
export interface CeleryExecutorProps {
  /**
   * The workers, which run the tasks.
   * @default - one pod
   */
  readonly workers?: WorkersProps;
  /**
   * Through which tasks go to the workers.
   * @default Broker.builtIn()
   */
  readonly broker?: Broker;
}

export function celeryPlan({ workers = {}, broker = Broker.builtIn() }: CeleryExecutorProps): ExecutorPlan {
  const { concurrency = 4, gracePeriod = GRACE_PERIOD } = workers;
  return {
    name: 'CeleryExecutor',
    runsTasks: ['worker'],
    gracePeriodSeconds: wholeSeconds(gracePeriod),
    workers: { ...workers, concurrency },
    broker,
    options: [
      { section: 'celery', key: 'worker_concurrency', value: `${concurrency}`, instead: 'the prop executor, with workers.concurrency' },
    ],
    validate: (validator, prop) => {
      validateWorkers(validator, `${prop}.workers`, workers);
      broker._validate(validator, `${prop}.broker`);
    },
  };
}

function validateWorkers(validator: PropValidator, prop: string, { replicas, autoscaling, concurrency, gracePeriod }: WorkersProps): void {
  validator.wholeNumber(`${prop}.concurrency`, concurrency, 1);
  validator.wholeSeconds(`${prop}.gracePeriod`, gracePeriod);
  autoscaling?._validate(validator, `${prop}.autoscaling`);
  if (autoscaling && replicas !== undefined) validator.report(`${prop}.replicas`, replicas, 'expected either replicas or autoscaling');
}
