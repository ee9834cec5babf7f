import { call, type Expression, type Fields, fields, joined } from './expression';
import * as pod from './pod-values';
import type { Row } from './row';
import { componentProps, ENABLED, GRACE_PERIOD, PLACEMENT, PROBES, RESOURCES, rowsBelow } from './shared-rows';
import * as shared from './shared-values';
import { isTree, type Values } from './values';

/** What becomes of the values of Bitnami's chart: docs/how-to/move-from-bitnami.md has the same. */
export const BITNAMI_ROWS: readonly Row[] = [
  {
    values: ['namespaceOverride', 'fullnameOverride', 'nameOverride'],
    becomes: '`namespace`, `name`',
    props: (values) =>
      fields({ namespace: values.text('namespaceOverride'), name: values.text('fullnameOverride') ?? values.text('nameOverride') }),
  },
  { values: ['executor'], becomes: '`executor`: [where tasks run](executors.md)', props: executor },
  {
    values: ['image.tag'],
    becomes: '`airflowVersion`',
    props: (values) => fields({ airflowVersion: shared.airflowVersion(values, 'image.tag') }) ?? {},
  },
  { values: ['image'], becomes: "`allComponents.image`, one of apache/airflow; with the chart one of Bitnami's" },
  {
    values: ['global.imagePullSecrets', 'image.pullSecrets'],
    becomes: '`images.pullSecrets`',
    props: (values) => {
      const names = [...(pod.names(values, 'global.imagePullSecrets') ?? []), ...(pod.names(values, 'image.pullSecrets') ?? [])];
      return names.length > 0 ? { images: { pullSecrets: names } } : undefined;
    },
  },
  { values: ['global.imageRegistry'], becomes: '`images.registry`', props: (values) => registry(values) },
  {
    values: ['auth.username'],
    becomes: '`admin.username`',
    // Where a directory knows the users there is none.
    props: (values) => (values.peek('ldap.enabled') === true ? undefined : { admin: { username: values.text('auth.username') ?? 'user' } }),
  },
  {
    values: ['auth.password', 'auth.fernetKey', 'auth.secretKey', 'auth.jwtSecretKey', 'auth.existingSecret', 'auth.forcePassword'],
    becomes: '`credentials: Credentials.existing(…)`, or nothing: they are [generated](secrets.md)',
    props: credentials,
  },
  {
    values: ['git.dags', 'dags.repositories', 'dags.enabled', 'dags.existingSshKeySecret', 'dags.existingSshKeySecretKey', 'dags.sshKey'],
    becomes: '`dags`, and the token in a Secret: [DAGs](dags-from-gitlab.md)',
    props: dags,
  },
  {
    values: ['dags.existingConfigmap', 'git.plugins', 'plugins'],
    becomes: '`dagBundles`, `plugins`: [DAGs](dags.md), [plugins](plugins-and-settings.md)',
  },
  {
    values: ['git.sync.interval', 'defaultSidecars.syncDAGsPlugins.interval'],
    becomes: '`period` of `dags`',
  },
  {
    values: ['git.sync', 'git.clone'],
    becomes: '`gitSync`: `resources`, `env`',
    props: gitSync,
  },
  { values: ['git.image', 'dags.image'], becomes: 'nothing: git-sync has an image of its own, `gitSync.image`' },
  { values: ['loadExamples'], becomes: '`config: { core: { load_examples } }`', props: loadExamples },
  {
    values: ['localSettings'],
    becomes: '`localSettings`: [plugins and settings](plugins-and-settings.md)',
    props: (values) => {
      const text = values.text('localSettings');
      return text === undefined ? undefined : { localSettings: call('Content.fromText', text) };
    },
  },
  {
    values: ['extraEnvVars', 'extraEnvVarsCM', 'extraEnvVarsCMs', 'extraEnvVarsSecret', 'extraEnvVarsSecrets'],
    becomes: '`allComponents.env`; whole ConfigMaps and Secrets: `envFrom` in `allComponents.podParts`',
    props: (values) => shared.propsBelow('allComponents', environment(values)),
  },
  {
    values: ['extraVolumes', 'extraVolumeMounts', 'sidecars', 'initContainers'],
    becomes: '`allComponents.podParts`, or, with a ConfigMap of requirements, `requirements`: [packages](extra-packages.md)',
    props: (values) => shared.propsBelow('allComponents', parts(values)) ?? {},
  },
  {
    values: ['commonLabels', 'commonAnnotations'],
    becomes: '`allComponents.labels`, `allComponents.annotations`: of pods',
    props: (values) =>
      shared.propsBelow('allComponents', {
        labels: pod.texts(values, 'commonLabels'),
        annotations: pod.texts(values, 'commonAnnotations'),
      }),
  },
  {
    values: ['web', 'scheduler', 'dagProcessor', 'triggerer'],
    becomes: '`apiServer`, `scheduler`, `dagProcessor`, `triggerer`: [below](#of-each-component)',
    props: components,
  },
  { values: ['worker'], becomes: '`Executor.celery({ workers })`, `Executor.kubernetes({ tasks })`: [below](#of-each-component)' },
  {
    values: ['web.configuration', 'web.extraConfiguration', 'web.existingConfigmap'],
    becomes: '`webserverConfig`',
    props: webserverConfig,
  },
  {
    values: ['ingress', 'web.baseUrl'],
    becomes: '`ingress`: [address](ingress-and-cert-manager.md)',
    props: (values) => {
      const given = ingress(values);
      return given && { ingress: shared.withAddress(given, values, 'web.baseUrl') };
    },
  },
  {
    values: ['service'],
    becomes: '`externalService`: [a load balancer](ingress-and-cert-manager.md#without-an-ingress)',
    props: externalService,
  },
  {
    values: ['serviceAccount'],
    becomes: '`allComponents.serviceAccount`',
    props: (values) => shared.propsBelow('allComponents', { serviceAccount: pod.serviceAccount(values) }),
  },
  {
    values: ['rbac'],
    becomes: '`taskPermissions`: [the Kubernetes API](add-to-pods.md#the-kubernetes-api). What the executor needs is there by itself',
    props: taskPermissions,
  },
  { values: ['clusterDomain'], becomes: '`clusterDomain`', props: (values) => fields({ clusterDomain: values.text('clusterDomain') }) },
  {
    values: ['ldap'],
    becomes: '`login: Login.ldap(…)`: [single sign-on](single-sign-on.md)',
    props: ldap,
  },
  {
    values: ['metrics'],
    becomes: '`metrics: Metrics.statsd(…)`: [metrics](metrics.md)',
    props: metrics,
  },
  {
    values: ['postgresql'],
    becomes: '`database: Database.builtIn(…)`, `storageSize` for `primary.persistence.size`',
    props: builtInDatabase,
  },
  {
    values: ['externalDatabase'],
    becomes: '`database: Database.external(…)`: [databases](use-an-external-database.md)',
    props: externalDatabase,
  },
  {
    values: ['redis', 'externalRedis'],
    becomes: '`broker` of `Executor.celery`: `Broker.builtIn(…)`, `Broker.external(…)`',
    props: brokerPassword,
  },
  { values: ['redis.replica', 'redis.architecture', 'redis.sentinel'], becomes: 'with the chart `values`; without it there is none' },
  {
    values: ['usePasswordFiles', 'defaultInitContainers', 'defaultSidecars', 'setupDBJob', 'kubeVersion', 'apiVersions', 'diagnosticMode'],
    becomes: 'nothing: it is a matter of the chart',
  },
  { values: ['extraDeploy'], becomes: 'objects of your own in the program' },
  {
    values: ['configuration', 'overrideConfiguration', 'existingConfigmap'],
    becomes: '`config`, the same sections and options; what the library sets itself is an error that names the prop',
    // What other rows have made props of is told by then.
    props: (values) => {
      const all = joined(pod.options(values, 'configuration'), pod.options(values, 'overrideConfiguration') ?? {}) as Fields;
      return fields({ config: fields(all) });
    },
  },
];

