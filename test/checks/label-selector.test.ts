import { isEmptySelector, selects } from '../../lib/checks/label-selector';

const LABELS = { app: 'airflow', tier: 'web' };

test.each([
  [{}, true],
  [{ matchLabels: { app: 'airflow' } }, true],
  [{ matchLabels: { app: 'airflow', tier: 'database' } }, false],
  [{ matchLabels: { missing: 'x' } }, false],
  [{ matchExpressions: [{ key: 'tier', operator: 'In', values: ['web', 'worker'] }] }, true],
  [{ matchExpressions: [{ key: 'tier', operator: 'In', values: ['worker'] }] }, false],
  [{ matchExpressions: [{ key: 'missing', operator: 'In', values: ['x'] }] }, false],
  [{ matchExpressions: [{ key: 'tier', operator: 'NotIn', values: ['worker'] }] }, true],
  [{ matchExpressions: [{ key: 'tier', operator: 'NotIn', values: ['web'] }] }, false],
  [{ matchExpressions: [{ key: 'missing', operator: 'NotIn', values: ['x'] }] }, true],
  [{ matchExpressions: [{ key: 'tier', operator: 'Exists' }] }, true],
  [{ matchExpressions: [{ key: 'missing', operator: 'Exists' }] }, false],
  [{ matchExpressions: [{ key: 'missing', operator: 'DoesNotExist' }] }, true],
  [{ matchExpressions: [{ key: 'tier', operator: 'DoesNotExist' }] }, false],
  [{ matchExpressions: [{ key: 'tier', operator: 'Like', values: ['web'] }] }, false],
  [{ matchLabels: { app: 'airflow' }, matchExpressions: [{ key: 'tier', operator: 'DoesNotExist' }] }, false],
])('%j selects: %s', (selector, expected) => {
  // WHEN
  const result = selects(selector, LABELS);
  // THEN
  expect(result).toBe(expected);
});

test.each([
  [{}, true],
  [{ matchLabels: {}, matchExpressions: [] }, true],
  [{ matchLabels: { a: 'b' } }, false],
  [{ matchExpressions: [{ key: 'a', operator: 'Exists' }] }, false],
])('%j is empty: %s', (selector, expected) => {
  // WHEN
  const result = isEmptySelector(selector);
  // THEN
  expect(result).toBe(expected);
});
