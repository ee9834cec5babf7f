import { Duration, Lazy } from 'cdk8s';
import { Construct } from 'constructs';
import { Credentials, Executor, HelmChart } from '../../lib';
import { checkedProps } from '../../lib/validation/checked-props';
import { PropValidator } from '../../lib/validation/prop-validator';
import { synthAirflow } from '../support/synth-objects';

// biome-ignore lint/suspicious/noExplicitAny: what is wrong here is what types would tell
type Untyped = any;

/** What is left of props, and what is told of them. */
function check(
  struct: string,
  given: Untyped,
  neutral: object = {},
): { props: Untyped; errors: readonly string[]; validator: PropValidator } {
  const validator = new PropValidator(new Construct(undefined as never, ''));
  return { props: checkedProps<Untyped>(validator, struct, given, neutral), errors: validator.errors, validator };
}

test('props that are right stay what they are', () => {
  // GIVEN
  const given = { replicas: 2, gracePeriod: Duration.minutes(1), labels: { team: 'data' }, image: undefined };

  // THEN
  expect(check('WorkersProps', given).props).toBe(given);
});

test('maps without a prototype, which cdk8s can not render, are copied wherever they are', () => {
  // GIVEN
  const bare = (entries: object) => Object.assign(Object.create(null), entries);
  const placement = { nodeSelector: bare({ disk: 'ssd' }), tolerations: [bare({ key: 'gpu', operator: 'Exists' })] };
  const executor = Executor.celery({ workers: { placement, podParts: [{ volumes: [{ name: 'a', emptyDir: bare({}) }] }] } });

  // WHEN
  const objects = synthAirflow({ executor, allComponents: { placement } });

  // THEN
  for (const component of ['worker', 'scheduler']) expect(objects.pod(component).spec).toMatchObject({ nodeSelector: { disk: 'ssd' } });
});

test('what is wrong is left out, and what can’t be without it', () => {
  // GIVEN
  const repositories = [{ url: 'a', depth: 'all' }];
  const given = { repositories, image: { tag: 'a', pullSecrets: [1] }, mountPath: 5, resources: { limits: 1 } };

  // THEN
  expect(check('DagGitSyncProps', given).props).toEqual({ repositories: [{ url: 'a' }], image: { tag: 'a' }, resources: {} });
  expect(check('DagGitSyncProps', { ...given, repositories: [{}] }, { repositories: ['none'] }).props.repositories).toEqual(['none']);
});

test('a prop of a wrong name that says enough goes on under the right one', () => {
  // THEN
  expect(check('GitRepository', { urll: 'a' }).props).toEqual({ url: 'a' });
  expect(check('GitRepository', { urll: 5 }, { url: '' }).props).toEqual({ url: '' });
  expect(check('GitRepository', { urll: 5 }).errors).toHaveLength(1);
});

test('of what is left out no more is told', () => {
  // GIVEN
  const { validator, errors } = check('WorkersProps', { image: 'a', replicas: null });

  // WHEN
  validator.report('replicas', 0, 'expected 1');
  validator.report('image.tag', '', 'expected a tag');
  validator.report('images', '', 'expected others');

  // THEN
  expect(errors).toEqual([
    expect.stringMatching(/^replicas: null/),
    expect.stringMatching(/^image: text/),
    'images: "" given; expected others',
  ]);
});

test('an instance is made anew without what its factory was given wrong', () => {
  // GIVEN
  const fernetKey = { secretName: 'mine' };

  // WHEN
  const { props } = check('AirflowProps', { credentials: Credentials.existing({ fernetKey, jwtSecret: 5 } as never) });

  // THEN
  expect(props.credentials).toBeInstanceOf(Credentials);
  expect(props.credentials._plan.existing).toEqual({ fernetKey });
});

test('a class is known by its name: there may be two copies of a library', () => {
  // GIVEN
  const other = { Duration: class Duration {} };

  // THEN
  expect(check('WorkersProps', { gracePeriod: new other.Duration() }).errors).toEqual([]);
});

test('props may be of any prototype, and have getters', () => {
  // GIVEN
  class Defaults {
    get replicas() {
      return 2;
    }
  }
  const bare = Object.assign(Object.create(null), { labels: { team: 'data' } });

  // THEN
  expect(check('WorkersProps', new Defaults()).errors).toEqual([]);
  expect(check('WorkersProps', bare).errors).toEqual([]);
});

test('what cdk8s works out later, and what a chart makes of values, is not looked at', () => {
  // GIVEN
  const values = { a: null, b: undefined, c: [1, { d: true }] };

  // THEN
  expect(check('ComponentProps', { annotations: { at: Lazy.any({ produce: () => 'x' }) } }).errors).toEqual([]);
  expect(check('ChartOptions', { version: '1', values }).errors).toEqual([]);
});

test.each(['s3cret value', 'https://ada:s3cret@example.com', 's3cret?'])('%s is not shown', (text) => {
  // THEN
  expect(check('WorkersProps', { replicas: text }).errors).toEqual(['replicas: text given; expected a number']);
});

test('what stands at the place of a secret is not shown', () => {
  expect(check('SecretKey', { secretName: 1234 }).errors).toEqual(['secretName: a number given; expected text']);
});

test.each<[string, unknown, string]>([
  ['not a number', Number.NaN, 'NaN given'],
  ['no finite number', [1, Number.NEGATIVE_INFINITY], '[1]: -Infinity given'],
  ['a function', () => 1, 'a function given'],
  ['a symbol', Symbol('a'), 'a symbol given'],
  ['a big number', { a: 10n }, '.a: a bigint given'],
  ['a Map', new Map([['a', 1]]), 'an instance of Map given'],
  ['a Set', new Set(['a']), 'an instance of Set given'],
  ['bytes', Buffer.from('a'), 'an instance of Buffer given'],
  ['a list of bytes', new Uint8Array(1), 'an instance of Uint8Array given'],
  ['a boxed text', new String('a'), 'an instance of String given'],
  ['half of a character', 'a\ud83d', 'half of a surrogate pair, which is no character, given'],
  ['a Date', new Date(0), 'an instance of Date given'],
  ['a Duration', Duration.minutes(1), 'an instance of Duration given'],
  ['undefined in a list', ['a', undefined], '[1]: undefined given'],
])('%s is no JSON, which is one error with the path', (_, value, expected) => {
  // WHEN
  const { errors } = check('HelmChartIncludeProps', { chart: HelmChart.folder('a'), values: { web: { given: value } } });

  // THEN
  expect(errors).toHaveLength(1);
  expect(errors[0]).toContain(`values.web.given${expected.startsWith('[') || expected.startsWith('.') ? '' : ': '}${expected}`);
  expect(errors[0]).toContain('; expected text, a finite number, true or false, null, a list or a map');
});

test('what contains itself is an error, and what is there twice is none', () => {
  // GIVEN
  const shared = { a: 1 };
  const circle: { [key: string]: unknown } = { shared, again: [shared, shared] };
  const chart = HelmChart.folder('a');

  // THEN
  expect(check('HelmChartIncludeProps', { chart, values: circle }).errors).toEqual([]);
  circle.self = [circle];
  expect(check('HelmChartIncludeProps', { chart, values: circle }).errors).toEqual([
    expect.stringMatching(/^values\.self\[0\]\.self: it contains itself; expected text|^values\.self\[0\]: it contains itself/),
  ]);
});
