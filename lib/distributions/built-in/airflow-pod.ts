import type { Construct } from 'constructs';
import { type AirflowComponentName, COMPONENTS, type Component, type ComponentName } from '../../components/components';
import { selectorLabels } from '../../components/names';
import { secretsVolume } from '../../credentials/secrets-volume';
import { componentOf, isUsed } from '../../executors/executor-plan';
import { envVars } from '../../kubernetes/env';
import type { Json } from '../../kubernetes/json';
import { mergePodParts, type PodPart, partOfJob } from '../../kubernetes/pod-part';
import { restrictedContainer } from '../../kubernetes/security-context';
import { imageReference, pullSecretsOf } from '../../props/image';
import { podPlacement } from '../../props/placement';
import { containerResources } from '../../props/resources';
import { airflowImage } from '../shared/airflow-image';
import { examplesVariable } from '../shared/airflow-options';
import { settingsOf } from '../shared/component-settings';
import { serviceAccountName } from '../shared/service-accounts';
import { CONFIG_PATH, SECRETS_PATH } from './configuration';
import type { BuiltInContext } from './context';

const AIRFLOW_USER = 50000; // of the image; its files belong to the group 0

/** What a pod of Airflow is made from. */
export interface AirflowPodOptions {
  readonly component: AirflowComponentName | 'migrate' | 'create-user';
  /** What the main container runs: arguments of the image's entrypoint, or a command instead of it. */
  readonly args?: readonly string[];
  readonly command?: readonly string[];
  /** Further fields of the main container: probes. */
  readonly container?: { readonly [field: string]: unknown };
  /** Further fields of the pod's spec. */
  readonly podSpec?: { readonly [field: string]: unknown };
  readonly parts: readonly PodPart[];
  /** Whether to wait for the database alone or for its schema too. */
  readonly waitFor: 'database' | 'migration';
}

/** The pod template of a component of Airflow. */
export function airflowPodTemplate(scope: Construct, context: BuiltInContext, options: AirflowPodOptions): Json {
  const { component } = options;
  const { uses, resources, ports } = componentOf(context.executor, component);
  const owner = component === 'migrate' || component === 'create-user' ? undefined : component;
  const props = settingsOf(context, owner);
  const image = airflowImage(context, props.image);
  const common = {
    image: imageReference(image),
    imagePullPolicy: image.pullPolicy,
    securityContext: { ...restrictedContainer(AIRFLOW_USER), runAsGroup: 0 },
  };
  const packages = uses.includes('packages')
    ? context.requirements?.installPart({ ...common, env: context.components.all?.env })
    : undefined;
  const merged = mergePodParts([
    commonPart(context, component),
    packages ?? {},
    pullSecretsOf(scope, image),
    ...options.parts,
    ...(uses.includes('dags') ? [context.dags?.podPart ?? {}] : []),
    ...(props.podParts ?? []),
  ]);
  const part = owner ? merged : partOfJob(merged);
  const annotations = { ...part.annotations, ...props.annotations };
  return {
    metadata: {
      labels: { ...props.labels, ...selectorLabels(context, component) },
      ...(Object.keys(annotations).length > 0 && { annotations }),
    },
    spec: {
      serviceAccountName: serviceAccountName(context, owner),
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
          ...(part.envFrom.length > 0 && { envFrom: part.envFrom }),
          env: [...part.env, ...examplesVariable(context.configuration.options, props), ...envVars(props.env)],
          ...(Object.keys(ports).length > 0 && { ports: containerPorts(ports) }),
          ...options.container,
          resources: containerResources(props.resources, resources),
          volumeMounts: part.volumeMounts,
        },
        ...part.containers,
      ],
      volumes: part.volumes,
    },
  };
}

function containerPorts(ports: Component['ports']): Json[] {
  return Object.entries(ports).map(([name, { port }]) => ({ name, containerPort: port }));
}

/** airflow.cfg, secrets, and folders to write to: what all pods of Airflow have. */
function commonPart({ configuration, executor, secrets }: BuiltInContext, component: ComponentName): PodPart {
  // The admin's password is for one script alone, which is given the path of its file.
  const purposes = COMPONENTS[component].secrets.filter((purpose) => purpose !== 'admin' && isUsed(executor, purpose));
  return {
    volumes: [
      { name: 'config', configMap: { name: configuration.configMapName } },
      secretsVolume('secrets', secrets, purposes),
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
