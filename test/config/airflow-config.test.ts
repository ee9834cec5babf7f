import { execFileSync } from 'node:child_process';
import { Construct } from 'constructs';
import { AirflowConfig, type ConfigSections, type OwnedOption } from '../../lib/config/airflow-config';
import { PropValidator } from '../../lib/validation/prop-validator';
import { synthErrors } from '../support/synth-objects';

const OWNED: OwnedOption[] = [
  { section: 'core', key: 'executor', value: 'CeleryExecutor', instead: 'the prop executor' },
  { section: 'core', key: 'fernet_key', value: 'cat /key', secret: 'fernetKey', instead: 'the prop credentials' },
];
const DEFAULTS = { core: { load_examples: 'False' }, logging: { colored_console_log: 'False' } };

test('what the library sets, its defaults and what the user sets are one file, in the order of their names', () => {
  // GIVEN
  const config = new AirflowConfig(OWNED, DEFAULTS, { webserver: { navbar_color: '#fff' }, core: { parallelism: '64' } });

  // THEN
  expect(config.render()).toBe(
    [
      '[core]',
      'executor = CeleryExecutor',
      'load_examples = False',
      'parallelism = 64',
      '',
      '[logging]',
      'colored_console_log = False',
      '',
      '[webserver]',
      'navbar_color = #fff',
      '',
    ].join('\n'),
  );
});

test('the user’s options win over the defaults', () => {
  // GIVEN
  const config = new AirflowConfig(OWNED, DEFAULTS, { core: { load_examples: 'True' } });

  // THEN
  expect(config.sections().core.load_examples).toBe('True');
  expect(config.sections().logging).toEqual(DEFAULTS.logging);
});

test('the order in which options are written makes no difference', () => {
  // GIVEN
  const one = new AirflowConfig(OWNED, DEFAULTS, { b: { y: '1', x: '2' }, a: { z: '3' } });
  const other = new AirflowConfig([...OWNED].reverse(), DEFAULTS, { a: { z: '3' }, b: { x: '2', y: '1' } });

  // THEN
  expect(other.render()).toBe(one.render());
});

test('an option that somebody else sets is not written, and an error all the same', () => {
  // GIVEN
  const owned = [...OWNED, { section: 'api', key: 'port', instead: 'nothing' }];

  // WHEN
  const config = new AirflowConfig(owned, {}, {});
  const errors = synthErrors((app) => {
    new AirflowConfig(owned, {}, { api: { port: '1' } }).validate(new PropValidator(new Construct(app, 'test')), 'config');
  });

  // THEN
  expect(config.sections().api).toBeUndefined();
  expect(errors).toEqual(['[test] config.api.port: the library sets this option; use nothing']);
});

test('an option that is set to what the library sets is no error', () => {
  // GIVEN
  const owned = [...OWNED, { section: 'scheduler', key: 'enable_health_check', value: 'True', oldName: 'old.check', instead: 'x' }];
  const errors = (user: ConfigSections) =>
    synthErrors((app) => new AirflowConfig(owned, {}, user).validate(new PropValidator(new Construct(app, 'test')), 'config'));
  const ofVariable = (name: string, value?: string) =>
    synthErrors((app) =>
      new AirflowConfig(owned, {}, {}).validateVariable(new PropValidator(new Construct(app, 'test')), 'env', name, value),
    );

  // THEN
  expect(errors({ core: { Executor: 'CeleryExecutor' }, scheduler: { enable_health_check: 'true' }, old: { check: 'True' } })).toEqual([]);
  expect(ofVariable('AIRFLOW__CORE__EXECUTOR', 'CeleryExecutor')).toEqual([]);
  expect(errors({ core: { executor: 'celeryexecutor' } })).toHaveLength(1);
  expect(errors({ core: { executor_cmd: 'CeleryExecutor' } })).toHaveLength(1);
  expect(errors({ core: { fernet_key: 'cat /key' } })).toHaveLength(1);
  expect(ofVariable('AIRFLOW__CORE__EXECUTOR', 'LocalExecutor')).toHaveLength(1);
  expect(ofVariable('AIRFLOW__CORE__EXECUTOR')).toHaveLength(1);
});

test('an option that somebody else sets to a value is not written either', () => {
  // GIVEN
  const config = new AirflowConfig([{ ...OWNED[0], isSetElsewhere: true }], {}, {});

  // THEN
  expect(config.sections()).toEqual({});
});

test('a command that prints a secret is a variable of those that have the secret', () => {
  // GIVEN
  const config = new AirflowConfig(OWNED, DEFAULTS, {});

  // THEN
  expect(config.secretVariables(['jwtSecret', 'fernetKey'])).toEqual([{ name: 'AIRFLOW__CORE__FERNET_KEY_CMD', value: 'cat /key' }]);
  expect(config.secretVariables(['jwtSecret'])).toEqual([]);
});

test('single sections can be had', () => {
  // GIVEN
  const config = new AirflowConfig(OWNED, DEFAULTS, { database: { sql_alchemy_pool_size: '9' } });

  // THEN
  expect(config.sections(['database', 'core', 'fab'])).toEqual({
    core: { executor: 'CeleryExecutor', load_examples: 'False' },
    database: { sql_alchemy_pool_size: '9' },
  });
});

