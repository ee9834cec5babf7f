import { AirflowConfig, type OwnedOption } from '../../airflow-config';
import { Executor } from '../../executor';
import { ingressPrefix, ingressUrl } from '../../ingress-exposure';
import type { Json } from '../../kubernetes/json';
import { verbatim } from '../chart/verbatim';
import type { DistributionInput } from '../contract';
import { bundleList } from '../dag-bundles';
import { dagsFolder } from '../dags-folder';
import { PORTS } from '../names';

const FIXED = 'nothing: the deployment rests on it';

/** The options of Airflow, those among them that the chart sets itself included. */
export function officialConfig(input: DistributionInput, isAirflow3: boolean): AirflowConfig {
  const owned = [ownOptions, ingressOptions, dagOptions, chartOptions].flatMap((options) => options(input, isAirflow3));
  const defaults = {
    core: { load_examples: 'False' },
    // In files they would fill the pod's volume.
    logging: { colored_console_log: 'False', dag_processor_log_target: 'stdout' },
  };
  return new AirflowConfig(owned, defaults, input.settings.config ?? {});
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

/** What the objects rest on, and the chart leaves to Airflow's defaults or to its own. */
function ownOptions({ executor, settings }: DistributionInput, isAirflow3: boolean): OwnedOption[] {
  const option = (section: string, key: string, value: string | number, instead = FIXED): OwnedOption => {
    return { section, key, value: `${value}`, instead };
  };
  return [
    option('core', 'auth_manager', 'airflow.providers.fab.auth_manager.fab_auth_manager.FabAuthManager'),
    // Pods have no names that others could look up.
    option('core', 'hostname_callable', 'airflow.utils.net.get_host_ip_address'),
    isAirflow3
      ? { ...option('api', 'port', PORTS.apiServer), oldName: 'webserver.web_server_port' }
      : option('webserver', 'web_server_port', PORTS.apiServer),
    option('logging', 'base_log_folder', '/opt/airflow/logs'),
    option('logging', 'worker_log_server_port', PORTS.taskLogs),
    option('logging', 'trigger_log_server_port', PORTS.triggererLogs),
    option('scheduler', 'enable_health_check', 'True'),
    option('scheduler', 'scheduler_health_check_server_port', PORTS.schedulerHealth),
    ...(executor === Executor.CELERY
      ? [option('celery', 'worker_concurrency', settings.workers?.concurrency ?? 4, 'the prop workers.concurrency')]
      : []),
  ];
}

/** The address that users see, and below it that of the API for tasks. */
function ingressOptions({ name, ingress }: DistributionInput, isAirflow3: boolean): OwnedOption[] {
  const instead = 'the prop ingress';
  // Under a sub-path the API server has all its addresses below it.
  const executionApi = `http://${name}-api-server:${PORTS.apiServer}${ingressPrefix(ingress)}/execution/`;
  return [
    ...(isAirflow3 ? [{ section: 'core', key: 'execution_api_server_url', value: executionApi, instead }] : []),
    ...(ingress
      ? [
          { section: isAirflow3 ? 'api' : 'webserver', key: 'base_url', value: ingressUrl(ingress), instead },
          { section: isAirflow3 ? 'fab' : 'webserver', key: 'enable_proxy_fix', value: 'True', instead },
        ]
      : []),
  ];
}

function dagOptions({ dags }: DistributionInput, isAirflow3: boolean): OwnedOption[] {
  if (!dags) return [];
  const instead = 'the prop dags';
  return isAirflow3
    ? [{ section: 'dag_processor', key: 'dag_bundle_config_list', value: bundleList(dags.dagBundles), instead }]
    : [{ section: 'core', key: 'dags_folder', value: dagsFolder(dags), instead }];
}

/** What the chart sets, most of it in variables, which win over airflow.cfg. */
function chartOptions({ executor }: DistributionInput, isAirflow3: boolean): OwnedOption[] {
  const credentials = (purpose: string) => `credentials: Credentials.existing({ ${purpose}: … })`;
  return [
    { section: 'core', key: 'executor', instead: 'the prop executor' },
    { section: 'core', key: 'fernet_key', instead: credentials('fernetKey') },
    { section: 'database', key: 'sql_alchemy_conn', oldName: 'core.sql_alchemy_conn', instead: 'the props database and credentials' },
    ...(isAirflow3
      ? [
          { section: 'api', key: 'secret_key', oldName: 'webserver.secret_key', instead: credentials('apiSecretKey') },
          { section: 'api_auth', key: 'jwt_secret', instead: credentials('jwtSecret') },
        ]
      : [
          { section: 'webserver', key: 'secret_key', instead: credentials('apiSecretKey') },
          { section: 'scheduler', key: 'standalone_dag_processor', instead: FIXED },
        ]),
    ...(executor === Executor.CELERY ? [{ section: 'celery', key: 'broker_url', instead: 'the props broker and credentials' }] : []),
  ];
}
