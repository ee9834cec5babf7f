import { type AirflowComponentName, componentNameOf, type LastingComponentName, propOf, teamNameOf } from '../../components/components';
import type { CloudNativePgClusterProps, CloudNativePgProps } from '../../data-stores/cloud-native-pg';
import type { BrokerUrlProps, ExternalRedisProps, RabbitMqProps } from '../../data-stores/external-broker';
import type { DatabaseUrlProps, ExternalDatabaseProps } from '../../data-stores/external-database';
import type { RedisSentinelProps } from '../../data-stores/redis-sentinel';
import { groupsOfWorkers } from '../../executors/executor-plan';
import { defined } from '../../kubernetes/defined';
import type { PodPart } from '../../kubernetes/pod-part';
import type { OpenTelemetryMetricsProps } from '../../metrics/open-telemetry';
import type { StatsdMetricsProps } from '../../metrics/statsd-props';
import type { LastingComponentProps, WorkersProps } from '../../props/component-props';
import type { DataStoreProps, PostgresqlProps } from '../../props/data-store-props';
import { PROBES, type ProbeName, type ProbesProps } from '../../props/probes';
import type { Given } from '../../validation/checked-props';
import type { PropValidator } from '../../validation/prop-validator';
import type { DistributionInput } from '../contract';
import { dagProcessorGroups, possiblePods } from './deployed-components';
import { isIpv6 } from './host-address';

/** Of each prop that it is followed, or why it can't be and what to use instead. A prop that is missing here does not compile. */
export type Followed<Props> = { readonly [Prop in keyof Required<Props>]: true | string };

/** The ways of a choice, by factory, each with the props that are followed; or all of them alike. */
type FollowedWays<Ways> = { readonly [Way in keyof Ways]: true | string | Followed<Ways[Way]> };

interface DatabaseWays {
  readonly builtIn: PostgresqlProps;
  readonly external: ExternalDatabaseProps;
  readonly fromUrl: DatabaseUrlProps;
  readonly cloudNativePg: CloudNativePgProps;
  readonly cloudNativePgCluster: CloudNativePgClusterProps;
}

interface BrokerWays {
  readonly builtIn: DataStoreProps;
  readonly external: ExternalRedisProps;
  readonly redisSentinel: RedisSentinelProps;
  readonly rabbitMq: RabbitMqProps;
  readonly fromUrl: BrokerUrlProps;
}

interface MetricsWays {
  readonly statsd: StatsdMetricsProps;
  readonly openTelemetry: OpenTelemetryMetricsProps;
}

/** Which props a distribution follows. */
export interface FollowedProps {
  readonly airflowVersion: true | string;
  /** A cluster with IPv6 alone. */
  readonly ipv6: true | string;
  /** Executors that make a pod for each task. */
  readonly taskPods: true | string;
  /** Logs of tasks on a volume. */
  readonly logsVolume: true | string;
  /** Logs of tasks in a search engine. */
  readonly logsSearch: true | string;
  /** How long logs of tasks stay. */
  readonly logRetention: true | string;
  /** Flower. */
  readonly flower: true | string;
  /** Further groups of workers. */
  readonly workerGroups: true | string;
  /** Teams. */
  readonly teams: true | string;
  /** Further DAG processors. */
  readonly dagProcessorGroups: true | string;
  /** Autoscaling by the work that the metadata database tells of. */
  readonly autoscalingByWork: true | string;
  /** A login elsewhere than in Airflow's database. */
  readonly login: true | string;
  /** Further users, and pools. */
  readonly users: true | string;
  readonly pools: true | string;
  /** Connections to the database that are shared. */
  readonly pgBouncer: true | string;
  /** Old rows that are deleted. */
  readonly databaseCleanup: true | string;
  /** Fernet keys that came before the present one. */
  readonly formerFernetKeys: true | string;
  /** Pods of tasks that are deleted. */
  readonly podCleanup: true | string;
  readonly allComponents: Followed<LastingComponentProps>;
  /** Those of one component; those that only workers have are in it too. */
  readonly component: Followed<WorkersProps>;
  /** What of that a single component does not follow. */
  readonly exceptions?: { readonly [Name in AirflowComponentName]?: { readonly [Prop in keyof WorkersProps]?: string } };
  /** The probes that there are. */
  readonly probes: { readonly [Name in LastingComponentName]: readonly ProbeName[] };
  /** Those among them that can be left out. */
  readonly optionalProbes: { readonly [Name in LastingComponentName]: readonly ProbeName[] };
  /** Parts of pods, for all components and for one. */
  readonly podPartOfAll: Followed<PodPart>;
  readonly podPart: Followed<PodPart>;
  readonly database: FollowedWays<DatabaseWays>;
  readonly broker: FollowedWays<BrokerWays>;
  readonly metrics: FollowedWays<MetricsWays>;
}

