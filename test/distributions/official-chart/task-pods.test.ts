import { EnvFieldPaths, EnvValue } from 'cdk8s-plus-27';
import { parse } from 'yaml';
import { type AirflowChartProps, Executor, GitCredentials, Requirements } from '../../../lib';
import { OLDEST, officialErrors, officialRelease, officialValues } from './release';

const PROPS: AirflowChartProps = {
  dags: [{ url: 'https://gitlab.example.com/team/dags.git', credentials: GitCredentials.token({ secretName: 'gitlab' }) }],
  requirements: Requirements.fromText('pandas\n'),
  executor: Executor.kubernetes({ tasks: { resources: { limits: { memory: '3Gi' } }, labels: { team: 'data' } } }),
};

test('the pods of tasks are made as on the built-in distribution, without a secret of Airflow', () => {
  // WHEN
  const { objects } = officialRelease(PROPS);
  const { 'pod_template.yaml': template, 'task.cfg': config } = objects.one('ConfigMap', 'airflow-task').data;
  const { metadata, spec } = parse(template);

  // THEN
  expect(metadata.labels).toMatchObject({ team: 'data', 'app.kubernetes.io/component': 'task' });
  expect(spec).toMatchObject({ restartPolicy: 'Never', automountServiceAccountToken: false, serviceAccountName: 'airflow' });
  expect(spec.containers[0]).toMatchObject({ name: 'base', resources: { limits: { memory: '3Gi' } } });
  expect(spec.initContainers.map(({ name }: { name: string }) => name)).toEqual(['install-requirements', 'git-sync-init-dags']);
  expect(template).not.toMatch(/fernet|metadata-secret|airflow-metadata|jwt/i);
  expect(config).toContain('executor = KubernetesExecutor');
  expect(config).toContain('execution_api_server_url = http://airflow-api-server:8080/execution/');
  expect(config).not.toMatch(/_cmd|sql_alchemy_conn|fernet/);
});

test.each([{}, OLDEST])('the scheduler finds the template, and talks to Kubernetes by a token of its own: %j', (options) => {
  // WHEN
  const { scheduler, apiServer, triggerer, config, rbac, workers } = officialValues(PROPS, options);
  const mounts = (values: { extraVolumeMounts?: { mountPath: string }[] }) =>
    (values.extraVolumeMounts ?? []).map(({ mountPath }) => mountPath);

  // THEN
  expect(config.kubernetes_executor).toMatchObject({
    pod_template_file: '/etc/airflow-task/pod_template.yaml',
    worker_container_repository: '',
    worker_container_tag: '',
  });
  const token = '/var/run/secrets/kubernetes.io/serviceaccount';
  expect(mounts(scheduler)).toEqual(expect.arrayContaining(['/etc/airflow-task', token]));
  expect(mounts(apiServer)).toContain(token);
  expect(mounts(triggerer)).not.toContain(token);
  expect(scheduler.serviceAccount).toEqual({ create: false, name: 'airflow-scheduler' });
  expect(workers.serviceAccount).toEqual({ create: false, name: 'airflow' });
  expect(rbac).toEqual({ create: false });
  expect(officialErrors(PROPS, options)).toEqual([]);
});

test('the rights are those of the built-in distribution, and a NetworkPolicy selects the pods', () => {
  // WHEN
  const { objects } = officialRelease(PROPS);

  // THEN
  expect(objects.names('Role')).toEqual(expect.arrayContaining(['airflow-scheduler-task-pods', 'airflow-api-server-task-pods']));
  const { podSelector, egress } = objects.one('NetworkPolicy', 'airflow-task').spec;
  expect(podSelector.matchLabels['app.kubernetes.io/component']).toBe('task');
  expect(egress).toContainEqual({
    to: [{ podSelector: { matchLabels: { tier: 'airflow', component: 'api-server', release: 'airflow' } } }],
    ports: [{ port: 8080, protocol: 'TCP' }],
  });
});

test('beside Celery there are both', () => {
  // WHEN
  const { values, objects } = officialRelease({ ...PROPS, executor: Executor.several(Executor.celery(), Executor.kubernetes()) });

  // THEN
  expect(values.executor).toBe('CeleryExecutor,KubernetesExecutor');
  expect(objects.one('ConfigMap', 'airflow-task').data['task.cfg']).toContain('executor = CeleryExecutor,KubernetesExecutor');
  expect(values.workers.replicas).toBe(1);
});

test('tasks of Airflow 2 would need the database', () => {
  expect(officialErrors({ airflowVersion: '2.11.0', executor: Executor.kubernetes() })).toEqual([
    expect.stringContaining(
      'executor: pods of tasks have no password of the database, which tasks of Airflow 2 need; use Executor.celery(…)',
    ),
  ]);
});

