import { AirflowConfig, type OwnedOption } from '../../config/airflow-config';
import type { Json } from '../../kubernetes/json';
import type { DistributionInput } from '../contract';
import { airflowOptions, imageOptions, optionDefaults } from '../shared/airflow-options';
import { existingCredential, FIXED } from '../shared/remedies';
import { taskPodOptions } from '../shared/task-pods';
import { storeOptions } from '../shared-by-charts/store-connections';
import { verbatim } from '../shared-by-charts/verbatim';
import { teamBrokerOptions } from './team-brokers';

/** The options of Airflow, those among them that the chart sets itself included. */
export function officialConfig(input: DistributionInput, isAirflow3: boolean): AirflowConfig {
  const shared = airflowOptions(input, isAirflow3, `${input.name}-api-server`);
  const owned = [
    ...shared,
    ...imageOptions(input, isAirflow3),
    ...chartOptions(input, isAirflow3),
    ...storeOptions(input),
    ...teamBrokerOptions(input),
    // The chart would set what is left out.
    ...taskPodOptions(input, ''),
  ];
  return new AirflowConfig(owned, optionDefaults(input), input.userOptions);
}

/** The value `config`: the chart puts each option into airflow.cfg as it is, but for templates in it. */
export function configValues(config: AirflowConfig): Json {
  const sections = Object.entries(config.sections()).map(([section, options]) => [
    section,
    Object.fromEntries(Object.entries(options).map(([key, value]) => [key, verbatim(asInFile(value))])),
  ]);
  return Object.fromEntries(sections);
}

/** configparser reads `%` as the begin of a reference, and an indented line as going on; four of the spaces are those of the chart's YAML. */
function asInFile(value: string): string {
  return `${value}`.replaceAll('%', '%%').replaceAll('\n', '\n        ');
}

/** What the chart sets, most of it in variables, which win over airflow.cfg. */
function chartOptions({ executor }: DistributionInput, isAirflow3: boolean): OwnedOption[] {
  return [
    { section: 'core', key: 'executor', value: executor.name, isSetElsewhere: true, instead: 'the prop executor' },
    { section: 'core', key: 'fernet_key', instead: existingCredential('fernetKey') },
    { section: 'database', key: 'sql_alchemy_conn', oldName: 'core.sql_alchemy_conn', instead: 'the props database and credentials' },
    ...(isAirflow3
      ? [
          { section: 'api', key: 'secret_key', oldName: 'webserver.secret_key', instead: existingCredential('apiSecretKey') },
          { section: 'api_auth', key: 'jwt_secret', instead: existingCredential('jwtSecret') },
        ]
      : [
          { section: 'webserver', key: 'secret_key', instead: existingCredential('apiSecretKey') },
          { section: 'scheduler', key: 'standalone_dag_processor', instead: FIXED },
        ]),
    ...(executor.broker ? [{ section: 'celery', key: 'broker_url', instead: 'the props executor and credentials' }] : []),
  ];
}
