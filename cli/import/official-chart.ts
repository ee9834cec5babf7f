import { dagBundles } from './dag-bundles';
import { call, type Expression, type Fields, fields, isFields, joined, Name } from './expression';
import * as pod from './pod-values';
import { instead, type Row } from './row';
import { componentProps, ENABLED, GRACE_PERIOD, PLACEMENT, PROBES, RESOURCES, rowsBelow } from './shared-rows';
import * as shared from './shared-values';
import { asText, isTree, over, type Tree, Values } from './values';

/** What becomes of the values of the Apache Airflow chart: docs/how-to/move-from-official-chart.md has the same. */
export const OFFICIAL_ROWS: readonly Row[] = [
  { values: ['executor'], becomes: '`executor`: [where tasks run](executors.md)', props: executor },
  {
    values: ['airflowVersion', 'defaultAirflowTag'],
    becomes: '`airflowVersion`',
    props: (values) =>
      fields({ airflowVersion: shared.airflowVersion(values, 'airflowVersion', 'images.airflow.tag', 'defaultAirflowTag') }) ?? {},
  },
  {
    values: ['images.airflow', 'defaultAirflowRepository', 'defaultAirflowDigest'],
    becomes: '`allComponents.image`; digests and a registry of your own: `images`',
    props: airflowImage,
  },
  {
    values: ['images.redis', 'images.gitSync'],
    becomes: '`image` of `Broker.builtIn`, `gitSync.image`',
    props: (values) => {
      if (values.isOn('dags.gitSync.enabled')) return shared.propsBelow('gitSync', { image: pod.image(values, 'images.gitSync') });
      values.tell('images.gitSync');
      return {};
    },
  },
  { values: ['imagePullSecrets', 'registry'], becomes: '`images.pullSecrets`', props: pullSecrets },
  {
    values: ['fullnameOverride', 'nameOverride', 'useStandardNaming'],
    becomes: '`name`',
    props: (values) => fields({ name: values.text('fullnameOverride') ?? values.text('nameOverride') }),
  },
  { values: ['airflowHome'], becomes: 'with the chart `values`; without it the image has to have `/opt/airflow`' },
  { values: ['extraPipPackages'], becomes: '`requirements`: [packages](extra-packages.md)', props: requirements },
  {
    values: ['env', 'extraEnv', 'secret'],
    becomes: '`allComponents.env`, with `EnvValue.fromSecretValue` for Secrets',
    props: environment,
  },
  {
    values: ['extraEnvFrom'],
    becomes: '`envFrom` in `allComponents.podParts`',
    props: (values) => shared.propsBelow('allComponents', { podParts: listOf('envFrom', pod.yamlList(values, 'extraEnvFrom')) }),
  },
  {
    values: ['volumes', 'volumeMounts'],
    becomes: '`allComponents.podParts`, or `allComponents.files`: [add to pods](add-to-pods.md)',
    props: (values) => shared.propsBelow('allComponents', pod.podPart(values, { volumes: 'volumes', volumeMounts: 'volumeMounts' })),
  },
  {
    values: ['nodeSelector', 'affinity', 'tolerations', 'topologySpreadConstraints'],
    becomes: '`allComponents.placement`',
    props: (values) => shared.propsBelow('allComponents', { placement: pod.placement(values) }),
  },
  {
    values: ['labels', 'airflowPodAnnotations'],
    becomes: '`allComponents.labels`, `allComponents.annotations`: of pods',
    props: (values) =>
      shared.propsBelow('allComponents', { labels: pod.texts(values, 'labels'), annotations: pod.texts(values, 'airflowPodAnnotations') }),
  },
  {
    values: ['revisionHistoryLimit'],
    becomes: '`allComponents.revisionHistoryLimit`',
    props: (values) => shared.propsBelow('allComponents', { revisionHistoryLimit: values.number('revisionHistoryLimit') }),
  },
  {
    values: ['uid', 'gid', 'securityContext', 'securityContexts'],
    becomes: '`allComponents.securityContext`: [user ids](openshift.md)',
    props: (values) => shared.propsBelow('allComponents', { securityContext: securityContext(values) }) ?? {},
  },
  {
    values: ['airflowLocalSettings'],
    becomes: '`localSettings`: [plugins and settings](plugins-and-settings.md)',
    props: (values) => fields({ localSettings: content(values.text('airflowLocalSettings')) }),
  },
  { values: ['schedulerName', 'containerLifecycleHooks'], becomes: 'a [patch](patch-an-object.md)' },
  { values: ['enableServiceLinks'], becomes: 'nothing: they are off' },
  {
    values: ['airflowConfigAnnotations'],
    becomes: 'nothing: the ConfigMap is plain; a [patch](patch-an-object.md) where a tool wants them',
  },
  { values: ['priorityClasses'], becomes: 'a PriorityClass of your own in the program, and `placement.priorityClassName`' },
  {
    values: ['fernetKey', 'fernetKeySecretName'],
    becomes: '`credentials: Credentials.existing({ fernetKey })`, or nothing: it is [generated](secrets.md)',
    props: (values) => key(values, 'fernetKey', 'fernetKeySecretName', 'fernetKey', 'fernet-key'),
  },
  {
    values: ['apiSecretKey', 'apiSecretKeySecretName', 'webserverSecretKey', 'webserverSecretKeySecretName'],
    becomes: 'the same with `apiSecretKey`',
    props: (values) =>
      key(values, 'apiSecretKey', 'apiSecretKeySecretName', 'apiSecretKey', 'api-secret-key') ??
      key(values, 'apiSecretKey', 'webserverSecretKeySecretName', 'webserverSecretKey', 'webserver-secret-key'),
  },
  {
    values: ['jwtSecret', 'jwtSecretName'],
    becomes: 'the same with `jwtSecret`',
    props: (values) => key(values, 'jwtSecret', 'jwtSecretName', 'jwtSecret', 'jwt-secret'),
  },
  {
    values: ['fernetKeySecretAnnotations', 'apiSecretAnnotations', 'webserverSecretAnnotations', 'jwtSecretAnnotations'],
    becomes: 'nothing: no Secret is in the manifests',
  },
  { values: ['enableBuiltInSecretEnvVars'], becomes: 'nothing: secrets are mounted as files' },
  { values: ['extraSecrets'], becomes: 'a Secret made in the cluster, and its name where it is used' },
  { values: ['extraConfigMaps'], becomes: '`files`, `plugins`, or a ConfigMap of your own in the program' },
  {
    values: ['data.metadataSecretName', 'data.metadataConnection'],
    becomes: '`database: Database.fromUrl(…)` or `Database.external(…)`: [databases](use-an-external-database.md)',
    props: database,
  },
  {
    values: ['data.brokerUrl', 'data.brokerUrlSecretName'],
    becomes: '`Executor.celery({ broker: Broker.fromUrl(…) })` or `Broker.external(…)`',
  },
  {
    values: ['data.resultBackendSecretName', 'data.resultBackendConnection'],
    becomes:
      'nothing: the broker keeps the results of tasks; beside `Broker.fromUrl(…)` the variable `AIRFLOW__CELERY__RESULT_BACKEND` from a Secret',
  },
  { values: ['postgresql'], becomes: '`database: Database.builtIn(…)`, which is of this library', props: builtInDatabase },
  { values: ['redis'], becomes: '`Executor.celery({ broker: Broker.builtIn(…) })`', props: brokerPassword },
  {
    values: ['pgbouncer', 'images.pgbouncer'],
    becomes: '`pgBouncer`: [connections that are shared](connection-pool.md); with the chart its `values`',
    props: pgBouncer,
  },
  {
    values: ['ingress.apiServer', 'ingress.web', 'ingress.enabled'],
    becomes: '`ingress`: [address](ingress-and-cert-manager.md)',
    props: (values) => {
      const isOn = values.isOn('ingress.enabled');
      const given = ingress(values, 'ingress.apiServer', isOn) ?? ingress(values, 'ingress.web', isOn);
      return given && { ingress: shared.withAddress(given, values, 'config.api.base_url', 'config.webserver.base_url') };
    },
  },
  {
    values: ['apiServer.service', 'webserver.service'],
    becomes: '`externalService`: [a load balancer](ingress-and-cert-manager.md#without-an-ingress)',
    props: externalService,
  },
  { values: ['ingress.flower'], becomes: '`ingress` of [Flower](flower.md)' },
  {
    values: ['networkPolicies'],
    becomes: '`networkPolicies`; they are there without being asked for',
    props: (values) => (values.isOn('networkPolicies.enabled') ? {} : undefined),
  },
  {
    values: ['rbac', 'allowPodLaunching', 'allowJobLaunching'],
    becomes: '`taskPermissions`: [the Kubernetes API](add-to-pods.md#the-kubernetes-api). What the executor needs is there by itself',
    props: (values) => (values.isOn('allowJobLaunching') ? { taskPermissions: [call('TaskPermission.kubernetesJobOperator')] } : undefined),
  },
  {
    values: ['multiNamespaceMode'],
    becomes: 'namespaces in `taskPermissions`; the pods of tasks themselves are in that of the deployment',
  },
  { values: ['podTemplate', 'images.pod_template'], becomes: '`Executor.kubernetes({ tasks: … })`' },
  {
    values: ['workers', 'scheduler', 'apiServer', 'triggerer', 'dagProcessor'],
    becomes: '`executor`, and the props of the same names: [below](#of-each-component)',
    props: components,
  },
  {
    values: ['webserver'],
    becomes: '`apiServer`; `webserver.webserverConfig` is `webserverConfig`. Airflow 3 has no webserver',
    props: webserverConfig,
  },
  {
    values: ['createUserJob.enabled', 'createUserJob.defaultUser', 'webserver.defaultUser'],
    becomes: '`admin`, and `users` for others; passwords are in Secrets',
    props: (values) => {
      if (values.isOn('createUserJob.enabled') !== false)
        return admin(values, 'createUserJob.defaultUser') ?? admin(values, 'webserver.defaultUser');
      values.tell('createUserJob', 'webserver.defaultUser');
      return { admin: { enabled: false } };
    },
  },
  {
    values: ['createUserJob', 'migrateDatabaseJob'],
    becomes: 'nothing: the Jobs have what is said of `allComponents`; for one alone a [patch](patch-an-object.md)',
  },
  {
    values: [
      'createUserJob.useHelmHooks',
      'createUserJob.applyCustomEnv',
      'migrateDatabaseJob.useHelmHooks',
      'migrateDatabaseJob.applyCustomEnv',
    ],
    becomes: 'nothing: there are [no hooks](../explanation/no-hooks.md)',
  },
  { values: ['dags.gitSync'], becomes: '`dags`, also with several repositories: [DAGs](dags-from-gitlab.md)', props: gitSync },
  {
    values: ['dagProcessor.dagBundleConfigList'],
    becomes: '`dagBundles`, or `dags`: [DAGs](dags.md)',
    props: (values) =>
      dagBundles(values, 'dagProcessor.dagBundleConfigList') ?? dagBundles(values, 'config.dag_processor.dag_bundle_config_list'),
  },
  {
    values: ['dags.persistence', 'dags.mountPath'],
    becomes: '`dagBundles: [DagBundle.volume({ claimName })]`: [DAGs](dags.md)',
    props: dagsVolume,
  },
  { values: ['logs'], becomes: '`logs: Logs.volume(…)`, `Logs.newVolume(…)`, or a store: [logs](keep-logs.md)', props: logs },
  {
    values: ['elasticsearch', 'opensearch'],
    becomes: '`logs: Logs.elasticsearch(…)` or `Logs.openSearch(…)`: [logs](keep-logs.md)',
    props: elasticsearch,
  },
  {
    values: ['statsd', 'images.statsd', 'ingress.statsd', 'otelCollector', 'images.otelCollector'],
    becomes: '`metrics`: [an exporter, or a collector of yours](metrics.md); or with the chart `values`',
    props: statsd,
  },
  { values: ['flower', 'images.flower'], becomes: '`Executor.celery({ flower: … })`: [Flower](flower.md); with the chart its `values`' },
  {
    values: ['workers.logGroomerSidecar.retentionDays'],
    becomes: '`logRetention`',
    props: (values) => {
      const days = values.number('workers.logGroomerSidecar.retentionDays');
      return days === undefined ? undefined : { logRetention: call('Duration.days', days) };
    },
  },
  { values: ['kerberos'], becomes: 'with the chart `values`; without it containers in `podParts`' },
  {
    values: ['cleanup', 'databaseCleanup'],
    becomes: '`Executor.kubernetes({ podCleanup })`, `databaseCleanup`; on the chart its `values`',
    props: databaseCleanup,
  },
  { values: ['ports'], becomes: 'nothing: they are fixed' },
  { values: ['quotas', 'limits'], becomes: 'a ResourceQuota and a LimitRange of your own in the program' },
  {
    values: ['config'],
    becomes: '`config`, the same sections and options; what the library sets itself is an error that names the prop',
    // What other rows have made props of is told by then.
    props: (values) => fields({ config: pod.options(values, 'config') }),
  },
];

