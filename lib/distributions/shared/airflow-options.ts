import { PORTS } from '../../components/components';
import { objectName } from '../../components/names';
import { AirflowConfig, type ConfigSections, type OwnedOption } from '../../config/airflow-config';
import { BUNDLE_STORAGE } from '../../dags/dag-sources';
import type { Json } from '../../kubernetes/json';
import { CA_BUNDLE } from '../../props/ca-bundle';
import type { ComponentProps } from '../../props/component-props';
import type { DistributionInput } from '../contract';
import { authManagerClass } from './auth-manager';
import { settingsOf } from './component-settings';
import { dagsFolder } from './dags-folder';
import { hostnameCallable, isIpv6 } from './host-address';
import { FIXED } from './remedies';
import { bundlesWithTeams } from './teams';

/** What the library would rather have than Airflow's defaults, whatever Airflow is deployed from. */
const OPTION_DEFAULTS: ConfigSections = {
  core: { load_examples: 'False' },
  // In files they would fill the pod's volume.
  logging: { colored_console_log: 'False', dag_processor_log_target: 'stdout' },
  // An API server that is away for a minute or two costs no task, and is found again within seconds: by default a request gives up after
  // four waits, and a task is killed after three such heartbeats.
  workers: { execution_api_retries: '30', execution_api_retry_wait_max: '5' },
};

/** The same with what the executor would rather have. */
export function optionDefaults({ executor }: DistributionInput): ConfigSections {
  return { ...OPTION_DEFAULTS, ...executor.optionDefaults };
}

/** What the image has as a variable, which wins over airflow.cfg. */
const EXAMPLES_VARIABLE = 'AIRFLOW__CORE__LOAD_EXAMPLES';

/** That variable, where `config` has another value than the image and the variables of the component don't say it. */
export function examplesVariable(config: AirflowConfig, { env }: ComponentProps): Json[] {
  const value = config.sections(['core']).core?.load_examples;
  return value === OPTION_DEFAULTS.core?.load_examples || env?.[EXAMPLES_VARIABLE] ? [] : [{ name: EXAMPLES_VARIABLE, value }];
}

/** The options that the props come to, whatever Airflow is deployed from. `webService` is where the API for tasks is. */
export function airflowOptions(input: DistributionInput, isAirflow3: boolean, webService: string): OwnedOption[] {
  return [
    ...podOptions(input),
    ...addressOptions(input, isAirflow3, webService),
    ...dagOptions(input, isAirflow3),
    ...connectionOptions(input),
    ...logOptions(input),
    ...(input.metrics?.options({ host: objectName(input, 'statsd'), isIpv6: isIpv6(input) }) ?? []),
    ...(input.login?.options ?? []),
  ];
}

/** What the objects rest on. */
function podOptions(input: DistributionInput): OwnedOption[] {
  const option = (section: string, key: string, value: string | number, instead = FIXED): OwnedOption => {
    return { section, key, value: `${value}`, instead };
  };
  return [
    option('core', 'hostname_callable', hostnameCallable(input)),
    ...(isIpv6(input) ? [option('api', 'host', '::')] : []),
    option('logging', 'worker_log_server_port', PORTS.taskLogs),
    option('logging', 'trigger_log_server_port', PORTS.triggererLogs),
    option('scheduler', 'enable_health_check', 'True'),
    option('scheduler', 'scheduler_health_check_server_port', PORTS.schedulerHealth),
    ...input.executor.options,
  ];
}

/** What the objects rest on too where the image is that of the Airflow project. */
export function imageOptions(input: DistributionInput, isAirflow3: boolean): OwnedOption[] {
  const port = { value: `${PORTS.apiServer}`, instead: FIXED };
  return [
    // Without the prop login the user's is what it is set to, so only a variable can differ.
    { section: 'core', key: 'auth_manager', value: authManagerClass(input), instead: input.login ? 'the prop login' : 'the prop config' },
    { section: 'logging', key: 'base_log_folder', value: '/opt/airflow/logs', instead: FIXED },
    isAirflow3
      ? { section: 'api', key: 'port', ...port, oldName: 'webserver.web_server_port' }
      : { section: 'webserver', key: 'web_server_port', ...port },
  ];
}

