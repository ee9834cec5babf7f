import { existingCredential, FIXED } from '../shared/remedies';
import { TASKS } from '../shared-by-charts/task-pods';
import type { BrokenValue, InsteadOf, ValueRules } from '../shared-by-charts/user-values';
import type { BitnamiContext } from './context';

const OWN: InsteadOf = {
  fullnameOverride: 'the prop name',
  nameOverride: 'the prop name',
  namespaceOverride: 'the namespace of the chart',
  executor: 'the prop executor',
  'image.digest': 'the prop allComponents.image',
  'image.registry': 'the prop allComponents.image',
  'image.repository': 'the prop allComponents.image',
  'image.tag': 'the prop allComponents.image',
  'auth.username': 'the prop admin',
  'auth.existingSecret': 'the prop credentials',
  'auth.password': existingCredential('admin'),
  'auth.fernetKey': existingCredential('fernetKey'),
  'auth.secretKey': existingCredential('apiSecretKey'),
  'auth.jwtSecretKey': existingCredential('jwtSecret'),
  'service.ports.http': FIXED,
  'web.containerPorts.http': FIXED,
  'worker.containerPorts.http': FIXED,
  'worker.podTemplate': TASKS,
  'triggerer.containerPorts.logs': FIXED,
  'metrics.containerPorts': FIXED,
  'postgresql.fullnameOverride': 'the prop name',
  'postgresql.nameOverride': 'the prop name',
  'postgresql.architecture': 'a database outside of the chart: values: { postgresql: { enabled: false }, externalDatabase: { … } }',
  'postgresql.auth.existingSecret': existingCredential('database'),
  'postgresql.auth.password': existingCredential('database'),
  'postgresql.auth.postgresPassword': FIXED,
  'externalDatabase.existingSecret': existingCredential('database'),
  'externalDatabase.password': existingCredential('database'),
  'externalDatabase.sqlConnection': `host, port, user and database, and ${existingCredential('database')}`,
  'redis.fullnameOverride': 'the prop name',
  'redis.nameOverride': 'the prop name',
  'redis.auth.existingSecret': existingCredential('broker'),
  'redis.auth.password': existingCredential('broker'),
  'externalRedis.existingSecret': existingCredential('broker'),
  'externalRedis.password': existingCredential('broker'),
};

/** Values of what runs in pods, and the prop by which those are set. */
const PODS: InsteadOf = {
  web: 'apiServer',
  scheduler: 'scheduler',
  dagProcessor: 'dagProcessor',
  triggerer: 'triggerer',
  worker: 'executor, with workers',
  setupDBJob: 'allComponents',
  'postgresql.primary': 'database',
  'redis.master': 'executor, with broker',
};

/** Of each of them. */
const POD_VALUES: InsteadOf = {
  affinity: 'placement',
  args: 'ingress',
  'autoscaling.hpa': 'autoscaling',
  nodeSelector: 'placement',
  'persistence.size': 'storageSize',
  'persistence.storageClass': 'storageClassName',
  podAnnotations: 'annotations',
  podLabels: 'labels',
  priorityClassName: 'placement',
  replicaCount: 'replicas',
  resources: 'resources',
  terminationGracePeriodSeconds: 'gracePeriod',
  tolerations: 'placement',
  topologySpreadConstraints: 'placement',
};

const OF_PROPS: InsteadOf = {
  'auth.username': 'the prop admin',
  'image.pullPolicy': 'the prop allComponents.image',
  'postgresql.image': 'image of the prop database',
  'redis.image': 'image of the prop executor, with broker',
  serviceAccount: 'the prop allComponents.serviceAccount',
  ...Object.fromEntries(
    Object.entries(PODS).flatMap(([pod, prop]) =>
      Object.entries(POD_VALUES).map(([value, field]) => [`${pod}.${value}`, `${field} of the prop ${prop}`]),
    ),
  ),
};

/** What the user's values may not say. */
export function valueRules(context: BitnamiContext): ValueRules {
  return { own: OWN, ofProps: OF_PROPS, broken: brokenValues(context), needed: { 'dagProcessor.enabled': 'leave it out' } };
}

/** With these the chart deploys what nobody reaches, or what reaches nothing. */
function brokenValues({ networkPolicies, executor }: BitnamiContext): BrokenValue[] {
  const git = 'the NetworkPolicies do not let it reach the git server';
  return [
    {
      path: 'ingress.enabled',
      problem: 'Airflow would not know its address, and the NetworkPolicies let no controller in; use the prop ingress or httpRoute',
    },
    { path: 'loadExamples', problem: "the library sets this value; use config: { core: { load_examples: 'True' } }" },
    ...(executor.tasks
      ? [
          {
            path: 'rbac.create',
            problem: 'the rights would be those of all pods; the executor has its own, and DAGs have the prop taskPermissions',
          },
        ]
      : []),
    ...(networkPolicies.enabled === false || executor.tasks
      ? []
      : [
          { path: 'dags.repositories', problem: `${git}; use the prop dags` },
          { path: 'plugins.repositories', problem: `${git}; use an image with the plugins in it, or the prop requirements` },
        ]),
  ];
}
