import { EnvFieldPaths, EnvValue } from 'cdk8s-plus-27';
import { type AirflowChartProps, CaCertificates, Delivery, Distribution, Executor, GitCredentials, Requirements } from '../../../lib';
import { airflowErrors } from '../../support/synth-objects';
import { AIRFLOW_2, bitnamiErrors, bitnamiRelease, bitnamiValues, type Options, variables } from './release';

const PROPS: AirflowChartProps = {
  dags: [{ url: 'https://gitlab.example.com/team/dags.git', credentials: GitCredentials.token({ secretName: 'gitlab' }) }],
  requirements: Requirements.fromText('pandas\n'),
  executor: Executor.kubernetes({ tasks: { resources: { limits: { memory: '3Gi' } }, labels: { team: 'data' } } }),
};
const BOTH = Executor.several(Executor.celery(), Executor.kubernetes());
const IMAGE = '{{ include "airflow.image" . }}';

/** Errors about props; the ConfigMap with the template is the chart's, which is not rendered. */
function errors(props: AirflowChartProps = {}, options: Options = {}): string[] {
  return bitnamiErrors(props, options).filter((error) => !error.includes('names ConfigMap "airflow-pod-template"'));
}

test('the chart makes the template from the library’s pod, which has the chart’s image, and holds no secret of Airflow', () => {
  // WHEN
  const { metadata, spec } = bitnamiValues(PROPS).worker.podTemplate;

  // THEN
  expect(metadata).toMatchObject({ name: 'airflow-task', labels: { team: 'data', 'app.kubernetes.io/component': 'task' } });
  expect(spec).toMatchObject({
    restartPolicy: 'Never',
    automountServiceAccountToken: false,
    serviceAccountName: 'airflow',
    securityContext: { fsGroup: 1001 },
  });
  expect(spec.containers).toEqual([
    expect.objectContaining({
      name: 'base',
      image: IMAGE,
      imagePullPolicy: '{{ .Values.image.pullPolicy }}',
      resources: expect.objectContaining({ limits: expect.objectContaining({ memory: '3Gi' }) }),
      securityContext: expect.objectContaining({ runAsUser: 1001, runAsGroup: 1001, readOnlyRootFilesystem: true }),
    }),
  ]);
  expect(JSON.stringify(spec)).not.toMatch(/airflow-(auth|database|fernet-key|jwt-secret|api-secret-key|admin)|password_file/i);
});

test('its airflow.cfg is the library’s, where the options have no secrets', () => {
  // WHEN
  const { chart, values } = bitnamiRelease({ ...PROPS, config: { core: { parallelism: '8' } } });
  const { spec } = values.worker.podTemplate;

  // THEN
  const { 'task.cfg': config, ...others } = chart.airflow.find('ConfigMap', 'airflow-task').toJson().data;
  expect(others).toEqual({});
  expect(config).toContain('executor = KubernetesExecutor');
  expect(config).toContain('execution_api_server_url = http://airflow-web:8080/execution/');
  expect(config).toContain('parallelism = 8');
  expect(config).not.toMatch(/_cmd|sql_alchemy_conn|fernet/);
  expect(variables(spec.containers[0].env).AIRFLOW_CONFIG).toBe('/etc/airflow/task.cfg');
  expect(spec.volumes).toContainEqual({ name: 'config', configMap: { name: 'airflow-task' } });
});

test('the image’s entrypoint, which writes the name of the user, comes before what installs packages', () => {
  // WHEN
  const { initContainers, containers, volumes } = bitnamiValues(PROPS).worker.podTemplate.spec;
  const [install, gitSync] = initContainers;

  // THEN
  expect([install.name, gitSync.name]).toEqual(['install-requirements', 'git-sync-init-dags']);
  expect(install).toMatchObject({ image: IMAGE, securityContext: { runAsUser: 1001, runAsGroup: 1001 } });
  expect(install.command.slice(0, 2)).toEqual(['/opt/bitnami/scripts/airflow/entrypoint.sh', 'python']);
  for (const { volumeMounts } of [install, containers[0]]) {
    expect(volumeMounts).toContainEqual({ name: 'nss-wrapper', mountPath: '/opt/bitnami/airflow/nss-wrapper' });
  }
  expect(volumes.map(({ name }: { name: string }) => name)).toContain('nss-wrapper');
  expect(containers[0].volumeMounts).toContainEqual({ name: 'logs', mountPath: '/opt/bitnami/airflow/logs' });
});