/** The same of what is below each component. */
export const BITNAMI_COMPONENT_ROWS: readonly Row[] = [
  { values: ['replicaCount'], becomes: '`replicas`', props: (values) => fields({ replicas: values.number('replicaCount') }) },
  {
    values: ['autoscaling'],
    becomes: '`autoscaling`: [how many pods](autoscale-workers.md)',
    props: (values) => fields({ autoscaling: autoscaling(values) }) ?? {},
  },
  { values: ['image'], becomes: "`image`, one of apache/airflow: Bitnami's are laid out otherwise" },
  RESOURCES,
  { values: ['resourcesPreset'], becomes: '`resources`, in numbers' },
  {
    values: ['extraEnvVars', 'extraEnvVarsCM', 'extraEnvVarsCMs', 'extraEnvVarsSecret', 'extraEnvVarsSecrets'],
    becomes: '`env`; whole ConfigMaps and Secrets: `envFrom` in `podParts`',
    props: environment,
  },
  {
    values: ['podLabels', 'podAnnotations'],
    becomes: '`labels`, `annotations`: of pods',
    props: (values) => fields({ labels: pod.texts(values, 'podLabels'), annotations: pod.texts(values, 'podAnnotations') }),
  },
  PLACEMENT,
  { values: ['nodeAffinityPreset', 'podAffinityPreset', 'podAntiAffinityPreset', 'topologyKey'], becomes: '`placement.affinity`' },
  {
    values: ['extraVolumes', 'extraVolumeMounts', 'sidecars', 'initContainers'],
    becomes: '`podParts`, in the same form',
    props: parts,
  },
  PROBES,
  {
    values: ['podSecurityContext', 'containerSecurityContext'],
    becomes: '`securityContext`',
    props: (values) => fields({ securityContext: securityContext(values) }) ?? {},
  },
  {
    values: ['updateStrategy'],
    becomes: '`strategy`; pods are of Deployments',
    props: (values) => fields({ strategy: pod.strategy(values, 'updateStrategy') }),
  },
  GRACE_PERIOD,
  {
    values: ['hostAliases'],
    becomes: 'the same',
    props: (values) => fields({ hostAliases: values.list('hostAliases') as Expression | undefined }),
  },
  ENABLED,
  { values: ['pdb'], becomes: 'nothing: there is one from two pods on' },
  { values: ['networkPolicy'], becomes: '`networkPolicies`, `egress`; what pods talk to is let through by itself' },
  {
    values: ['command', 'args', 'lifecycleHooks', 'schedulerName', 'customLivenessProbe', 'customReadinessProbe', 'customStartupProbe'],
    becomes: 'a [patch](patch-an-object.md)',
  },
  {
    values: ['persistence', 'extraVolumeClaimTemplates'],
    becomes: 'nothing: logs go with the pod unless `logs` [keeps them](keep-logs.md)',
  },
  { values: ['podTemplate'], becomes: '`Executor.kubernetes({ tasks: … })`' },
];

