import { AIRFLOW_COMPONENTS, COMPONENT_NAMES, COMPONENTS, type ComponentName, PORTS, withTasks } from '../../lib/components/components';
import { quantityValue } from '../../lib/kubernetes/quantity';

const CONNECTIONS = COMPONENT_NAMES.flatMap((name) =>
  withTasks(COMPONENTS[name]).connectsTo.map((connection) => ({ name, ...connection })),
);

test('every connection leads to a component that listens at that port, by that protocol', () => {
  // GIVEN
  const portsOf = (to: ComponentName | 'tasks') => Object.values((to === 'tasks' ? withTasks(COMPONENTS.worker) : COMPONENTS[to]).ports);

  // THEN
  expect(CONNECTIONS.length).toBeGreaterThan(15);
  for (const connection of CONNECTIONS) {
    if (!('port' in connection)) continue;
    expect([connection.to, portsOf(connection.to)]).toEqual([connection.to, expect.arrayContaining([connection.port])]);
  }
});

test('no two ports are the same number: a NetworkPolicy could not tell them apart', () => {
  expect(new Set(Object.values(PORTS)).size).toBe(Object.keys(PORTS).length);
});

test('users set each component of Airflow by a prop, and no other', () => {
  expect(COMPONENT_NAMES.filter((name) => COMPONENTS[name].prop)).toEqual([...AIRFLOW_COMPONENTS]);
  expect(AIRFLOW_COMPONENTS.map((name) => COMPONENTS[name].prop)).toEqual([
    'apiServer',
    'scheduler',
    'dagProcessor',
    'triggerer',
    'executor.workers',
    'executor.flower',
    'executor.tasks',
  ]);
});

test('who connects to a data store has its password', () => {
  // GIVEN
  const ofStores = CONNECTIONS.filter(({ to }) => ['database', 'pool', 'broker'].includes(to));

  // THEN
  expect(ofStores.length).toBeGreaterThan(5);
  for (const { name, to } of ofStores) expect(COMPONENTS[name].secrets).toHaveProperty(to === 'pool' ? 'database' : to);
});

test('those of main.ts that run all the time together ask for less than 2 cores and 6 GiB', () => {
  // GIVEN
  const running: ComponentName[] = [...AIRFLOW_COMPONENTS, 'worker', 'postgresql', 'redis'];

  // WHEN
  const sum = (amount: 'cpu' | 'memory') => {
    return running.reduce((total, name) => total + Number(quantityValue(COMPONENTS[name].resources.requests?.[amount] ?? '')), 0);
  };

  // THEN
  expect(sum('cpu')).toBeLessThan(2);
  expect(sum('memory')).toBeLessThan(6 * 2 ** 30);
});
