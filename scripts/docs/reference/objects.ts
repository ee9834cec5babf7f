import { canonicalQuantity, quantityValue } from '../../../lib/kubernetes/quantity';
import type { Manifest } from '../../../test/support/manifests';
import { CASES, code, FULL, nameOf, objectsOf, table } from './cases';

/** What objects are for: those of a kind, or those of a component. */
const PURPOSES: { readonly [kindOrComponent: string]: string } = {
  Namespace: 'all that follows; Pod Security "restricted" is enforced in it',
  NetworkPolicy: 'lets through [what is needed](network-flows.md), and nothing else',
  PodDisruptionBudget: 'at most one pod is taken away at a time when nodes are drained',
  HorizontalPodAutoscaler: 'the number of workers follows their CPU use',
  Ingress: 'the web interface under a host name',
  ExternalSecret: 'has the External Secrets operator make the Secret of that name',
  HTTPRoute: 'the web interface under a host name, through a Gateway',
  'ConfigMap/airflow-config': '`airflow.cfg`, and the scripts that run in pods',
  'ConfigMap/airflow-statsd': 'the rules by which the StatsD exporter names metrics',
  'ConfigMap/airflow-dashboard': 'the dashboard of Grafana',
  PodMonitor: 'lets Prometheus know of the StatsD exporter',
  PrometheusRule: 'the alerts of Prometheus',
  'ConfigMap/airflow-requirements': '`requirements.txt`, and the script that installs it',
  'ServiceAccount/airflow': 'all pods but that of the Job below; no token is mounted',
  'ServiceAccount/airflow-components': 'the pods of Airflow, with the rights that a cloud or a RoleBinding gives it',
  ServiceAccount: 'the Job that makes Secrets',
  'ServiceAccount/airflow-scheduler': 'the scheduler, which makes the pods of tasks',
  'ServiceAccount/airflow-api-server': 'the API server, which reads the logs of tasks that run',
  'ServiceAccount/airflow-worker': 'the workers, with what `taskPermissions` let tasks do',
  'ServiceAccount/airflow-triggerer': 'the triggerer, with the same',
  'ConfigMap/airflow-task': 'from what the scheduler makes the pods of tasks',
  Role: 'may create Secrets, and read those of the Job by their names',
  RoleBinding: 'gives the ServiceAccount that Role',
  'Service/airflow-api-server': 'port 8080',
  'Service/airflow-external': 'port 80, for who comes from outside of the cluster',
  'Service/airflow-flower': 'port 5555',
  'Service/airflow-postgresql': 'port 5432',
  'Service/airflow-redis': 'port 6379',
  'Service/airflow-statsd': 'ports 9125 (UDP) and 9102',
  'api-server': 'web interface, REST API, and the API that tasks use',
  scheduler: 'decides what runs when; with `Executor.local()` tasks run in its pods',
  'dag-processor': 'reads the DAG files',
  triggerer: 'waits for what deferred tasks wait for',
  worker: 'Celery workers, which run the tasks',
  flower: 'Flower, which shows what the workers do',
  postgresql: 'the metadata database',
  redis: 'the Celery broker',
  statsd: 'the StatsD exporter, from which Prometheus reads metrics',
  credentials: 'makes the [Secrets](secrets.md) that are missing',
  migrate: 'brings the database to the schema of this Airflow',
  'create-user': 'makes the admin user, or gives the one who is there the password of the Secret',
};

export function objectsPage(): string {
  const plain = objectsOf({});
  return `# Objects

\`npm run docs:reference\` writes this page from what synth makes. Names begin with the id of the construct, or with the prop \`name\`; here it is
\`airflow\`. Behind the name of a Job stands a hash of what it does, so that a changed Job is a new one.

## Without props

${table(
  ['object', 'for'],
  [...groupBy(plain, purposeOf)].map(([purpose, objects]) => [list(objects), purpose]),
)}
The volumes come from the StatefulSets: ${volumesOf(plain).join(', ')}. They outlive the StatefulSets, and not the namespace.

## What props add and leave out

${table(
  ['prop', 'adds', 'leaves out'],
  Object.entries(CASES).map(([prop, props]) => {
    const changed = objectsOf(props);
    return [code(prop), list(without(changed, plain)), list(without(plain, changed))];
  }),
)}
## Containers

Those of a deployment with \`dags\` and \`requirements\`. Init containers run in the order of the table, before the others.

${table(['container', 'in the pods of', 'image', 'CPU: request, limit', 'memory: request, limit'], containerRows(objectsOf(FULL)))}
The requests of the pods that stay add up to ${requestsOf(objectsOf(FULL))}. What the main containers, the data stores
and git-sync ask for are [props](props.md).
`;
}

