import { AirflowConfig, type OwnedOption } from '../../config/airflow-config';
import type { Json } from '../../kubernetes/json';
import type { DistributionInput } from '../contract';
import { airflowOptions, OPTION_DEFAULTS } from '../shared/airflow-options';
import { existingCredential, FIXED } from '../shared/remedies';
import { storeOptions } from '../shared-by-charts/store-connections';
import type { BitnamiContext } from './context';

const VARIABLE_PART = /^\w+$/;

/** The options of Airflow, those among them that the chart sets itself included. */
export function bitnamiConfig(input: DistributionInput, isAirflow3: boolean): AirflowConfig {
  const owned = [...airflowOptions(input, isAirflow3, `${input.name}-web`), ...bitnamiOptions(input, isAirflow3), ...storeOptions(input)];
  return new AirflowConfig(owned, OPTION_DEFAULTS, input.userOptions);
}

/**
 * The options of these sections, or all, as environment variables. What the image does to airflow.cfg before Airflow reads it changes
 * values: those of several lines, with quotes, or with `#` or `;`.
 */
export function optionVariables(config: AirflowConfig, only?: readonly string[]): Json[] {
  return Object.entries(config.sections(only)).flatMap(([section, options]) =>
    Object.entries(options).map(([key, value]) => ({
      name: variableOf(section, key),
      // Kubernetes takes `$(NAME)` for a variable.
      value: `${value}`.replaceAll('$', '$$$$'),
    })),
  );
}

/** Options that can't be variables, and those among the user's values that variables would win over. */
export function validateOptions({ validator, userOptions, config, userValues }: BitnamiContext): void {
  for (const [section, options] of Object.entries(userOptions)) {
    for (const key of Object.keys(options)) {
      if (VARIABLE_PART.test(section.replaceAll('.', '_')) && VARIABLE_PART.test(key)) continue;
      validator.reportHidden(
        `config.${section}.${key}`,
        'the Bitnami chart gets options as environment variables, and none can have this name; use values: { overrideConfiguration: { … } }',
      );
    }
  }
  const variables = new Set(optionVariables(config).map(({ name }) => name));
  for (const value of ['configuration', 'overrideConfiguration']) {
    for (const [section, options] of Object.entries<Json>(userValues[value] ?? {})) {
      for (const key of Object.keys(options ?? {})) {
        if (!variables.has(variableOf(section, key))) continue;
        validator.reportHidden(
          `distribution.values.${value}.${section}.${key}`,
          'the library sets this option as an environment variable, which wins; use the prop config',
        );
      }
    }
  }
}

function variableOf(section: string, key: string): string {
  return `AIRFLOW__${section.replaceAll('.', '_')}__${key}`.toUpperCase();
}

/** What the chart sets, from values or while a pod starts. */
function bitnamiOptions({ executor }: DistributionInput, isAirflow3: boolean): OwnedOption[] {
  return [
    { section: 'core', key: 'executor', value: executor.name, isSetElsewhere: true, instead: 'the prop executor' },
    { section: 'core', key: 'auth_manager', instead: FIXED },
    { section: 'core', key: 'fernet_key', instead: existingCredential('fernetKey') },
    { section: 'database', key: 'sql_alchemy_conn', oldName: 'core.sql_alchemy_conn', instead: 'the props database and credentials' },
    { section: 'logging', key: 'base_log_folder', oldName: 'core.base_log_folder', instead: FIXED },
    ...(isAirflow3
      ? [
          { section: 'api', key: 'port', oldName: 'webserver.web_server_port', instead: FIXED },
          { section: 'api', key: 'secret_key', oldName: 'webserver.secret_key', instead: existingCredential('apiSecretKey') },
          { section: 'api_auth', key: 'jwt_secret', instead: existingCredential('jwtSecret') },
        ]
      : [
          { section: 'webserver', key: 'web_server_port', instead: FIXED },
          { section: 'webserver', key: 'secret_key', instead: existingCredential('apiSecretKey') },
          { section: 'scheduler', key: 'standalone_dag_processor', instead: FIXED },
        ]),
    ...(executor.broker ? [{ section: 'celery', key: 'broker_url', instead: 'the props executor and credentials' }] : []),
  ];
}
