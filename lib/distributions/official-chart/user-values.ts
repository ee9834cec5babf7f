import { propOf } from '../../components/components';
import { isMap } from '../../kubernetes/object-path';
import { existingCredential, FIXED } from '../shared/remedies';
import { hasUsers } from '../shared/users';
import type { BrokenValue, InsteadOf, ValueRules } from '../shared-by-charts/user-values';
import type { OfficialContext } from './context';

const OWN: InsteadOf = {
  fullnameOverride: 'the prop name',
  nameOverride: 'the prop name',
  useStandardNaming: 'the prop name',
  airflowVersion: 'the prop airflowVersion',
  executor: 'the prop executor',
  fernetKey: existingCredential('fernetKey'),
  fernetKeySecretName: existingCredential('fernetKey'),
  apiSecretKey: existingCredential('apiSecretKey'),
  apiSecretKeySecretName: existingCredential('apiSecretKey'),
  webserverSecretKey: existingCredential('apiSecretKey'),
  webserverSecretKeySecretName: existingCredential('apiSecretKey'),
  jwtSecret: existingCredential('jwtSecret'),
  jwtSecretName: existingCredential('jwtSecret'),
  'redis.password': existingCredential('broker'),
  'redis.passwordSecretName': existingCredential('broker'),
  'createUserJob.args': FIXED,
  'createUserJob.command': FIXED,
  'createUserJob.defaultUser': 'the prop admin',
  'webserver.defaultUser': 'the prop admin',
  'createUserJob.useHelmHooks': 'the option delivery',
  'migrateDatabaseJob.useHelmHooks': 'the option delivery',
  defaultAirflowDigest: 'the prop allComponents.image',
  defaultAirflowRepository: 'the prop allComponents.image',
  defaultAirflowTag: 'the prop allComponents.image',
  'images.airflow.digest': 'the prop allComponents.image',
  'images.airflow.repository': 'the prop allComponents.image',
  'images.airflow.tag': 'the prop allComponents.image',
  'ports.airflowUI': FIXED,
  'ports.apiServer': FIXED,
  'ports.otelCollectorOtlpGrpc': FIXED,
  'ports.otelCollectorOtlpHttp': FIXED,
  'ports.redisDB': FIXED,
  'ports.statsdIngest': FIXED,
  'ports.triggererLogs': FIXED,
  'ports.workerLogs': FIXED,
};

/** Switches of pods that every deployment has, or every one with Celery. Nothing else makes the tables, for which all others wait. */
const NEEDED: InsteadOf = {
  'apiServer.enabled': 'leave it out',
  'dagProcessor.enabled': 'leave it out',
  'scheduler.enabled': 'leave it out',
  'migrateDatabaseJob.enabled': 'leave it out: where the tables are there, it changes nothing',
  'workers.celery.enableDefault': 'leave it out, or use Executor.kubernetes() or Executor.local(), which have no workers',
};

/** Where the prop says where metrics go. */
const OF_METRICS: InsteadOf = Object.fromEntries(
  ['statsd.enabled', 'statsd.extraMappings', 'statsd.overrideMappings', 'otelCollector.metricsEnabled', 'otelCollector.tracesEnabled'].map(
    (path) => [path, 'the prop metrics'],
  ),
);

/** Values of what runs in pods, and the prop by which those are set. */
const PODS: InsteadOf = {
  apiServer: 'apiServer',
  webserver: 'apiServer',
  scheduler: 'scheduler',
  dagProcessor: 'dagProcessor',
  triggerer: 'triggerer',
  workers: 'executor, with workers',
  migrateDatabaseJob: 'allComponents',
  createUserJob: 'allComponents',
  redis: 'executor, with broker',
};

