import { COMPONENT_NAMES, COMPONENTS } from '../../lib/components/components';
import { SECRET_PURPOSES } from '../../lib/credentials/airflow-secrets';
import { celeryPlan } from '../../lib/executors/celery';
import { componentOf, isUsed } from '../../lib/executors/executor-plan';
import { localPlan } from '../../lib/executors/local';

const PLANS = [celeryPlan({}), localPlan()].map((plan) => [plan.name, plan] as const);

test.each(PLANS)(
  'under the %s the component that runs tasks reads DAGs, serves logs and tells the API server of the tasks',
  (_name, plan) => {
    // WHEN
    const { uses, ports, connectsTo } = componentOf(plan, plan.runsTasks);

    // THEN
    expect(uses).toEqual(expect.arrayContaining(['dags', 'packages', 'task-destinations']));
    expect(ports).toMatchObject({ logs: { port: 8793 } });
    expect(connectsTo.map(({ to }) => to)).toContain('api-server');
  },
);

test.each(PLANS)('under the %s all others are as the table has them', (_name, plan) => {
  for (const name of COMPONENT_NAMES.filter((other) => other !== plan.runsTasks)) expect(componentOf(plan, name)).toBe(COMPONENTS[name]);
});

test('without a broker its password is not used, and all other secrets are', () => {
  // WHEN
  const [celery, local] = PLANS.map(([, plan]) => SECRET_PURPOSES.filter((purpose) => !isUsed(plan, purpose)));

  // THEN
  expect(celery).toEqual([]);
  expect(local).toEqual(['broker']);
});