/** The same of what is below each component. */
export const OFFICIAL_COMPONENT_ROWS: readonly Row[] = [
  { values: ['replicas'], becomes: '`replicas`', props: (values) => fields({ replicas: values.number('replicas') }) },
  {
    values: ['hpa', 'keda'],
    becomes: '`autoscaling`: [how many pods](autoscale-workers.md)',
    props: (values) => fields({ autoscaling: autoscaling(values) }) ?? {},
  },
  {
    values: ['hpa.behavior', 'keda.advanced'],
    becomes: 'a patch of the autoscaler: [how fast](autoscale-workers.md#how-fast-it-follows)',
  },
  RESOURCES,
  { values: ['env'], becomes: '`env`', props: (values) => pod.variables(values, 'env') },
  {
    values: ['labels', 'podAnnotations'],
    becomes: '`labels`, `annotations`: of pods',
    props: (values) => fields({ labels: pod.texts(values, 'labels'), annotations: pod.texts(values, 'podAnnotations') }),
  },
  { values: ['annotations'], becomes: 'a [patch](patch-an-object.md): of the Deployment' },
  PLACEMENT,
  {
    values: ['extraVolumes', 'extraVolumeMounts', 'extraContainers', 'extraInitContainers'],
    becomes: '`podParts`, in the same form',
    props: (values) =>
      pod.podPart(values, {
        volumes: 'extraVolumes',
        volumeMounts: 'extraVolumeMounts',
        containers: 'extraContainers',
        initContainers: 'extraInitContainers',
      }),
  },
  {
    values: ['serviceAccount'],
    becomes: '`serviceAccount`',
    props: (values) => fields({ serviceAccount: pod.serviceAccount(values) }),
  },
  {
    values: ['securityContext', 'securityContexts'],
    becomes: '`securityContext`',
    props: (values) =>
      fields({
        securityContext: pod.securityContext(values, 'securityContexts.pod', 'securityContexts.container', 'securityContext'),
      }) ?? {},
  },
  PROBES,
  {
    values: ['strategy', 'updateStrategy'],
    becomes: '`strategy`; pods are of Deployments',
    props: (values) => fields({ strategy: pod.strategy(values, 'strategy', 'updateStrategy') }),
  },
  {
    values: ['revisionHistoryLimit'],
    becomes: '`revisionHistoryLimit`',
    props: (values) => fields({ revisionHistoryLimit: values.number('revisionHistoryLimit') }),
  },
  GRACE_PERIOD,
  {
    values: ['hostAliases', 'runtimeClassName'],
    becomes: 'the same',
    props: (values) =>
      fields({ hostAliases: values.list('hostAliases') as Expression | undefined, runtimeClassName: values.text('runtimeClassName') }),
  },
  { values: ['podDisruptionBudget'], becomes: 'nothing: there is one from two pods on' },
  ENABLED,
  {
    values: ['command', 'args', 'schedulerName', 'containerLifecycleHooks', 'extraPorts'],
    becomes: 'a [patch](patch-an-object.md)',
  },
  { values: ['waitForMigrations'], becomes: "`initContainerResources`; that they wait is the library's" },
  {
    values: ['logGroomerSidecar', 'persistence', 'volumeClaimTemplates'],
    becomes:
      '`logRetention`; logs go with the pod unless `logs` [keeps them](keep-logs.md). For other files an `ephemeral` volume in `podParts`',
  },
  {
    values: ['safeToEvict'],
    becomes: "`annotations: { 'cluster-autoscaler.kubernetes.io/safe-to-evict': 'true' }`",
    props: (values) => {
      const text = values.text('safeToEvict');
      return text === undefined ? undefined : { annotations: { 'cluster-autoscaler.kubernetes.io/safe-to-evict': text } };
    },
  },
  { values: ['kerberosSidecar', 'kerberosInitContainer'], becomes: 'with the chart `values`; without it containers in `podParts`' },
  {
    values: ['service'],
    becomes: '`externalService`: [a load balancer](ingress-and-cert-manager.md#without-an-ingress)',
  },
  { values: ['networkPolicy'], becomes: '`ingress.controllerNamespace`, `externalService`, `egress`' },
  { values: ['allowPodLogReading'], becomes: 'nothing: the right is there where tasks have pods of their own' },
  { values: ['apiServerConfig', 'apiServerConfigConfigMapName', 'configMapAnnotations'], becomes: '`webserverConfig`' },
  { values: ['celery'], becomes: '`Executor.celery(…)`: `queue` is `workers.queues`, `sets` are `workerGroups`' },
  { values: ['kubernetes'], becomes: '`Executor.kubernetes({ tasks: … })`' },
];

