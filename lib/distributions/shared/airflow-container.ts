import type { PodsName } from '../../components/components';
import { selectorLabels } from '../../components/names';
import type { AirflowConfig } from '../../config/airflow-config';
import { componentOf } from '../../executors/executor-plan';
import { asStored, envVars } from '../../kubernetes/env';
import type { PodPart } from '../../kubernetes/pod-part';
import type { ComponentProps } from '../../props/component-props';
import { imageReference } from '../../props/image';
import { podFields } from '../../props/pod-fields';
import { containerResources, scratchVolume } from '../../props/resources';
import { AIRFLOW_IDS, containerSecurity, type ImageIds, identityVariables } from '../../props/security-context';
import type { DistributionInput } from '../contract';
import { airflowImage } from './airflow-image';
import { examplesVariable } from './airflow-options';
import { withPythonPath } from './python-path';

/** What the containers have in common that run Airflow's image, in pods that the library makes. */
export function airflowContainer(input: DistributionInput, props: ComponentProps) {
  const image = airflowImage(input, props.image);
  return {
    image: imageReference(image),
    imagePullPolicy: image.pullPolicy,
    securityContext: containerSecurity(props.securityContext, AIRFLOW_IDS),
  };
}

/** What the main container has besides. */
export function mainFields(
  input: DistributionInput,
  config: AirflowConfig,
  component: PodsName,
  props: ComponentProps,
  part: Required<PodPart>,
) {
  const { parts, env } = withPythonPath(part.env, props.env ?? {});
  const identity = identityVariables(props.securityContext).filter(({ name }) => !env[name]);
  return {
    ...(part.envFrom.length > 0 && { envFrom: part.envFrom }),
    env: asStored([...parts, ...identity, ...examplesVariable(config, props), ...envVars(env)]),
    resources: containerResources(props.resources, componentOf(input.executor, component).resources),
    volumeMounts: part.volumeMounts,
  };
}

export function podMetadata(input: DistributionInput, component: PodsName, props: ComponentProps, part: PodPart) {
  const annotations = { ...part.annotations, ...props.annotations };
  return {
    labels: { ...props.labels, ...selectorLabels(input, component) },
    ...(Object.keys(annotations).length > 0 && { annotations }),
  };
}

/** What the spec of a pod has besides its containers and volumes. */
export function airflowPodSpec(
  input: DistributionInput,
  component: PodsName,
  props: ComponentProps,
  { imagePullSecrets }: Required<PodPart>,
  imageIds: ImageIds = AIRFLOW_IDS,
) {
  const { executor, logs } = input;
  // A new volume belongs to root alone: that with the logs of tasks is to be written to by all that share it.
  const hasLogs = logs?.claimName !== undefined && componentOf(executor, component).uses.includes('logs');
  const ids = hasLogs ? { ...imageIds, fsGroup: imageIds.group } : imageIds;
  return {
    enableServiceLinks: false,
    ...podFields(props, selectorLabels(input, component), ids),
    ...(imagePullSecrets.length > 0 && { imagePullSecrets }),
  };
}

/** airflow.cfg, and folders to write to: what all pods of Airflow have, with the logs on their volume if they have one. */
export function foldersPart(
  { executor, logs }: DistributionInput,
  component: PodsName,
  props: ComponentProps,
  { configMapName, configPath, home }: { readonly configMapName: string; readonly configPath: string; readonly home: string },
): PodPart {
  const { uses, resources: byDefault } = componentOf(executor, component);
  const resources = containerResources(props.resources, byDefault);
  const claimName = uses.includes('logs') ? logs?.claimName : undefined;
  return {
    volumes: [
      { name: 'config', configMap: { name: configMapName } },
      claimName ? { name: 'logs', persistentVolumeClaim: { claimName } } : scratchVolume('logs', resources),
      scratchVolume('tmp', resources),
    ],
    volumeMounts: [
      { name: 'config', mountPath: configPath, readOnly: true },
      { name: 'logs', mountPath: `${home}/logs` },
      { name: 'tmp', mountPath: '/tmp' },
    ],
  };
}
