import type { ExecutorPlan } from './executor-plan';

const TOGETHER = ['CeleryExecutor', 'KubernetesExecutor'];

/** Executors side by side; the first runs what asks for none. */
export function severalPlan(plans: readonly ExecutorPlan[]): ExecutorPlan {
  const names = plans.map(({ name }) => name);
  return {
    name: names.join(','),
    runsTasks: plans.flatMap(({ runsTasks }) => runsTasks),
    gracePeriodSeconds: plans.find(({ gracePeriodSeconds }) => gracePeriodSeconds)?.gracePeriodSeconds,
    workers: plans.find(({ workers }) => workers)?.workers,
    broker: plans.find(({ broker }) => broker)?.broker,
    tasks: plans.find(({ tasks }) => tasks)?.tasks,
    options: plans.flatMap(({ options }) => options),
    unusedSections: plans.every(({ unusedSections }) => unusedSections) ? plans[0].unusedSections : undefined,
    validate: (validator, prop) => {
      if (names.some((name, index) => !TOGETHER.includes(name) || names.indexOf(name) !== index)) {
        validator.report(prop, names, 'expected Executor.celery(…) and Executor.kubernetes(…), each once');
      }
      for (const plan of plans) plan.validate(validator, prop);
    },
  };
}