/** Of each of them. */
const POD_VALUES: InsteadOf = {
  affinity: 'placement',
  annotations: 'annotations',
  args: 'ingress',
  labels: 'labels',
  nodeSelector: 'placement',
  persistence: 'storageSize, storageClassName',
  podAnnotations: 'annotations',
  priorityClassName: 'placement',
  replicas: 'replicas',
  resources: 'resources',
  serviceAccount: 'serviceAccount',
  strategy: 'replicas',
  terminationGracePeriodSeconds: 'gracePeriod',
  tolerations: 'placement',
  topologySpreadConstraints: 'placement',
  hpa: 'autoscaling',
};

/** Volumes of the chart's, for logs, that the library leaves out and the user may want. */
const NOT_OF_PROPS = ['triggerer.persistence', 'workers.persistence'];

const OF_PROPS: InsteadOf = {
  extraEnvFrom: 'the prop allComponents.podParts',
  'images.airflow.pullPolicy': 'the prop allComponents.image',
  'images.redis': 'the prop executor, with broker.image',
  'registry.secretName': 'pullSecrets of the image',
  logs: 'the prop logs',
  ...Object.fromEntries(
    Object.entries(PODS).flatMap(([pod, prop]) =>
      Object.entries(POD_VALUES)
        .map(([value, field]) => [`${pod}.${value}`, `${field} of the prop ${prop}`])
        .filter(([path]) => !NOT_OF_PROPS.includes(path)),
    ),
  ),
  'dagProcessor.args': 'the prop teams',
  'scheduler.args': 'the prop teams',
};
const CELERY_OF_PROPS = Object.fromEntries(
  Object.entries(OF_PROPS).flatMap(([path, instead]) => {
    return path.startsWith('workers.') ? [[path.replace('workers.', 'workers.celery.'), instead]] : [];
  }),
);

/** What the user's values may not say. */
export function valueRules(context: OfficialContext): ValueRules {
  return {
    own: { ...OWN, ...(context.metrics && OF_METRICS) },
    ofProps: { ...OF_PROPS, ...CELERY_OF_PROPS },
    broken: [...brokenValues(context), ...readableValues(context)],
    needed: {
      ...NEEDED,
      ...(!context.isAirflow3 && { 'webserver.enabled': 'leave it out' }),
      ...(hasUsers(context) && { 'createUserJob.enabled': 'use admin: { enabled: false } and no users, or leave it out' }),
    },
  };
}

/** Values of the library as the user's could stand instead of them: newer charts have some of the workers in a second place, which wins. */
export function replaceableValues(values: { readonly workers?: object }): object {
  return { ...values, workers: { ...values.workers, celery: values.workers } };
}

/** With these the chart deploys what nobody reaches, or what reaches nothing. */
function brokenValues(context: OfficialContext): BrokenValue[] {
  const { isAirflow3, isExternal, userValues, networkPolicies } = context;
  const ingress = 'Airflow would not know its address, and the NetworkPolicies let no controller in; use the prop ingress or httpRoute';
  const keda = (instead: string) =>
    'KEDA asks the database from a namespace of its own, where its name means nothing and from where the NetworkPolicies let nobody in; ' +
    `use ${instead}, or a database of yours: values: { data: { metadataSecretName: … } }`;
  const autoscaling = keda('Autoscaling.keda(…) as autoscaling of the prop executor, with workers');
  const twice = scaledTwice(context);
  // Of the user in it a rule of its own tells.
  const isOfUser = Object.keys(userValues.webserver ?? {}).every((key) => key === 'defaultUser');
  return [
    ...['ingress.enabled', 'ingress.web.enabled', 'ingress.apiServer.enabled'].map((path) => ({ path, problem: ingress })),
    ...(isAirflow3 && !isOfUser
      ? [{ path: 'webserver', problem: 'Airflow 3 has no webserver; use the prop apiServer, or values: { apiServer: … }' }]
      : []),
    ...(isAirflow3
      ? []
      : [{ path: 'apiServer', problem: 'Airflow 2 has no API server; use the prop apiServer, or values: { webserver: … }' }]),
    ...(networkPolicies.enabled === false
      ? []
      : [{ path: 'dags.gitSync.enabled', problem: 'the NetworkPolicies do not let it reach the git server; use the prop dags' }]),
    ...(isExternal.database
      ? []
      : [
          { path: 'workers.keda.enabled', problem: autoscaling },
          { path: 'workers.celery.keda.enabled', problem: autoscaling },
          ...workerSets(userValues).map((_, index) => ({ path: `workers.celery.sets.${index}.keda.enabled`, problem: autoscaling })),
          { path: 'triggerer.keda.enabled', problem: keda('Autoscaling.keda(…) as triggerer.autoscaling') },
        ].filter(({ path }) => !twice.some((each) => each.path === path))),
    ...twice,
    ...(userValues.rbac?.create
      ? []
      : [
          {
            path: 'cleanup.enabled',
            problem: 'nothing gives it the right to delete pods; use values: { rbac: { create: true } } beside it',
          },
        ]),
  ];
}

