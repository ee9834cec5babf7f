import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ApiObject, Lazy } from 'cdk8s';
import { Construct } from 'constructs';
import { teamGroup } from '../../components/components';
import { objectLabels, objectName } from '../../components/names';
import { AirflowConfig, type ConfigSections, type OwnedOption } from '../../config/airflow-config';
import type { SecretPurpose } from '../../credentials/airflow-secrets';
import { formerFernetKeyFiles } from '../../credentials/secrets-volume';
import { type DataStore, urlTemplate } from '../../data-stores/data-store';
import { pooledDatabase } from '../../data-stores/pooled-database';
import { groupsOfWorkers } from '../../executors/executor-plan';
import { teamOptions } from '../../executors/teams';
import { hashOf } from '../../kubernetes/hash';
import type { DistributionInput } from '../contract';
import { airflowVersionOf } from '../shared/airflow-image';
import { airflowOptions, imageOptions, optionDefaults } from '../shared/airflow-options';
import { isOlder } from '../shared/airflow-version';
import { authManagerFiles } from '../shared/auth-manager';
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

/** Where the secret of a team's broker is, and its name among the options of Airflow. */
export function teamSecrets(team: string): { readonly folder: string; readonly secret: string } {
  return { folder: `${SECRETS_PATH}-${teamGroup(team)}`, secret: `broker of ${team}` };
}

const OWN_SCRIPTS = ['connection_url.py', 'database.py', 'wait_for_database.py'];

/** airflow.cfg, and the scripts of the pods, in a ConfigMap. */
export class Configuration extends Construct {
  readonly configMapName: string;
  readonly options: AirflowConfig;
  /** The database as those reach it who share its connections, and the options by which they do. */
  readonly pool: { readonly database: DataStore; readonly options: AirflowConfig };
  /** A digest of the ConfigMap as it is at synth: a patch of it counts. */
  readonly checksum: string;

  constructor(scope: Construct, id: string, input: DistributionInput) {
    super(scope, id);
    this.configMapName = `${input.name}-config`;
    this.options = optionsOf(input);
    const database = input.pgBouncer ? pooledDatabase(input, input.database) : input.database;
    this.pool = { database, options: optionsOf({ ...input, database }) };
    const own = OWN_SCRIPTS.map((name) => [name, readFileSync(join(__dirname, 'python', name), 'utf8')]);
    const scripts = {
      ...Object.fromEntries(own),
      ...(groupsOfWorkers(input.executor).length > 0 && { 'check_celery.py': CHECK_CELERY }),
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
        ...authManagerFiles(input),
      },
    });
    this.checksum = Lazy.any({ produce: () => hashOf(configMap.toJson().data) }) as unknown as string;
  }
}

function optionsOf(input: DistributionInput): AirflowConfig {
  return new AirflowConfig(ownedOptions(input), defaultsOf(input), input.userOptions);
}

/** The defaults of the library, with what brokers have Celery told. */
function defaultsOf(input: DistributionInput): ConfigSections {
  const defaults = optionDefaults(input);
  const { broker, teams = [] } = input.executor;
  const brokers = [
    { section: 'celery', broker, folder: SECRETS_PATH },
    ...teams.map((team) => ({ section: `${team.name}=celery`, broker: team.broker, folder: teamSecrets(team.name).folder })),
  ];
  const told = brokers.flatMap(({ section, broker, folder }) => {
    if (!broker?.celerySettings) return [];
    const { extra_celery_config: extra = '{}', ...others } = defaults[section] ?? {};
    return [
      [section, { ...others, extra_celery_config: JSON.stringify({ ...JSON.parse(extra), ...broker.celerySettings(folder) }) }] as const,
    ];
  });
  return { ...defaults, ...Object.fromEntries(told) };
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
    { ...secret('core', 'fernet_key', 'fernetKey'), value: fernetKeyCommand(input) },
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
    ...taskPodOptions(input),
    // The probes ask by http, and the scripts for tables in PostgreSQL's default schema.
    { section: 'api', key: 'ssl_cert', oldName: 'webserver.web_server_ssl_cert', instead: 'the prop ingress, with tls' },
    { section: 'database', key: 'sql_alchemy_schema', oldName: 'core.sql_alchemy_schema', instead: FIXED },
    ...(broker ? brokerOptions(input, broker, SECRETS_PATH, 'broker') : []),
    ...(executor.teams ?? []).flatMap(({ name, broker }) => {
      const { folder, secret } = teamSecrets(name);
      return broker ? teamOptions(name, brokerOptions(input, broker, folder, secret)) : [];
    }),
  ];
}

/** How a broker is connected to whose secrets are in a folder. */
function brokerOptions(input: DistributionInput, broker: DataStore, folder: string, secret: string): OwnedOption[] {
  const option = (key: string, parameters: { readonly [name: string]: string }, instead: string): OwnedOption => {
    return { section: 'celery', key, value: connectionUrlCommand(input, broker, parameters, { folder }), secret, instead };
  };
  return [
    ...broker.options(folder),
    option('broker_url', broker.query(folder), 'the props executor and credentials'),
    // Where Celery keeps what came of tasks: unless said, in the metadata database.
    ...(broker.resultsQuery ? [option('result_backend', broker.resultsQuery(folder), 'the prop executor, with broker')] : []),
  ];
}

/** Airflow encrypts with the first of several keys, which stand on one line, and decrypts with any. */
function fernetKeyCommand({ credentials }: DistributionInput): string {
  const paths = ['fernetKey', ...formerFernetKeyFiles(credentials).map(({ path }) => path)].map((path) => `${SECRETS_PATH}/${path}`);
  return `${paths.length === 1 ? 'cat' : 'paste -d ,'} ${paths.join(' ')}`;
}

/** Airflow 3.0.2 moved it. */
function secretKey(input: DistributionInput, secret: (section: string, key: string, purpose: SecretPurpose) => OwnedOption): OwnedOption {
  const isOld = isOlder(airflowVersionOf(input.airflowVersion), '3.0.2');
  return { ...secret(isOld ? 'webserver' : 'api', 'secret_key', 'apiSecretKey'), oldName: 'webserver.secret_key' };
}

function connectionUrlCommand(
  input: DistributionInput,
  store: DataStore,
  parameters: { readonly [name: string]: string },
  { option = '', folder = SECRETS_PATH } = {},
): string {
  const query = Object.entries(parameters).map(([name, value]) => ` ${name}=${value}`);
  return `python -I ${CONFIG_PATH}/connection_url.py${option} ${folder} '${urlTemplate(input, store)}'${query.join('')}`;
}

/** Airflow makes the address of asynchronous connections from the other; of what may stand behind a question mark in it their driver knows little. */
function asyncOptions(input: DistributionInput): OwnedOption[] {
  const { database } = input;
  const query = database.query(SECRETS_PATH);
  if (database.address && Object.keys(query).length === 0) return [];
  const value = connectionUrlCommand(input, database, query, { option: ' --async' });
  return [{ section: 'database', key: 'sql_alchemy_conn_async', value, secret: 'database', instead: 'the props database and credentials' }];
}