/** The rows of a component behind its name, for notes. */
export const BITNAMI_NOTES: readonly Row[] = [
  ...BITNAMI_ROWS,
  ...rowsBelow(['web', 'worker', 'scheduler', 'dagProcessor', 'triggerer'], BITNAMI_COMPONENT_ROWS),
];

/** What the chart itself heeds only where there are workers of Celery. */
const OF_CELERY = ['replicaCount', 'autoscaling', 'pdb', 'livenessProbe', 'readinessProbe', 'startupProbe', 'updateStrategy'];

function executor(values: Values): Fields {
  const names = shared.executorNames(values);
  if (!names.includes('CeleryExecutor')) values.tell(...OF_CELERY.map((key) => `worker.${key}`));
  const parts: shared.ExecutorParts = {
    names,
    ...(names.includes('CeleryExecutor') && { workers: workers(values), broker: broker(values) }),
    ...(names.includes('KubernetesExecutor') && {
      tasks: component(values.below('worker'), 'ComponentProps'),
    }),
  };
  return { executor: shared.executor(parts) };
}

function workers(values: Values): Fields | undefined {
  const below = values.below('worker');
  const gracePeriod = pod.seconds(below.number('terminationGracePeriodSeconds'));
  const concurrency = ['overrideConfiguration', 'configuration'].map((all) => values.number(`${all}.celery.worker_concurrency`));
  const { terminationGracePeriod: _, ...props } = component(below, 'WorkersProps') ?? {};
  return fields({
    ...fields({ gracePeriod }),
    ...props,
    concurrency: concurrency.find((each) => each !== undefined),
  });
}

