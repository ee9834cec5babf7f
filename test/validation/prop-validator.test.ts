import { Construct } from 'constructs';
import { PropValidator } from '../../lib/validation/prop-validator';
import { synthErrors } from '../support/synth-objects';

type Method = Exclude<keyof PropValidator, 'report' | 'reportHidden'>;

const LONG = 'a'.repeat(63);

test.each<[Method, unknown[]]>([
  ['dnsLabel', [undefined, 'a', '1', 'airflow-1', LONG]],
  ['dnsSubdomain', [undefined, 'a', '1.2', 'airflow.example.com', `${LONG}.${LONG}`, 'a--b.c']],
  ['secretKey', [undefined, 'password', '.netrc', 'Fernet_Key-1', 'a'.repeat(253)]],
  ['mountPath', [undefined, '/', '/opt/airflow/dags', '/a b']],
  ['quantity', [undefined, '1', '500m', '1.5Gi', '1e3']],
  ['labels', [undefined, {}, { team: '' }, { 'example.com/Team_1': 'A.b-c_1' }, { [LONG]: LONG }]],
  ['annotations', [undefined, {}, { 'example.com/what': 'anything at all: ✓\n' }]],
])('%s takes what is right, and nothing', (method, values) => {
  // THEN
  for (const value of values) expect(errorsOf((validator) => (validator[method] as Check)('prop', value))).toEqual([]);
});

test.each<[Method, unknown[], string]>([
  [
    'dnsLabel',
    ['', 'A', 'a.b', 'a_b', '-a', 'a-', `${LONG}a`, 'a\n', ' a'],
    'expected a DNS label: at most 63 lower-case letters, digits and hyphens, as in "airflow-1"',
  ],
  [
    'dnsSubdomain',
    ['', 'A.b', 'a..b', '.a', 'a.', 'a_b', 'a b', '*.a', 'a:1', 'http://a', 'a/b', `${'a.'.repeat(127)}a`],
    'expected a DNS name: lower-case letters, digits, hyphens and dots, as in "airflow.example.com"',
  ],
  [
    'secretKey',
    ['', 'a b', 'a/b', 'a:b', 'ä', 'a'.repeat(254)],
    'expected a key of a Secret: letters, digits, hyphens, underscores and dots, as in "password"',
  ],
  ['mountPath', ['', 'dags', './dags', '/a:b'], 'expected an absolute path without a colon, as in "/opt/airflow/dags"'],
  ['quantity', ['', '0', '-1', 'big', '1GB', ' 1'], 'expected a Kubernetes quantity above zero, as in "500m", "2" or "1Gi"'],
])('%s reports the prop, the value and what would do', (method, values, expected) => {
  // THEN
  for (const value of values) {
    expect(errorsOf((validator) => (validator[method] as Check)('some.prop', value))).toEqual([
      `[scope/construct] some.prop: ${JSON.stringify(value)} given; ${expected}`,
    ]);
  }
});

test.each([
  [0, 1, undefined, 'expected a whole number of 1 or more'],
  [1.5, 1, undefined, 'expected a whole number of 1 or more'],
  [-1, 0, undefined, 'expected a whole number of 0 or more'],
  [0, 1, 65535, 'expected a whole number from 1 to 65535'],
  [65536, 1, 65535, 'expected a whole number from 1 to 65535'],
  ['2', 1, undefined, 'expected a whole number of 1 or more'],
])('%j is no whole number from %d to %d', (value, minimum, maximum, expected) => {
  // THEN
  expect(errorsOf((validator) => validator.wholeNumber('count', value as number, minimum, maximum))).toEqual([
    `[scope/construct] count: ${JSON.stringify(value)} given; ${expected}`,
  ]);
});

test.each([Number.NaN, Number.POSITIVE_INFINITY])('%d is shown as it is', (value) => {
  // THEN
  expect(errorsOf((validator) => validator.wholeNumber('count', value, 1))).toEqual([
    `[scope/construct] count: ${value} given; expected a whole number of 1 or more`,
  ]);
});

