import { isSpecifier, isVersion, satisfies } from '../../lib/requirements/pep440';

test.each([
  ['3.3.2', '==', '3.3.2', true],
  ['3.3.2', '==', '3.3.2.0', true],
  ['3.0.0', '==', '3', true],
  ['3.3.2', '==', 'v3.3.2', true],
  ['3.3.2', '==', '3.3', false],
  ['3.3.2', '==', '3.3.*', true],
  ['3.3.2', '==', '3.30.*', false],
  ['3.3.2rc1', '==', '3.3.*', true],
  ['3.3.2', '==', '1!3.3.2', false],
  ['3.3.2', '==', '3.3.2+local', false],
  ['3.3.2+local.1', '==', '3.3.2+LOCAL_1', true],
  ['3.3.2+local', '==', '3.3.2', true],
  ['3.3.2', '!=', '3.3.2', false],
  ['3.3.2', '!=', '3.2.*', true],
  ['3.3.2', '!=', '3.3.*', false],
  ['3.3.2', '~=', '3.3', true],
  ['3.3.2', '~=', '3.3.1', true],
  ['3.3.2', '~=', '3.2.0', false],
  ['3.3.2', '~=', '3.3.3', false],
  ['3.3.2', '~=', '2.10', false],
  ['3.3.2', '>=', '3.3.2', true],
  ['3.3.2', '>=', '3.3.2rc1', true],
  ['3.3.2', '>=', '3.3.2.post1', false],
  ['3.3.2', '>=', '3.10', false],
  ['3.3.2', '<=', '3.3.2', true],
  ['3.3.2', '<=', '3.3.2.dev1', false],
  ['3.3.2', '>', '3.3.2', false],
  ['3.3.2', '>', '3.3.2rc2', true],
  ['3.3.2', '<', '3.3.10', true],
  ['3.3.2', '<', '3.3.2', false],
  ['3.3.2', '<', '1!0', true],
  ['3.3.2rc1', '<', '3.3.2', false],
  ['3.3.2rc1', '<', '3.3.2rc2', true],
  ['3.3.2.post1', '>', '3.3.2', false],
  ['3.3.2', '===', '3.3.2', true],
  ['3.3.0', '===', '3.3', false],
])('%s %s%s is %s', (version, operator, wanted, expected) => {
  // WHEN
  const result = satisfies(version, operator, wanted);

  // THEN
  expect(result).toBe(expected);
});

test.each(['1.dev0', '1a1.dev2', '1a1', '1b1', '1rc1', '1', '1.post1.dev1', '1.post1', '1.1.dev1'])(
  '%s comes after those before it',
  (version) => {
    // GIVEN
    const order = ['1.dev0', '1a1.dev2', '1a1', '1b1', '1rc1', '1', '1.post1.dev1', '1.post1', '1.1.dev1'];

    // WHEN
    const before = order.filter((other) => !satisfies(other, '>=', version));

    // THEN
    expect(before).toEqual(order.slice(0, order.indexOf(version)));
  },
);

test.each(['1', '1.0', 'v1.0', '1!2.0', '1.0a1', '1.0-alpha.1', '1.0.RC', '1.0-1', '1.0.post2', '1.0.dev', '1.0+ubuntu.1'])(
  '%s is a version',
  (text) => {
    // THEN
    expect(isVersion(text)).toBe(true);
  },
);

test.each(['', 'abc', '1.', '1..0', '1.0x', '1.0+', '1.*'])('"%s" is no version', (text) => {
  // THEN
  expect(isVersion(text)).toBe(false);
});

test.each([
  ['==', '1.*', true],
  ['!=', '1.*', true],
  ['>=', '1.*', false],
  ['~=', '1', false],
  ['~=', '1.0', true],
  ['>', '1.0+local', false],
  ['==', '1.0+local', true],
  ['===', 'whatever', true],
  ['==', 'whatever', false],
])('%s%s as a specifier is %s', (operator, version, expected) => {
  // THEN
  expect(isSpecifier(operator, version)).toBe(expected);
});
