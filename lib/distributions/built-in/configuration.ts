import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ApiObject, Lazy } from 'cdk8s';
import { Construct } from 'constructs';
import lt from 'semver/functions/lt';
import valid from 'semver/functions/valid';
import { AirflowConfig, type ConfigSections, type OwnedOption } from '../../airflow-config';
import { Executor } from '../../executor';
import { ingressPrefix, ingressUrl } from '../../ingress-exposure';
import { hashOf } from '../../kubernetes/hash';
import type { DistributionInput } from '../contract';
import { bundleList } from '../dag-bundles';
import { airflowVersionOf, objectLabels, objectName, PORTS } from '../names';

/** Where the ConfigMap is in a container. */
export const CONFIG_PATH = '/etc/airflow';
/** Where each secret is in a container, as a file with the name of its purpose. */
export const SECRETS_PATH = '/etc/airflow-secrets';

const DATABASE = 'airflow';
const SCRIPTS = ['check_heartbeat.py', 'connection_url.py', 'create_user.py', 'database.py', 'wait_for_database.py'];

/** airflow.cfg, and the scripts of the pods, in a ConfigMap. */
export class Configuration extends Construct {
  readonly configMapName: string;
  readonly options: AirflowConfig;
  /** A digest of the ConfigMap as it is at synth: a patch of it counts. */
  readonly checksum: string;

  constructor(scope: Construct, id: string, input: DistributionInput) {
    super(scope, id);
    this.configMapName = `${input.name}-config`;
    this.options = new AirflowConfig(ownedOptions(input), defaults(), input.settings.config ?? {});
    const scripts = SCRIPTS.map((name) => [name, readFileSync(join(__dirname, 'python', name), 'utf8')]);
    const configMap = new ApiObject(this, 'config-map', {
      apiVersion: 'v1',
      kind: 'ConfigMap',
      metadata: { name: this.configMapName, labels: objectLabels(input) },
      data: { 'airflow.cfg': this.options.render(), ...Object.fromEntries(scripts) },
    });
    this.checksum = Lazy.any({ produce: () => hashOf(configMap.toJson().data) }) as unknown as string;
  }
}

/** What the library would rather have than Airflow's defaults. */
function defaults(): ConfigSections {
  return {
    core: { load_examples: 'False' },
    // In files they would fill the pod's volume.
    logging: { colored_console_log: 'False', dag_processor_log_target: 'stdout' },
  };
}

/** What the objects that the library makes rest on. */
function ownedOptions(input: DistributionInput): OwnedOption[] {
  const { settings, executor, ingress, dags } = input;
  const fixed = 'nothing: the deployment rests on it';
  const port = (section: string, key: string, value: number) => ({ section, key, value: `${value}`, instead: fixed });
  const secret = (section: string, key: string, purpose: string): OwnedOption => ({
    section,
    key,
    value: `cat ${SECRETS_PATH}/${purpose}`,
    isCommand: true,
    instead: `credentials: Credentials.existing({ ${purpose}: … })`,
  });
  return [
    { section: 'core', key: 'executor', value: executor, instead: 'the prop executor' },
    {
      section: 'core',
      key: 'auth_manager',
      value: 'airflow.providers.fab.auth_manager.fab_auth_manager.FabAuthManager',
      instead: fixed,
    },
    // Pods have no names that others could look up.
    { section: 'core', key: 'hostname_callable', value: 'airflow.utils.net.get_host_ip_address', instead: fixed },
    { section: 'core', key: 'execution_api_server_url', value: executionApiUrl(input), instead: 'the prop ingress' },
    secret('core', 'fernet_key', 'fernetKey'),
    secretKey(input, secret),
    secret('api_auth', 'jwt_secret', 'jwtSecret'),
    {
      section: 'database',
      key: 'sql_alchemy_conn',
      value: connectionUrlCommand(
        'postgresql+psycopg2',
        DATABASE,
        'database',
        `${objectName(input, 'postgresql')}:${PORTS.postgresql}/${DATABASE}`,
      ),
      isCommand: true,
      instead: 'the props database and credentials',
    },
    { ...port('api', 'port', PORTS.apiServer), oldName: 'webserver.web_server_port' },
    port('logging', 'worker_log_server_port', PORTS.taskLogs),
    port('logging', 'trigger_log_server_port', PORTS.triggererLogs),
    port('scheduler', 'scheduler_health_check_server_port', PORTS.schedulerHealth),
    { section: 'logging', key: 'base_log_folder', value: '/opt/airflow/logs', instead: fixed },
    { section: 'scheduler', key: 'enable_health_check', value: 'True', instead: fixed },
    ...(ingress
      ? [
          { section: 'api', key: 'base_url', value: ingressUrl(ingress), oldName: 'webserver.base_url', instead: 'the prop ingress' },
          { section: 'fab', key: 'enable_proxy_fix', value: 'True', instead: 'the prop ingress' },
        ]
      : []),
    ...(dags
      ? [{ section: 'dag_processor', key: 'dag_bundle_config_list', value: bundleList(dags.dagBundles), instead: 'the prop dags' }]
      : []),
    ...(executor === Executor.CELERY
      ? [
          {
            section: 'celery',
            key: 'broker_url',
            value: connectionUrlCommand('redis', '', 'broker', `${objectName(input, 'redis')}:${PORTS.redis}/0`),
            isCommand: true,
            instead: 'the props broker and credentials',
          },
          {
            section: 'celery',
            key: 'worker_concurrency',
            value: `${settings.workers?.concurrency ?? 4}`,
            instead: 'the prop workers.concurrency',
          },
        ]
      : []),
  ];
}

/** Airflow 3.0.2 moved it. */
function secretKey(input: DistributionInput, secret: (section: string, key: string, purpose: string) => OwnedOption): OwnedOption {
  const version = airflowVersionOf(input.settings);
  const isOld = valid(version) !== null && lt(version, '3.0.2');
  return { ...secret(isOld ? 'webserver' : 'api', 'secret_key', 'apiSecretKey'), oldName: 'webserver.secret_key' };
}

function connectionUrlCommand(scheme: string, user: string, secret: string, rest: string): string {
  return `python -I ${CONFIG_PATH}/connection_url.py ${scheme} '${user}' ${SECRETS_PATH}/${secret} ${rest}`;
}

/** Under a sub-path the API server has all its addresses below it. */
function executionApiUrl(input: DistributionInput): string {
  return `http://${objectName(input, 'api-server')}:${PORTS.apiServer}${ingressPrefix(input.ingress)}/execution/`;
}
