import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { nearestWord } from '../validation/nearest-word';
import type { PropValidator } from '../validation/prop-validator';
import type { AirflowConfig, ConfigSections } from './airflow-config';

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
  const sections = known();
  for (const [section, given] of Object.entries(options)) {
    const kinds = sections[section.toLowerCase()];
    if (!kinds && !OF_PROVIDERS.includes(section.toLowerCase())) {
      const nearest = nearestWord(section, [...Object.keys(sections), ...OF_PROVIDERS]);
      validator.warn(`${prop}.${section}`, `Airflow has no such section; one of a provider's or of your own counts${didYouMean(nearest)}`);
    }
    for (const [key, value] of Object.entries(kinds ? given : {})) {
      if (config.isOwned(section, key)) continue;
      const name = key.toLowerCase().replace(/_(cmd|secret)$/, '');
      const kind = kinds[key.toLowerCase()];
      const [form, expected] = FORMS[kind] ?? [];
      if (kinds[name] === undefined) {
        const text = `Airflow 3 has no such option, and pays no heed to it${didYouMean(nearestWord(name, Object.keys(kinds)))}`;
        validator.warn(`${prop}.${section}.${key}`, text);
      } else if (form && typeof value === 'string' && !form.test(value)) {
        validator.report(`${prop}.${section}.${key}`, value, `expected ${expected}`);
      }
    }
  }
}

function didYouMean(nearest: string | undefined): string {
  return nearest ? `; did you mean "${nearest}"?` : '';
}