/** The rows of a component behind its name, for notes. */
export const OFFICIAL_NOTES: readonly Row[] = [
  ...OFFICIAL_ROWS,
  ...rowsBelow(
    ['workers', 'workers.celery', 'workers.kubernetes', 'scheduler', 'apiServer', 'webserver', 'triggerer', 'dagProcessor', 'flower'],
    OFFICIAL_COMPONENT_ROWS,
  ),
];

function listOf(field: string, items: Expression | undefined): Expression | undefined {
  return items === undefined ? undefined : [{ [field]: items }];
}

function content(text: string | undefined): Expression | undefined {
  return text === undefined ? undefined : call('Content.fromText', text);
}

/** What the chart itself heeds only where there are workers of Celery. */
const OF_CELERY = [
  ...[
    'replicas',
    'keda',
    'hpa',
    'strategy',
    'updateStrategy',
    'persistence',
    'queue',
    'podDisruptionBudget',
    'livenessProbe',
    'readinessProbe',
    'startupProbe',
    'celery',
  ].map((key) => `workers.${key}`),
  ...['config.celery', 'config.celery_kubernetes_executor', 'redis', 'images.redis', 'flower', 'images.flower', 'ingress.flower'],
  ...['brokerUrl', 'brokerUrlSecretName', 'resultBackendSecretName', 'resultBackendConnection'].map((key) => `data.${key}`),
];