/** The address that users see, and under a sub-path that of the API for tasks too. */
function addressOptions(input: DistributionInput, isAirflow3: boolean, webService: string): OwnedOption[] {
  const [exposure] = input.exposures;
  const instead = `the prop ${exposure?.prop ?? 'ingress'}`;
  const executionApi = `http://${webService}:${PORTS.apiServer}${webPrefix(input)}/execution/`;
  return [
    ...(isAirflow3
      ? [
          {
            section: 'core',
            key: 'execution_api_server_url',
            value: executionApi,
            oldName: 'workers.execution_api_server_url',
            instead,
          },
        ]
      : []),
    ...(exposure
      ? [
          {
            section: isAirflow3 ? 'api' : 'webserver',
            key: 'base_url',
            value: exposure.url,
            oldName: 'webserver.base_url',
            instead,
          },
          { section: isAirflow3 ? 'fab' : 'webserver', key: 'enable_proxy_fix', value: 'True', instead },
        ]
      : []),
  ];
}

/** The sub-path of the proxy before it, or of the address that the user sets for a way of their own: tasks find the API below it only. */
function webPrefix(input: DistributionInput): string {
  const { exposures, userOptions } = input;
  if (exposures.length > 0) return exposures[0].prefix;
  const { api, webserver } = new AirflowConfig([], {}, userOptions).sections();
  const { env } = settingsOf(input, 'api-server');
  const variable = env?.AIRFLOW__API__BASE_URL ?? env?.AIRFLOW__WEBSERVER__BASE_URL;
  const address = variable?.value ?? api?.base_url ?? webserver?.base_url ?? '';
  return URL.canParse(address) ? new URL(address).pathname.replace(/\/$/, '') : '';
}

/** Airflow 3 has DAG bundles, Airflow 2 one folder. */
function dagOptions(input: DistributionInput, isAirflow3: boolean): OwnedOption[] {
  const { dags } = input;
  if (!dags) return [];
  if (!isAirflow3) {
    return dags.gitSync ? [{ section: 'core', key: 'dags_folder', value: dagsFolder(dags.gitSync), instead: 'the prop dags' }] : [];
  }
  const instead = 'the props dags and dagBundles';
  return [
    { section: 'dag_processor', key: 'dag_bundle_config_list', value: JSON.stringify(bundlesWithTeams(input, dags)), instead },
    ...(dags.areFetched ? [{ section: 'dag_processor', key: 'dag_bundle_storage_path', value: BUNDLE_STORAGE, instead: FIXED }] : []),
  ];
}

/** Where logs are kept. Pods have certificates of one's own in a file that not all clients look for. */
function logOptions({ logs, caCertificates, jsonLogs }: DistributionInput): OwnedOption[] {
  return [
    ...(logs?.options ?? []),
    ...(logs?.caOption && caCertificates ? [{ ...logs.caOption, value: CA_BUNDLE, instead: 'the prop caCertificates' }] : []),
    ...(jsonLogs ? [{ section: 'logging', key: 'json_logs', value: 'True', instead: 'the prop jsonLogs' }] : []),
  ];
}

/** Where connections and variables are: pods that look there by themselves have it as variables, so that others need not have what it names. */
function connectionOptions({ connections }: DistributionInput): OwnedOption[] {
  if (!connections) return [];
  return ['backend', 'backend_kwargs'].map((key) => ({
    section: 'secrets',
    key,
    instead: 'the props connections, variables and secretsBackend',
  }));
}

/** The queue of tasks that say none. */
export function defaultQueue(config: AirflowConfig): string {
  return config.sections(['operators']).operators?.default_queue ?? 'default';
}

/** The options that tell which tables there are and where, and what users are like: when they change, the Jobs are to run again. */
export function databaseOptions(config: AirflowConfig): unknown {
  const { database, fab } = config.sections(['database', 'fab']);
  // It follows the proxy before the web interface, which is nothing to the database.
  const { enable_proxy_fix: _, ...users } = fab ?? {};
  return { database, users };
}
