import { canonicalQuantity, quantityValue } from '../../lib/kubernetes/quantity';

// The right side is what k8s.io/apimachinery prints for either side (but for exponents, which it would leave as they are).
test.each([
  ['1', '1'],
  ['2.0', '2'],
  ['1.', '1'],
  ['+1', '1'],
  ['0.5', '500m'],
  ['.5', '500m'],
  ['0.250', '250m'],
  ['0.3', '300m'],
  ['1.5', '1500m'],
  ['100m', '100m'],
  ['1000m', '1'],
  ['1500m', '1500m'],
  ['10000m', '10'],
  ['0', '0'],
  ['0Gi', '0'],
  ['1024', '1024'],
  ['1000000', '1M'],
  ['1000k', '1M'],
  ['1.5M', '1500k'],
  ['1.5G', '1500M'],
  ['2048M', '2048M'],
  ['1E', '1E'],
  ['1Ki', '1Ki'],
  ['1000Ki', '1000Ki'],
  ['2048Ki', '2Mi'],
  ['1024Mi', '1Gi'],
  ['1025Mi', '1025Mi'],
  ['1536Mi', '1536Mi'],
  ['1.5Gi', '1536Mi'],
  ['0.5Gi', '512Mi'],
  ['0.5Ki', '512'],
  ['7Ei', '7Ei'],
  ['0.1Gi', '107374182400m'],
  ['1.1Gi', '1181116006400m'],
  ['0.7Ki', '716800m'],
  ['1e3', '1k'],
  ['1E3', '1k'],
  ['1.5e3', '1500'],
  ['1e1', '10'],
  ['1e-3', '1m'],
  ['123456789e-3', '123456789m'],
])('%s is %s to the API server', (quantity, canonical) => {
  // WHEN
  const result = canonicalQuantity(quantity);

  // THEN
  expect(result).toBe(canonical);
  expect(canonicalQuantity(result)).toBe(result);
  expect(quantityValue(result)).toBeCloseTo(quantityValue(quantity) as number, 6);
});

test.each([
  ['500m', 0.5],
  ['1Gi', 2 ** 30],
  ['1G', 1e9],
  ['1k', 1000],
  ['1e3', 1000],
  ['-1', -1],
  ['0', 0],
])('%s stands for %d', (quantity, value) => {
  // THEN
  expect(quantityValue(quantity)).toBe(value);
});

test.each(['', ' ', 'big', '1 Gi', '1gi', '1GiB', '1K', '1MB', '1e', 'Gi', '1,5', '1.5.0', '0x10', '1Gi ', '--1', '.', '1_000', 'NaN'])(
  '%j is no quantity, and is left as it is',
  (text) => {
    // THEN
    expect(quantityValue(text)).toBeUndefined();
    expect(canonicalQuantity(text)).toBe(text);
  },
);
