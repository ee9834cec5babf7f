import type { Construct } from 'constructs';
import {
  type Component,
  componentNameOf,
  type GroupName,
  isJob,
  type JobName,
  type LastingComponentName,
  type PodsName,
  WAIT_SECRETS,
} from '../../components/components';
import { objectName } from '../../components/names';
import { componentOf } from '../../executors/executor-plan';
import type { Json } from '../../kubernetes/json';
import { mergePodParts, type PodPart, partOfJob } from '../../kubernetes/pod-part';
import type { ComponentProps } from '../../props/component-props';
import { pullSecretsOf } from '../../props/image';
import { SPREAD_OVER_NODES } from '../../props/placement';
import { tunedProbes } from '../../props/probes';
import { containerResources } from '../../props/resources';
import { identityVariables, onPlatform } from '../../props/security-context';
import { airflowContainer, airflowPodSpec, foldersPart, mainFields, podMetadata } from '../shared/airflow-container';
import { airflowImage } from '../shared/airflow-image';
import { authManagerPart } from '../shared/auth-manager';
import { settingsOf } from '../shared/component-settings';
import { hostAddressPart } from '../shared/host-address';
import { WAIT_RESOURCES } from '../shared/init-resources';
import { installOptions, outwardPart } from '../shared/outward-part';
import { contentPart } from '../shared/pod-content';
import { serviceAccountName } from '../shared/service-accounts';
import { dagsPart } from '../shared/teams';
import { AIRFLOW_HOME, CONFIG_FILE, CONFIG_PATH } from './configuration';
import { containerSecrets, type PodContainer } from './container-secrets';
import type { BuiltInContext } from './context';
import { logCleanerPart } from './log-cleaner';
import { logServer, SKIP_SERVE_LOGS } from './log-server';

/** What a pod of Airflow is made from. */
export interface AirflowPodOptions {
  readonly component: LastingComponentName | GroupName | JobName;
  /** What the main container runs: arguments of the image's entrypoint, or a command instead of it. */
  readonly args?: readonly string[];
  readonly command?: readonly string[];
  /** Further fields of the main container: probes. */
  readonly container?: Json;
  /** Further fields of the pod's spec. */
  readonly podSpec?: { readonly [field: string]: unknown };
  readonly parts: readonly PodPart[];
  /** Whether to wait for the database alone or for its schema too. */
  readonly waitFor: 'database' | 'migration';
}

/** The pod template of a component of Airflow, or of a Job. */
export function airflowPodTemplate(scope: Construct, context: BuiltInContext, options: AirflowPodOptions): Json {
  const { component } = options;
  const { uses, ports, secrets } = componentOf(context.executor, component);
  const { logs: logsPort, ...mainPorts } = ports;
  const given = settingsOf(context, isJob(component) ? undefined : component);
  const props =
    componentNameOf(component) === 'worker'
      ? { ...given, placement: { topologySpreadConstraints: SPREAD_OVER_NODES, ...given.placement } }
      : given;
  const common = airflowContainer(context, props);
  const merged = podPart(scope, context, component, props, options.parts);
  const part = isJob(component) ? partOfJob(merged) : merged;
  const own = containerSecrets(context, component, 'secrets', secrets);
  const main = mainFields(context, context.configuration.options, component, props, part);
  // Who does not ask the database has nothing to wait for.
  const waits = secrets.database ? [waitContainer(context, component, common, part, options.waitFor, props)] : [];
  const logServers = logsPort ? [logServer(context, component, common, logsPort, props)] : [];
  const besides = [...waits, ...logServers];
  const initContainers = [...part.initContainers, ...besides.map(({ container }) => container)];
  return {
    metadata: podMetadata(context, component, props, part),
    spec: {
      serviceAccountName: serviceAccountName(context, isJob(component) ? undefined : component),
      automountServiceAccountToken: uses.includes('kubernetes'),
      ...airflowPodSpec(context, component, props, part),
      ...options.podSpec,
      // The wait comes after what others prepare, which takes its time beside that of the database. An empty list is not what the API server stores.
      ...(initContainers.length > 0 && { initContainers }),
      containers: [
        {
          ...common,
          name: componentNameOf(component),
          ...(options.command && { command: options.command }),
          ...(options.args && { args: [...options.args, ...(logsPort ? [SKIP_SERVE_LOGS] : [])] }),
          ...main,
          env: [...own.env, ...main.env],
          volumeMounts: [...own.volumeMounts, ...main.volumeMounts],
          ...(Object.keys(mainPorts).length > 0 && { ports: containerPorts(mainPorts) }),
          ...tunedProbes(options.container, props.probes),
        },
        ...part.containers,
      ],
      volumes: [...own.volumes, ...besides.flatMap(({ volumes }) => volumes), ...part.volumes],
    },
  };
}

