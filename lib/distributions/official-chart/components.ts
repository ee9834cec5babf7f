import { type CommonComponentName, componentNameOf, type WorkerGroupName } from '../../components/components';
import {
  componentOf,
  type ExecutorPlan,
  groupsOfWorkers,
  hasFurtherWorkers,
  hasTaskPods,
  hasTeamExecutors,
  teamOf,
} from '../../executors/executor-plan';
import { defined } from '../../kubernetes/defined';
import type { Json } from '../../kubernetes/json';
import { mergePodParts, type PodPart } from '../../kubernetes/pod-part';
import { wholeSeconds } from '../../kubernetes/whole-seconds';
import type { LastingComponentProps } from '../../props/component-props';
import { containerResources } from '../../props/resources';
import { onPlatform } from '../../props/security-context';
import { authManagerContent } from '../shared/auth-manager';
import { settingsOf } from '../shared/component-settings';
import { deployedComponents } from '../shared/deployed-components';
import { FINISHES_TASKS } from '../shared/finishes-tasks';
import { logRetention } from '../shared/log-retention';
import { outwardPart } from '../shared/outward-part';
import { contentPart } from '../shared/pod-content';
import { serviceAccountName } from '../shared/service-accounts';
import { taskTemplatePart } from '../shared/task-pods';
import { dagsPart as teamDagsPart } from '../shared/teams';
import { TOKEN_PART } from '../shared/token-part';
import { workerArguments } from '../shared/worker-arguments';
import { verbatim } from '../shared-by-charts/verbatim';
import type { OfficialContext } from './context';
import { FOLLOWED } from './followed';
import { packagesPart, waitValues } from './packages';
import { airflowContainer, annotationValues, commonPodValues, givenServiceAccount, SMALL_RESOURCES, webServiceName } from './pod-values';
import { setLabels } from './pods';
import { componentProbes } from './probes';
import { scalingValues } from './scaling';
import { airflowContexts } from './security-contexts';
import { teamBrokersPart } from './team-brokers';

/** Values of the components of Airflow. */
export function componentValues(context: OfficialContext): Json {
  const { isAirflow3, executor } = context;
  return {
    [isAirflow3 ? 'apiServer' : 'webserver']: { ...component(context, 'api-server'), ...webValues(context) },
    scheduler: {
      ...component(context, 'scheduler'),
      ...groomerValues(context, 'scheduler'),
      ...(executor.recreated && recreatedValues(executor)),
      ...(hasTeamExecutors(executor) && argsAfterTeams('scheduler')),
    },
    // With Airflow 2 the chart would leave DAG files to the scheduler.
    dagProcessor: {
      ...component(context, 'dag-processor'),
      ...groomerValues(context, 'dag-processor'),
      ...(executor.teams && argsAfterTeams('dag-processor')),
      enabled: true,
    },
    triggerer: triggererValues(context),
    // Without workers it is the scheduler that would get the volume.
    workers: { ...workersValues(context), persistence: { enabled: false } },
  };
}

/**
 * What does not start without the teams brings them into the database: the chart's wait knows of tables alone. Two that do it at the same time are in
 * each other's way once.
 */
function argsAfterTeams(command: 'scheduler' | 'dag-processor'): Json {
  return { args: ['bash', '-c', `(airflow teams sync || airflow teams sync) && exec airflow ${command}`] };
}

function triggererValues(context: OfficialContext): Json {
  if (!deployedComponents(context).includes('triggerer')) return { enabled: false };
  return { ...component(context, 'triggerer'), ...groomerValues(context, 'triggerer'), persistence: { enabled: false } };
}

function workersValues(context: OfficialContext): Json {
  const { executor } = context;
  // For pods of tasks, which are the library's, the chart would make one.
  if (!executor.workers) return { serviceAccount: givenServiceAccount(serviceAccountName(context)) };
  if (!hasFurtherWorkers(executor) || !context.features.hasWorkerSets) return workerValues(context, 'worker');
  // What a set has not it has from the values of all workers: so there is nothing of what is of one group.
  const sets = groupsOfWorkers(executor).map(([name, workers]) => ({
    name: name === 'worker' ? 'default' : name.replace(/^worker-/, ''),
    ...workerValues(context, name),
    labels: { ...settingsOf(context, name).labels, ...setLabels(executor, name) },
    args: verbatim(['celery', 'worker', ...workerArguments(name, workers)]),
  }));
  return { celery: { enableDefault: false, sets } };
}

type ComponentName = CommonComponentName | WorkerGroupName;

