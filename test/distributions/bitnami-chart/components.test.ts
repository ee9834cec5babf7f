import { Duration } from 'cdk8s';
import { EnvValue } from 'cdk8s-plus-27';
import { Autoscaling, Connection, DeploymentStrategy, Executor, GitCredentials, type PodPart, ServiceAccount } from '../../../lib';
import { propsAt } from '../../support/props-at';
import { AIRFLOW_2, bitnamiErrors, bitnamiRelease, bitnamiValues, variables } from './release';

const PARTS: readonly [string, string][] = [
  ['apiServer', 'web'],
  ['scheduler', 'scheduler'],
  ['dagProcessor', 'dagProcessor'],
  ['triggerer', 'triggerer'],
  ['executor.workers', 'worker'],
];
const DAGS = [
  {
    name: 'etl',
    url: 'https://gitlab.example.com/team/etl.git',
    credentials: GitCredentials.token({ secretName: 'gitlab-dags' }),
  },
];
const names = (items: readonly { name: string }[]) => items.map(({ name }) => name);

test.each(PARTS)('all that can be set for %s goes to %s', (prop, part) => {
  // GIVEN
  const affinity = { nodeAffinity: { requiredDuringSchedulingIgnoredDuringExecution: { nodeSelectorTerms: [] } } };
  const topologySpreadConstraints = [{ maxSkew: 1, topologyKey: 'zone', whenUnsatisfiable: 'DoNotSchedule', labelSelector: {} }];
  const own = {
    replicas: 3,
    resources: { requests: { cpu: '0.5' }, limits: { memory: '3Gi' } },
    labels: { 'example.com/team': 'data' },
    annotations: { 'example.com/note': 'a {{ b }}' },
    env: { TZ: EnvValue.fromValue('UTC') },
    placement: {
      nodeSelector: { disk: 'ssd' },
      tolerations: [{ key: 'batch', operator: 'Exists' }],
      affinity,
      topologySpreadConstraints,
      priorityClassName: 'high',
    },
  };

  // WHEN
  const values = bitnamiValues(propsAt(prop, own))[part];

  // THEN
  expect(values).toMatchObject({
    replicaCount: 3,
    pdb: { create: true },
    resources: { requests: { cpu: '500m' }, limits: { memory: '3Gi' } },
    podLabels: { 'example.com/team': 'data' },
    podAnnotations: { 'example.com/note': 'a {{`{{`}} b }}' },
    nodeSelector: { disk: 'ssd' },
    tolerations: [{ key: 'batch', operator: 'Exists' }],
    affinity,
    topologySpreadConstraints,
    priorityClassName: 'high',
  });
  expect(variables(values.extraEnvVars).TZ).toBe('UTC');
});

test.each(PARTS)('what is set for all components holds for %s, unless it says otherwise', (prop, part) => {
  // GIVEN
  const all = {
    resources: { limits: { cpu: '3', memory: '4Gi' } },
    labels: { 'example.com/team': 'data', 'example.com/cost': '1' },
    env: { TZ: EnvValue.fromValue('UTC'), LANG: EnvValue.fromValue('C') },
    placement: { nodeSelector: { disk: 'ssd' }, priorityClassName: 'high' },
  };
  const own = {
    resources: { limits: { memory: '5Gi' } },
    labels: { 'example.com/cost': '2' },
    env: { LANG: EnvValue.fromValue('de') },
    placement: { priorityClassName: 'low' },
  };

  // WHEN
  const values = bitnamiValues({ allComponents: all, ...propsAt(prop, own) })[part];

  // THEN
  expect(values).toMatchObject({
    resources: { limits: { cpu: '3', memory: '5Gi' } },
    podLabels: { 'example.com/team': 'data', 'example.com/cost': '2' },
    nodeSelector: { disk: 'ssd' },
    priorityClassName: 'low',
  });
  expect(variables(values.extraEnvVars)).toMatchObject({ TZ: 'UTC', LANG: 'de' });
});

test.each(PARTS)('%s is one pod by default, with resources and without a budget, a NetworkPolicy and a token', (_prop, part) => {
  // WHEN
  const values = bitnamiValues()[part];

  // THEN
  expect(values).toMatchObject({
    replicaCount: 1,
    pdb: { create: false },
    networkPolicy: { enabled: false },
    automountServiceAccountToken: false,
  });
  for (const amount of [values.resources.requests, values.resources.limits])
    expect(Object.keys(amount).sort()).toEqual(['cpu', 'ephemeral-storage', 'memory']);
});

test('DAG processor and triggerer are there in Airflow 2 too, and no component has a volume', () => {
  // WHEN
  const { dagProcessor, triggerer } = bitnamiValues({}, AIRFLOW_2);

  // THEN
  expect(dagProcessor.enabled).toBe(true);
  expect(triggerer).toMatchObject({ enabled: true, persistence: { enabled: false } });
});