function executor(values: Values): Fields {
  const names = shared.executorNames(values);
  if (!names.includes('CeleryExecutor')) values.tell(...OF_CELERY);
  const parts: shared.ExecutorParts = {
    names,
    ...(names.includes('CeleryExecutor') && {
      workers: workers(values),
      workerGroups: workerGroups(values),
      broker: broker(values),
      flower: flower(values),
    }),
    ...(names.includes('KubernetesExecutor') && {
      tasks: component(values.below('workers', 'workers.kubernetes'), 'ComponentProps'),
      podCleanup: podCleanup(values),
      podsCreationBatchSize: values.number('config.kubernetes_executor.worker_pods_creation_batch_size'),
      deletePodsOnFailure: values.isOn('config.kubernetes_executor.delete_worker_pods_on_failure'),
    }),
  };
  return { executor: shared.executor(parts) };
}

function workers(values: Values): Fields | undefined {
  const below = values.below('workers', 'workers.celery');
  const concurrency = values.number('config.celery.worker_concurrency');
  return fields({ ...workerProps(below), concurrency });
}

function workerProps(values: Values): Fields {
  const gracePeriod = pod.seconds(values.number('terminationGracePeriodSeconds'));
  const queues = values
    .text('queue')
    ?.split(',')
    .map((queue) => queue.trim());
  const { terminationGracePeriod: _, ...props } = component(values, 'WorkersProps') ?? {};
  return { ...fields({ gracePeriod, queues }), ...props };
}

function component(values: Values, struct: string): Fields | undefined {
  return componentProps(OFFICIAL_COMPONENT_ROWS, values, struct);
}

/** Each has what the workers have, unless it says otherwise. */
function workerGroups(values: Values): Fields | undefined {
  const sets = (values.list('workers.celery.sets') ?? []).filter((set, index): set is Tree => {
    const isSet = isTree(set) && typeof set.name === 'string' && set.name !== '';
    if (!isSet) values.note(`workers.celery.sets[${index}]`, set, 'a group of workers is a map with a name');
    return isSet;
  });
  const { celery, kubernetes: _, ...all } = (values.peek('workers') ?? {}) as { readonly [key: string]: unknown };
  const { sets: _sets, enableDefault, ...ofCelery } = (celery ?? {}) as Tree;
  if (enableDefault === false) {
    values.tell('workers.celery.enableDefault');
    values.note('workers.celery.enableDefault', enableDefault, 'there are always the first workers: make one of the groups to `workers`');
  }
  return fields(
    Object.fromEntries(
      sets.map(({ name, ...set }) => {
        const group = Values.of(over({ queue: ofCelery.queue ?? all.queue ?? 'default' }, over(over(all, ofCelery), set)) as Tree);
        const props = workerProps(group);
        for (const note of group.notes()) {
          const value = Values.of(set).peek(note.path);
          if (value !== undefined) values.note(`workers.celery.sets[${name}].${note.path}`, value, instead(OFFICIAL_COMPONENT_ROWS, note));
        }
        return [`${name}`, props];
      }),
    ),
  );
}