function purposeOf(object: Manifest): string {
  const { kind, metadata } = object;
  const purpose = PURPOSES[`${kind}/${metadata.name}`] ?? PURPOSES[kind] ?? PURPOSES[metadata.labels?.['app.kubernetes.io/component']];
  if (!purpose) throw new Error(`scripts/docs/reference/objects.ts: say what ${nameOf(object)} is for`);
  return purpose;
}

/** Those that are not among the others. */
function without(objects: readonly Manifest[], others: readonly Manifest[]): Manifest[] {
  const names = others.map(nameOf);
  return objects.filter((object) => !names.includes(nameOf(object)));
}

function list(objects: readonly Manifest[]): string {
  const policies = objects.filter(({ kind }) => kind === 'NetworkPolicy');
  const all = policies.length > 2 ? ['the NetworkPolicies of '.concat(policies.map(({ metadata }) => code(metadata.name)).join(', '))] : [];
  const others = all.length > 0 ? objects.filter((object) => !policies.includes(object)) : objects;
  return [...others.map((object) => code(nameOf(object))), ...all].join(', ');
}

function groupBy<Item>(items: readonly Item[], keyOf: (item: Item) => string): Map<string, Item[]> {
  const groups = new Map<string, Item[]>();
  for (const item of items) groups.set(keyOf(item), [...(groups.get(keyOf(item)) ?? []), item]);
  return groups;
}

function volumesOf(objects: readonly Manifest[]): string[] {
  return objects.flatMap(({ kind, metadata, spec }) =>
    kind !== 'StatefulSet'
      ? []
      : spec.volumeClaimTemplates.map((claim: Manifest) => {
          return `\`${claim.metadata.name}-${metadata.name}-0\` (${claim.spec.resources.requests.storage})`;
        }),
  );
}

/** Like containers of several pods in one row; init containers first, in the order in which they run. */
function containerRows(objects: readonly Manifest[]): string[][] {
  const all = objects.flatMap(({ metadata, spec }) => {
    const { initContainers = [], containers = [] } = spec?.template?.spec ?? {};
    const component: string = metadata.labels?.['app.kubernetes.io/component'];
    return [...initContainers, ...containers].map((container: Manifest, index) => {
      return { container, component, order: Math.min(index - initContainers.length, 0) };
    });
  });
  const rows = groupBy(all, ({ container: { name, image, resources } }) => JSON.stringify([name, image, resources]));
  const orderOf = (row: typeof all) => Math.min(...row.map(({ order }) => order));
  return [...rows.values()]
    .sort((a, b) => orderOf(a) - orderOf(b))
    .map((row) => {
      const { name, image, resources } = row[0].container;
      return [
        `${code(name)}${orderOf(row) < 0 ? ' (init)' : ''}`,
        row.map(({ component }) => component).join(', '),
        code(image),
        `${resources.requests.cpu}, ${resources.limits.cpu}`,
        `${resources.requests.memory}, ${resources.limits.memory}`,
      ];
    });
}

/** As Kubernetes adds up: the containers together, or one init container if it asks for more. */
function requestsOf(objects: readonly Manifest[]): string {
  const staying = objects.filter(({ kind }) => ['Deployment', 'StatefulSet'].includes(kind));
  const total = (resource: 'cpu' | 'memory') =>
    staying
      .map(({ spec: { replicas = 1, template } }) => {
        const amounts = (containers: Manifest[] = []) =>
          containers.map(({ resources }) => quantityValue(resources.requests[resource]) ?? 0);
        const { containers, initContainers = [] } = template.spec;
        return (
          replicas *
          Math.max(
            amounts(containers).reduce((sum, amount) => sum + amount, 0),
            ...amounts(initContainers),
          )
        );
      })
      .reduce((sum, amount) => sum + amount, 0);
  return `${canonicalQuantity(`${Math.round(total('cpu') * 1000)}m`)} of CPU and ${Math.round(total('memory') / 2 ** 20)}Mi of memory`;
}