function component(values: Values, struct: string): Fields | undefined {
  return componentProps(BITNAMI_COMPONENT_ROWS, values, struct);
}

function components(values: Values): Fields {
  const of = (name: string, struct: string) => component(values.below(name), struct);
  return (
    fields({
      apiServer: of('web', 'ScalableComponentProps'),
      scheduler: of('scheduler', 'ReplicatedComponentProps'),
      dagProcessor: of('dagProcessor', 'ScalableComponentProps'),
      triggerer: of('triggerer', 'TriggererProps'),
    }) ?? {}
  );
}

/** Later versions have it one deeper, below hpa. */
function autoscaling(values: Values): Expression | undefined {
  const path = values.peek('autoscaling.hpa') ? 'autoscaling.hpa' : 'autoscaling';
  if (!values.isOn(`${path}.enabled`)) {
    values.tell('autoscaling');
    return undefined;
  }
  const at = (key: string) => values.number(`${path}.${key}`);
  return call(
    'Autoscaling.cpu',
    fields({ minReplicas: at('minReplicas'), maxReplicas: at('maxReplicas') ?? 3, targetUtilization: at('targetCPU') }) ?? {},
  );
}

/** Both are off where the platform has ids of its own, as OpenShift. */
function securityContext(values: Values): Expression | undefined {
  const paths = ['containerSecurityContext', 'podSecurityContext'];
  if (!paths.every((path) => values.isOn(`${path}.enabled`) === false)) return pod.securityContext(values, ...paths);
  values.tell(...paths);
  return call('SecurityContext.assignedByPlatform');
}

function environment(values: Values): Fields | undefined {
  const named = (kind: 'configMapRef' | 'secretRef', ...paths: readonly string[]) =>
    paths.flatMap((path) => values.list(path) ?? values.text(path) ?? []).map((name) => ({ [kind]: { name: `${name}` } }));
  const envFrom = [
    ...named('configMapRef', 'extraEnvVarsCM', 'extraEnvVarsCMs'),
    ...named('secretRef', 'extraEnvVarsSecret', 'extraEnvVarsSecrets'),
  ];
  const env = pod.variables(values, 'extraEnvVars');
  return fields(joined(env, envFrom.length > 0 ? { podParts: [{ envFrom }] } : {}) as Fields);
}

function parts(values: Values): Fields {
  const names = requirementsVolumes(values);
  const others = (path: string) => {
    const given = values.list(path)?.filter((item) => !isTree(item) || !names.includes(item.name));
    return given && given.length > 0 ? (given as Expression[]) : undefined;
  };
  const part = fields({
    volumes: others('extraVolumes'),
    volumeMounts: others('extraVolumeMounts'),
    containers: values.list('sidecars') as Expression | undefined,
    initContainers: values.list('initContainers') as Expression | undefined,
  });
  return part ? { podParts: [part] } : {};
}

/** The chart's own way: a ConfigMap with requirements.txt, which its pods install, and those of Airflow's image do not. The names of such volumes. */
function requirementsVolumes(values: Values): unknown[] {
  const [mounts, volumes] = ['extraVolumeMounts', 'extraVolumes'].map((path) => {
    const given = values.peek(path);
    return Array.isArray(given) ? given.filter(isTree) : [];
  });
  const names = mounts.filter(({ mountPath }) => /requirements\.txt$|\/python\/?$/.test(`${mountPath}`)).map(({ name }) => name);
  const found = volumes.filter(({ name, configMap }) => names.includes(name) && isTree(configMap));
  if (found.length === 0) return [];
  values.note(
    'extraVolumes',
    found,
    "requirements: Requirements.fromFile('requirements.txt'), with the requirements.txt of that ConfigMap beside the program",
  );
  return found.map(({ name }) => name);
}