function autoscaling(values: Values): Expression | undefined {
  if (values.isOn('keda.enabled')) {
    const minReplicas = values.number('keda.minReplicaCount');
    const maxReplicas = values.number('keda.maxReplicaCount') ?? 10;
    const pollingInterval = pod.seconds(values.number('keda.pollingInterval'));
    const cooldownPeriod = pod.seconds(values.number('keda.cooldownPeriod'));
    return call('Autoscaling.keda', fields({ minReplicas, maxReplicas, pollingInterval, cooldownPeriod }) ?? {});
  }
  // What is off sets nothing.
  values.tell('keda');
  if (!values.isOn('hpa.enabled')) {
    values.tell('hpa');
    return undefined;
  }
  const least = values.number('hpa.minReplicaCount');
  const maxReplicas = values.number('hpa.maxReplicaCount') ?? 5;
  const [metric] = (values.list('hpa.metrics') ?? []) as { resource?: { name?: string; target?: { averageUtilization?: number } } }[];
  const targetUtilization = metric?.resource?.name === 'cpu' ? metric.resource.target?.averageUtilization : undefined;
  return call('Autoscaling.cpu', fields({ minReplicas: least && Math.max(1, least), maxReplicas, targetUtilization }) ?? {});
}

function components(values: Values): Fields {
  // Airflow 3 has no webserver.
  values.tell('webserver.enabled');
  for (const path of ['scheduler.enabled', 'apiServer.enabled', 'dagProcessor.enabled']) {
    if (values.isOn(path) === false) values.note(path, false, 'nothing: Airflow 3 always has one');
  }
  const of = (name: string, struct: string) => component(values.below(name), struct);
  // What is said of the API server counts before what is said of its forerunner.
  const apiServer = joined(of('webserver', 'ScalableComponentProps') ?? {}, of('apiServer', 'ScalableComponentProps') ?? {});
  return (
    fields({
      apiServer: fields(apiServer as Fields),
      scheduler: of('scheduler', 'ReplicatedComponentProps'),
      dagProcessor: of('dagProcessor', 'ScalableComponentProps'),
      triggerer: of('triggerer', 'TriggererProps'),
    }) ?? {}
  );
}

function airflowImage(values: Values): Fields | undefined {
  const given = pod.image(values, 'images.airflow');
  // The image counts before what is said of all.
  values.tell('defaultAirflowTag', 'defaultAirflowRepository', 'defaultAirflowDigest');
  const image = fields({
    repository: given?.repository ?? values.text('defaultAirflowRepository'),
    tag: given?.tag ?? asText(values.peek('defaultAirflowTag')),
    digest: given?.digest ?? values.text('defaultAirflowDigest'),
    pullPolicy: given?.pullPolicy,
  });
  // The image of the version is the default.
  const isDefault =
    image && image.repository === undefined && image.digest === undefined && `${image.tag}` === shared.versionOf(asText(image.tag));
  return shared.propsBelow('allComponents', { image: isDefault ? fields({ pullPolicy: image.pullPolicy as Expression }) : image });
}

function pullSecrets(values: Values): Fields | undefined {
  values.secret('registry.connection.pass', 'a Secret of the type kubernetes.io/dockerconfigjson, and its name into images.pullSecrets');
  const registry = values.text('registry.secretName');
  const secrets = [...(pod.names(values, 'imagePullSecrets') ?? []), ...(registry ? [registry] : [])];
  return secrets.length > 0 ? { images: { pullSecrets: secrets } } : {};
}

/** A variable of the image, by which people add packages. */
function requirements(values: Values): Fields | undefined {
  const packages = values.list('extraPipPackages') as string[] | undefined;
  return packages && { requirements: call('Requirements.fromList', packages.map(String)) };
}

function environment(values: Values): Fields | undefined {
  const listed = values.peek('secret');
  const secrets = (Array.isArray(listed) ? listed : []).filter((item, index): item is Tree => {
    const isWhole = isTree(item) && [item.envName, item.secretName].every((name) => typeof name === 'string' && name !== '');
    if (!isWhole) values.note(`secret[${index}]`, item, 'expected envName and secretName');
    return isWhole;
  });
  values.tell('secret');
  const env = fields(
    Object.fromEntries(
      secrets.map(({ envName, secretName, secretKey }) => [`${envName}`, pod.fromSecret(`${secretName}`, `${secretKey ?? 'value'}`)]),
    ),
  );
  const parts = [pod.variables(values, 'env'), pod.variables(values, 'extraEnv'), env && { env }];
  const all = parts.reduce<Expression>((props, part) => (part ? joined(props, part) : props), {}) as Fields;
  const { env: variables, ...others } = all;
  const left: { [name: string]: Expression } = {};
  const owned: Fields[] = [];
  for (const [name, value] of Object.entries(isFields(variables) ? variables : {})) {
    const secret = Object.hasOwn(OWNED_VARIABLES, name) ? shared.secretOfVariable(all, name) : undefined;
    if (secret) owned.push(OWNED_VARIABLES[name](secret));
    else left[name] = value;
  }
  const given = shared.propsBelow('allComponents', { ...others, env: fields(left) });
  return owned.reduce<Fields | undefined>((props, each) => joined(props, each) as Fields, given);
}

/** What comes of variables by which the chart's own Secrets are passed over. */
const OWNED_VARIABLES: { readonly [name: string]: (secret: Fields) => Fields } = {
  AIRFLOW__CORE__FERNET_KEY: (fernetKey) => ({ credentials: { fernetKey } }),
  AIRFLOW__API__SECRET_KEY: (apiSecretKey) => ({ credentials: { apiSecretKey } }),
  AIRFLOW__WEBSERVER__SECRET_KEY: (apiSecretKey) => ({ credentials: { apiSecretKey } }),
  AIRFLOW__API_AUTH__JWT_SECRET: (jwtSecret) => ({ credentials: { jwtSecret } }),
  AIRFLOW__DATABASE__SQL_ALCHEMY_CONN: databaseOfUrl,
  AIRFLOW__CORE__SQL_ALCHEMY_CONN: databaseOfUrl,
};

