import type { RenderedDocument } from '../../../lib/helm/plain/rendered-documents';
import { randomSecrets, repeatsSecret } from '../../../lib/helm/plain/repeated-secrets';
import type { Json } from '../../../lib/kubernetes/json';

const base64 = (text: string) => Buffer.from(text).toString('base64');
const document = (manifest: Json): RenderedDocument => ({ manifest: { kind: 'Secret', metadata: { name: 'a' }, ...manifest }, source: '' });
const ofSecret = (field: 'data' | 'stringData', text: string) => document({ [field]: { key: field === 'data' ? base64(text) : text } });

const FIRST = 'aB3dE5gH7j';
const SECOND = 'zY2xW4vU6t';
const OTHER = 'mN8oP9qR1s';

/** What is made anew in a Secret whose text has a password in it. */
const secrets = (text: (password: string) => string, field: 'data' | 'stringData' = 'data') =>
  randomSecrets([ofSecret(field, text(FIRST))], [ofSecret(field, text(SECOND))]);
const repeats = (value: (password: string) => Json, of: readonly string[]) => repeatsSecret(value(FIRST), value(SECOND), of);

test.each<[string, (password: string) => string]>([
  ['a password', (password) => password],
  ['an address', (password) => `redis://web:${password}@redis:6379/0`],
  ['a file', (password) => `user = web\npassword = ${password}\nmode = plain\n`],
  ['a password with something before it', (password) => `prefix${password}`],
  ['base64 once more', (password) => base64(password)],
  ['a login to a registry', (password) => JSON.stringify({ auths: { 'r.example.com': { auth: base64(`web:${password}`) } } })],
])('a Secret with %s is repeated by whatever has that password in it', (_, text) => {
  for (const field of ['data', 'stringData'] as const) {
    // GIVEN
    const random = secrets(text, field);

    // THEN
    expect(repeats((password) => password, random)).toBe(true);
    expect(repeats((password) => base64(password), random)).toBe(true);
    expect(repeats((password) => `mode: plain\nurl: postgresql://web:${password}@db/web\n`, random)).toBe(true);
    expect(repeats((password) => `Basic ${base64(`web:${password}`)}`, random)).toBe(true);
    expect(repeats((password) => `it-is-${password}-here`, random)).toBe(true);
    expect(
      repeats(
        (password) => `sameword${password}sameword`,
        secrets((it) => it, field),
      ),
    ).toBe(true);
    expect(repeats((password) => [{ name: 'PASSWORD', value: password }], random)).toBe(true);
    expect(repeats((password) => ({ [password]: '' }), random)).toBe(true);
  }
});

test('a password of other letters is repeated too', () => {
  // GIVEN
  const [first, second] = ['p{a} s"s!', 'q[b] t"t?'];
  const random = randomSecrets([ofSecret('data', first)], [ofSecret('data', second)]);

  // THEN
  expect(repeatsSecret(`password=${first}\n`, `password=${second}\n`, random)).toBe(true);
  expect(repeatsSecret(base64(first), base64(second), random)).toBe(true);
});

test('what is random for itself repeats nothing, though the words around it are in the Secret too', () => {
  // GIVEN
  const random = secrets((password) => `redis://web:${password}@redis:6379/0`);

  // THEN
  expect(repeatsSecret(`redis://web:${OTHER}@redis:6379/0`, 'redis://web:else@redis:6379/0', random)).toBe(false);
  expect(repeatsSecret(OTHER, undefined, random)).toBe(false);
  expect(repeatsSecret(7, 8, random)).toBe(false);
});

test('what is the same in each render is no random secret, nor what is beside the data', () => {
  // GIVEN
  const secret = (at: string) => document({ data: { user: base64('web-user') }, metadata: { name: 'a', annotations: { at } } });

  // THEN
  expect(randomSecrets([secret('10:15:20')], [secret('10:15:21')])).toEqual([]);
  expect(randomSecrets([document({ kind: 'ConfigMap', data: { id: FIRST } })], [])).toEqual([]);
  expect(randomSecrets([document({ data: undefined })], [document({})])).toEqual([]);
});
