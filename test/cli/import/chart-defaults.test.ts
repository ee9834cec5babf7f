import { digestOf, isChartDefault } from '../../../cli/import/chart-defaults';

test.each([
  ['official', 'workers.replicas', 1, true],
  ['official', 'workers.replicas', '1', true],
  ['official', 'workers.replicas', 2, false],
  ['official', 'dags.gitSync.enabled', false, true],
  // A version that is named is meant.
  ['official', 'airflowVersion', '3.2.2', false],
  ['bitnami', 'executor', 'CeleryExecutor', true],
  ['bitnami', 'workers.replicas', 1, false],
  ['official', 'constructor', 1, false],
])('of the %s chart %s: %j is a default: %s', (chart, path, value, expected) => {
  expect(isChartDefault(chart, path, value)).toBe(expected);
});

test('lists have digests too', () => {
  expect(digestOf(['a', 1])).not.toBe(digestOf(['a', 2]));
  expect(digestOf(['a', 1])).toMatch(/^[0-9a-f]{8}$/);
});