function databaseOfUrl(secret: Fields): Fields {
  return { database: call('Database.fromUrl', { secret, destination: shared.anywhere(5432) }) };
}

function securityContext(values: Values): Expression | undefined {
  const ids = fields({ runAsUser: values.number('uid'), fsGroup: values.number('gid') });
  return (
    pod.securityContext(values, 'securityContexts.pod', 'securityContexts.containers', 'securityContext') ??
    (ids && call('SecurityContext.withIds', ids))
  );
}

/** A key in a Secret that is there, or has to be made of what stands in the values. */
function key(
  values: Values,
  prop: string,
  name: string,
  text: string,
  keyInSecret: string,
  made = `airflow-${keyInSecret}`,
): Fields | undefined {
  const given = values.text(name);
  const isInline = values.secret(text, `the Secret ${given ?? made}, key ${keyInSecret}`);
  if (given === undefined && !isInline) return undefined;
  return { credentials: { [prop]: { secretName: given ?? made, key: keyInSecret } } };
}

const TLS_MODES: { readonly [mode: string]: string } = {
  disable: 'DISABLE',
  prefer: 'PREFER',
  require: 'REQUIRE',
  'verify-ca': 'VERIFY_CA',
  'verify-full': 'VERIFY_FULL',
};

function database(values: Values): Fields | undefined {
  const secretName = values.text('data.metadataSecretName');
  if (secretName) return databaseOfUrl({ secretName });
  const connection = values.below('data.metadataConnection');
  const host = connection.text('host');
  if (!host) return undefined;
  const engine = /^mysql/.test(connection.text('protocol') ?? '') ? new Name('DatabaseEngine.MYSQL') : undefined;
  connection.secret('pass', `the Secret ${shared.DATABASE_SECRET}, key password`);
  const mode = TLS_MODES[connection.text('sslmode') ?? ''];
  return {
    database: call(
      'Database.external',
      fields({
        engine,
        host,
        port: connection.number('port'),
        name: connection.text('db') ?? 'postgres',
        user: connection.text('user') ?? 'postgres',
        password: { secretName: shared.DATABASE_SECRET },
        tls: mode ? { mode: new Name(`TlsMode.${mode}`) } : undefined,
      }) ?? {},
    ),
  };
}

function builtInDatabase(values: Values): Fields | undefined {
  const isOn = values.isOn('postgresql.enabled');
  if (isOn === false || values.peek('data.metadataSecretName') || values.peek('data.metadataConnection.host'))
    return isOn === undefined ? undefined : {};
  for (const path of ['postgresql.auth.postgresPassword', 'postgresql.auth.password'])
    values.secret(path, 'nothing: a password is generated, or named by Credentials.existing({ database })');
  // The library has names of its own, and always a volume.
  values.tell('postgresql.auth.username', 'postgresql.auth.database', 'postgresql.auth.enablePostgresUser');
  if (values.isOn('postgresql.primary.persistence.enabled')) values.tell('postgresql.primary.persistence.enabled');
  const primary = values.below('postgresql.primary');
  const props = fields({
    resources: pod.resources(primary),
    storageSize: primary.text('persistence.size'),
    storageClassName: primary.text('persistence.storageClass'),
    placement: pod.placement(primary),
  });
  return props ? { database: call('Database.builtIn', props) } : {};
}

function broker(values: Values): Expression | undefined {
  const secretName = values.text('data.brokerUrlSecretName');
  if (secretName) {
    values.tell('redis.enabled');
    return call('Broker.fromUrl', { secret: { secretName }, destination: shared.anywhere(6379) });
  }
  const address = shared.addressOf(values.peek('data.brokerUrl'));
  if (address) {
    values.tell('redis.enabled', 'data.brokerUrl');
    if (address.hasPassword) values.secret('data.brokerUrl', `the Secret ${shared.BROKER_SECRET}, key password: the password alone`);
    return shared.brokerOfAddress(address, { secretName: shared.BROKER_SECRET });
  }
  const redis = values.below('redis');
  const props = fields({
    image: redisImage(values),
    resources: pod.resources(redis),
    storageSize: redis.text('persistence.size'),
    storageClassName: redis.text('persistence.storageClassName'),
    placement: pod.placement(redis),
    securityContext: pod.securityContext(redis, 'securityContexts.pod', 'securityContext'),
  });
  return props && call('Broker.builtIn', props);
}

/** A tag with a major version alone, as earlier charts have it, is refused. */
function redisImage(values: Values): Fields | undefined {
  const { tag, ...image } = pod.image(values, 'images.redis') ?? {};
  if (tag === undefined || image.digest !== undefined || !/^\d+(-[a-z]+)?$/.test(`${tag}`))
    return fields({ ...image, ...(tag !== undefined && { tag }) });
  values.note('images.redis.tag', `${tag}`, 'it moves to each new version; say one that stays, as image of Broker.builtIn');
  return fields(image);
}

function brokerPassword(values: Values): Fields | undefined {
  return key(values, 'broker', 'redis.passwordSecretName', 'redis.password', 'password', 'airflow-broker');
}

function pgBouncer(values: Values): Fields | undefined {
  if (!values.isOn('pgbouncer.enabled')) {
    values.tell('pgbouncer', 'images.pgbouncer', 'images.pgbouncerExporter');
    return {};
  }
  const pool = values.below('pgbouncer');
  const props = fields({
    image: pod.image(values, 'images.pgbouncer'),
    replicas: pool.number('replicas'),
    resources: pod.resources(pool),
    poolSize: pool.number('metadataPoolSize'),
    maxClientConnections: pool.number('maxClientConn'),
    labels: pod.texts(pool, 'labels'),
    annotations: pod.texts(pool, 'podAnnotations'),
    placement: pod.placement(pool),
    securityContext: pod.securityContext(pool, 'securityContexts.pod', 'securityContexts.container'),
  });
  return { pgBouncer: props ?? {} };
}

