import { cidrProblem, containsCidr, overlapCidrs } from '../../lib/network/cidr';

test.each([
  ['10.0.0.0/8', '10.0.0.0/8', true],
  ['10.0.0.0/8', '10.1.2.0/24', true],
  ['10.1.2.0/24', '10.0.0.0/8', false],
  ['10.0.0.0/8', '11.0.0.0/8', false],
  ['0.0.0.0/0', '192.168.1.1/32', true],
  ['fd00::/8', 'fd12:3456::/32', true],
  ['fd00::/8', 'fe80::/10', false],
  ['2001:db8::/33', '2001:db8:8000::/33', false],
  ['2001:0db8:0:0::/32', '2001:db8:8000::/33', true],
  ['1.2.3.4./8', '1.2.3.4./8', false],
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

test.each([
  '10.0.0.0/8',
  '0.0.0.0/0',
  '10.20.3.4/32',
  '192.168.128.0/17',
  '2001:db8::/32',
  '2001:0DB8:0000::/32',
  '::/0',
  'fd00::1/128',
  '::ffff:10.0.0.0/104',
])('the block %j is right', (cidr) => {
  // THEN
  expect(cidrProblem(cidr)).toBeUndefined();
});

test.each([
  '10.0.0.0',
  '10.0.0/8',
  '10.0.0.256/8',
  '10.0.0.0/33',
  '010.0.0.0/8',
  '10.0.0.0/08',
  '10.0.0.0/',
  '10.0.0.0/-1',
  '10.0.0.0/8/8',
  '10.0.0.0/8 ',
  '1.2.3.4./8',
  'example.com',
  'fd00::/129',
  'fd00:::/8',
  'fe80::%eth0/10',
  '1:2:3/16',
  '/8',
  '',
])('%j is no block', (cidr) => {
  // THEN
  expect(cidrProblem(cidr)).toBe('expected a block in CIDR notation, as in "10.0.0.0/8" or "2001:db8::/32"');
});

test.each([
  ['10.20.3.4/16', '10.20.0.0/16'],
  ['10.20.3.4/0', '0.0.0.0/0'],
  ['192.168.255.1/17', '192.168.128.0/17'],
  ['2001:db8:1::1/33', '2001:db8::/33'],
  ['fd00::1/64', 'fd00::/64'],
])('%j is in a block, and the block is %j', (cidr, block) => {
  // THEN
  expect(cidrProblem(cidr)).toBe(`expected the first address of the block: "${block}"`);
});