test('the scheduler finds the template where a change of it comes in, and talks to Kubernetes by a token', () => {
  // WHEN
  const { scheduler, web, dagProcessor, triggerer, worker } = bitnamiValues(PROPS);

  // THEN
  expect(variables(scheduler.extraEnvVars)).toMatchObject({
    AIRFLOW__KUBERNETES_EXECUTOR__POD_TEMPLATE_FILE: '/etc/airflow-task/pod_template.yaml',
    AIRFLOW__KUBERNETES_EXECUTOR__WORKER_CONTAINER_REPOSITORY: '',
    AIRFLOW__KUBERNETES_EXECUTOR__WORKER_CONTAINER_TAG: '',
    AIRFLOW__KUBERNETES_EXECUTOR__NAMESPACE: 'airflow',
  });
  expect(scheduler.extraVolumes).toContainEqual({ name: 'task-pod', configMap: { name: 'airflow-pod-template' } });
  expect(scheduler.extraVolumeMounts).toContainEqual({ name: 'task-pod', mountPath: '/etc/airflow-task', readOnly: true });
  const hasToken = (values: object) => JSON.stringify(values).includes('serviceAccountToken');
  expect([scheduler, web, dagProcessor, triggerer, worker].map(hasToken)).toEqual([true, true, false, false, false]);
});

test('the rights are those of the built-in distribution, and a NetworkPolicy selects the pods', () => {
  // WHEN
  const { airflow } = bitnamiRelease(PROPS).chart;

  // THEN
  for (const component of ['scheduler', 'api-server']) {
    expect(airflow.find('RoleBinding', `airflow-${component}-task-pods`).toJson().subjects).toEqual([
      { kind: 'ServiceAccount', name: `airflow-${component}`, namespace: 'airflow' },
    ]);
    expect(airflow.find('ServiceAccount', `airflow-${component}`)).toBeDefined();
  }
  const { podSelector, egress } = airflow.find('NetworkPolicy', 'airflow-task').toJson().spec;
  expect(podSelector.matchLabels['app.kubernetes.io/component']).toBe('task');
  const web = { 'app.kubernetes.io/name': 'airflow', 'app.kubernetes.io/instance': 'airflow', 'app.kubernetes.io/component': 'web' };
  expect(egress).toContainEqual({ to: [{ podSelector: { matchLabels: web } }], ports: [{ port: 8080, protocol: 'TCP' }] });
});

test('texts of the user’s that look like templates stay as they are', () => {
  // WHEN
  const tasks = { env: { NOTE: EnvValue.fromValue(`a {{ b }}`) } };
  const { env } = bitnamiValues({ executor: Executor.kubernetes({ tasks }) }).worker.podTemplate.spec.containers[0];

  // THEN
  expect(variables(env).NOTE).toBe('a {{`{{`}} b }}');
});

test('beside Celery there are both', () => {
  // WHEN
  const { executor, worker, redis } = bitnamiValues({ ...PROPS, executor: BOTH });

  // THEN
  expect(executor).toBe('CeleryExecutor,KubernetesExecutor');
  expect(worker).toMatchObject({ replicaCount: 1, podTemplate: { kind: 'Pod' } });
  expect(redis.enabled).toBeUndefined();
  expect(errors({ ...PROPS, executor: BOTH })).toEqual([]);
});

test('they follow what the chart has no value for, but an image of their own', () => {
  // GIVEN
  const tasks = {
    runtimeClassName: 'nvidia',
    podParts: [{ env: [{ name: 'A', value: 'b' }] }],
    placement: { nodeSelector: { disk: 'ssd' } },
    env: { NODE: EnvValue.fromFieldRef(EnvFieldPaths.NODE_NAME) },
  };

  // WHEN
  const caCertificates = CaCertificates.fromConfigMap('company-ca');
  const { spec } = bitnamiValues({ caCertificates, executor: Executor.kubernetes({ tasks }) }).worker.podTemplate;

  // THEN
  expect(spec).toMatchObject({ runtimeClassName: 'nvidia', nodeSelector: { disk: 'ssd' } });
  expect(variables(spec.containers[0].env)).toMatchObject({ A: 'b', NODE: { fieldRef: { fieldPath: 'spec.nodeName' } } });
  expect(spec.initContainers).toContainEqual(expect.objectContaining({ name: 'ca-certificates', image: IMAGE }));
  expect(errors({ executor: Executor.kubernetes({ tasks }) })).toEqual([]);
  expect(errors({ executor: Executor.kubernetes({ tasks: { image: { tag: '3.0.5' } } }) })).toEqual([
    '[airflow/airflow] executor.tasks.image: the Bitnami chart has one image for all components; use allComponents.image',
  ]);
});