test.each([
  ['CeleryExecutor', Executor.celery(), ['dagProcessor', 'worker']],
  ['LocalExecutor', Executor.local(), ['scheduler', 'dagProcessor']],
])('under %s git-sync is in the pods that read DAGs', (_name, executor, expected) => {
  // WHEN
  const values = bitnamiValues({ executor, dags: DAGS });

  // THEN
  const readers = PARTS.map(([, part]) => part).filter((part) => names(values[part].sidecars ?? []).includes('git-sync-etl'));
  expect(readers).toEqual(expected);
  for (const part of readers) {
    expect(names(values[part].initContainers)).toEqual(['git-sync-init-etl']);
    expect(names(values[part].extraVolumes)).toEqual(['git-etl', 'git-etl-secret', 'git-sync-tmp']);
    expect(values[part].extraVolumeMounts).toEqual([{ name: 'git-etl', mountPath: '/opt/airflow/dags/etl', readOnly: true }]);
  }
});

test('several repositories of Airflow 2 have a file above them that hides their other copies from it', () => {
  // GIVEN
  const dags = ['one', 'two'].map((name) => ({ name, url: `https://gitlab.example.com/team/${name}.git` }));

  // WHEN
  const { chart, values } = bitnamiRelease({ dags }, AIRFLOW_2);

  // THEN
  expect(chart.airflow.find('ConfigMap', 'airflow-dags-folder').toJson().data).toEqual({ '.airflowignore': '\\.worktrees\n' });
  for (const part of ['dagProcessor', 'worker']) {
    expect(values[part].extraVolumes).toContainEqual({ name: 'dags-folder', configMap: { name: 'airflow-dags-folder' } });
    expect(values[part].extraVolumeMounts).toContainEqual(expect.objectContaining({ mountPath: '/opt/airflow/dags/.airflowignore' }));
  }
  expect(values.web.extraVolumes).toEqual([]);
});

test.each([
  [{}, ['apiServer', 'dagProcessor', 'triggerer']],
  [AIRFLOW_2, ['apiServer', 'dagProcessor', 'triggerer', 'executor.workers']],
])('what asks for connections by itself has them: with %j %j', (options, having) => {
  // WHEN
  const values = bitnamiValues({ connections: { shop: Connection.fromSecret({ secretName: 'shop', key: 'uri' }) } }, options);

  // THEN
  const mounting = PARTS.filter(([, part]) => names(values[part].extraVolumeMounts).includes('connections'));
  expect(mounting.map(([prop]) => prop)).toEqual(having);
  for (const [, part] of mounting) {
    expect(variables(values[part].extraEnvVars)).toMatchObject({ AIRFLOW__SECRETS__BACKEND: 'cdk8s_airflow_connections.FilesBackend' });
  }
});

test('behind an Ingress the web interface believes its proxy', () => {
  // GIVEN
  const ingress = { host: 'airflow.example.com' };

  // WHEN
  const [none, three, two] = [bitnamiValues(), bitnamiValues({ ingress }), bitnamiValues({ ingress }, AIRFLOW_2)];

  // THEN
  expect(none.web.args).toBeUndefined();
  expect(three.web.args).toEqual(['/opt/bitnami/scripts/airflow/run.sh', '--proxy-headers']);
  expect(two.web.args).toBeUndefined();
  for (const values of [three, two]) expect(variables(values.web.extraEnvVars).FORWARDED_ALLOW_IPS).toBe('*');
  for (const env of [none.web.extraEnvVars, three.worker.extraEnvVars]) expect(variables(env).FORWARDED_ALLOW_IPS).toBeUndefined();
});

test('workers may take ten minutes to end, or as long as is said', () => {
  // WHEN
  const [byDefault, given] = [{}, { gracePeriod: Duration.hours(2) }].map((workers) =>
    bitnamiValues({ executor: Executor.celery({ workers }) }),
  );

  // THEN
  expect(byDefault.worker.terminationGracePeriodSeconds).toBe(600);
  expect(given.worker.terminationGracePeriodSeconds).toBe(7200);
});

test('the number of workers follows their CPU use alone', () => {
  // WHEN
  const [all, least] = [{ minReplicas: 2, maxReplicas: 5, targetUtilization: 60 }, { maxReplicas: 1 }].map(
    (props) => bitnamiValues({ executor: Executor.celery({ workers: { autoscaling: Autoscaling.cpu(props) } }) }).worker,
  );

  // THEN
  expect(all.autoscaling.hpa).toEqual({ enabled: true, minReplicas: 2, maxReplicas: 5, targetCPU: 60, targetMemory: '' });
  expect(all.pdb).toEqual({ create: true });
  expect(least.autoscaling.hpa).toMatchObject({ minReplicas: 1, maxReplicas: 1, targetCPU: 80 });
  expect(least.pdb).toEqual({ create: false });
});