function registry(values: Values): Fields | undefined {
  const text = values.text('global.imageRegistry');
  return text === undefined ? undefined : { images: { registry: text } };
}

/** The keys that the chart has in its Secret. */
const KEYS = {
  admin: ['auth.password', 'airflow-password', 'the Secret airflow-admin, key password'],
  fernetKey: ['auth.fernetKey', 'airflow-fernet-key', 'the Secret airflow-fernet-key, key fernet-key'],
  apiSecretKey: ['auth.secretKey', 'airflow-secret-key', 'the Secret airflow-api-secret-key, key api-secret-key'],
  jwtSecret: ['auth.jwtSecretKey', 'airflow-jwt-secret-key', 'the Secret airflow-jwt-secret, key jwt-secret'],
} as const;

function credentials(values: Values): Fields | undefined {
  values.tell('auth.forcePassword');
  const secretName = values.text('auth.existingSecret');
  const given = Object.entries(KEYS).flatMap(([prop, [path, key, made]]): [string, Expression][] => {
    if (secretName) return prop === 'jwtSecret' ? [] : [[prop, { secretName, key }]];
    const [, name, keyInIt] = /Secret ([\w-]+), key ([\w-]+)/.exec(made) ?? [];
    return values.secret(path, made) ? [[prop, { secretName: name, key: keyInIt }]] : [];
  });
  return given.length > 0 ? { credentials: Object.fromEntries(given) } : {};
}

function dags(values: Values): Fields | undefined {
  const path = values.peek('git.dags.repositories') ? 'git.dags' : 'dags';
  if (values.isOn(`${path}.enabled`) === false) {
    values.tell(path);
    return {};
  }
  const given = values.peek(`${path}.repositories`);
  if (!Array.isArray(given) || given.length === 0) return undefined;
  values.tell(`${path}.repositories`);
  const period = pod.seconds(values.number('git.sync.interval') ?? values.number('defaultSidecars.syncDAGsPlugins.interval'));
  const key = sshKey(values, path);
  const repositories = given.flatMap((item, index): Fields[] => {
    const { repository, branch, name, path: folder } = isTree(item) ? item : {};
    const address = `${repository ?? ''}`;
    const { url, hadLogin } = shared.withoutLogin(address);
    const isSsh = /^ssh:|^[\w.-]+@/.test(url);
    if (hadLogin) {
      const secret = `the Secret ${shared.GIT_SECRET}, keys username and token`;
      values.note(
        `${path}.repositories[${index}].repository`,
        undefined,
        `the login in it is secret, and not written here; put it into ${secret}`,
      );
    }
    return [
      fields({
        url,
        branch: branch === undefined ? undefined : `${branch}`,
        path: folder === undefined ? undefined : `${folder}`.replace(/^\/+|\/+$/g, '') || undefined,
        name: name === undefined ? undefined : `${name}`,
        period,
        credentials: hadLogin ? call('GitCredentials.token', { secretName: shared.GIT_SECRET }) : isSsh ? key : undefined,
      }) ?? {},
    ];
  });
  return repositories.length > 0 ? { dags: repositories } : undefined;
}

/** The chart has a container that clones, and one that follows; git-sync does both alike. */
function gitSync(values: Values): Fields | undefined {
  const path = values.peek('git.dags.repositories') ? 'git.dags' : 'dags';
  if (!Array.isArray(values.peek(`${path}.repositories`)) || values.isOn(`${path}.enabled`) === false) {
    values.tell('git.sync', 'git.clone');
    return {};
  }
  const both = values.below('git.clone', 'git.sync');
  return shared.propsBelow('gitSync', { resources: pod.resources(both), ...pod.variables(both, 'extraEnvVars') });
}

function taskPermissions(values: Values): Fields | undefined {
  const rules = (values.list('rbac.rules') ?? []).filter(isTree);
  if (rules.length === 0) return undefined;
  values.tell('rbac.create');
  return {
    taskPermissions: rules.map(({ apiGroups, resources, verbs, resourceNames }) =>
      call('TaskPermission.rule', fields({ apiGroups, resources, verbs, resourceNames } as Fields) ?? {}),
    ),
  };
}