function ingress(values: Values, path: string, isOnForAll?: boolean): Fields | undefined {
  const given = values.below(path);
  if (!(given.isOn('enabled') ?? isOnForAll)) return undefined;
  const listed = (given.list('hosts') ?? []).map((each) => (isTree(each) ? Values.of(each) : Values.of({ name: each })));
  const hosts = [...listed.map((each) => each.text('name')), given.text('host')].filter((host) => host !== undefined);
  const [host, ...others] = [...new Set(hosts)];
  if (host === undefined) return undefined;
  const secretOfAll = given.isOn('tls.enabled') ? given.text('tls.secretName') : undefined;
  const secured = listed.filter((each) => each.isOn('tls.enabled'));
  const pairs = listed.flatMap((each): [string, string][] => {
    const name = each.isOn('tls.enabled') ? each.text('tls.secretName') : secretOfAll;
    return name === undefined ? [] : [[each.text('name') ?? host, name]];
  });
  const secrets = pairs.length > 0 ? Object.fromEntries(pairs) : secretOfAll ? { [host]: secretOfAll } : {};
  const { tls, annotations } = shared.tlsOf(
    pod.texts(given, 'annotations'),
    secrets,
    secured.length > 0 || given.isOn('tls.enabled') === true,
  );
  return shared.ingressProps(given, [host, ...others], { tls, annotations });
}

function externalService(values: Values): Fields | undefined {
  const service = values.below('webserver.service', 'apiServer.service');
  return shared.externalService(service, (key) => {
    const [first] = (service.list('ports') ?? []).filter(isTree);
    return Values.of(first ?? {}).number(key);
  });
}

function webserverConfig(values: Values): Fields | undefined {
  const text = values.text('apiServer.apiServerConfig') ?? values.text('webserver.webserverConfig');
  const configMapName = values.text('apiServer.apiServerConfigConfigMapName') ?? values.text('webserver.webserverConfigConfigMapName');
  const named = configMapName === undefined ? undefined : call('Content.fromConfigMap', { configMapName, key: 'webserver_config.py' });
  return fields({ webserverConfig: content(text) ?? named });
}

function admin(values: Values, path: string): Fields | undefined {
  if (values.peek(path) === undefined) return undefined;
  const user = values.below(path);
  user.secret('password', 'the Secret airflow-admin, key password; without one a password is generated');
  return (
    fields({
      admin: fields({
        enabled: user.isOn('enabled') === false ? false : undefined,
        username: user.text('username'),
        email: user.text('email'),
        firstName: user.text('firstName'),
        lastName: user.text('lastName'),
      }),
    }) ?? {}
  );
}

function gitSync(values: Values): Fields | undefined {
  if (!values.isOn('dags.gitSync.enabled')) {
    values.tell('dags.gitSync');
    return {};
  }
  const sync = values.below('dags.gitSync');
  const address = `${sync.peek('repo') ?? 'https://github.com/apache/airflow.git'}`;
  if (address === '') {
    values.tell('dags.gitSync');
    sync.note('repo', address, 'say which repository, as url of dags');
    return {};
  }
  const { url, hadLogin } = shared.withoutLogin(address);
  if (hadLogin) sync.secret('repo', `the Secret ${shared.GIT_SECRET}, keys username and token: the login that is in it`);
  sync.tell('repo');
  const branch = sync.text('branch');
  const rev = shared.unless(sync.text('rev'), 'HEAD');
  const ref = sync.text('ref');
  const isBranch = ref === undefined || ref === branch || !/^refs\/|^[0-9a-f]{40}$|^v?\d+\.\d+/.test(ref);
  const folder = sync.peek('subPath') ?? 'tests/dags';
  sync.tell('subPath');
  const repository = fields({
    url,
    branch: rev === undefined && isBranch ? (branch ?? ref ?? 'v2-2-stable') : undefined,
    ref: rev ?? (isBranch ? undefined : ref),
    path: `${folder}`.replace(/^\/+|\/+$/g, '') || undefined,
    period: pod.duration(sync.text('period')) ?? pod.seconds(sync.number('wait')),
    depth: sync.number('depth'),
    credentials: hadLogin ? call('GitCredentials.token', { secretName: shared.GIT_SECRET }) : gitCredentials(sync, address),
  });
  const options = fields({
    maxFailures: sync.number('maxFailures'),
    resources: pod.resources(sync),
    ...pod.variables(sync, 'env'),
    volumeMounts: sync.list('extraVolumeMounts') as Expression | undefined,
    securityContext: pod.securityContext(sync, 'securityContexts.container', 'securityContext'),
  });
  return fields({ dags: [repository ?? {}], gitSync: options });
}

