import { Executor } from '../../../lib';
import { propsAt } from '../../support/props-at';
import { airflowErrors, synthAirflow } from '../../support/synth-objects';

const COMPONENTS: [string, string][] = [
  ['apiServer', 'api-server'],
  ['scheduler', 'scheduler'],
  ['dagProcessor', 'dag-processor'],
  ['triggerer', 'triggerer'],
  ['executor.workers', 'worker'],
];

describe.each(COMPONENTS)('%s', (prop, component) => {
  const name = `airflow-${component}`;

  test('there is one pod, and no PodDisruptionBudget, which would block each node that is drained', () => {
    // WHEN
    const objects = synthAirflow();

    // THEN
    expect(objects.one('Deployment', name).spec.replicas).toBe(1);
    expect(objects.names('PodDisruptionBudget')).toEqual([]);
  });

  test('from two pods on there is a PodDisruptionBudget for them', () => {
    // WHEN
    const objects = synthAirflow(propsAt(prop, { replicas: 3 }));

    // THEN
    const { spec } = objects.one('Deployment', name);
    expect(spec.replicas).toBe(3);
    expect(objects.names('PodDisruptionBudget')).toEqual([name]);
    expect(objects.one('PodDisruptionBudget', name).spec).toEqual({ maxUnavailable: 1, selector: spec.selector });
  });

  test('the number of pods is in no pod template', () => {
    // THEN
    expect(synthAirflow(propsAt(prop, { replicas: 3 })).podTemplates()).toEqual(synthAirflow().podTemplates());
  });

  test('pods are selected by what never changes', () => {
    // GIVEN
    const props = { labels: { team: 'data' }, image: { tag: '3.3.1' }, replicas: 2 };

    // WHEN
    const { spec } = synthAirflow({ ...propsAt(prop, props), airflowVersion: '3.3.0' }).one('Deployment', name);

    // THEN
    expect(spec.selector).toEqual({
      matchLabels: {
        'app.kubernetes.io/name': 'airflow',
        'app.kubernetes.io/instance': 'airflow',
        'app.kubernetes.io/component': component,
      },
    });
    expect(spec.template.metadata.labels).toMatchObject(spec.selector.matchLabels);
  });

  test.each([0, -1, 1.5])('%d pods are an error', (replicas) => {
    // THEN
    expect(airflowErrors(propsAt(prop, { replicas }))).toEqual([
      `[airflow/airflow] ${prop}.replicas: ${replicas} given; expected a whole number of 1 or more`,
    ]);
  });
});

test('under LocalExecutor several schedulers are several pods too', () => {
  // WHEN
  const objects = synthAirflow({ executor: Executor.local(), scheduler: { replicas: 2 } });

  // THEN
  expect(objects.one('Deployment', 'airflow-scheduler').spec.replicas).toBe(2);
  expect(objects.names('PodDisruptionBudget')).toEqual(['airflow-scheduler']);
});
