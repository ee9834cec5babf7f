import { execFileSync } from 'node:child_process';
import { App } from 'cdk8s';
import { Construct } from 'constructs';
import { AirflowConfig, type ConfigSections, isSameValue, type OwnedOption, optionTexts } from '../../lib/config/airflow-config';
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

describe('an option whose value is an object in JSON', () => {
  const defaults = { celery: { extra_celery_config: '{"worker_enable_prefetch_count_reduction":false,"redis_socket_timeout":30}' } };
  const given = (value: unknown) => ({ Celery: { extra_celery_config: typeof value === 'string' ? value : JSON.stringify(value) } });

  test('has the keys of the library and those of the user, which win', () => {
    // GIVEN
    const config = new AirflowConfig(OWNED, defaults, given({ worker_max_tasks_per_child: 100, redis_socket_timeout: 5 }));

    // THEN
    expect(JSON.parse(config.sections().celery.extra_celery_config)).toEqual({
      worker_enable_prefetch_count_reduction: false,
      redis_socket_timeout: 5,
      worker_max_tasks_per_child: 100,
    });
  });

  test.each<[unknown, string | undefined]>([
    [{ worker_max_tasks_per_child: 100, redis_socket_timeout: null, worker_enable_prefetch_count_reduction: true }, undefined],
    [
      { worker_enable_prefetch_count_reduction: 'maybe' },
      ', worker_enable_prefetch_count_reduction: "maybe" given; expected true or false',
    ],
    [{ redis_socket_timeout: '5' }, ', redis_socket_timeout: "5" given; expected a number'],
    ['{"a": 1', ': "{\\"a\\": 1" given; expected an object in JSON, as in '],
    [[], ': "[]" given; expected an object in JSON, as in '],
  ])('%j is as told', (value, problem) => {
    // WHEN
    const errors = synthErrors((app) => {
      new AirflowConfig(OWNED, defaults, given(value)).validate(new PropValidator(new Construct(app, 'test')), 'config');
    });

    // THEN
    expect(errors).toEqual(problem === undefined ? [] : [expect.stringContaining(`config.Celery.extra_celery_config${problem}`)]);
  });

  test('is replaced as a whole by a variable, which is told', () => {
    // GIVEN
    const warned = jest.spyOn(console, 'warn').mockImplementation();
    const validator = new PropValidator(new Construct(new App(), 'test'));
    const name = 'AIRFLOW__CELERY__EXTRA_CELERY_CONFIG';

    // WHEN
    for (const value of [
      undefined,
      '{"redis_socket_timeout": 5, "worker_enable_prefetch_count_reduction": false}',
      '{"redis_socket_timeout": 5}',
    ]) {
      new AirflowConfig(OWNED, defaults, {}).validateVariable(validator, `env["${name}"] of ${value}`, name, value);
    }

    // THEN
    const lost = (what: string) =>
      expect.stringMatching(new RegExp(`it takes the place of what the library sets \\(${what}\\); use config`));
    expect(warned.mock.calls.flat()).toEqual([
      lost('worker_enable_prefetch_count_reduction, redis_socket_timeout'),
      lost('worker_enable_prefetch_count_reduction'),
    ]);
    warned.mockRestore();
  });
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

test('an option that is there twice, in upper and lower case, is an error: Airflow would read one of them', () => {
  // GIVEN
  const user = { core: { parallelism: '5' }, Core: { parallelism: '6', dags_folder: '/a' }, 'my.own': { A: '1', a: '1', b: '2' } };

  // WHEN
  const errors = synthErrors((app) => {
    new AirflowConfig(OWNED, {}, user).validate(new PropValidator(new Construct(app, 'test')), 'config');
  });

  // THEN
  expect(errors).toEqual([
    '[test] config.Core.parallelism: to Airflow it is the same as config.core.parallelism, in upper and lower case; leave one of them out',
    '[test] config.my.own.a: to Airflow it is the same as config.my.own.A, in upper and lower case; leave one of them out',
  ]);
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

test.each<[string, string, boolean]>([
  ['True', 'true', true],
  ['True', ' t ', true],
  ['True', '1', true],
  ['False', 'F', true],
  ['False', '0', true],
  ['True', 'False', false],
  ['True', '0', false],
  ['8793', ' 8793 ', true],
  ['8793', '8794', false],
  // A number, and no switch.
  ['1', 'True', false],
  ['a', ' a', false],
])('a value is the same where Airflow reads it alike: %j, and %j', (value, given, isSame) => {
  expect(isSameValue(value, given)).toBe(isSame);
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
  [
    { 'finance=celery': { task_acks_late: 'False' } },
    'config.finance=celery.task_acks_late: "[finance=celery] task_acks_late" given; expected a variable, as an option of a team alone is one: AIRFLOW__FINANCE___CELERY__TASK_ACKS_LATE in env of the scheduler and of the workers',
  ],
  [{ core: { 'a b': 'x' } }, 'config.core.a b: "[core] a b" given; expected the name of an Airflow option, as in [core] parallelism'],
  [
    { 'my]section': { key: 'x' } },
    'config.my]section.key: "[my]section] key" given; expected the name of an Airflow option, as in [core] parallelism',
  ],
])('%j is an error', (user, message) => {
  // THEN
  expect(errorsOf((validator) => new AirflowConfig(OWNED, DEFAULTS, user).validate(validator, 'config'))).toEqual([`[test] ${message}`]);
});

test('numbers and booleans are what Airflow reads of them, and what is neither nor a text is an error', () => {
  // GIVEN
  const given = {
    core: { parallelism: 64, load_examples: true, killed_task_cleanup_time: '60' },
    api: { workers: null, host: ['a'], port: Number.NaN },
  };
  let options = {};

  // WHEN
  const errors = errorsOf((validator) => {
    options = optionTexts(validator, 'config', given);
  });

  // THEN
  expect(options).toEqual({ core: { parallelism: '64', load_examples: 'True', killed_task_cleanup_time: '60' }, api: {} });
  expect(errors).toEqual([
    '[test] config.api.workers: null given; expected a text, a number or a boolean',
    '[test] config.api.host: ["a"] given; expected a text, a number or a boolean',
    expect.stringMatching(/^\[test\] config.api.port: .* expected a text, a number or a boolean$/),
  ]);
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

test('what is set beside it may be the same, also as a switch', () => {
  // GIVEN
  const config = new AirflowConfig(OWNED, {}, { core: { load_examples: 'True', parallelism: '6' } });
  const errors = (options: object) =>
    errorsOf((validator) => config.validateElsewhere(validator, 'values.config', options as { [section: string]: object }));

  // THEN
  expect(errors({ core: { load_examples: true, parallelism: 6 } })).toEqual([]);
  expect(errors({ core: { load_examples: false, parallelism: 5 } })).toEqual([
    '[test] values.config.core.load_examples: the library sets this option; use the prop config',
    '[test] values.config.core.parallelism: the library sets this option; use the prop config',
  ]);
});
