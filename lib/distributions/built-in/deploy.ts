import type { Construct } from 'constructs';
import type { ComponentPods } from '../../components/component-pods';
import { PORTS, type PodsName } from '../../components/components';
import { objectName, selectorLabels } from '../../components/names';
import { PgBouncer } from '../../data-stores/pgbouncer';
import { canBePooled } from '../../data-stores/pooled-database';
import { Postgresql } from '../../data-stores/postgresql';
import { isBackedUp, PostgresqlBackup } from '../../data-stores/postgresql-backup';
import { Redis } from '../../data-stores/redis';
import { groupsOfWorkers, hasTaskPods } from '../../executors/executor-plan';
import { addMonitoring } from '../../metrics/monitoring';
import { StatsdExporter } from '../../metrics/statsd-exporter';
import type { PgBouncerProps } from '../../props/pgbouncer-props';
import type { DistributionInput, DistributionOutput } from '../contract';
import { addComponentPolicies } from '../shared/airflow-flows';
import { airflowImage, airflowVersionOf } from '../shared/airflow-image';
import { validateAirflowVersion } from '../shared/airflow-version';
import { addCredentialsJob, hasCredentialsJob } from '../shared/credentials-job';
import { dagProcessorGroups, deployedComponents } from '../shared/deployed-components';
import { validateFollowed } from '../shared/followed-props';
import { monitoredDeployment } from '../shared/metrics';
import { validateContent } from '../shared/pod-content';
import { validateScaling } from '../shared/scaling-work';
import { addPlainServiceAccount, addServiceAccounts, serviceAccountNames } from '../shared/service-accounts';
import { TaskPods } from '../shared/task-pods';
import { addTeamRedis } from '../shared/team-redis';
import { hasUsers } from '../shared/users';
import { validateSettings } from '../shared/validate-settings';
import { AdminUserJob } from './admin-user-job';
import { ApiServer } from './api-server';
import { backupContainer } from './backup-container';
import { AIRFLOW_HOME, CONFIG_FILE, Configuration } from './configuration';
import type { BuiltInContext } from './context';
import { DagProcessor } from './dag-processor';
import { DatabaseCleanup } from './database-cleanup';
import { FernetKeyRotation } from './fernet-key-rotation';
import { Flower } from './flower';
import { FOLLOWED } from './followed';
import { MigrationJob } from './migration-job';
import { PodCleanup } from './pod-cleanup';
import { PoolsJob } from './pools-job';
import { Scheduler } from './scheduler';
import { Triggerer } from './triggerer';
import { validateNameServers } from './validate-name-servers';
import { validateProxy } from './validate-proxy';
import { validateSsh } from './validate-ssh';
import { Workers } from './workers';

/** Airflow 3 from this library's own constructs. */
export function deployBuiltIn(scope: Construct, input: DistributionInput): DistributionOutput {
  const { executor, database } = input;
  validateVersion(input);
  const configuration = new Configuration(scope, 'config', input);
  const context: BuiltInContext = { ...input, configuration };
  validateSettings(input, configuration.options);
  validateFollowed(input, FOLLOWED);
  validateContent(input, AIRFLOW_HOME);
  validateProxy(input);
  validateNameServers(input);
  validateSsh(input);
  validateScaling(input, configuration.options);

  addPlainServiceAccount(scope, input);
  addServiceAccounts(scope, input);
  addCredentialsJob(scope, input, { image: airflowImage(input) });

  if (database.server) new Postgresql(scope, 'postgresql', input, database.server);
  if (isBackedUp(database.server)) new PostgresqlBackup(scope, 'backup', input, database.server, backupContainer(scope, input));
  if (hasPgBouncer(input)) new PgBouncer(scope, 'pgbouncer', input, database, input.pgBouncer);
  if (executor.broker?.server) new Redis(scope, 'redis', input, executor.broker.server);
  addTeamRedis(scope, input);
  new MigrationJob(scope, 'migrate', context);
  if (hasUsers(input)) new AdminUserJob(scope, 'create-user', context);
  if (Object.keys(input.pools).length > 0) new PoolsJob(scope, 'pools', context);
  if (input.databaseCleanup) new DatabaseCleanup(scope, 'db-cleanup', context, input.databaseCleanup);
  if (input.credentials._formerFernetKeys.length > 0) new FernetKeyRotation(scope, 'rotate-fernet-key', context);
  if (executor.podCleanup) new PodCleanup(scope, 'pod-cleanup', context, executor.podCleanup);

  const apiServer = new ApiServer(scope, 'api-server', context);
  new Scheduler(scope, 'scheduler', context);
  for (const name of ['dag-processor', ...dagProcessorGroups(input)] as const) new DagProcessor(scope, name, context);
  if (deployedComponents(input).includes('triggerer')) new Triggerer(scope, 'triggerer', context);
  for (const [name, workers] of groupsOfWorkers(executor)) new Workers(scope, name, context, workers);
  if (executor.flower) new Flower(scope, 'flower', context, executor.flower);
  if (hasTaskPods(executor))
    new TaskPods(scope, 'task', context, {
      config: configuration.options,
      configFile: { configMapName: configuration.configMapName, key: CONFIG_FILE },
      webService: objectName(input, 'api-server'),
      home: AIRFLOW_HOME,
    });

  const pods = componentPods(input);
  const { exporter } = input.metrics ?? {};
  if (exporter) {
    new StatsdExporter(scope, 'statsd', input, exporter);
    const labels = selectorLabels(input, 'statsd');
    addMonitoring(scope, monitoredDeployment(input), exporter, { pods: labels, service: labels, port: 'metrics' });
  }
  return {
    webService: { name: apiServer.serviceName, port: PORTS.apiServer },
    pods,
    serviceAccounts: serviceAccountNames(input),
    flows: addComponentPolicies(scope, input, pods),
    isHardened: true,
  };
}

function validateVersion({ validator, airflowVersion }: DistributionInput): void {
  const reason = 'the built-in distribution deploys Airflow 3, not Airflow 2';
  validateAirflowVersion(validator, airflowVersionOf(airflowVersion), '3.0.0', reason);
}

/** What is wrong with it is told. */
function hasPgBouncer(input: DistributionInput): input is DistributionInput & { pgBouncer: PgBouncerProps } {
  return input.pgBouncer !== undefined && canBePooled(input.database);
}

/** Every component that a deployment has pods of. */
function componentPods(input: DistributionInput): ComponentPods {
  const { executor, database } = input;
  const names: PodsName[] = [
    ...deployedComponents(input),
    ...[executor.broker, ...(executor.teams ?? []).map(({ broker }) => broker), database].flatMap(
      (store) => store?.server?.component ?? [],
    ),
    ...(input.metrics?.exporter ? (['statsd'] as const) : []),
    ...(isBackedUp(database.server) ? (['db-backup', 'db-restore'] as const) : []),
    ...(hasPgBouncer(input) ? (['pgbouncer'] as const) : []),
    ...(hasCredentialsJob(input) ? (['credentials'] as const) : []),
    'migrate',
    ...(hasUsers(input) ? (['create-user'] as const) : []),
    ...(Object.keys(input.pools).length > 0 ? (['pools'] as const) : []),
    ...(input.databaseCleanup ? (['db-cleanup'] as const) : []),
    ...(input.credentials._formerFernetKeys.length > 0 ? (['rotate-fernet-key'] as const) : []),
    ...(executor.podCleanup ? (['pod-cleanup'] as const) : []),
  ];
  return new Map(names.map((name) => [name, selectorLabels(input, name)]));
}
