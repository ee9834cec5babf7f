import type { ExecutorPlan, Workers } from './executor-plan';

const TOGETHER = ['CeleryExecutor', 'KubernetesExecutor'];

/** Executors side by side; the first runs what asks for none. */
export function severalPlan(plans: readonly ExecutorPlan[]): ExecutorPlan {
  const names = plans.map(({ name }) => name);
  const celery = plans.find(({ workers }) => workers);
  // A task may say the executor by its name, or by that of its class.
  const asked = "executor LIKE '%CeleryExecutor'";
  const tasksCondition = plans[0] === celery ? `(executor IS NULL OR ${asked})` : asked;
  const groups = Object.entries<Workers>(celery?.workerGroups ?? {});
  return {
    name: names.join(','),
    runsTasks: plans.flatMap(({ runsTasks }) => runsTasks),
    gracePeriodSeconds: Object.assign({}, ...plans.map(({ gracePeriodSeconds }) => gracePeriodSeconds)),
    workers: celery?.workers && { ...celery.workers, tasksCondition },
    workerGroups: Object.fromEntries(groups.map(([name, group]) => [name, { ...group, tasksCondition }])),
    broker: celery?.broker,
    flower: celery?.flower,
    tasks: plans.find(({ tasks }) => tasks)?.tasks,
    podCleanup: plans.find(({ podCleanup }) => podCleanup)?.podCleanup,
    options: plans.flatMap(({ options }) => options),
    optionDefaults: celery?.optionDefaults,
    unusedSections: plans.every(({ unusedSections }) => unusedSections) ? plans[0].unusedSections : undefined,
    validate: (validator, prop) => {
      if (names.some((name, index) => !TOGETHER.includes(name) || names.indexOf(name) !== index)) {
        validator.report(prop, names, 'expected Executor.celery(…) and Executor.kubernetes(…), each once');
      }
      for (const plan of plans) plan.validate(validator, prop);
    },
  };
}