function gitCredentials(sync: Values, address: string): Expression | undefined {
  // A token is for an address of HTTP, a key for one of SSH.
  const isSsh = !/^https?:/.test(address);
  for (const name of isSsh ? ['credentialsSecret'] : ['sshKeySecret', 'sshKey', 'knownHosts']) {
    if (!sync.peek(name)) continue;
    sync.tell(name);
    sync.note(name, sync.peek(name), `nothing: the address is one of ${isSsh ? 'SSH' : 'HTTP'}`);
  }
  const secretName = isSsh ? undefined : sync.text('credentialsSecret');
  if (secretName) return call('GitCredentials.token', { secretName, usernameKey: 'GITSYNC_USERNAME', tokenKey: 'GITSYNC_PASSWORD' });
  if (!isSsh) return undefined;
  const given = sync.text('sshKeySecret');
  const isInline = sync.secret('sshKey', 'the Secret airflow-ssh-secret, key gitSshKey');
  if (given === undefined && !isInline)
    sync.note('repo', sync.peek('repo'), 'put the key into the Secret airflow-ssh-secret, key gitSshKey');
  const knownHosts = sync.peek('knownHosts');
  const name = given ?? 'airflow-ssh-secret';
  if (knownHosts) {
    sync.tell('knownHosts');
    sync.note('knownHosts', knownHosts, `put it into the Secret ${name}, key known_hosts`);
  }
  const trust: Fields = knownHosts ? { knownHostsKey: 'known_hosts' } : { disableHostKeyChecking: true };
  return call('GitCredentials.sshKey', { secretName: name, privateKeyKey: 'gitSshKey', ...trust });
}

function dagsVolume(values: Values): Fields | undefined {
  if (!values.isOn('dags.persistence.enabled')) {
    values.tell('dags.persistence');
    return {};
  }
  if (values.isOn('dags.gitSync.enabled')) {
    values.tell('dags.persistence');
    values.note('dags.persistence', values.peek('dags.persistence'), 'nothing: git-sync of each pod has the DAGs');
    return {};
  }
  const given = values.text('dags.persistence.existingClaim');
  const claimName = given ?? madeClaim(values, 'dags');
  if (!given) {
    values.tell('dags.persistence');
    const path = 'dags.persistence';
    values.note(path, values.peek(path), `make the PersistentVolumeClaim ${claimName}, which several nodes can read at a time`);
  }
  const bundle = fields({ claimName, path: values.text('dags.persistence.subPath') });
  return { dagBundles: [call('DagBundle.volume', bundle ?? {})] };
}

function logs(values: Values): Fields | undefined {
  const env = environment(values)?.allComponents;
  const remote = values.attempt(() =>
    shared.remoteLogs(values, 'config.logging', (id) => shared.secretOfVariable(env, `AIRFLOW_CONN_${id}`)),
  );
  if (remote) return { logs: remote };
  if (!values.isOn('logs.persistence.enabled')) {
    values.tell('logs.persistence');
    return {};
  }
  const volume = values.below('logs.persistence');
  const claimName = volume.text('existingClaim');
  if (claimName) return { logs: call('Logs.volume', claimName) };
  const made = fields({
    claimName: madeClaim(values, 'logs'),
    storageSize: volume.text('size') ?? '100Gi',
    storageClassName: volume.text('storageClassName'),
  });
  return { logs: call('Logs.newVolume', made ?? {}) };
}

/** What the chart calls a claim that it makes. */
function madeClaim(values: Values, what: string): string {
  return `${values.peek('fullnameOverride') ?? values.peek('nameOverride') ?? 'airflow'}-${what}`;
}

function elasticsearch(values: Values): Fields | undefined {
  if (!values.isOn('elasticsearch.enabled')) return undefined;
  const connection = values.below('elasticsearch.connection');
  const host = connection.text('host');
  if (host === undefined) return undefined;
  connection.secret('pass', 'a Secret, as an API key: apiKey of Logs.elasticsearch');
  return {
    logs: call('Logs.elasticsearch', { url: `${connection.text('scheme') ?? 'http'}://${host}:${connection.number('port') ?? 9200}` }),
  };
}

function statsd(values: Values): Fields | undefined {
  const isOn = values.isOn('statsd.enabled');
  if (isOn === false) {
    values.tell('statsd', 'images.statsd', 'ingress.statsd');
    return {};
  }
  const exporter = values.below('statsd');
  const props = fields({
    image: pod.image(values, 'images.statsd'),
    resources: pod.resources(exporter),
    labels: pod.texts(exporter, 'labels'),
    annotations: pod.texts(exporter, 'podAnnotations'),
    placement: pod.placement(exporter),
    securityContext: pod.securityContext(exporter, 'securityContexts.pod', 'securityContexts.container', 'securityContext'),
  });
  if (!props && !isOn) return undefined;
  return { metrics: call('Metrics.statsd', ...(props ? [props] : [])) };
}

function flower(values: Values): Fields | undefined {
  if (!values.isOn('flower.enabled')) return undefined;
  const below = values.below('flower');
  const secretName = below.text('secretName') ?? 'airflow-flower';
  below.secret('username', `the Secret ${secretName}, key basicAuth: name and password with a colon between`);
  below.secret('password', `the Secret ${secretName}, key basicAuth`);
  return fields({
    basicAuth: { secretName },
    ingress: ingress(values, 'ingress.flower'),
    image: pod.image(values, 'images.flower'),
    ...component(below, 'FlowerProps'),
  });
}

function podCleanup(values: Values): Fields | undefined {
  return values.isOn('cleanup.enabled') ? (fields({ schedule: pod.schedule(values.text('cleanup.schedule')) }) ?? {}) : undefined;
}

function databaseCleanup(values: Values): Fields | undefined {
  if (!values.isOn('cleanup.enabled')) values.tell('cleanup');
  if (!values.isOn('databaseCleanup.enabled')) {
    values.tell('databaseCleanup');
    return {};
  }
  const days = values.number('databaseCleanup.retentionDays');
  const given = fields({
    // The chart's own is not the library's.
    schedule: pod.schedule(values.text('databaseCleanup.schedule') ?? '0 0 * * 0'),
    retention: days === undefined ? undefined : call('Duration.days', days),
    tables: values.list('databaseCleanup.tables') as string[] | undefined,
    keepArchives: values.isOn('databaseCleanup.skipArchive') ? undefined : true,
  });
  return { databaseCleanup: given ?? {} };
}