const SCALED = { worker: ['workers', 'workers.celery'], triggerer: ['triggerer'] } as const;

/** What would scale pods that a prop scales. */
function scaledTwice({ components, isExternal }: OfficialContext): BrokenValue[] {
  return (['worker', 'triggerer'] as const).flatMap((name) => {
    const plan = components[name]?.autoscaling?._plan;
    // By values that say where the database is the prop is what is wrong.
    if (!plan || (plan.databaseClient && isExternal.database)) return [];
    const scalers = plan.databaseClient ? ['keda', 'hpa'] : ['keda'];
    const problem = `${propOf(name)}.autoscaling scales these pods; leave one of them out`;
    return SCALED[name].flatMap((place) => scalers.map((scaler) => ({ path: `${place}.${scaler}.enabled`, problem })));
  });
}

function workerSets({ workers }: OfficialContext['userValues']): unknown[] {
  const sets = workers?.celery?.sets;
  return Array.isArray(sets) ? sets : [];
}

/** From these the chart makes Secrets, whose values everybody could read who can read dist. */
function readableValues({ isExternal, userValues }: OfficialContext): BrokenValue[] {
  const { data, elasticsearch, opensearch, pgbouncer, postgresql } = userValues;
  const readable = (path: string, instead: string): BrokenValue => {
    return { path, problem: `the chart makes a Secret from it, which all can read who can read dist; use ${instead}` };
  };
  const yours = (path: string, key: string) =>
    `values: ${path.split('.').reduceRight((inner, step) => `{ ${step}: ${inner} }`, '…')}, a Secret of yours with the key ${key}`;
  const findings: BrokenValue[] = [
    readable('data.brokerUrl', yours('data.brokerUrlSecretName', 'connection')),
    readable('data.resultBackendConnection', yours('data.resultBackendSecretName', 'connection')),
    readable('flower.password', yours('flower.secretName', 'basicAuth')),
    readable('registry.connection', 'pullSecrets of the image'),
    readable('extraSecrets', 'a Secret that is made in the cluster, and podParts with it'),
  ];
  if (!data?.metadataSecretName) {
    findings.push(readable('data.metadataConnection', yours('data.metadataSecretName', 'connection')));
  }
  if (!data?.metadataSecretName || !postgresql?.auth?.existingSecret) {
    const instead = `the prop database, by which there is one, or ${yours('data.metadataSecretName', 'connection')}`;
    findings.push(readable('postgresql.enabled', instead));
  }
  for (const [service, values] of Object.entries({ elasticsearch, opensearch })) {
    if (isMap(values) && values.enabled && !values.secretName) {
      findings.push(readable(`${service}.enabled`, yours(`${service}.secretName`, 'connection')));
    }
  }
  if (!isExternal.database || !pgbouncer?.configSecretName || !pgbouncer.metricsExporterSidecar?.statsSecretName) {
    findings.push(
      readable(
        'pgbouncer.enabled',
        'values: { data: { metadataSecretName: … }, pgbouncer: { configSecretName: …, metricsExporterSidecar: { statsSecretName: … } } }, Secrets of ' +
          'yours that say where the database is, and whose',
      ),
    );
  }
  return findings;
}
