import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { App } from 'cdk8s';
import { parseAllDocuments } from 'yaml';
import { AirflowChart, type AirflowChartProps, Credentials, Executor, GitCredentials, Requirements } from '../lib';
import { quantityValue } from '../lib/kubernetes/quantity';
import type { Manifest } from './support/manifests';
import { SynthObjects, synthAirflow, synthErrors } from './support/synth-objects';

const DAGS = { url: 'https://gitlab.example.com/team/dags.git', credentials: GitCredentials.token({ secretName: 'gitlab-dags' }) };
const FULL: AirflowChartProps = {
  dags: [DAGS],
  requirements: Requirements.fromList(['pandas>=2.2']),
  ingress: { host: 'airflow.example.com' },
  executor: Executor.celery({ workers: { replicas: 2 } }),
};
const DEPLOYMENTS: [string, AirflowChartProps][] = [
  ['nothing given', {}],
  ['all that main.ts has', FULL],
  ['LocalExecutor', { executor: Executor.local(), dags: [DAGS] }],
];

test('without props there is a whole Airflow', () => {
  // WHEN
  const objects = synthAirflow();

  // THEN
  expect(objects.names('Deployment').sort()).toEqual(
    ['api-server', 'dag-processor', 'scheduler', 'triggerer', 'worker'].map((component) => `airflow-${component}`),
  );
  expect(objects.names('StatefulSet')).toEqual(['airflow-postgresql', 'airflow-redis']);
  expect(objects.names('Service').sort()).toEqual(['airflow-api-server', 'airflow-postgresql', 'airflow-redis']);
  expect(objects.names('Job').map((name) => name.replace(/-[0-9a-f]{8}$/, ''))).toEqual([
    'airflow-credentials',
    'airflow-migrate',
    'airflow-create-user',
  ]);
  expect(objects.names('Ingress')).toEqual([]);
});

test('all objects are in the namespace, which is made too', () => {
  // WHEN
  const objects = synthAirflow({ ...FULL, namespace: 'data' });

  // THEN
  const [namespace, ...others] = objects.all;
  expect(namespace).toMatchObject({ apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'data' } });
  expect(namespace.metadata.labels).toEqual({
    'pod-security.kubernetes.io/enforce': 'restricted',
    'pod-security.kubernetes.io/warn': 'restricted',
  });
  for (const { metadata } of others) expect(metadata.namespace).toBe('data');
  expect(objects.one('RoleBinding', 'airflow-credentials').subjects[0].namespace).toBe('data');
});

test('tools that prune leave the namespace alone, in which the database and the keys are', () => {
  // THEN
  expect(synthAirflow().one('Namespace', 'airflow').metadata.annotations).toEqual({
    'argocd.argoproj.io/sync-options': 'Prune=false,Delete=false',
    'kustomize.toolkit.fluxcd.io/prune': 'disabled',
  });
});

test('the namespace itself is in none', () => {
  // THEN
  expect(synthAirflow().one('Namespace', 'airflow').metadata).not.toHaveProperty('namespace');
});

test('the namespace is "airflow" unless told, and can be left to others', () => {
  // WHEN
  const objects = synthAirflow({ createNamespace: false });

  // THEN
  expect(objects.ofKind('Namespace')).toEqual([]);
  for (const { metadata } of objects.all) expect(metadata.namespace).toBe('airflow');
});

test.each<[string, AirflowChartProps, string]>([
  ['the id of the chart', {}, 'team-a'],
  ['the id of the chart, also where the name is undefined', { name: undefined }, 'team-a'],
  ['the name', { name: 'blue' }, 'blue'],
])('names begin with %s', (_what, props, expected) => {
  // WHEN
  const objects = new SynthObjects(new AirflowChart(new App(), 'team-a', props).toJson());

  // THEN
  for (const { kind, metadata } of objects.all) {
    if (kind !== 'Namespace') expect(metadata.name).toMatch(new RegExp(`^${expected}(-|$)`));
  }
  expect(objects.airflowConfig.core.execution_api_server_url).toBe(`http://${expected}-api-server:8080/execution/`);
  expect(objects.env('scheduler').AIRFLOW__DATABASE__SQL_ALCHEMY_CONN_CMD).toContain(`@${expected}-postgresql:5432/`);
});

test('two charts fit in one app, each in its own namespace', () => {
  // GIVEN
  const app = new App();

  // WHEN
  const charts = ['blue', 'green'].map((id) => {
    return new AirflowChart(app, id, { ...FULL, namespace: id, ingress: { host: `${id}.example.com` } });
  });

  // THEN
  const [blue, green] = charts.map((chart) => JSON.stringify(chart.toJson()));
  expect(blue).toContain('blue-worker');
  expect(blue).not.toContain('green');
  expect(green).not.toContain('blue');
});

test('two charts that make the same objects are an error that names both', () => {
  // WHEN
  const errors = synthErrors((app) => {
    for (const id of ['blue', 'green']) new AirflowChart(app, id, { name: 'airflow' });
  });

  // THEN
  expect(errors.join('\n')).toMatch(/Deployment\/airflow-worker \(green\/\S+\): blue\/\S+ makes the same object/);
});

test('the construct in the chart tells where the web interface is', () => {
  // WHEN
  const chart = new AirflowChart(new App(), 'airflow');

  // THEN
  const service = new SynthObjects(chart.toJson()).one('Service', chart.airflow.webServiceName);
  expect(service.spec.ports[0].port).toBe(chart.airflow.webServicePort);
});