test('Python’s configparser, with which Airflow reads the file, reads what was given', () => {
  // GIVEN
  const options = {
    empty: '',
    percent: '100% of %(this)s and %%',
    equals: 'a = b: c',
    hash: '#fff ; no comment',
    quotes: `"it's"`,
    json: '[{"name": "a"}, {"name": "b"}]',
    lines: 'first\nsecond\n  indented\n\nafter an empty one',
    brackets: 'first\n[no section]',
    unicode: 'grüße ✓',
  };

  // WHEN
  const read = readWithPython(new AirflowConfig([], {}, { section: options }).render());

  // THEN: configparser takes the indentation of lines away
  expect(read).toEqual({ section: { ...options, lines: 'first\nsecond\nindented\n\nafter an empty one' } });
});

test('an option in capital letters is the same to Airflow, and is written once', () => {
  // GIVEN
  const config = new AirflowConfig(OWNED, DEFAULTS, { core: { Load_Examples: 'True' } });

  // WHEN
  const read = readWithPython(config.render());

  // THEN
  expect(read.core.load_examples).toBe('True');
});

test.each<[ConfigSections, string]>([
  [{ core: { executor: 'LocalExecutor' } }, 'config.core.executor: the library sets this option; use the prop executor'],
  [{ core: { Executor: 'LocalExecutor' } }, 'config.core.Executor: the library sets this option; use the prop executor'],
  [{ core: { executor_cmd: 'echo x' } }, 'config.core.executor_cmd: the library sets this option; use the prop executor'],
  [{ core: { fernet_key: 's3cret' } }, 'config.core.fernet_key: the library sets this option; use the prop credentials'],
  [{ core: { fernet_key_secret: 'x' } }, 'config.core.fernet_key_secret: the library sets this option; use the prop credentials'],
  [{ core: { 'a b': 'x' } }, 'config.core.a b: "[core] a b" given; expected the name of an Airflow option, as in [core] parallelism'],
  [
    { 'my]section': { key: 'x' } },
    'config.my]section.key: "[my]section] key" given; expected the name of an Airflow option, as in [core] parallelism',
  ],
  [{ core: { parallelism: 64 as unknown as string } }, 'config.core.parallelism: 64 given; expected a string, as in airflow.cfg'],
])('%j is an error', (user, message) => {
  // THEN
  expect(errorsOf((validator) => new AirflowConfig(OWNED, DEFAULTS, user).validate(validator, 'config'))).toEqual([`[test] ${message}`]);
});

test('a line that configparser would take for a comment is an error', () => {
  // GIVEN
  const config = new AirflowConfig(OWNED, DEFAULTS, { logging: { log_format: 'first\n# second' } });

  // THEN
  expect(errorsOf((validator) => config.validate(validator, 'config'))).toEqual([
    expect.stringContaining('[test] config.logging.log_format: '),
  ]);
});

test('a variable that would win over what the library sets is an error, another one is not', () => {
  // GIVEN
  const config = new AirflowConfig(OWNED, DEFAULTS, {});
  const names = ['AIRFLOW__CORE__EXECUTOR', 'AIRFLOW__CORE__FERNET_KEY_CMD', 'AIRFLOW__CORE__PARALLELISM', 'TZ', 'AIRFLOW__X'];

  // WHEN
  const errors = errorsOf((validator) => {
    for (const name of names) config.validateVariable(validator, `env.${name}`, name);
  });

  // THEN
  expect(errors).toEqual([
    '[test] env.AIRFLOW__CORE__EXECUTOR: the library sets this option; use the prop executor',
    '[test] env.AIRFLOW__CORE__FERNET_KEY_CMD: the library sets this option; use the prop credentials',
  ]);
});

test.each([
  ['a\rb', 'U+000D'],
  ['a\r\nb', 'U+000D'],
  ['\0', 'U+0000'],
  ['a\n\x0b', 'U+000B'],
  ['a\x1c', 'U+001C'],
  ['a\u0085b', 'U+0085'],
  ['a\u2028b', 'U+2028'],
  ['a\ud800', 'U+D800'],
])('%j is no text for airflow.cfg: an error', (value, name) => {
  // GIVEN
  const config = new AirflowConfig(OWNED, DEFAULTS, { core: { x: value } });

  // THEN
  expect(errorsOf((validator) => config.validate(validator, 'config'))).toEqual([
    `[test] config.core.x: airflow.cfg can't hold the character ${name}; expected text, with lines that end in U+000A`,
  ]);
});

test('a value of an option that holds a secret is not shown', () => {
  // GIVEN
  const config = new AirflowConfig(OWNED, DEFAULTS, { core: { fernet_key: 's3cret' } });

  // THEN
  expect(errorsOf((validator) => config.validate(validator, 'config')).join()).not.toContain('s3cret');
});

function errorsOf(check: (validator: PropValidator) => void): string[] {
  return synthErrors((app) => check(new PropValidator(new Construct(app, 'test'))));
}

function readWithPython(text: string): { readonly [section: string]: { readonly [key: string]: string } } {
  const program = `
import configparser, json, sys
parser = configparser.ConfigParser()
parser.read_string(sys.stdin.buffer.read().decode())
print(json.dumps({name: dict(parser[name]) for name in parser.sections()}))
`;
  return JSON.parse(execFileSync('python3', ['-c', program], { input: text, encoding: 'utf8' }));
}
