import { Autoscaling, Executor } from '../../../lib';
import { propsAt } from '../../support/props-at';
import { type Options, officialRelease } from './release';

const COMPONENTS: readonly [string, string, string][] = [
  ['apiServer', 'airflow-api-server', 'api-server'],
  ['scheduler', 'airflow-scheduler', 'scheduler'],
  ['dagProcessor', 'airflow-dag-processor', 'dag-processor'],
  ['triggerer', 'airflow-triggerer', 'triggerer'],
  ['executor.workers', 'airflow-worker', 'worker'],
];

test.each(COMPONENTS)('%s: from two pods on there is a PodDisruptionBudget', (prop, name, component) => {
  // WHEN
  const budgets = (replicas: number) => officialRelease(propsAt(prop, { replicas })).objects.ofKind('PodDisruptionBudget');

  // THEN
  expect(budgets(1)).toEqual([]);
  expect(budgets(2)).toMatchObject([
    {
      metadata: { name },
      spec: {
        maxUnavailable: 1,
        unhealthyPodEvictionPolicy: 'AlwaysAllow',
        selector: { matchLabels: { tier: 'airflow', component, release: 'airflow' } },
      },
    },
  ]);
});

test('workers whose number follows their load have one if they may be more than one', () => {
  // WHEN
  const names = (maxReplicas: number) =>
    officialRelease({ executor: Executor.celery({ workers: { autoscaling: Autoscaling.cpu({ maxReplicas }) } }) }).objects.names(
      'PodDisruptionBudget',
    );

  // THEN
  expect(names(1)).toEqual([]);
  expect(names(2)).toEqual(['airflow-worker']);
});

test.each<[string, Options]>([
  ['scheduler', { values: { scheduler: { podDisruptionBudget: { enabled: true } } } }],
  ['executor.workers', { values: { workers: { celery: { podDisruptionBudget: { enabled: true } } } } }],
])('there is no second one beside the chart’s own: %s', (prop, options) => {
  expect(officialRelease(propsAt(prop, { replicas: 2 }), options).objects.names('PodDisruptionBudget')).toEqual([]);
});