/** Reports the props that a distribution can't follow. */
export function validateFollowed(input: DistributionInput, followed: FollowedProps): void {
  const report = <Props extends object>(prop: string, table: Followed<Props>, props: Props | undefined) => {
    for (const [name, answer] of Object.entries<true | string>(table)) {
      if (answer !== true && props?.[name as keyof Props] !== undefined)
        input.validator.reportHidden(prop ? `${prop}.${name}` : name, answer);
    }
  };
  report('', { airflowVersion: followed.airflowVersion }, { airflowVersion: input.airflowVersion });
  const given: readonly [isGiven: boolean, prop: string, answer: true | string][] = [
    [isIpv6(input), 'ipFamily', followed.ipv6],
    [input.executor.tasks !== undefined, 'executor', followed.taskPods],
    [input.executor.flower !== undefined, 'executor.flower', followed.flower],
    [
      groupsOfWorkers(input.executor).some(([name]) => name !== 'worker' && !teamNameOf(name)),
      'executor.workerGroups',
      followed.workerGroups,
    ],
    [input.executor.teams !== undefined, 'teams', followed.teams],
    [dagProcessorGroups(input).length > 0, 'dagProcessorGroups', followed.dagProcessorGroups],
    [Boolean(input.logs?.claimName), 'logs', followed.logsVolume],
    [Boolean(input.logs?.caOption), 'logs', followed.logsSearch],
    [input.logRetention !== undefined, 'logRetention', followed.logRetention],
    [input.login?.hasPasswords === false, 'login', followed.login],
    [input.users.length > 0, 'users', followed.users],
    [Object.keys(input.pools).length > 0, 'pools', followed.pools],
    [input.pgBouncer !== undefined, 'pgBouncer', followed.pgBouncer],
    [input.databaseCleanup !== undefined, 'databaseCleanup', followed.databaseCleanup],
    [input.credentials._formerFernetKeys.length > 0, 'credentials.formerFernetKeys', followed.formerFernetKeys],
    [input.executor.podCleanup !== undefined, 'executor.podCleanup', followed.podCleanup],
  ];
  for (const [isGiven, prop, answer] of given) {
    if (isGiven && answer !== true) input.validator.reportHidden(prop, answer);
  }
  const { all } = input.components;
  report('allComponents', followed.allComponents, all);
  for (const [index, part] of (all?.podParts ?? []).entries()) report(`allComponents.podParts[${index}]`, followed.podPartOfAll, part);
  for (const name of possiblePods(input)) {
    const prop = propOf(name);
    const props: WorkersProps | undefined = input.components[name];
    const component = componentNameOf(name) as AirflowComponentName;
    // Its pods are the library's wherever it is followed at all.
    if (component === 'task') continue;
    // That there are such groups at all is told.
    if (component === 'worker' && name !== 'worker' && !teamNameOf(name) && followed.workerGroups !== true) continue;
    report(prop, { ...followed.component, ...followed.exceptions?.[component] }, props);
    validateProbes(input.validator, `${prop}.probes`, props?.probes, followed.probes[component], followed.optionalProbes[component]);
    if (props?.autoscaling?._plan.databaseClient && followed.autoscalingByWork !== true) {
      input.validator.reportHidden(`${prop}.autoscaling`, followed.autoscalingByWork);
    }
    for (const [index, part] of (props?.podParts ?? []).entries()) report(`${prop}.podParts[${index}]`, followed.podPart, part);
  }
  const lasting = Object.keys(followed.probes) as LastingComponentName[];
  const fixed = lasting.flatMap((name) => followed.probes[name].filter((probe) => !followed.optionalProbes[name].includes(probe)));
  const optional = PROBES.filter((probe) => !fixed.includes(probe));
  validateProbes(input.validator, 'allComponents.probes', all?.probes, PROBES, optional);
  const reportWay = (prop: string, ways: FollowedWays<object>, { given: [way, props] }: { readonly given: Given }) => {
    const answer = ways[way as keyof object] as true | string | Followed<object>;
    if (typeof answer === 'string') input.validator.reportHidden(prop, answer);
    else if (answer !== true) report(prop, answer, props as object | undefined);
  };
  reportWay('database', followed.database, input.database);
  if (input.executor.broker) reportWay('executor.broker', followed.broker, input.executor.broker);
  if (input.metrics) reportWay('metrics', followed.metrics, input.metrics);
}

function validateProbes(
  validator: PropValidator,
  prop: string,
  given: ProbesProps | undefined,
  probes: readonly ProbeName[],
  optional: readonly ProbeName[],
): void {
  for (const name of PROBES.filter((probe) => given?.[probe])) {
    const { enabled, ...times } = defined(given?.[name]);
    if (!probes.includes(name)) {
      validator.reportHidden(`${prop}.${name}`, `it has no such probe on this distribution; there is: ${probes.join(', ')}`);
    } else if (enabled === false && !optional.includes(name)) {
      validator.reportHidden(
        `${prop}.${name}.enabled`,
        "this distribution can't leave it out; use a greater failureThreshold, or another distribution",
      );
    } else if (enabled === false) {
      for (const field of Object.keys(times))
        validator.reportHidden(`${prop}.${name}.${field}`, 'there is no such probe, as enabled is false; leave it out');
    }
  }
}