/** What the pods of a component have besides what runs in them. */
function podPart(
  scope: Construct,
  context: BuiltInContext,
  component: AirflowPodOptions['component'],
  props: ComponentProps,
  parts: readonly PodPart[],
): Required<PodPart> {
  const { requirements, connections, logs } = context;
  const { uses } = componentOf(context.executor, component);
  const common = airflowContainer(context, props);
  const webService = objectName(context, 'api-server');
  const { image, imagePullPolicy } = common;
  const install = { image, imagePullPolicy, ...installOptions(context, component, webService) };
  return mergePodParts([
    commonPart(context, component, props),
    logCleanerPart(context, component, common, props.initContainerResources),
    hostAddressPart(context, context.configuration.configMapName),
    authManagerPart(context, 'config', AIRFLOW_HOME),
    outwardPart(context, component, common, webService),
    (uses.includes('packages') && requirements?.installPart(install)) || {},
    (uses.includes('connections') && connections?.podPart) || {},
    (uses.includes('logs') && logs?.part) || {},
    // A Job is not to run again for them.
    { ...contentPart(context, component, AIRFLOW_HOME), ...(isJob(component) && { annotations: {} }) },
    pullSecretsOf(scope, airflowImage(context, props.image)),
    ...parts,
    (uses.includes('dags') && onPlatform(dagsPart(context, component), props.securityContext)) || {},
    ...(props.podParts ?? []),
  ]);
}

function containerPorts(ports: Component['ports']): Json[] {
  return Object.entries(ports).map(([name, { port }]) => ({ name, containerPort: port }));
}

/** What all pods of Airflow have. */
function commonPart(context: BuiltInContext, component: PodsName, props: ComponentProps): PodPart {
  const { configMapName } = context.configuration;
  return {
    ...foldersPart(context, component, props, { configMapName, configPath: CONFIG_PATH, home: AIRFLOW_HOME }),
    env: [
      { name: 'AIRFLOW_CONFIG', value: `${CONFIG_PATH}/${CONFIG_FILE}` },
      // The image's entrypoint would wait for the database by running `airflow db check`: the init container has done that, cheaper.
      { name: 'CONNECTION_CHECK_MAX_COUNT', value: '0' },
    ],
  };
}

/** Rolls the pods when the configuration changes. A Job's pods have none: see jobName. */
export function configurationPart(context: { readonly configuration: { readonly checksum: string } }): PodPart {
  return { annotations: { 'cdk8s-airflow/config-checksum': context.configuration.checksum } };
}

/** What waits for the database, with its volumes. It has the password of the database and no other secret. */
function waitContainer(
  context: BuiltInContext,
  component: PodsName,
  common: object,
  part: PodPart,
  waitFor: 'database' | 'migration',
  props: ComponentProps,
): PodContainer {
  const { volumes, volumeMounts, env } = containerSecrets(context, component, 'wait-secrets', WAIT_SECRETS);
  // Without them the scheduler and the DAG processor would end.
  const teams = isJob(component) ? [] : (context.executor.teams ?? []).map(({ name }) => `--team=${name}`);
  const mounts = (part.volumeMounts ?? []).filter((mount) => ['config', 'tmp', 'python-packages'].includes(mount.name));
  const container = {
    ...common,
    name: `wait-for-${waitFor}`,
    command: ['python', `${CONFIG_PATH}/wait_for_database.py`, ...(waitFor === 'migration' ? ['--migrated', ...teams] : [])],
    env: [
      ...env,
      { name: 'PYTHONDONTWRITEBYTECODE', value: '1' },
      ...identityVariables(props.securityContext),
      // A package may be a newer provider, with other tables.
      ...(part.env ?? []).filter(({ name }) => name === 'PYTHONPATH'),
    ],
    resources: containerResources(props.initContainerResources, WAIT_RESOURCES),
    volumeMounts: [...volumeMounts, ...mounts],
  };
  return { container, volumes };
}

/** What a probe runs to ask the database for a sign of life of this pod. */
export function heartbeatProbes(jobType: string): { startupProbe: unknown; livenessProbe: unknown } {
  const exec = { command: ['python', `${CONFIG_PATH}/check_heartbeat.py`, jobType] };
  return {
    startupProbe: { exec, periodSeconds: 5, timeoutSeconds: 15, failureThreshold: 60 },
    livenessProbe: { exec, periodSeconds: 60, timeoutSeconds: 20, failureThreshold: 3 },
  };
}
