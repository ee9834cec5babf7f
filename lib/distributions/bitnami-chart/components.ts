import type { CommonComponentName } from '../../components/components';
import { componentOf, type ExecutorPlan } from '../../executors/executor-plan';
import { defined } from '../../kubernetes/defined';
import type { Json } from '../../kubernetes/json';
import { mergePodParts, type PodPart } from '../../kubernetes/pod-part';
import { wholeSeconds } from '../../kubernetes/whole-seconds';
import { podPlacement } from '../../props/placement';
import { containerResources } from '../../props/resources';
import { onPlatform } from '../../props/security-context';
import type { Autoscaling } from '../../scaling/autoscaling';
import { greatestReplicas } from '../../scaling/replicas';
import { settingsOf } from '../shared/component-settings';
import { deployedComponents } from '../shared/deployed-components';
import { contentPart } from '../shared/pod-content';
import { taskTemplatePart } from '../shared/task-pods';
import { TOKEN_PART } from '../shared/token-part';
import { verbatim } from '../shared-by-charts/verbatim';
import type { BitnamiContext } from './context';
import { AIRFLOW_HOME, ownFilesOf, webConfigValues } from './files';
import { bitnamiOutwardPart, requirementsPart, venvPart } from './packages';
import { componentProbes } from './probes';
import { securityValues } from './security-contexts';
import { adminVariables } from './setup-job';
import { templateConfigMap } from './task-pods';
import { componentVariables } from './variables';

/** Values of the components of Airflow. */
export function componentValues(context: BitnamiContext): Json {
  const { executor } = context;
  return {
    web: { ...component(context, 'api-server', webValues(context)), ...webConfigValues(context) },
    // Under the Local executor it is a StatefulSet, whose next pod waits for the end of the one before.
    scheduler: component(
      context,
      'scheduler',
      executor.recreated && { terminationGracePeriodSeconds: executor.gracePeriodSeconds.scheduler },
    ),
    dagProcessor: component(context, 'dag-processor', { enabled: true }),
    triggerer: triggererValues(context),
    // Without workers the chart would still have a NetworkPolicy for them.
    worker: executor.workers ? component(context, 'worker', workerValues(executor)) : { networkPolicy: { enabled: false } },
  };
}

function triggererValues(context: BitnamiContext): Json {
  if (!deployedComponents(context).includes('triggerer')) return { enabled: false };
  // The chart would give it a volume for its logs, as no other component has.
  return component(context, 'triggerer', { enabled: true, persistence: { enabled: false } });
}

function component(context: BitnamiContext, name: CommonComponentName, further: Json = {}): Json {
  const { components, executor, isAirflow3, exposures } = context;
  const props = settingsOf(context, name);
  const scaled = components[name];
  const { terminationGracePeriod } = props;
  const part = podPart(context, name, props.podParts);
  return {
    replicaCount: scaled?.replicas ?? 1,
    ...(scaled?.autoscaling && autoscalingValues(scaled.autoscaling)),
    pdb: { create: greatestReplicas(scaled) > 1 },
    resources: containerResources(props.resources, componentOf(executor, name).resources),
    podLabels: props.labels,
    podAnnotations: verbatim({ ...part.annotations, ...props.annotations }),
    ...verbatim(podPlacement(props.placement)),
    extraEnvVars: [...part.env, ...componentVariables(context, props)],
    extraVolumes: part.volumes,
    extraVolumeMounts: part.volumeMounts,
    initContainers: part.initContainers,
    sidecars: part.containers,
    ...componentProbes(name, isAirflow3, exposures[0]?.prefix ?? '', props.probes),
    ...verbatim(defined({ hostAliases: props.hostAliases })),
    ...(terminationGracePeriod && { terminationGracePeriodSeconds: wholeSeconds(terminationGracePeriod) }),
    ...(props.strategy && { updateStrategy: props.strategy._strategy }),
    ...securityValues(props.securityContext),
    networkPolicy: { enabled: false },
    automountServiceAccountToken: false,
    ...further,
  };
}

function podPart(context: BitnamiContext, name: CommonComponentName, ofUser: readonly PodPart[] = []): Required<PodPart> {
  const { components, executor, exposures, dagsPart, connections, isAirflow3, userValues } = context;
  const { uses } = componentOf(executor, name);
  const parts = [
    requirementsPart(context),
    contentPart(ownFilesOf(context), name, AIRFLOW_HOME),
    ...(uses.includes('dags') ? [onPlatform(dagsPart, components.all?.securityContext)] : []),
    // In Airflow 2 tasks look for them by themselves.
    ...(connections && (uses.includes('connections') || (!isAirflow3 && uses.includes('dags'))) ? [connections.podPart] : []),
    ...(name === 'scheduler' && executor.tasks ? [taskTemplatePart(context, templateConfigMap(context))] : []),
    ...(uses.includes('kubernetes') ? [TOKEN_PART] : []),
    // Which proxy stands before it can't be known; who may connect at all is the NetworkPolicy's matter.
    ...(name === 'api-server' && exposures.length > 0 ? [{ env: [{ name: 'FORWARDED_ALLOW_IPS', value: '*' }] }] : []),
    // Without the Job the image brings the database to its schema in these pods, and makes the admin user.
    ...(name === 'api-server' && userValues.setupDBJob?.enabled === false ? [{ env: adminVariables(context) }] : []),
    ...ofUser,
  ];
  return mergePodParts([bitnamiOutwardPart(context, name), venvPart(context), verbatim(mergePodParts(parts))]);
}

function webValues({ isAirflow3, exposures }: BitnamiContext): Json {
  return isAirflow3 && exposures.length > 0 ? { args: ['/opt/bitnami/scripts/airflow/run.sh', '--proxy-headers'] } : {};
}

function workerValues({ gracePeriodSeconds }: ExecutorPlan): Json {
  return { terminationGracePeriodSeconds: gracePeriodSeconds.worker };
}

/** The chart would look at memory too. */
function autoscalingValues({ _plan: { minReplicas, maxReplicas, targetUtilization } }: Autoscaling): Json {
  return { autoscaling: { hpa: { enabled: true, minReplicas, maxReplicas, targetCPU: targetUtilization, targetMemory: '' } } };
}