test.each<[string, AirflowChartProps, Options, string]>([
  ['tasks of Airflow 2', {}, AIRFLOW_2, 'pods of tasks have no password of the database, which tasks of Airflow 2 need'],
  ['an image with Airflow 2', { allComponents: { image: { tag: '2.10.5' } } }, {}, 'pods of tasks have no password of the database'],
  ['workers beside them before 25.0.4', { executor: BOTH }, { version: '24.3.1' }, 'from 25.0.4 on; use that, or one executor'],
])('%s are an error', (_what, props, options, expected) => {
  expect(errors({ executor: Executor.kubernetes(), ...props }, options)).toEqual([expect.stringContaining(expected)]);
});

test('without objects of the chart at synth, its one ServiceAccount would have all rights', () => {
  // WHEN
  const distribution = Distribution.bitnamiChart({ version: '25.1.0', delivery: Delivery.fluxHelmRelease() });

  // THEN
  expect(airflowErrors({ distribution, executor: Executor.kubernetes() })).toEqual([
    '[airflow/airflow] executor: the Bitnami chart is rendered at synth for pods of tasks, as it has one ServiceAccount for all its pods, which all could then make pods; use Delivery.rendered(), or Executor.celery(…)',
  ]);
});

test.each<[object, string, string]>([
  [{ worker: { extraVolumes: [{ name: 'a', emptyDir: {} }] } }, 'worker', 'the prop executor, with tasks'],
  [{ configuration: { smtp: { smtp_host: 'mail' } } }, 'configuration', 'the prop config'],
  [{ overrideConfiguration: { logging: { remote_logging: 'True' } } }, 'overrideConfiguration', 'the prop config'],
  [{ existingConfigmap: 'mine' }, 'existingConfigmap', 'the prop config'],
  [{ localSettings: 'x = 1' }, 'localSettings', 'the prop localSettings'],
  [{ extraEnvVars: [{ name: 'AIRFLOW__LOGGING__REMOTE_LOGGING', value: 'True' }] }, 'extraEnvVars', 'the prop allComponents.env'],
  [{ extraEnvVarsSecret: 'login' }, 'extraEnvVarsSecret', 'that of each component, and envFrom in podParts'],
  [{ extraVolumes: [{ name: 'a', emptyDir: {} }] }, 'extraVolumes', 'the prop allComponents.podParts'],
  [{ dags: { repositories: [{ name: 'a' }] } }, 'dags.repositories', 'the prop dags'],
  [{ plugins: { repositories: [{ name: 'a' }] } }, 'plugins.repositories', 'the prop plugins'],
  [{ commonLabels: { team: 'data' } }, 'commonLabels', 'the prop allComponents.labels'],
  [{ global: { imagePullSecrets: ['login'] } }, 'global.imagePullSecrets', 'the prop images, with pullSecrets'],
])('values that would not reach the pods of tasks are an error: %j', (values, path, instead) => {
  expect(errors(PROPS, { values: values as { [key: string]: unknown } })).toEqual([
    expect.stringContaining(`distribution.values.${path}: the pods of tasks, which are the library's, would not have it; use ${instead}`),
  ]);
  expect(errors({}, { values: values as { [key: string]: unknown } }).join()).not.toContain('pods of tasks');
});

test('beside Celery values of workers are for those, but the template is the library’s', () => {
  const values = { worker: { lifecycleHooks: { preStop: {} }, podTemplate: { kind: 'Pod' } } };

  expect(errors({ ...PROPS, executor: BOTH }, { values })).toEqual([
    '[airflow/airflow] distribution.values.worker.podTemplate: the library sets this value; use the prop executor, with tasks',
  ]);
});

test('rights by the chart would be those of all its pods', () => {
  const values = { rbac: { create: true } };

  expect(errors(PROPS, { values })).toEqual([
    expect.stringContaining('distribution.values.rbac.create: the rights would be those of all pods; the executor has its own'),
  ]);
  expect(errors({}, { values })).toEqual([]);
});