describe.each(DEPLOYMENTS)('security, with %s:', (_what, props) => {
  const objects = synthAirflow(props);

  test('there is no Secret in the output', () => {
    // THEN
    expect(objects.ofKind('Secret')).toEqual([]);
  });

  test('only the Job that makes the credentials has a service account token', () => {
    // THEN
    for (const { automountServiceAccountToken } of objects.ofKind('ServiceAccount')) expect(automountServiceAccountToken).toBe(false);
    const withToken = objects.workloads.filter(({ spec }) => spec.template.spec.automountServiceAccountToken !== false);
    expect(withToken.map(({ metadata }) => metadata.labels['app.kubernetes.io/component'])).toEqual(['credentials']);
    for (const [component, { spec }] of Object.entries(objects.podTemplates())) {
      expect(spec.serviceAccountName).toBe(component === 'credentials' ? 'airflow-credentials' : 'airflow');
    }
  });

  test('the one Role is for making Secrets, and for looking at those it makes', () => {
    // THEN
    expect(objects.names('ClusterRole')).toEqual([]);
    expect(objects.names('ClusterRoleBinding')).toEqual([]);
    expect(objects.names('Role')).toEqual(['airflow-credentials']);
    const { rules } = objects.ofKind('Role')[0];
    expect(rules.map(({ verbs, resources }: Manifest) => [verbs, resources])).toEqual([
      [['create'], ['secrets']],
      [['get'], ['secrets']],
    ]);
    const names = objects.container('credentials').args.map((argument: string) => argument.split(' ')[0]);
    expect(names.length).toBeGreaterThan(0);
    expect(rules[1].resourceNames).toEqual(names);
    expect(objects.ofKind('RoleBinding').map(({ subjects }) => subjects)).toEqual([
      [{ kind: 'ServiceAccount', name: 'airflow-credentials', namespace: 'airflow' }],
    ]);
  });

  test('every container is hardened', () => {
    // THEN
    const containers = containersOf(objects);
    expect(containers.length).toBeGreaterThan(10);
    for (const { securityContext, resources } of containers) {
      expect(securityContext).toMatchObject({
        runAsNonRoot: true,
        allowPrivilegeEscalation: false,
        readOnlyRootFilesystem: true,
        capabilities: { drop: ['ALL'] },
        seccompProfile: { type: 'RuntimeDefault' },
      });
      for (const amount of [resources.requests, resources.limits])
        expect(Object.keys(amount).sort()).toEqual(['cpu', 'ephemeral-storage', 'memory']);
    }
  });

  test('a Secret is a file, never a variable', () => {
    // THEN
    for (const { env = [], envFrom } of containersOf(objects)) {
      expect(envFrom).toBeUndefined();
      for (const { valueFrom } of env) expect(valueFrom).toBeUndefined();
    }
  });

  test('every pod has one NetworkPolicy, in both directions', () => {
    // THEN
    const selectors = objects.ofKind('NetworkPolicy').map(({ spec }) => spec.podSelector.matchLabels);
    for (const { metadata } of Object.values(objects.podTemplates())) {
      expect(selectors.filter((labels) => Object.entries(labels).every(([name, value]) => metadata.labels[name] === value))).toHaveLength(
        1,
      );
    }
    for (const { spec } of objects.ofKind('NetworkPolicy')) expect(spec.policyTypes).toEqual(['Ingress', 'Egress']);
  });
});

test('without generated credentials no pod has a token', () => {
  // GIVEN
  const key = { secretName: 'mine', key: 'key' };
  const credentials = Credentials.existing({
    fernetKey: key,
    apiSecretKey: key,
    jwtSecret: key,
    database: key,
    broker: key,
    admin: key,
  });

  // WHEN
  const objects = synthAirflow({ credentials });

  // THEN
  for (const { spec } of Object.values(objects.podTemplates())) expect(spec.automountServiceAccountToken).toBe(false);
});

test('the deployment of main.ts asks for less than 2 cores and 6 GiB, all pods at once', () => {
  // GIVEN
  const text = readFileSync(join(__dirname, '../dist/airflow.k8s.yaml'), 'utf8');
  const objects = new SynthObjects(parseAllDocuments(text).map((document) => document.toJS()));

  // WHEN
  const sum = (name: 'cpu' | 'memory') =>
    objects.workloads.map(({ spec }) => (spec.replicas ?? 1) * podRequest(spec.template.spec, name)).reduce((a, b) => a + b);

  // THEN
  expect(objects.workload('worker').spec.replicas).toBe(2);
  expect(sum('cpu')).toBeGreaterThan(0.5);
  expect(sum('cpu')).toBeLessThan(2);
  expect(sum('memory')).toBeGreaterThan(2 ** 30);
  expect(sum('memory')).toBeLessThan(6 * 2 ** 30);
});

/** What the scheduler reserves: init containers run before the others, one by one. */
function podRequest({ containers, initContainers = [] }: Manifest, name: 'cpu' | 'memory'): number {
  const request = ({ resources }: Manifest) => quantityValue(resources.requests[name]) as number;
  const together = containers.map(request).reduce((a: number, b: number) => a + b, 0);
  return Math.max(together, ...initContainers.map(request));
}

function containersOf(objects: SynthObjects): Manifest[] {
  return Object.values(objects.podTemplates()).flatMap(({ spec }) => [...(spec.initContainers ?? []), ...spec.containers]);
}
