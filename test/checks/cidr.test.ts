import { containsCidr, overlapCidrs } from '../../lib/checks/cidr';

test.each([
  ['10.0.0.0/8', '10.0.0.0/8', true],
  ['10.0.0.0/8', '10.1.2.0/24', true],
  ['10.1.2.0/24', '10.0.0.0/8', false],
  ['10.0.0.0/8', '11.0.0.0/8', false],
  ['0.0.0.0/0', '192.168.1.1/32', true],
  ['fd00::/8', 'fd12:3456::/32', true],
  ['fd00::/8', 'fe80::/10', false],
  ['::/0', '10.0.0.0/8', false],
  ['0.0.0.0/0', '::/0', false],
  ['10.0.0.0/8', 'fd00::/64', false],
  ['nonsense', '10.0.0.0/8', false],
  ['nonsense', 'nonsense', false],
  ['10.0.0.0/8', 'nonsense', false],
])('%s contains %s: %s', (outer, inner, expected) => {
  // WHEN
  const result = containsCidr(outer, inner);
  // THEN
  expect(result).toBe(expected);
});

test.each([
  ['10.0.0.0/8', '10.1.0.0/16', true],
  ['10.1.0.0/16', '10.0.0.0/8', true],
  ['10.1.0.0/16', '10.2.0.0/16', false],
])('%s and %s overlap: %s', (a, b, expected) => {
  // WHEN
  const result = overlapCidrs(a, b);
  // THEN
  expect(result).toBe(expected);
});