function component(context: OfficialContext, name: ComponentName): Json {
  const { executor, features, components } = context;
  const props = settingsOf(context, name);
  const part = podPart(context, name, props);
  const initContainersAreTemplates = name !== 'api-server' || !context.isAirflow3 || features.readsInitContainersAsTemplates;
  return {
    ...scalingValues(context, name),
    ...rolloutValues(followed(name, props)),
    ...(components[name]?.securityContext && { securityContexts: airflowContexts(props.securityContext) }),
    resources: containerResources(props.resources, componentOf(executor, name).resources),
    ...commonPodValues(context, props, serviceAccountName(context, name), part.env),
    podAnnotations: annotationValues(context, { ...part.annotations, ...props.annotations }),
    extraInitContainers: initContainersAreTemplates ? verbatim(part.initContainers) : part.initContainers,
    ...verbatim({ extraContainers: part.containers, extraVolumes: part.volumes, extraVolumeMounts: part.volumeMounts }),
    ...componentProbes(context, name, props.probes),
    ...waitValues(context),
  };
}

/** Without what is refused: of a value that the chart does not know it would be told once more. */
function followed(name: ComponentName, props: LastingComponentProps): LastingComponentProps {
  const refused = FOLLOWED.exceptions?.[componentNameOf(name) as CommonComponentName] ?? {};
  return Object.fromEntries(Object.entries(props).filter(([prop]) => !(prop in refused)));
}

/** How pods are replaced, and what else a Deployment has by fields of the same names. */
function rolloutValues({ strategy, revisionHistoryLimit, terminationGracePeriod, hostAliases }: LastingComponentProps): Json {
  // The chart has amounts of its own, which would stand in the place of those that are not given.
  const rollingUpdate = { maxSurge: '25%', maxUnavailable: '25%', ...strategy?._strategy.rollingUpdate };
  return defined({
    strategy: strategy?._type === 'RollingUpdate' ? { type: strategy._type, rollingUpdate } : strategy?._strategy,
    revisionHistoryLimit,
    terminationGracePeriodSeconds: terminationGracePeriod && wholeSeconds(terminationGracePeriod),
    hostAliases,
  });
}

/** What the component's pods have besides what the chart puts there. */
function podPart(context: OfficialContext, name: ComponentName, props: LastingComponentProps): Required<PodPart> {
  const { executor, exposures, dagsPart, connections, logs, isAirflow3 } = context;
  const { uses } = componentOf(executor, name);
  return mergePodParts([
    // The image's entrypoint would wait for the database by running `airflow db check`: an init container of the chart has done that.
    { env: [{ name: 'CONNECTION_CHECK_MAX_COUNT', value: '0' }] },
    outwardPart(context, name, airflowContainer(context, name), webServiceName(context)),
    packagesPart(context, name),
    contentPart(context, name, context.home, authManagerContent(context, context.home)),
    ...(uses.includes('dags') ? [onPlatform(teamOf(executor, name) ? teamDagsPart(context, name) : dagsPart, props.securityContext)] : []),
    // In Airflow 2 tasks look for them by themselves.
    ...(connections && (uses.includes('connections') || (!isAirflow3 && uses.includes('dags'))) ? [connections.podPart] : []),
    ...(uses.includes('logs') && logs?.part ? [logs.part] : []),
    ...(name === executor.recreated ? [FINISHES_TASKS] : []),
    ...(name === 'scheduler' && hasTaskPods(executor) ? [taskTemplatePart(context)] : []),
    ...(uses.includes('kubernetes') ? [TOKEN_PART] : []),
    // Which proxy stands before it can't be known; who may connect at all is the NetworkPolicy's matter.
    ...(name === 'api-server' && exposures.length > 0 ? [{ env: [{ name: 'FORWARDED_ALLOW_IPS', value: '*' }] }] : []),
    teamBrokersPart(context, name),
    ...(props.podParts ?? []),
  ]);
}

function webValues({ isAirflow3, exposures }: OfficialContext): Json {
  return isAirflow3 && exposures.length > 0 ? { args: ['bash', '-c', 'exec airflow api-server --proxy-headers'] } : {};
}

/** The sidecar that deletes old logs is of use in pods that write some, and where logs outlive the pod. */
function groomerValues(context: OfficialContext, name: ComponentName): Json {
  const { executor, logs, logRetention: given, userValues } = context;
  const isKept = userValues.logs?.persistence?.enabled === true;
  const retentionDays = Math.ceil(logRetention(context).toDays({ integral: false }));
  const writesLogs = 'logs' in componentOf(executor, name).ports;
  // What is on a volume of the user's is deleted only if the user says when.
  const enabled = logs?.claimName ? writesLogs && given !== undefined : isKept || writesLogs;
  return { logGroomerSidecar: { enabled, retentionDays, resources: containerResources(undefined, SMALL_RESOURCES) } };
}

/** A scheduler that finishes its tasks before the next one starts. */
function recreatedValues({ gracePeriodSeconds }: ExecutorPlan): Json {
  return { terminationGracePeriodSeconds: gracePeriodSeconds.scheduler, strategy: { type: 'Recreate' } };
}

/** Where newer versions have the same below `workers.celery`, that counts if the user sets it, and else this. */
function workerValues(context: OfficialContext, name: 'worker' | WorkerGroupName): Json {
  const terminationGracePeriodSeconds = context.executor.gracePeriodSeconds[name];
  return { ...component(context, name), ...groomerValues(context, name), terminationGracePeriodSeconds };
}
