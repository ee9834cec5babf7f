import { maskSecrets } from '../../../lib/helm/run/mask';

test.each<[string, object]>([
  ['a password', { auth: { password: 'hunter2' } }],
  ['a password with another word before it', { rootPassword: 'hunter2' }],
  ['a token', { apiToken: 'hunter2' }],
  ['a key', { fernetKey: 'hunter2' }],
  ['a group of secrets', { extraSecrets: { login: { data: { user: 'hunter2' } } } }],
  ['a list of secrets', { tokens: ['one', 'hunter2'] }],
  ['a variable', { env: [{ name: 'DB_PASSWORD', value: 'hunter2' }] }],
])('%s is hidden', (_, values) => {
  // THEN
  expect(maskSecrets('error: hunter2 at "hunter2"', values)).toBe('error: *** at "***"');
});

test('an address with a login is hidden as a whole, and its login in other addresses', () => {
  // GIVEN
  const values = { broker: 'redis://me:hunter2@redis/0' };

  // THEN
  expect(maskSecrets('no host in "redis://me:hunter2@redis/0" or redis://me:hunter2@other', values)).not.toContain('hunter2');
});

test('a number is hidden too', () => {
  // THEN
  expect(maskSecrets('can not convert 123456', { password: 123456 })).toBe('can not convert ***');
});

test.each<[string, object]>([
  ['an ordinary value', { mode: 'hunter2' }],
  ['the name of a Secret', { existingSecret: 'hunter2' }],
  ['the name of a key', { existingSecretPasswordKey: 'hunter2' }],
  ['a part of a connection', { metadataConnection: { host: 'hunter2' } }],
  ['a part of a login', { auth: { username: 'hunter2' } }],
  ['an ordinary variable', { env: [{ name: 'MODE', value: 'hunter2' }] }],
])('%s is not', (_, values) => {
  // THEN
  expect(maskSecrets('error: hunter2', values)).toBe('error: hunter2');
});

test.each<[string, string]>([
  ['quoted', JSON.stringify('a "b" c/d')],
  ['encoded', Buffer.from('a "b" c/d').toString('base64')],
  ['in a URL', encodeURIComponent('a "b" c/d')],
])('a secret is hidden where it is %s', (_, form) => {
  // THEN
  expect(maskSecrets(`error: ${form}!`, { password: 'a "b" c/d' })).toMatch(/^error: "?\*\*\*"?!$/);
});

test('of a secret with lines each line is hidden', () => {
  // GIVEN
  const privateKey = '-----BEGIN KEY-----\nfirst-line\nsecond-line\n';

  // THEN
  expect(maskSecrets('line 3: second-line', { privateKey })).toBe('line 3: ***');
});

test('of two secrets, one of which is in the other, both are hidden', () => {
  // THEN
  expect(maskSecrets('abcd and abcdefgh', { password: 'abcd', token: 'abcdefgh' })).toBe('*** and ***');
});

test('a secret with signs of a pattern is hidden', () => {
  // THEN
  expect(maskSecrets('a.*(b)|c-d and aXX', { password: 'a.*(b)|c-d' })).toBe('*** and aXX');
});

test('a secret that is no whole text is hidden', () => {
  // THEN
  expect(maskSecrets('error: ab\ud800cd', { password: 'ab\ud800cd' })).toBe('error: ***');
});

test('a short secret is hidden where it stands alone', () => {
  // THEN
  expect(maskSecrets('abc in abcdef', { password: 'abc' })).toBe('*** in abcdef');
});

test('logins of URLs are hidden, whoever wrote them', () => {
  // THEN
  expect(maskSecrets('postgres://me:p%40ss@db:5432/x https://token@example.com/a@b', {})).toBe(
    'postgres://***@db:5432/x https://***@example.com/a@b',
  );
});

test.each([undefined, null, {}, { password: '' }, { password: null }])('with the values %j a text stays as it is', (values) => {
  // THEN
  expect(maskSecrets('Error: no such chart', values)).toBe('Error: no such chart');
});
