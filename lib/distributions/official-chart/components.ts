import type { LastingComponentName } from '../../components/components';
import { componentOf, type ExecutorPlan } from '../../executors/executor-plan';
import { defined } from '../../kubernetes/defined';
import type { Json } from '../../kubernetes/json';
import { mergePodParts, type PodPart } from '../../kubernetes/pod-part';
import { imageReference } from '../../props/image';
import { containerResources } from '../../props/resources';
import type { Autoscaling } from '../../scaling/autoscaling';
import { cpuMetrics } from '../../scaling/cpu';
import { writtenReplicas } from '../../scaling/replicas';
import { settingsOf } from '../shared/component-settings';
import { FINISHES_TASKS } from '../shared/finishes-tasks';
import { serviceAccountName } from '../shared/service-accounts';
import { verbatim } from '../shared-by-charts/verbatim';
import type { OfficialContext } from './context';
import { annotationValues, commonPodValues, SMALL_RESOURCES } from './pod-values';
import { componentProbes } from './probes';

/** Values of the components of Airflow. */
export function componentValues(context: OfficialContext): Json {
  const { isAirflow3, executor } = context;
  return {
    [isAirflow3 ? 'apiServer' : 'webserver']: { ...component(context, 'api-server'), ...webValues(context) },
    scheduler: { ...component(context, 'scheduler'), ...groomerValues(context), ...(executor.isRecreated && recreatedValues(executor)) },
    // With Airflow 2 the chart would leave DAG files to the scheduler.
    dagProcessor: { ...component(context, 'dag-processor'), ...groomerValues(context), enabled: true },
    triggerer: { ...component(context, 'triggerer'), ...groomerValues(context), persistence: { enabled: false } },
    workers: {
      ...(executor.workers && {
        ...component(context, 'worker'),
        ...groomerValues(context),
        ...workerValues(executor),
      }),
      // Without workers it is the scheduler that would get the volume.
      persistence: { enabled: false },
    },
  };
}

function component(context: OfficialContext, name: LastingComponentName): Json {
  const { executor, features, components } = context;
  const props = settingsOf(context, name);
  const part = podPart(context, name, props.podParts);
  const initContainersAreTemplates = name !== 'api-server' || !context.isAirflow3 || features.readsInitContainersAsTemplates;
  const scaled = components[name];
  return {
    ...defined({ replicas: writtenReplicas(scaled) }),
    ...(scaled?.autoscaling && { hpa: hpaValues(scaled.autoscaling) }),
    resources: containerResources(props.resources, componentOf(executor, name).resources),
    ...commonPodValues(context, props, serviceAccountName(context, name), part.env),
    podAnnotations: annotationValues(context, { ...part.annotations, ...props.annotations }),
    extraInitContainers: initContainersAreTemplates ? verbatim(part.initContainers) : part.initContainers,
    ...verbatim({ extraContainers: part.containers, extraVolumes: part.volumes, extraVolumeMounts: part.volumeMounts }),
    ...componentProbes(context, name),
  };
}

/** What the component's pods have besides what the chart puts there. */
function podPart(context: OfficialContext, name: LastingComponentName, ofUser: readonly PodPart[] = []): Required<PodPart> {
  const { executor, ingress, dagsPart, connections, isAirflow3 } = context;
  const { uses } = componentOf(executor, name);
  return mergePodParts([
    // The image's entrypoint would wait for the database by running `airflow db check`: an init container of the chart has done that.
    { env: [{ name: 'CONNECTION_CHECK_MAX_COUNT', value: '0' }] },
    packagesPart(context),
    ...(uses.includes('dags') ? [dagsPart] : []),
    // In Airflow 2 tasks look for them by themselves.
    ...(connections && (uses.includes('connections') || (!isAirflow3 && uses.includes('dags'))) ? [connections.podPart] : []),
    ...(name === 'scheduler' && executor.isRecreated ? [FINISHES_TASKS] : []),
    // Which proxy stands before it can't be known; who may connect at all is the NetworkPolicy's matter.
    ...(name === 'api-server' && ingress ? [{ env: [{ name: 'FORWARDED_ALLOW_IPS', value: '*' }] }] : []),
    ...ofUser,
  ]);
}

function packagesPart({ requirements, image, components }: OfficialContext): PodPart {
  const env = components.all?.env;
  return requirements?.installPart({ image: imageReference(image), imagePullPolicy: image.pullPolicy, env }) ?? {};
}

function webValues({ isAirflow3, ingress }: OfficialContext): Json {
  return isAirflow3 && ingress ? { args: ['bash', '-c', 'exec airflow api-server --proxy-headers'] } : {};
}

/** The sidecar that deletes old logs is of use where logs outlive the pod. */
function groomerValues({ userValues }: OfficialContext): Json {
  const enabled = userValues.logs?.persistence?.enabled === true;
  return { logGroomerSidecar: { enabled, resources: containerResources(undefined, SMALL_RESOURCES) } };
}

/** A scheduler that finishes its tasks before the next one starts. */
function recreatedValues({ gracePeriodSeconds }: ExecutorPlan): Json {
  return { terminationGracePeriodSeconds: gracePeriodSeconds.scheduler, strategy: { type: 'Recreate' } };
}

/** Where newer versions have the same below `workers.celery`, that counts if the user sets it, and else this. */
function workerValues({ gracePeriodSeconds }: ExecutorPlan): Json {
  return { terminationGracePeriodSeconds: gracePeriodSeconds.worker };
}

function hpaValues({ _plan: { minReplicas, maxReplicas, targetUtilization } }: Autoscaling): Json {
  const metrics = targetUtilization === undefined ? undefined : cpuMetrics(targetUtilization);
  return { enabled: true, minReplicaCount: minReplicas, maxReplicaCount: maxReplicas, metrics };
}