test.each<[object, string, string]>([
  [{ podTemplate: 'kind: Pod' }, 'podTemplate', 'the prop executor, with tasks'],
  [{ config: { smtp: { smtp_host: 'mail' } } }, 'config', 'the prop config'],
  [{ config: { logging: { remote_logging: 'True' } } }, 'config', 'the prop config'],
  [{ env: [{ name: 'A', value: 'b' }] }, 'env', 'the prop allComponents.env'],
  [{ secret: [{ envName: 'A', secretName: 'a', secretKey: 'b' }] }, 'secret', 'the prop allComponents.env'],
  [{ extraEnvFrom: '- secretRef: { name: a }' }, 'extraEnvFrom', 'envFrom in the prop allComponents.podParts'],
  [{ airflowLocalSettings: 'x = 1' }, 'airflowLocalSettings', 'the prop localSettings'],
  [{ dags: { persistence: { enabled: true } } }, 'dags.persistence.enabled', 'the prop dagBundles, with DagBundle.volume(…)'],
  [{ logs: { persistence: { enabled: true } } }, 'logs.persistence.enabled', 'the prop logs, with Logs.volume(…)'],
  [{ tolerations: [{ operator: 'Exists' }] }, 'tolerations', 'the prop allComponents.placement'],
  [{ labels: { team: 'data' } }, 'labels', 'the prop allComponents.labels'],
  [{ airflowPodAnnotations: { a: 'b' } }, 'airflowPodAnnotations', 'the prop allComponents.annotations'],
  [{ uid: 1000 }, 'uid', 'the prop allComponents.securityContext'],
  [{ imagePullSecrets: [{ name: 'login' }] }, 'imagePullSecrets', 'the prop images, with pullSecrets'],
  [{ multiNamespaceMode: true }, 'multiNamespaceMode', 'the prop taskPermissions, with namespaces'],
])('values that would not reach the pods of tasks are an error: %j', (values, path, instead) => {
  expect(officialErrors(PROPS, { values: values as { [key: string]: unknown } })).toEqual([
    expect.stringContaining(`distribution.values.${path}: the pods of tasks, which are the library's, would not have it; use ${instead}`),
  ]);
  expect(officialErrors({}, { values: values as { [key: string]: unknown } }).join()).not.toContain('pods of tasks');
});

test('beside Celery values of workers are for those, but not what is for Kubernetes alone', () => {
  const values = { workers: { extraVolumes: [{ name: 'a', emptyDir: {} }], kubernetes: { command: ['true'] } } };

  expect(officialErrors({ ...PROPS, executor: Executor.several(Executor.celery(), Executor.kubernetes()) }, { values })).toEqual([
    expect.stringContaining('distribution.values.workers.kubernetes: the pods of tasks'),
  ]);
});

test('without Celery values of workers are for nothing, unless they are off', () => {
  const values = { workers: { extraVolumes: [{ name: 'a', emptyDir: {} }], kubernetes: { command: ['true'] } } };

  expect(officialErrors(PROPS, { values })).toEqual([
    expect.stringContaining(
      "distribution.values.workers: the pods of tasks, which are the library's, would not have it; use the prop executor",
    ),
  ]);
  expect(officialErrors(PROPS, { values: { workers: { persistence: { enabled: false }, extraVolumes: [] } } })).toEqual([]);
});

test('they follow what the chart has no value for', () => {
  // GIVEN
  const tasks = {
    image: { repository: 'registry.example.com/tasks', tag: '1' },
    runtimeClassName: 'nvidia',
    labels: { tier: 'tasks' },
    podParts: [{ envFrom: [{ configMapRef: { name: 'settings' } }] }],
    placement: { topologySpreadConstraints: [{ maxSkew: 1, topologyKey: 'zone', whenUnsatisfiable: 'ScheduleAnyway' }] },
    env: { NODE: EnvValue.fromFieldRef(EnvFieldPaths.NODE_NAME) },
  };

  // WHEN
  const { objects } = officialRelease({ executor: Executor.kubernetes({ tasks }) });
  const { metadata, spec } = parse(objects.one('ConfigMap', 'airflow-task').data['pod_template.yaml']);

  // THEN
  expect(metadata.labels.tier).toBe('tasks');
  expect(spec).toMatchObject({ runtimeClassName: 'nvidia', topologySpreadConstraints: [{ topologyKey: 'zone', labelSelector: {} }] });
  expect(spec.containers[0]).toMatchObject({ image: 'registry.example.com/tasks:1', envFrom: [{ configMapRef: { name: 'settings' } }] });
  expect(spec.containers[0].env).toContainEqual(expect.objectContaining({ name: 'NODE', valueFrom: { fieldRef: expect.anything() } }));
  const errors = officialErrors({ executor: Executor.kubernetes({ tasks }) });
  expect(errors.filter((error) => !error.includes('names ConfigMap "settings"'))).toEqual([]);
});