const PART: PodPart = {
  initContainers: [{ name: 'prepare', image: 'helper:1' }],
  containers: [{ name: 'follow', image: 'helper:1', args: ['{{ x }}'] }],
  volumes: [{ name: 'scratch', emptyDir: {} }],
  imagePullSecrets: [{ name: 'registry' }],
  volumeMounts: [{ name: 'scratch', mountPath: '/scratch' }],
  env: [{ name: 'SCRATCH', value: '/scratch' }],
  annotations: { 'example.com/note': 'x' },
};

test.each(PARTS)('parts of pods for all, and for %s, are in the pods of %s', (prop, part) => {
  for (const place of ['allComponents', prop]) {
    // WHEN
    const values = bitnamiValues(propsAt(place, { podParts: [PART] }));

    // THEN
    expect(values[part]).toMatchObject({
      initContainers: [{ name: 'prepare' }],
      sidecars: [{ name: 'follow', args: ['{{`{{`}} x }}'] }],
      extraVolumes: PART.volumes,
      extraVolumeMounts: PART.volumeMounts,
      podAnnotations: PART.annotations,
    });
    expect(variables(values[part].extraEnvVars).SCRATCH).toBe('/scratch');
    expect(values.image.pullSecrets).toEqual(['registry']);
    const withPart = PARTS.filter(([, other]) => names(values[other].sidecars).includes('follow'));
    expect(withPart).toEqual(place === 'allComponents' ? PARTS : [[prop, part]]);
  }
});

test('variables from whole Secrets are errors', () => {
  // GIVEN
  const podParts = [{ envFrom: [{ secretRef: { name: 'login' } }] }];

  // THEN
  for (const place of ['allComponents', 'executor.workers']) {
    expect(bitnamiErrors(propsAt(place, { podParts }))).toEqual([
      `[airflow/airflow] ${place}.podParts[0].envFrom: the Bitnami chart has no envFrom; use values: { extraEnvVarsSecret: … } or { extraEnvVarsCM: … }`,
    ]);
  }
});

test('a ServiceAccount of the user’s is that of all', () => {
  // GIVEN
  const serviceAccount = ServiceAccount.create({ annotations: { 'example.com/role': 'airflow' } });

  // WHEN
  const { chart, values } = bitnamiRelease({ allComponents: { serviceAccount } });

  // THEN
  expect(values.serviceAccount).toEqual({ create: false, name: 'airflow-components' });
  expect(chart.airflow.find('ServiceAccount', 'airflow-components').toJson().metadata.annotations).toEqual({
    'example.com/role': 'airflow',
  });
  expect(bitnamiValues()).not.toHaveProperty('serviceAccount');
});

test('how pods are replaced, and when probes ask, has values', () => {
  // GIVEN
  const props = {
    hostAliases: [{ ip: '10.0.0.7', hostnames: ['git.example.com'] }],
    terminationGracePeriod: Duration.minutes(2),
    probes: { startup: { failureThreshold: 999 }, readiness: { timeout: Duration.seconds(9) }, liveness: { period: Duration.minutes(1) } },
  };

  // WHEN
  const values = bitnamiValues({ allComponents: props, apiServer: { strategy: DeploymentStrategy.recreate() } });

  // THEN
  for (const part of ['web', 'scheduler', 'dagProcessor', 'triggerer', 'worker']) {
    expect(values[part]).toMatchObject({
      hostAliases: props.hostAliases,
      terminationGracePeriodSeconds: part === 'worker' ? 600 : 120,
      customStartupProbe: { failureThreshold: 999 },
      customReadinessProbe: { timeoutSeconds: 9 },
      livenessProbe: { periodSeconds: 60 },
    });
  }
  expect(values.web.updateStrategy).toEqual({ type: 'Recreate' });
  expect(values.setupDBJob.hostAliases).toEqual(props.hostAliases);
});

test('each probe can be left out', () => {
  // GIVEN
  const enabled = false;

  // WHEN
  const { scheduler } = bitnamiValues({ scheduler: { probes: { startup: { enabled }, readiness: { enabled }, liveness: { enabled } } } });

  // THEN
  expect(scheduler).toMatchObject({ readinessProbe: { enabled }, livenessProbe: { enabled } });
  expect(scheduler).not.toHaveProperty('customStartupProbe');
  expect(scheduler).not.toHaveProperty('customReadinessProbe');
});

test('what the chart has no value for is an error that says what to do', () => {
  // GIVEN
  const strategy = DeploymentStrategy.recreate();

  // THEN
  expect(
    bitnamiErrors({ allComponents: { strategy }, triggerer: { strategy }, scheduler: { revisionHistoryLimit: 1, dnsPolicy: 'Default' } }),
  ).toEqual([
    expect.stringContaining('allComponents.strategy: the Bitnami chart has StatefulSets too; use that of apiServer'),
    expect.stringContaining('scheduler.dnsPolicy: the Bitnami chart has no value for it; use a patch'),
    expect.stringContaining('scheduler.revisionHistoryLimit: the Bitnami chart has no value for it; use a patch'),
    expect.stringContaining('triggerer.strategy: to the Bitnami chart it is a StatefulSet'),
  ]);
});