test('a word of a closed set is told with the nearest right one', () => {
  // GIVEN
  const effects = ['NoSchedule', 'PreferNoSchedule', 'NoExecute'];

  // THEN
  expect(errorsOf((validator) => validator.oneOf('prop', 'NoExecute', effects))).toEqual([]);
  expect(errorsOf((validator) => validator.oneOf('prop', undefined, effects))).toEqual([]);
  expect(errorsOf((validator) => validator.oneOf('prop', 'noschedule', effects))).toEqual([
    '[scope/construct] prop: "noschedule" given; expected one of NoSchedule, PreferNoSchedule, NoExecute; did you mean "NoSchedule"?',
  ]);
  expect(errorsOf((validator) => validator.oneOf('prop', 'x', effects))).toEqual([expect.stringMatching(/NoExecute$/)]);
});

test('whole numbers within their range are right', () => {
  // THEN
  for (const value of [undefined, 1, 65535]) {
    expect(errorsOf((validator) => validator.wholeNumber('port', value, 1, 65535))).toEqual([]);
  }
});

test.each<[{ [name: string]: string }, string]>([
  [{ 'a b': 'x' }, 'labels["a b"]: "a b" given; expected the name of a label, as in "example.com/team"'],
  [{ 'a/b/c': 'x' }, 'labels["a/b/c"]: "a/b/c" given; expected the name of a label, as in "example.com/team"'],
  [{ 'Example.com/a': 'x' }, 'labels["Example.com/a"]: "Example.com/a" given; expected the name of a label, as in "example.com/team"'],
  [{ '/a': 'x' }, 'labels["/a"]: "/a" given; expected the name of a label, as in "example.com/team"'],
  [{ '': 'x' }, 'labels[""]: "" given; expected the name of a label, as in "example.com/team"'],
  [{ [`${LONG}a`]: 'x' }, `labels["${LONG}a"]: "${LONG}a" given; expected the name of a label, as in "example.com/team"`],
  [{ team: 'a b' }, 'labels["team"]: "a b" given; expected at most 63 letters, digits, "-", "_" and "."'],
  [{ team: '-a' }, 'labels["team"]: "-a" given; expected at most 63 letters, digits, "-", "_" and "."'],
  [{ team: `${LONG}a` }, `labels["team"]: "${LONG}a" given; expected at most 63 letters, digits, "-", "_" and "."`],
])('the labels %j are an error', (labels, message) => {
  // THEN
  expect(errorsOf((validator) => validator.labels('labels', labels))).toEqual([`[scope/construct] ${message}`]);
});

test('an annotation is told by its name, its value may be anything', () => {
  // THEN
  expect(errorsOf((validator) => validator.annotations('annotations', { 'a b': 'c d' }))).toEqual([
    '[scope/construct] annotations["a b"]: "a b" given; expected the name of an annotation, as in "example.com/team"',
  ]);
});

test('what is hidden is told without its value', () => {
  // THEN
  expect(errorsOf((validator) => validator.reportHidden('url', 'there is a token in it'))).toEqual([
    '[scope/construct] url: there is a token in it',
  ]);
});

test('all that is wrong is shown together, in the order in which it was found', () => {
  // WHEN
  const errors = synthErrors((app) => {
    const first = new PropValidator(new Construct(app, 'first'));
    const second = new PropValidator(new Construct(app, 'second'));
    second.report('c', 3, 'expected less');
    first.report('a', null, 'expected more');
    first.report('b', { x: 1 }, 'expected less');
  });

  // THEN
  expect(errors).toEqual([
    '[first] a: null given; expected more',
    '[first] b: {"x":1} given; expected less',
    '[second] c: 3 given; expected less',
  ]);
});

type Check = (prop: string, value: unknown) => void;

test('a prop is reported by the name that it has for who made the construct', () => {
  // WHEN
  const errors = synthErrors((app) => {
    const construct = new Construct(app, 'test');
    new PropValidator(construct).report('items[0].name', 'a b', 'expected items');
    PropValidator.rename(construct, { items: 'things' });
  });

  // THEN
  expect(errors).toEqual(['[test] things[0].name: "a b" given; expected items']);
});

function errorsOf(check: (validator: PropValidator) => void): string[] {
  return synthErrors((app) => check(new PropValidator(new Construct(new Construct(app, 'scope'), 'construct'))));
}