function sshKey(values: Values, path: string): Expression | undefined {
  const isInline = values.secret(`${path}.sshKey`, 'the Secret airflow-ssh-secret, key ssh-privatekey');
  const name = values.text(`${path}.existingSshKeySecret`);
  const privateKeyKey = values.text(`${path}.existingSshKeySecretKey`);
  if (!isInline && name === undefined) return undefined;
  return call(
    'GitCredentials.sshKey',
    fields({ secretName: name ?? 'airflow-ssh-secret', privateKeyKey, disableHostKeyChecking: true }) ?? {},
  );
}

function loadExamples(values: Values): Fields | undefined {
  return values.isOn('loadExamples') ? { config: { core: { load_examples: 'True' } } } : undefined;
}

function webserverConfig(values: Values): Fields | undefined {
  const text = values.text('web.configuration');
  const configMapName = values.text('web.existingConfigmap');
  if (text !== undefined) return { webserverConfig: call('Content.fromText', text) };
  return configMapName === undefined
    ? undefined
    : { webserverConfig: call('Content.fromConfigMap', { configMapName, key: 'webserver_config.py' }) };
}

function ingress(values: Values): Fields | undefined {
  const given = values.below('ingress');
  if (!given.isOn('enabled')) return undefined;
  // Versions before 9 have a list of hosts.
  const listed = (given.list('hosts') ?? []).map((each) => (isTree(each) ? `${each.name}` : `${each}`));
  const extra = (given.list('extraHosts') ?? []).map((each) => (isTree(each) ? `${each.name}` : `${each}`));
  const [host, ...others] = [...new Set([...[given.text('hostname')].filter((each) => each !== undefined), ...listed, ...extra])];
  const name = host ?? 'airflow.local';
  const isSecured = given.isOn('tls') === true;
  const certificates = (given.list('extraTls') ?? []).filter(isTree).flatMap(({ hosts, secretName }) => {
    return (Array.isArray(hosts) ? hosts : [name]).map((each): [string, string] => [`${each}`, `${secretName}`]);
  });
  // The chart's own name for it.
  const secrets = certificates.length > 0 ? Object.fromEntries(certificates) : isSecured ? { [name]: `${name}-tls` } : {};
  const { tls, annotations } = shared.tlsOf(pod.texts(given, 'annotations'), secrets, isSecured || certificates.length > 0);
  return shared.ingressProps(given, [name, ...others], { tls, annotations });
}

function externalService(values: Values): Fields | undefined {
  const service = values.below('service');
  return shared.externalService(service, (key) => service.number(`${key}s.http`));
}

function ldap(values: Values): Fields | undefined {
  if (!values.isOn('ldap.enabled')) {
    values.tell('ldap');
    return {};
  }
  const given = values.below('ldap');
  const server = given.text('uri');
  if (server === undefined) return undefined;
  const secretName = given.text('existingSecret') ?? 'airflow-ldap';
  given.secret('bindpw', `the Secret ${secretName}, key bind-password`);
  const roles = rolesOf(given.text('rolesMapping'));
  if (!roles) return undefined;
  return {
    login: call(
      'Login.ldap',
      fields({
        server,
        startTls: server.startsWith('ldaps:') ? undefined : given.isOn('tls.enabled') === true,
        searchBase: given.text('basedn') ?? 'dc=example,dc=org',
        bindUser: given.text('binddn') ?? 'cn=admin,dc=example,dc=org',
        bindPassword: { secretName, key: 'bind-password' },
        usernameAttribute: given.text('searchAttribute') ?? 'cn',
        roles,
        defaultRole: given.text('userRegistrationRole') ?? 'Public',
      }) ?? {},
    ),
  };
}

/** Of the form of Python, which is that of JSON but for its quotes. */
function rolesOf(text: string | undefined): Fields | undefined {
  try {
    return JSON.parse((text ?? '').replaceAll("'", '"'));
  } catch {
    return undefined;
  }
}

