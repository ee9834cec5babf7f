import { Broker } from '../../lib';
import { COMPONENT_NAMES, COMPONENTS } from '../../lib/components/components';
import { SECRET_PURPOSES } from '../../lib/credentials/airflow-secrets';
import { celeryPlan } from '../../lib/executors/celery';
import { componentOf, isUsed } from '../../lib/executors/executor-plan';
import { kubernetesPlan } from '../../lib/executors/kubernetes';
import { localPlan } from '../../lib/executors/local';
import { severalPlan } from '../../lib/executors/several';

const ONE_PLACE = [celeryPlan({}), localPlan({})];
const PLANS = [...ONE_PLACE, kubernetesPlan({}), severalPlan([celeryPlan({}), kubernetesPlan({})])].map(
  (plan) => [plan.name, plan] as const,
);

test.each(PLANS)(
  'under the %s each component that runs tasks reads DAGs, serves logs (but for pods of tasks) and tells the API server of the tasks',
  (_name, plan) => {
    expect(plan.runsTasks).not.toEqual([]);
    for (const name of plan.runsTasks) {
      // WHEN
      const { uses, ports, connectsTo } = componentOf(plan, name);

      // THEN
      expect(uses).toEqual(expect.arrayContaining(['dags', 'packages', 'task-destinations']));
      if (name !== 'task') expect(ports).toMatchObject({ logs: { port: 8793 } });
      expect(connectsTo.map(({ to }) => to)).toContain('api-server');
    }
  },
);

test('workers have the password of the database where the broker keeps no results', () => {
  // GIVEN
  const rabbit = Broker.rabbitMq({ host: 'rabbit.example.com', password: { secretName: 'rabbit' } });

  // WHEN
  const [redis, other] = [{}, { broker: rabbit }].map((props) => componentOf(celeryPlan(props), 'worker'));

  // THEN
  expect(Object.keys(redis.secrets)).toEqual(['broker']);
  expect(Object.keys(other.secrets)).toEqual(['broker', 'database']);
  expect(other.connectsTo.map(({ to }) => to)).toContain('pool');
});

test.each(ONE_PLACE.map((plan) => [plan.name, plan] as const))('under the %s all others are as the table has them', (_name, plan) => {
  for (const name of COMPONENT_NAMES.filter((other) => other !== plan.runsTasks[0])) expect(componentOf(plan, name)).toBe(COMPONENTS[name]);
});

test('where tasks have pods, the scheduler and the API server talk to Kubernetes, and nobody else of Airflow', () => {
  // WHEN
  const talking = COMPONENT_NAMES.filter((name) => componentOf(kubernetesPlan({}), name).uses.includes('kubernetes'));

  // THEN
  expect(talking).toEqual(['api-server', 'scheduler', 'credentials', 'pod-cleanup']);
});

test('without a broker its password is not used, and all other secrets are', () => {
  // WHEN
  const [celery, local, kubernetes, both] = PLANS.map(([, plan]) => SECRET_PURPOSES.filter((purpose) => !isUsed(plan, purpose)));

  // THEN
  expect(celery).toEqual([]);
  expect(local).toEqual(['broker']);
  expect(kubernetes).toEqual(['broker']);
  expect(both).toEqual([]);
});
