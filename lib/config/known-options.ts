import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { nearestWord } from '../validation/nearest-word';
import type { PropValidator } from '../validation/prop-validator';
import { type AirflowConfig, type ConfigSections, ENV_NAME } from './airflow-config';

/** Of Airflow 3 itself, all versions together, with their kinds; made by scripts/airflow-options.ts. */
type Kinds = { readonly [section: string]: { readonly [key: string]: string } };

let read: Kinds | undefined;

function known(): Kinds {
  read ??= JSON.parse(readFileSync(join(__dirname, 'airflow-options.json'), 'utf8')) as Kinds;
  return read;
}

/** Sections of providers, whose options they know alone. */
const OF_PROVIDERS = `
  aws aws_auth_manager aws_batch_executor aws_ecs_executor azure_remote_logging celery celery_broker_transport_options
  celery_kubernetes_executor celery_result_backend_transport_options common.io dask edge elasticsearch
  elasticsearch_configs fab hive imap informatica keycloak_auth_manager kubernetes_executor local_kubernetes_executor
  mysql openlineage opensearch opensearch_configs postgres sftp spark ssh standard stackdriver yandex
`
  .trim()
  .split(/\s+/);

const LEVELS = ['CRITICAL', 'FATAL', 'ERROR', 'WARN', 'WARNING', 'INFO', 'DEBUG'];

/** Options with another word than these, or none, Airflow does not start with: enums_options in its configuration.py. */
const WORDS: { readonly [section: string]: { readonly [key: string]: readonly string[] } } = {
  api: { grid_view_sorting_order: ['topological', 'hierarchical_alphabetical'] },
  core: {
    dag_ignore_file_syntax: ['regexp', 'glob'],
    default_task_weight_rule: ['absolute', 'downstream', 'upstream'],
  },
  dag_processor: { file_parsing_sort_mode: ['modified_time', 'random_seeded_by_host', 'alphabetical'] },
  logging: {
    celery_logging_level: LEVELS,
    dag_processor_log_target: ['file', 'stdout'],
    fab_logging_level: LEVELS,
    gunicorn_logging_level: LEVELS,
    logging_level: LEVELS,
    uvicorn_logging_level: LEVELS,
  },
};

/** What Airflow would say to a value of another kind; spaces around it do not count. */
const FORMS: { readonly [kind: string]: readonly [form: RegExp, expected: string] } = {
  integer: [/^\s*([+-]?\d+(_\d+)*)?\s*$/, 'a whole number, as in "32"'],
  float: [/^\s*([+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?)?\s*$/i, 'a number, as in "0.5"'],
  boolean: [/^\s*((true|false|t|f|1|0)\s*(#.*)?)?$/i, '"True" or "False"'],
};

/**
 * Reports options with values of which Airflow makes nothing, and warns of those that it does not have: others may, a provider or code of the
 * user's, and a newer Airflow. What the library sets is told elsewhere.
 */
export function validateKnownOptions(validator: PropValidator, prop: string, options: ConfigSections, config: AirflowConfig): void {
  for (const [section, given] of Object.entries(options)) {
    validateSection(validator, `${prop}.${section}`, section);
    for (const [key, value] of Object.entries(given))
      validateOption(validator, `${prop}.${section}.${key}`, config, { section, key, value });
  }
}

/** The same for options that are environment variables; of those out of a Secret or ConfigMap the value is not known. */
export function validateKnownVariables(
  validator: PropValidator,
  prop: string,
  variables: { readonly [name: string]: { readonly value?: unknown } },
  config: AirflowConfig,
): void {
  for (const [name, { value }] of Object.entries(variables)) {
    const [, section, key] = ENV_NAME.exec(name) ?? [];
    // What a team has for itself has one underscore more: AIRFLOW__TEAM___SECTION__KEY.
    if (section === undefined || key.startsWith('_')) continue;
    const place = `${prop}["${name}"]`;
    validateSection(validator, place, section);
    validateOption(validator, place, config, { section, key, value });
  }
}

function validateSection(validator: PropValidator, place: string, section: string): void {
  const names = [...Object.keys(known()), ...OF_PROVIDERS];
  // The variables of a section with a dot in its name have an underscore there.
  if (names.some((name) => [name, name.replace('.', '_')].includes(section.toLowerCase()))) return;
  const nearest = nearestWord(section.toLowerCase(), names);
  validator.warn(place, `Airflow has no such section; one of a provider's or of your own counts${didYouMean(nearest)}`);
}

interface Option {
  readonly section: string;
  readonly key: string;
  readonly value: unknown;
}

function validateOption(validator: PropValidator, place: string, config: AirflowConfig, { section, key, value }: Option): void {
  const kinds = known()[section.toLowerCase()];
  if (!kinds || config.isOwned(section, key)) return;
  // BACKEND_KWARG__URL is a part of backend_kwargs.
  const name = key
    .toLowerCase()
    .replace(/_(cmd|secret)$/, '')
    .replace(/_kwarg__.+$/, '_kwargs');
  const [form, expected] = FORMS[kinds[key.toLowerCase()]] ?? [];
  const words = WORDS[section.toLowerCase()]?.[key.toLowerCase()];
  if (kinds[name] === undefined) {
    const text = `Airflow 3 has no such option, and pays no heed to it${didYouMean(nearestWord(name, Object.keys(kinds)))}`;
    validator.warn(place, text);
  } else if (form && typeof value === 'string' && !form.test(value)) {
    validator.report(place, value, `expected ${expected}`);
  } else if (words && typeof value === 'string' && value.trim()) {
    validator.oneOf(place, value.trim(), words);
  }
}

function didYouMean(nearest: string | undefined): string {
  return nearest ? `; did you mean "${nearest}"?` : '';
}
