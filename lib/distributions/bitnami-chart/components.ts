import { Duration } from 'cdk8s';
import { type ComponentProp, defaultResources } from '../../components/default-resources';
import { Executor } from '../../executors/executor';
import { ingressPrefix } from '../../exposure/ingress-exposure';
import type { Json } from '../../kubernetes/json';
import { mergePodParts, type PodPart } from '../../kubernetes/pod-part';
import type { WorkersProps } from '../../props/component-props';
import { containerResources } from '../../props/resources';
import { joinComponentProps } from '../shared/component-props';
import { podPlacement } from '../shared/placement';
import { verbatim } from '../shared-by-charts/verbatim';
import type { BitnamiContext } from './context';
import { requirementsPart, venvPart } from './packages';
import { componentProbes } from './probes';
import { componentVariables } from './variables';

/** Values of the components of Airflow. */
export function componentValues(context: BitnamiContext): Json {
  return {
    web: component(context, 'apiServer', webValues(context)),
    scheduler: component(context, 'scheduler'),
    dagProcessor: component(context, 'dagProcessor', { enabled: true }),
    // The chart would give it a volume for its logs, as no other component has.
    triggerer: component(context, 'triggerer', { enabled: true, persistence: { enabled: false } }),
    worker: component(context, 'workers', workerValues(context.settings.workers)),
  };
}

function component(context: BitnamiContext, prop: ComponentProp, further: Json = {}): Json {
  const { settings, executor, isAirflow3, ingress } = context;
  const props = joinComponentProps(settings.allComponents, settings[prop]);
  const replicas = settings[prop]?.replicas ?? 1;
  const part = podPart(context, prop);
  return {
    replicaCount: replicas,
    pdb: { create: replicas > 1 },
    resources: containerResources(props.resources, defaultResources(prop, executor)),
    podLabels: props.labels,
    podAnnotations: verbatim({ ...part.annotations, ...props.annotations }),
    ...verbatim(podPlacement(props.placement)),
    extraEnvVars: [...part.env, ...componentVariables(context, props)],
    extraVolumes: part.volumes,
    extraVolumeMounts: part.volumeMounts,
    initContainers: part.initContainers,
    sidecars: part.containers,
    ...componentProbes(prop, isAirflow3, ingressPrefix(ingress)),
    networkPolicy: { enabled: false },
    automountServiceAccountToken: false,
    ...further,
  };
}

function podPart(context: BitnamiContext, prop: ComponentProp): Required<PodPart> {
  const { executor, ingress, dagsPart } = context;
  const runsTasks = executor === Executor.CELERY ? 'workers' : 'scheduler';
  const parts = [
    requirementsPart(context),
    ...(prop === 'dagProcessor' || prop === runsTasks ? [dagsPart] : []),
    // Which proxy stands before it can't be known; who may connect at all is the NetworkPolicy's matter.
    ...(prop === 'apiServer' && ingress ? [{ env: [{ name: 'FORWARDED_ALLOW_IPS', value: '*' }] }] : []),
  ];
  return mergePodParts([venvPart(context), verbatim(mergePodParts(parts))]);
}

function webValues({ isAirflow3, ingress }: BitnamiContext): Json {
  return isAirflow3 && ingress ? { args: ['/opt/bitnami/scripts/airflow/run.sh', '--proxy-headers'] } : {};
}

function workerValues({ gracePeriod = Duration.minutes(10), autoscaling }: WorkersProps = {}): Json {
  const { minReplicas = 1, maxReplicas, targetCpuUtilization = 80 } = autoscaling ?? {};
  return {
    terminationGracePeriodSeconds: Math.floor(gracePeriod.toMilliseconds() / 1000),
    ...(maxReplicas !== undefined && {
      // The chart would look at memory too.
      autoscaling: { hpa: { enabled: true, minReplicas, maxReplicas, targetCPU: targetCpuUtilization, targetMemory: '' } },
      pdb: { create: maxReplicas > 1 },
    }),
  };
}
