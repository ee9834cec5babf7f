import { BITNAMI_COMPONENT_ROWS, BITNAMI_NOTES } from '../../../cli/import/bitnami-chart';
import { OFFICIAL_COMPONENT_ROWS, OFFICIAL_NOTES } from '../../../cli/import/official-chart';
import { componentProps, ENABLED, GRACE_PERIOD, PLACEMENT, PROBES, RESOURCES, rowsBelow } from '../../../cli/import/shared-rows';
import { Values } from '../../../cli/import/values';

const SHARED = [RESOURCES, PLACEMENT, PROBES, GRACE_PERIOD, ENABLED];

test.each([
  ['official', OFFICIAL_COMPONENT_ROWS],
  ['Bitnami', BITNAMI_COMPONENT_ROWS],
])('a component of the %s chart has all rows that both charts have', (_chart, rows) => {
  expect(rows).toEqual(expect.arrayContaining(SHARED));
});

test.each([
  ['official', OFFICIAL_NOTES],
  ['Bitnami', BITNAMI_NOTES],
])('notes of the %s chart know values of a component by their whole paths', (_chart, rows) => {
  expect(rows.flatMap(({ values }) => values)).toEqual(expect.arrayContaining(['scheduler.resources', 'triggerer.enabled']));
});

test('rows stand below each component', () => {
  expect(rowsBelow(['web', 'worker'], [RESOURCES]).map(({ values }) => values)).toEqual([['web.resources'], ['worker.resources']]);
});

test('an autoscaler counts before a number of pods', () => {
  // GIVEN
  const rows = [
    { values: ['replicas'], becomes: '', props: () => ({ replicas: 2 }) },
    { values: ['hpa'], becomes: '', props: (values: Values) => (values.isOn('hpa') ? { autoscaling: 'cpu' } : undefined) },
  ];

  // THEN
  expect(componentProps(rows, Values.of({}), 'ScalableComponentProps')).toEqual({ replicas: 2 });
  expect(componentProps(rows, Values.of({ hpa: true }), 'ScalableComponentProps')).toEqual({ autoscaling: 'cpu' });
});