function metrics(values: Values): Fields | undefined {
  if (!values.isOn('metrics.enabled')) {
    values.tell('metrics');
    return {};
  }
  const given = values.below('metrics');
  const isMonitored = given.isOn('serviceMonitor.enabled') === true;
  const monitor = fields({ labels: pod.texts(given, 'serviceMonitor.labels') });
  const props = fields({
    scraping: isMonitored ? call('MetricsScraping.serviceMonitor', ...(monitor ? [monitor] : [])) : undefined,
    resources: pod.resources(given),
    placement: pod.placement(given),
  });
  return { metrics: call('Metrics.statsd', ...(props ? [props] : [])) };
}

function builtInDatabase(values: Values): Fields | undefined {
  if (values.isOn('postgresql.enabled') === false) return {};
  for (const path of ['postgresql.auth.password', 'postgresql.auth.postgresPassword', 'postgresql.postgresqlPassword']) {
    values.secret(path, 'the Secret of Credentials.existing({ database }), or nowhere: one is generated for the new database');
  }
  const primary = values.below('postgresql.primary', 'postgresql');
  const props = fields({
    resources: pod.resources(primary),
    storageSize: primary.text('persistence.size'),
    storageClassName: primary.text('persistence.storageClass') ?? values.text('global.defaultStorageClass'),
    placement: pod.placement(primary),
  });
  const secretName = values.text('postgresql.auth.existingSecret');
  return {
    ...(props && { database: call('Database.builtIn', props) }),
    ...(secretName && { credentials: { database: { secretName, key: 'password' } } }),
  };
}

function externalDatabase(values: Values): Fields | undefined {
  const given = values.below('externalDatabase');
  const secretName = given.text('existingSecret') ?? shared.DATABASE_SECRET;
  const urlKey = given.text('existingSecretSqlConnectionKey');
  if (values.peek('postgresql.enabled') !== false || given.keys.length === 0) return undefined;
  const isInline = given.secret('sqlConnection', `the Secret ${secretName}, key connection`);
  if (urlKey || isInline) {
    const secret = fields({ secretName, key: urlKey });
    return { database: call('Database.fromUrl', { secret: secret ?? {}, destination: shared.anywhere(given.number('port') ?? 5432) }) };
  }
  const host = given.text('host');
  if (host === undefined) return undefined;
  given.secret('password', `the Secret ${secretName}, key password`);
  return {
    database: call(
      'Database.external',
      fields({
        host,
        port: given.number('port'),
        name: given.text('database') ?? 'bitnami_airflow',
        user: given.text('user') ?? 'bn_airflow',
        password: fields({ secretName, key: given.text('existingSecretPasswordKey') }) ?? {},
      }) ?? {},
    ),
  };
}

function broker(values: Values): Expression | undefined {
  const external = values.below('externalRedis');
  if (values.isOn('redis.enabled') === false && external.keys.length > 0) {
    const secretName = external.text('existingSecret') ?? shared.BROKER_SECRET;
    const hasPassword =
      external.secret('password', `the Secret ${secretName}, key redis-password`) || external.peek('existingSecret') !== undefined;
    const key = external.text('existingSecretPasswordKey') ?? 'redis-password';
    return call(
      'Broker.external',
      fields({
        host: external.text('host') ?? 'localhost',
        port: external.number('port'),
        user: external.text('username'),
        password: hasPassword ? { secretName, key } : undefined,
      }) ?? {},
    );
  }
  const master = values.below('redis.master');
  const props = fields({
    resources: pod.resources(master),
    storageSize: master.text('persistence.size'),
    storageClassName: master.text('persistence.storageClass') ?? values.text('global.defaultStorageClass'),
    placement: pod.placement(master),
  });
  return props && call('Broker.builtIn', props);
}

function brokerPassword(values: Values): Fields | undefined {
  const secretName = values.text('redis.auth.existingSecret');
  values.secret('redis.auth.password', 'the Secret of Credentials.existing({ broker }), or nowhere: one is generated for the new broker');
  return secretName
    ? {
        credentials: { broker: fields({ secretName, key: values.text('redis.auth.existingSecretPasswordKey') ?? 'redis-password' }) ?? {} },
      }
    : {};
}
