import { AirflowConfig, isSameValue, type OwnedOption, variableOf } from '../../config/airflow-config';
import type { Json } from '../../kubernetes/json';
import type { DistributionInput } from '../contract';
import { airflowOptions, optionDefaults } from '../shared/airflow-options';
import { existingCredential, FIXED } from '../shared/remedies';
import { taskPodOptions } from '../shared/task-pods';
import { storeOptions } from '../shared-by-charts/store-connections';
import type { BitnamiContext } from './context';

const VARIABLE_PART = /^\w+$/;

/** The options of Airflow, those among them that the chart sets itself included. */
export function bitnamiConfig(input: DistributionInput, isAirflow3: boolean): AirflowConfig {
  const owned = [
    ...airflowOptions(input, isAirflow3, `${input.name}-web`),
    ...bitnamiOptions(input, isAirflow3),
    ...storeOptions(input),
    // The chart would set what is left out.
    ...taskPodOptions(input, ''),
  ];
  return new AirflowConfig(owned, optionDefaults(input), input.userOptions);
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

/** The values that have options of Airflow. With pods of tasks there may be none, as these would not have them. */
export function optionValues({ executor }: BitnamiContext): string[] {
  return executor.tasks ? [] : ['configuration', 'overrideConfiguration'];
}

/** Options that can't be variables, and those among the user's values that variables would win over. */
export function validateOptions(context: BitnamiContext): void {
  const { validator, userOptions, config, userValues, executor } = context;
  const instead = executor.tasks ? 'another distribution' : 'values: { overrideConfiguration: { … } }';
  for (const [section, options] of Object.entries(userOptions)) {
    for (const key of Object.keys(options)) {
      if (VARIABLE_PART.test(section.replaceAll('.', '_')) && VARIABLE_PART.test(key)) continue;
      validator.reportHidden(
        `config.${section}.${key}`,
        `the Bitnami chart gets options as environment variables, and none can have this name; use ${instead}`,
      );
    }
  }
  const variables = new Map(
    Object.entries(config.sections()).flatMap(([section, options]) => {
      return Object.entries(options).map(([key, value]) => [variableOf(section, key), value] as const);
    }),
  );
  for (const value of optionValues(context)) {
    for (const [section, options] of Object.entries<Json>(userValues[value] ?? {})) {
      for (const [key, given] of Object.entries<Json>(options ?? {})) {
        const set = variables.get(variableOf(section, key));
        if (set === undefined || isSameValue(set, `${given}`)) continue;
        validator.reportHidden(
          `distribution.values.${value}.${section}.${key}`,
          'the library sets this option as an environment variable, which wins; use the prop config',
        );
      }
    }
  }
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
