import type { Construct } from 'constructs';
import { airflowImage, type ComponentName, selectorLabels } from '../../components/names';
import type { SecretPurpose } from '../../credentials/airflow-secrets';
import { secretsVolume } from '../../credentials/secrets-volume';
import { Executor } from '../../executors/executor';
import { envVars } from '../../kubernetes/env';
import type { Json } from '../../kubernetes/json';
import { mergePodParts, type PodPart } from '../../kubernetes/pod-part';
import { restrictedContainer } from '../../kubernetes/security-context';
import type { ComponentProps } from '../../props/component-props';
import { imageReference, pullSecretsOf } from '../../props/image';
import { containerResources, type ResourcesProps } from '../../props/resources';
import type { DistributionInput } from '../contract';
import { examplesVariable } from '../shared/airflow-options';
import { joinComponentProps } from '../shared/component-props';
import { podPlacement } from '../shared/placement';
import { CONFIG_PATH, SECRETS_PATH } from './configuration';
import type { BuiltInContext } from './context';

const AIRFLOW_USER = 50000; // of the image; its files belong to the group 0

/** What a pod of Airflow is made from. */
export interface AirflowPodOptions {
  readonly component: ComponentName;
  readonly props: ComponentProps | undefined;
  readonly defaultResources: ResourcesProps;
  /** What the main container runs: arguments of the image's entrypoint, or a command instead of it. */
  readonly args?: readonly string[];
  readonly command?: readonly string[];
  /** Further fields of the main container: ports and probes. */
  readonly container?: { readonly [field: string]: unknown };
  /** Further fields of the pod's spec. */
  readonly podSpec?: { readonly [field: string]: unknown };
  readonly parts: readonly PodPart[];
  /** Whether it runs or reads code that may import the packages of requirements.txt. */
  readonly packages?: boolean;
  /** Whether to wait for the database alone or for its schema too. */
  readonly waitFor: 'database' | 'migration';
}

/** The pod template of a component of Airflow. */
export function airflowPodTemplate(scope: Construct, context: BuiltInContext, options: AirflowPodOptions): Json {
  const { component } = options;
  const props = joinComponentProps(context.settings.allComponents, options.props);
  const image = airflowImage(context, props.image);
  const common = {
    image: imageReference(image),
    imagePullPolicy: image.pullPolicy,
    securityContext: { ...restrictedContainer(AIRFLOW_USER), runAsGroup: 0 },
  };
  const packages = options.packages && context.requirements?.installPart({ ...common, env: context.settings.allComponents?.env });
  const part = mergePodParts([context.commonPart, ...(packages ? [packages] : []), pullSecretsOf(scope, image), ...options.parts]);
  const annotations = { ...part.annotations, ...props.annotations };
  return {
    metadata: {
      labels: { ...props.labels, ...selectorLabels(context, component) },
      ...(Object.keys(annotations).length > 0 && { annotations }),
    },
    spec: {
      serviceAccountName: context.name,
      automountServiceAccountToken: false,
      enableServiceLinks: false,
      ...podPlacement(props.placement),
      ...(part.imagePullSecrets.length > 0 && { imagePullSecrets: part.imagePullSecrets }),
      ...options.podSpec,
      // The wait comes last: what others prepare takes its time beside that of the database.
      initContainers: [...part.initContainers, waitContainer(common, part, options.waitFor)],
      containers: [
        {
          ...common,
          name: component,
          ...(options.command && { command: options.command }),
          ...(options.args && { args: options.args }),
          env: [...part.env, ...examplesVariable(context.configuration.options, props), ...envVars(props.env)],
          ...options.container,
          resources: containerResources(props.resources, options.defaultResources),
          volumeMounts: part.volumeMounts,
        },
        ...part.containers,
      ],
      volumes: part.volumes,
    },
  };
}

/** airflow.cfg, secrets, and folders to write to: what all pods of Airflow have. */
export function commonPart(input: DistributionInput, configMapName: string): PodPart {
  const purposes: SecretPurpose[] = ['fernetKey', 'apiSecretKey', 'jwtSecret', 'database'];
  if (input.executor === Executor.CELERY) purposes.push('broker');
  return {
    volumes: [
      { name: 'config', configMap: { name: configMapName } },
      secretsVolume('secrets', input.secrets, purposes),
      { name: 'logs', emptyDir: {} },
      { name: 'tmp', emptyDir: {} },
    ],
    volumeMounts: [
      { name: 'config', mountPath: CONFIG_PATH, readOnly: true },
      { name: 'secrets', mountPath: SECRETS_PATH, readOnly: true },
      { name: 'logs', mountPath: '/opt/airflow/logs' },
      { name: 'tmp', mountPath: '/tmp' },
    ],
    env: [
      { name: 'AIRFLOW_CONFIG', value: `${CONFIG_PATH}/airflow.cfg` },
      // The image's entrypoint would wait for the database by running `airflow db check`: the init container has done that, cheaper.
      { name: 'CONNECTION_CHECK_MAX_COUNT', value: '0' },
    ],
  };
}

/** Rolls the pods when the configuration changes. A Job's pods have none: see jobName. */
export function configurationPart(context: { readonly configuration: { readonly checksum: string } }): PodPart {
  return { annotations: { 'cdk8s-airflow/config-checksum': context.configuration.checksum } };
}

function waitContainer(common: object, part: PodPart, waitFor: 'database' | 'migration'): unknown {
  const mounts = (part.volumeMounts ?? []).filter((mount) => ['config', 'secrets', 'tmp'].includes(mount.name));
  return {
    ...common,
    name: `wait-for-${waitFor}`,
    command: ['python', `${CONFIG_PATH}/wait_for_database.py`, ...(waitFor === 'migration' ? ['--migrated'] : [])],
    env: [
      { name: 'AIRFLOW_CONFIG', value: `${CONFIG_PATH}/airflow.cfg` },
      { name: 'PYTHONDONTWRITEBYTECODE', value: '1' },
    ],
    resources: { requests: { cpu: '50m', memory: '64Mi' }, limits: { cpu: '1', memory: '256Mi' } },
    volumeMounts: mounts,
  };
}

/** What a probe runs to ask the database for a sign of life of this pod. */
export function heartbeatProbes(jobType: string): { startupProbe: unknown; livenessProbe: unknown } {
  const exec = { command: ['python', `${CONFIG_PATH}/check_heartbeat.py`, jobType] };
  return {
    startupProbe: { exec, periodSeconds: 5, timeoutSeconds: 15, failureThreshold: 60 },
    livenessProbe: { exec, periodSeconds: 60, timeoutSeconds: 20, failureThreshold: 3 },
  };
}
