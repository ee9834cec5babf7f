import { Duration } from 'cdk8s';
import { type ComponentProp, defaultResources } from '../../components/default-resources';
import { Executor } from '../../executors/executor';
import type { Json } from '../../kubernetes/json';
import { mergePodParts, type PodPart } from '../../kubernetes/pod-part';
import type { WorkersProps } from '../../props/component-props';
import { imageReference } from '../../props/image';
import { containerResources } from '../../props/resources';
import { joinComponentProps } from '../shared/component-props';
import { verbatim } from '../shared-by-charts/verbatim';
import type { OfficialContext } from './context';
import { annotationValues, commonPodValues, SMALL_RESOURCES } from './pod-values';
import { componentProbes } from './probes';

/** Values of the components of Airflow. */
export function componentValues(context: OfficialContext): Json {
  const { isAirflow3, executor, settings } = context;
  return {
    [isAirflow3 ? 'apiServer' : 'webserver']: { ...component(context, 'apiServer'), ...webValues(context) },
    scheduler: { ...component(context, 'scheduler'), ...groomerValues(context) },
    // With Airflow 2 the chart would leave DAG files to the scheduler.
    dagProcessor: { ...component(context, 'dagProcessor'), ...groomerValues(context), enabled: true },
    triggerer: { ...component(context, 'triggerer'), ...groomerValues(context), persistence: { enabled: false } },
    workers: {
      ...(executor === Executor.CELERY && {
        ...component(context, 'workers'),
        ...groomerValues(context),
        ...workerValues(settings.workers),
      }),
      // Under LocalExecutor it is the scheduler that would get the volume.
      persistence: { enabled: false },
    },
  };
}

function component(context: OfficialContext, prop: ComponentProp): Json {
  const { settings, executor, contract } = context;
  const props = joinComponentProps(settings.allComponents, settings[prop]);
  const part = podPart(context, prop);
  const initContainersAreTemplates = prop !== 'apiServer' || !context.isAirflow3 || contract.readsInitContainersAsTemplates;
  return {
    ...(!(prop === 'workers' && settings.workers?.autoscaling) && { replicas: settings[prop]?.replicas ?? 1 }),
    resources: containerResources(props.resources, defaultResources(prop, executor)),
    ...commonPodValues(context, props, part.env),
    podAnnotations: annotationValues(context, { ...part.annotations, ...props.annotations }),
    extraInitContainers: initContainersAreTemplates ? verbatim(part.initContainers) : part.initContainers,
    ...verbatim({ extraContainers: part.containers, extraVolumes: part.volumes, extraVolumeMounts: part.volumeMounts }),
    ...componentProbes(context, prop),
  };
}

/** What the component's pods have besides what the chart puts there. */
function podPart(context: OfficialContext, prop: ComponentProp): Required<PodPart> {
  const { executor, ingress, dagsPart } = context;
  const runsTasks = executor === Executor.CELERY ? 'workers' : 'scheduler';
  return mergePodParts([
    // The image's entrypoint would wait for the database by running `airflow db check`: an init container of the chart has done that.
    { env: [{ name: 'CONNECTION_CHECK_MAX_COUNT', value: '0' }] },
    packagesPart(context),
    ...(prop === 'dagProcessor' || prop === runsTasks ? [dagsPart] : []),
    // Which proxy stands before it can't be known; who may connect at all is the NetworkPolicy's matter.
    ...(prop === 'apiServer' && ingress ? [{ env: [{ name: 'FORWARDED_ALLOW_IPS', value: '*' }] }] : []),
  ]);
}

function packagesPart({ requirements, image, settings }: OfficialContext): PodPart {
  const env = settings.allComponents?.env;
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

/** Where newer versions have the same below `workers.celery`, that counts if the user sets it, and else this. */
function workerValues({ gracePeriod = Duration.minutes(10), autoscaling }: WorkersProps = {}): Json {
  return {
    terminationGracePeriodSeconds: Math.floor(gracePeriod.toMilliseconds() / 1000),
    ...(autoscaling && {
      hpa: {
        enabled: true,
        minReplicaCount: autoscaling.minReplicas ?? 1,
        maxReplicaCount: autoscaling.maxReplicas,
        metrics: [
          {
            type: 'Resource',
            resource: { name: 'cpu', target: { type: 'Utilization', averageUtilization: autoscaling.targetCpuUtilization ?? 80 } },
          },
        ],
      },
    }),
  };
}
