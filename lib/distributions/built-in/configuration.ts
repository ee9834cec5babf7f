import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ApiObject, Lazy } from 'cdk8s';
import { Construct } from 'constructs';
import { objectLabels, objectName } from '../../components/names';
import { AirflowConfig, type OwnedOption } from '../../config/airflow-config';
import type { SecretPurpose } from '../../credentials/airflow-secrets';
import { type DataStore, urlTemplate } from '../../data-stores/data-store';
import { hashOf } from '../../kubernetes/hash';
import type { DistributionInput } from '../contract';
import { airflowVersionOf } from '../shared/airflow-image';
import { airflowOptions, imageOptions, OPTION_DEFAULTS } from '../shared/airflow-options';
import { isOlder } from '../shared/airflow-version';
import { hostAddressFiles } from '../shared/host-address';
import { existingCredential, FIXED } from '../shared/remedies';
import { CHECK_CELERY, CHECK_HEARTBEAT, CREATE_USER } from '../shared/scripts';
import { taskPodOptions } from '../shared/task-pods';

/** Airflow's folder in the image. */
export const AIRFLOW_HOME = '/opt/airflow';
/** Where the logs of tasks and triggers are in a container. */
export const LOGS_PATH = `${AIRFLOW_HOME}/logs`;
/** Airflow's options, by the key in the ConfigMap. */
export const CONFIG_FILE = 'airflow.cfg';
/** Where the ConfigMap is in a container. */
export const CONFIG_PATH = '/etc/airflow';
/** Where each secret is in a container, as a file with the name of its purpose. */
export const SECRETS_PATH = '/etc/airflow-secrets';

const OWN_SCRIPTS = ['connection_url.py', 'database.py', 'wait_for_database.py'];

/** airflow.cfg, and the scripts of the pods, in a ConfigMap. */
export class Configuration extends Construct {
  readonly configMapName: string;
  readonly options: AirflowConfig;
  /** A digest of the ConfigMap as it is at synth: a patch of it counts. */
  readonly checksum: string;

  constructor(scope: Construct, id: string, input: DistributionInput) {
    super(scope, id);
    this.configMapName = `${input.name}-config`;
    this.options = new AirflowConfig(ownedOptions(input), OPTION_DEFAULTS, input.userOptions);
    const own = OWN_SCRIPTS.map((name) => [name, readFileSync(join(__dirname, 'python', name), 'utf8')]);
    const scripts = {
      ...Object.fromEntries(own),
      ...(input.executor.broker && { 'check_celery.py': CHECK_CELERY }),
      'check_heartbeat.py': CHECK_HEARTBEAT,
      'create_user.py': CREATE_USER,
    };
    const configMap = new ApiObject(this, 'config-map', {
      apiVersion: 'v1',
      kind: 'ConfigMap',
      metadata: { name: this.configMapName, labels: objectLabels(input) },
      data: {
        [CONFIG_FILE]: this.options.render(),
        ...scripts,
        ...hostAddressFiles(input),
      },
    });
    this.checksum = Lazy.any({ produce: () => hashOf(configMap.toJson().data) }) as unknown as string;
  }
}

/** What the objects that the library makes rest on. */
function ownedOptions(input: DistributionInput): OwnedOption[] {
  const { executor, database } = input;
  const { broker } = executor;
  const secret = (section: string, key: string, purpose: SecretPurpose): OwnedOption => ({
    section,
    key,
    value: `cat ${SECRETS_PATH}/${purpose}`,
    secret: purpose,
    instead: existingCredential(purpose),
  });
  return [
    ...airflowOptions(input, true, objectName(input, 'api-server')),
    ...imageOptions(input, true),
    { section: 'core', key: 'executor', value: executor.name, instead: 'the prop executor' },
    secret('core', 'fernet_key', 'fernetKey'),
    secretKey(input, secret),
    secret('api_auth', 'jwt_secret', 'jwtSecret'),
    {
      section: 'database',
      key: 'sql_alchemy_conn',
      value: connectionUrlCommand(input, database, database.query(SECRETS_PATH)),
      secret: 'database',
      oldName: 'core.sql_alchemy_conn',
      instead: 'the props database and credentials',
    },
    ...asyncOptions(input),
    ...database.options(SECRETS_PATH),
    ...(broker?.options(SECRETS_PATH) ?? []),
    ...taskPodOptions(input),
    // The probes ask by http, and the scripts for tables in PostgreSQL's default schema.
    { section: 'api', key: 'ssl_cert', oldName: 'webserver.web_server_ssl_cert', instead: 'the prop ingress, with tls' },
    { section: 'database', key: 'sql_alchemy_schema', oldName: 'core.sql_alchemy_schema', instead: FIXED },
    ...(broker
      ? [
          {
            section: 'celery',
            key: 'broker_url',
            value: connectionUrlCommand(input, broker, broker.query(SECRETS_PATH)),
            secret: 'broker' as const,
            instead: 'the props executor and credentials',
          },
          ...resultOptions(input, broker),
        ]
      : []),
  ];
}

/** Airflow 3.0.2 moved it. */
function secretKey(input: DistributionInput, secret: (section: string, key: string, purpose: SecretPurpose) => OwnedOption): OwnedOption {
  const isOld = isOlder(airflowVersionOf(input.airflowVersion), '3.0.2');
  return { ...secret(isOld ? 'webserver' : 'api', 'secret_key', 'apiSecretKey'), oldName: 'webserver.secret_key' };
}

/** Where Celery keeps what came of tasks: unless said, in the metadata database. */
function resultOptions(input: DistributionInput, broker: DataStore): OwnedOption[] {
  if (!broker.resultsQuery) return [];
  const value = connectionUrlCommand(input, broker, broker.resultsQuery(SECRETS_PATH));
  return [{ section: 'celery', key: 'result_backend', value, secret: 'broker', instead: 'the prop executor, with broker' }];
}

function connectionUrlCommand(
  input: DistributionInput,
  store: DataStore,
  parameters: { readonly [name: string]: string },
  option = '',
): string {
  const query = Object.entries(parameters).map(([name, value]) => ` ${name}=${value}`);
  return `python -I ${CONFIG_PATH}/connection_url.py${option} ${SECRETS_PATH} '${urlTemplate(input, store)}'${query.join('')}`;
}

/** Airflow makes the address of asynchronous connections from the other; of what may stand behind a question mark in it their driver knows little. */
function asyncOptions(input: DistributionInput): OwnedOption[] {
  const { database } = input;
  const query = database.query(SECRETS_PATH);
  if (database.address && Object.keys(query).length === 0) return [];
  const value = connectionUrlCommand(input, database, query, ' --async');
  return [{ section: 'database', key: 'sql_alchemy_conn_async', value, secret: 'database', instead: 'the props database and credentials' }];
}
