import { App, Chart, Duration } from 'cdk8s';
import * as kplus from 'cdk8s-plus-27';
import {
  type AirflowChartProps,
  Connection,
  Content,
  DeploymentStrategy,
  Executor,
  Files,
  GitCredentials,
  Logs,
  type PodPart,
  Requirements,
  ServiceAccount,
} from '../../../lib';
import type { Json } from '../../../lib/kubernetes/json';
import { propsAt } from '../../support/props-at';
import { OLDEST, officialErrors, officialRelease, officialValues, variables } from './release';

const AIRFLOW_2: AirflowChartProps = { airflowVersion: '2.11.0' };
const COMPONENTS = ['apiServer', 'scheduler', 'dagProcessor', 'triggerer', 'workers'] as const;
const placeOf = (values: string) => (values === 'workers' ? 'executor.workers' : values);
const DAGS = [{ url: 'https://gitlab.example.com/team/etl.git', credentials: GitCredentials.token({ secretName: 'gitlab' }) }];
const names = (items: readonly { name: string }[] = []) => items.map(({ name }) => name);

test.each(COMPONENTS)('all that can be set for %s is set', (prop) => {
  // GIVEN
  const placement = {
    nodeSelector: { disk: 'ssd' },
    tolerations: [{ key: 'batch', operator: 'Exists' }],
    affinity: { nodeAffinity: { requiredDuringSchedulingIgnoredDuringExecution: { nodeSelectorTerms: [] } } },
    topologySpreadConstraints: [{ maxSkew: 1, topologyKey: 'zone', whenUnsatisfiable: 'DoNotSchedule', labelSelector: {} }],
    priorityClassName: 'high',
  };
  const own = {
    replicas: 3,
    resources: { requests: { cpu: '0.5' }, limits: { memory: '3072Mi' } },
    labels: { team: 'data' },
    annotations: { 'example.com/note': 'any text' },
    env: { TZ: kplus.EnvValue.fromValue('UTC') },
    placement,
  };

  // WHEN
  const values = officialValues(propsAt(placeOf(prop), own))[prop];

  // THEN
  expect(values).toMatchObject({
    replicas: 3,
    resources: { requests: { cpu: '500m' }, limits: { memory: '3Gi' } },
    labels: { team: 'data' },
    podAnnotations: { 'example.com/note': 'any text' },
    ...placement,
  });
  expect(variables(values.env).TZ).toBe('UTC');
});

test.each(COMPONENTS)('what is set for all components holds for %s, unless it says otherwise', (prop) => {
  // GIVEN
  const allComponents = {
    resources: { limits: { cpu: '3', memory: '4Gi' } },
    labels: { team: 'data', cost: '1' },
    annotations: { 'example.com/a': '1', 'example.com/b': '1' },
    env: { TZ: kplus.EnvValue.fromValue('UTC'), LANG: kplus.EnvValue.fromValue('C') },
    placement: { nodeSelector: { disk: 'ssd' }, priorityClassName: 'high' },
  };
  const own = {
    resources: { limits: { memory: '5Gi' } },
    labels: { cost: '2' },
    annotations: { 'example.com/b': '2' },
    env: { LANG: kplus.EnvValue.fromValue('de') },
    placement: { priorityClassName: 'low' },
  };

  // WHEN
  const values = officialValues({ allComponents, ...propsAt(placeOf(prop), own) });

  // THEN
  expect(values[prop]).toMatchObject({
    resources: { limits: { cpu: '3', memory: '5Gi' } },
    labels: { team: 'data', cost: '2' },
    podAnnotations: { 'example.com/a': '1', 'example.com/b': '2' },
    nodeSelector: { disk: 'ssd' },
    priorityClassName: 'low',
  });
  expect(variables(values[prop].env)).toMatchObject({ TZ: 'UTC', LANG: 'de' });
  for (const other of COMPONENTS.filter((component) => component !== prop)) {
    expect(values[other]).toMatchObject({ labels: { cost: '1' }, priorityClassName: 'high', resources: { limits: { memory: '4Gi' } } });
  }
});

test('without props each component has one pod, with requests and limits', () => {
  // WHEN
  const values = officialValues();

  // THEN
  expect(values.scheduler.resources).toEqual({
    requests: { cpu: '150m', memory: '512Mi', 'ephemeral-storage': '64Mi' },
    limits: { cpu: '2', memory: '1Gi', 'ephemeral-storage': '10Gi' },
  });
  for (const prop of COMPONENTS) {
    expect(values[prop].replicas).toBe(1);
    expect(Object.keys(values[prop].resources)).toEqual(['requests', 'limits']);
  }
});

test('variables come from a Secret or a ConfigMap too', () => {
  // GIVEN
  const scope = new Chart(new App(), 'elsewhere');
  const env = {
    WAREHOUSE: kplus.EnvValue.fromSecretValue({ secret: kplus.Secret.fromSecretName(scope, 'secret', 'warehouse'), key: 'password' }),
    MODE: kplus.EnvValue.fromConfigMap(kplus.ConfigMap.fromConfigMapName(scope, 'map', 'settings'), 'mode'),
  };

  // WHEN
  const values = officialValues({ allComponents: { env } });

  // THEN
  for (const prop of [...COMPONENTS, 'migrateDatabaseJob', 'createUserJob']) {
    expect(variables(values[prop].env)).toMatchObject({
      WAREHOUSE: { secretKeyRef: { name: 'warehouse', key: 'password' } },
      MODE: { configMapKeyRef: { name: 'settings', key: 'mode' } },
    });
  }
});

test('variables that the chart does not know are errors', () => {
  // GIVEN
  const scope = new Chart(new App(), 'elsewhere');
  const map = kplus.ConfigMap.fromConfigMapName(scope, 'map', 'settings');
  const env = {
    POD_IP: kplus.EnvValue.fromFieldRef(kplus.EnvFieldPaths.POD_IP),
    MODE: kplus.EnvValue.fromConfigMap(map, 'mode', { optional: true }),
  };

  // THEN
  expect(officialErrors({ scheduler: { env } })).toEqual([
    expect.stringContaining(
      'scheduler.env["POD_IP"]: the official chart knows only plain variables, and those from a Secret or a ConfigMap',
    ),
    expect.stringContaining('scheduler.env["MODE"]: the official chart knows no optional variables'),
  ]);
});

test.each(COMPONENTS)('an image for %s alone is an error', (prop) => {
  expect(officialErrors(propsAt(placeOf(prop), { image: { tag: '3.3.2' } }))).toEqual([
    expect.stringContaining(`${placeOf(prop)}.image: the official chart has one image for all components; use allComponents.image`),
  ]);
});

test('DAGs are where they are read and where tasks run', () => {
  // WHEN
  const celery = officialValues({ dags: DAGS });
  const local = officialValues({ dags: DAGS, executor: Executor.local() });

  // THEN
  const withDags = (values: typeof celery) => COMPONENTS.filter((prop) => names(values[prop].extraContainers).includes('git-sync-etl'));
  expect(withDags(celery)).toEqual(['dagProcessor', 'workers']);
  expect(withDags(local)).toEqual(['scheduler', 'dagProcessor']);
  for (const values of [celery.workers, local.scheduler, celery.dagProcessor]) {
    expect(names(values.extraInitContainers)).toEqual(['git-sync-init-etl']);
    expect(names(values.extraVolumes)).toEqual(['git-etl', 'git-etl-secret', 'git-sync-tmp']);
    expect(values.extraVolumeMounts).toEqual([{ name: 'git-etl', mountPath: '/opt/airflow/dags/etl', readOnly: true }]);
  }
});

test('several repositories in Airflow 2 have a file that keeps Airflow from reading each twice', () => {
  // WHEN
  const { workers } = officialValues({ ...AIRFLOW_2, dags: [...DAGS, { url: 'https://gitlab.example.com/team/ml.git' }] });

  // THEN
  expect(workers.extraVolumes).toContainEqual({ name: 'dags-folder', configMap: { name: 'airflow-dags-folder' } });
  expect(workers.extraVolumeMounts).toContainEqual(expect.objectContaining({ mountPath: '/opt/airflow/dags/.airflowignore' }));
});

test('packages are installed in all components, and a change of them rolls the pods', () => {
  // GIVEN
  const allComponents = { env: { HTTPS_PROXY: kplus.EnvValue.fromValue('http://proxy') }, image: { tag: '3.3.2-python3.12' } };

  // WHEN
  const [values, changed] = [['pandas'], ['polars']].map((lines) => {
    return officialValues({ allComponents, requirements: Requirements.fromList(lines) });
  });

  // THEN
  for (const prop of COMPONENTS) {
    const [install] = values[prop].extraInitContainers;
    expect(install).toMatchObject({ name: 'install-requirements', image: 'docker.io/apache/airflow:3.3.2-python3.12' });
    expect(install.env).toContainEqual({ name: 'HTTPS_PROXY', value: 'http://proxy' });
    expect(variables(values[prop].env).PYTHONPATH).toBe('/opt/airflow/python-packages');
    expect(names(values[prop].extraVolumeMounts)).toEqual(['python-packages']);
    const checksum = 'cdk8s-airflow/requirements-checksum';
    expect(values[prop].podAnnotations[checksum]).not.toBe(changed[prop].podAnnotations[checksum]);
  }
});

test.each([
  [{}, ['apiServer', 'dagProcessor', 'triggerer']],
  [AIRFLOW_2, ['webserver', 'dagProcessor', 'triggerer', 'workers']],
  [{ ...AIRFLOW_2, executor: Executor.local() }, ['webserver', 'scheduler', 'dagProcessor', 'triggerer']],
])('what asks for connections by itself has them: with %j %j', (props, having) => {
  // WHEN
  const values = officialValues({ ...props, connections: { shop: Connection.fromSecret({ secretName: 'shop', key: 'uri' }) } });

  // THEN
  const mounting = ['apiServer', 'webserver', ...COMPONENTS.slice(1)].filter((prop) => {
    return names(values[prop]?.extraVolumeMounts).includes('connections');
  });
  expect(mounting).toEqual(['apiServer', 'webserver', ...COMPONENTS.slice(1)].filter((prop) => having.includes(prop)));
  for (const prop of having) {
    expect(variables(values[prop].env)).toMatchObject({ AIRFLOW__SECRETS__BACKEND: 'cdk8s_airflow_connections.FilesBackend' });
    expect(names(values[prop].extraVolumes)).toContain('connections');
  }
});

test('the wait for the tables, which is before the packages, looks for no class that is in them', () => {
  // GIVEN
  const props = { requirements: Requirements.fromList(['our-settings']), config: { core: { xcom_backend: 'our.XCom', parallelism: '4' } } };

  // WHEN
  const values = officialValues(props);

  // THEN
  for (const prop of COMPONENTS) {
    expect(values[prop].waitForMigrations).toEqual({ env: [{ name: 'AIRFLOW__CORE__XCOM_BACKEND', value: '' }] });
  }
  expect(officialValues({ ...props, requirements: undefined }).scheduler).not.toHaveProperty('waitForMigrations');
  for (const job of ['migrateDatabaseJob', 'createUserJob']) {
    expect(values[job].extraInitContainers[0]).toMatchObject({ name: 'install-requirements' });
    expect(variables(values[job].env).PYTHONPATH).toBe('/opt/airflow/python-packages');
  }
});

test('nor may it need one in order to connect', () => {
  // GIVEN
  const requirements = Requirements.fromList(['our-settings']);
  const config = (args: string) => ({ database: { sql_alchemy_connect_args: args } });

  // THEN
  expect(officialErrors({ requirements, config: config('our.ARGS') })).toEqual([
    expect.stringContaining(
      "config.database.sql_alchemy_connect_args: the chart's wait for the tables has no packages of the requirements",
    ),
  ]);
  expect(officialErrors({ requirements, config: config('airflow_local_settings.ARGS') })).toEqual([]);
});

test('plugins, settings and files are mounted in all components and in the Jobs, and the settings of the chart are not', () => {
  // GIVEN
  const text = Content.fromText('a = 1');

  // WHEN
  const values = officialValues({
    plugins: Files.fromMap({ 'a.py': text }),
    localSettings: text,
    webserverConfig: text,
    allComponents: { files: { '/etc/a': text } },
  });

  // THEN
  expect(values.airflowLocalSettings).toBe('');
  for (const prop of [...COMPONENTS, 'migrateDatabaseJob', 'createUserJob']) {
    const paths = values[prop].extraVolumeMounts.map(({ mountPath }: { mountPath: string }) => mountPath);
    const home = '/opt/airflow';
    expect(paths).toEqual(expect.arrayContaining([`${home}/plugins`, `${home}/config/airflow_local_settings.py`, '/etc/a']));
    expect(paths.includes(`${home}/webserver_config.py`)).toBe(['apiServer', 'createUserJob'].includes(prop));
  }
});

test('behind an Ingress the API server believes the proxy', () => {
  // WHEN
  const { apiServer, scheduler } = officialValues({ ingress: { host: 'airflow.example.com' } });

  // THEN
  expect(apiServer.args).toEqual(['bash', '-c', 'exec airflow api-server --proxy-headers']);
  expect(variables(apiServer.env).FORWARDED_ALLOW_IPS).toBe('*');
  expect(variables(scheduler.env)).not.toHaveProperty('FORWARDED_ALLOW_IPS');
  expect(officialValues().apiServer).not.toHaveProperty('args');
});

test('in Airflow 2 the webserver is in place of the API server, and the DAG processor is there', () => {
  // WHEN
  const values = officialValues({ ...AIRFLOW_2, apiServer: { replicas: 2 }, ingress: { host: 'airflow.example.com' } });

  // THEN
  expect(values.webserver.replicas).toBe(2);
  expect(values.webserver).not.toHaveProperty('args');
  expect(values).not.toHaveProperty('apiServer');
  expect(values.dagProcessor.enabled).toBe(true);
});

test('workers have time to end their tasks', () => {
  expect(officialValues().workers.terminationGracePeriodSeconds).toBe(600);
  expect(
    officialValues({ executor: Executor.celery({ workers: { gracePeriod: Duration.hours(2) } }) }).workers.terminationGracePeriodSeconds,
  ).toBe(7200);
});

test('logs are in the pods, and deleted with them or when they are old', () => {
  for (const { props, writing } of [
    { props: {}, writing: ['triggerer', 'workers'] },
    { props: { executor: Executor.local(), logRetention: Duration.hours(30) }, writing: ['scheduler', 'triggerer'] },
  ]) {
    const values = officialValues(props);
    expect(values.workers.persistence).toEqual({ enabled: false });
    expect(values.triggerer.persistence).toEqual({ enabled: false });
    const groomers = ['scheduler', 'dagProcessor', 'triggerer', 'workers'].filter((prop) => values[prop].logGroomerSidecar?.enabled);
    expect(groomers).toEqual(writing);
    expect(values.triggerer.logGroomerSidecar.retentionDays).toBe(props.logRetention ? 2 : 15);
  }
});

test('logs on a volume that the user asks for are groomed', () => {
  // WHEN
  const values = officialValues({}, { values: { logs: { persistence: { enabled: true } } } });

  // THEN
  for (const prop of ['scheduler', 'dagProcessor', 'triggerer', 'workers']) {
    expect(values[prop].logGroomerSidecar).toMatchObject({ enabled: true, resources: { limits: { memory: '128Mi' } } });
  }
});

test('all pods run as the one ServiceAccount, which has no rights', () => {
  // WHEN
  const values = officialValues();

  // THEN
  for (const prop of [...COMPONENTS, 'redis', 'statsd', 'migrateDatabaseJob', 'createUserJob']) {
    expect(values[prop].serviceAccount).toEqual({ create: false, name: 'airflow' });
  }
  expect(values.rbac).toEqual({ create: false });
});

test('under LocalExecutor there are no workers', () => {
  expect(officialValues({ executor: Executor.local() }, OLDEST).workers).toEqual({
    persistence: { enabled: false },
    serviceAccount: { create: false, name: 'airflow' },
  });
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

test.each(COMPONENTS)('parts of pods for all, and for %s, are in its pods', (prop) => {
  for (const place of ['allComponents', placeOf(prop)]) {
    // WHEN
    const values = officialValues(propsAt(place, { podParts: [PART] }));

    // THEN
    expect(values[prop]).toMatchObject({
      extraInitContainers: [{ name: 'prepare' }],
      extraContainers: [{ name: 'follow', args: ['{{`{{`}} x }}'] }],
      extraVolumes: PART.volumes,
      extraVolumeMounts: PART.volumeMounts,
      podAnnotations: PART.annotations,
    });
    expect(variables(values[prop].env).SCRATCH).toBe('/scratch');
    expect(values.imagePullSecrets).toEqual(PART.imagePullSecrets);
    const withPart = COMPONENTS.filter((component) => names(values[component].extraContainers).includes('follow'));
    expect(withPart).toEqual(place === 'allComponents' ? COMPONENTS : [prop]);
  }
});

test('variables from whole Secrets are for all components, and for one an error', () => {
  // GIVEN
  const podParts = [{ envFrom: [{ secretRef: { name: 'login' } }] }];

  // THEN
  expect(JSON.parse(officialValues({ allComponents: { podParts } }).extraEnvFrom)).toEqual(podParts[0].envFrom);
  expect(officialErrors({ triggerer: { podParts } })).toEqual([
    expect.stringContaining(
      'triggerer.podParts[0].envFrom: the official chart has envFrom for all components only; use allComponents.podParts',
    ),
  ]);
});

test('a ServiceAccount of the user’s is that of its component alone, or of all and their Jobs', () => {
  // WHEN
  const { values, objects } = officialRelease({
    allComponents: { serviceAccount: ServiceAccount.existing('mine') },
    triggerer: { serviceAccount: ServiceAccount.create() },
  });

  // THEN
  for (const part of ['apiServer', 'scheduler', 'dagProcessor', 'workers', 'migrateDatabaseJob', 'createUserJob']) {
    expect(values[part].serviceAccount).toEqual({ create: false, name: 'mine' });
  }
  expect(values.triggerer.serviceAccount).toEqual({ create: false, name: 'airflow-triggerer' });
  for (const part of ['redis', 'statsd']) expect(values[part].serviceAccount).toEqual({ create: false, name: 'airflow' });
  expect(objects.names('ServiceAccount')).toEqual(['airflow', 'airflow-triggerer', 'airflow-credentials']);
});

describe('how pods are replaced, and when probes ask', () => {
  const PROPS = {
    strategy: DeploymentStrategy.rollingUpdate({ maxSurge: '1' }),
    revisionHistoryLimit: 3,
    hostAliases: [{ ip: '10.0.0.7', hostnames: ['git.example.com'] }],
    terminationGracePeriod: Duration.minutes(2),
    probes: { liveness: { period: Duration.minutes(5), failureThreshold: 9 } },
  };

  test('the scheduler and the triggerer have values for all of it', () => {
    for (const prop of ['scheduler', 'triggerer']) {
      expect(officialValues(propsAt(prop, PROPS))[prop]).toMatchObject({
        strategy: { type: 'RollingUpdate', rollingUpdate: { maxSurge: 1, maxUnavailable: '25%' } },
        revisionHistoryLimit: 3,
        hostAliases: PROPS.hostAliases,
        terminationGracePeriodSeconds: 120,
        livenessProbe: { periodSeconds: 300, failureThreshold: 9, command: expect.anything() },
      });
    }
  });

  test('the probes of the API server have times too', () => {
    // GIVEN
    const probes = { startup: { failureThreshold: 99 }, readiness: { timeout: Duration.seconds(9) } };

    // THEN
    expect(officialValues({ apiServer: { probes } }).apiServer).toMatchObject({
      startupProbe: { periodSeconds: 5, failureThreshold: 99 },
      readinessProbe: { timeoutSeconds: 9 },
    });
  });

  test('of probes that of workers alone can be left out', () => {
    // GIVEN
    const probes = { liveness: { enabled: false } };

    // THEN
    expect(officialValues(propsAt('executor.workers', { probes })).workers.livenessProbe.enabled).toBe(false);
    for (const place of ['apiServer', 'scheduler', 'allComponents']) {
      // The chart would tell of it once more, by the name of a value.
      expect(officialValues(propsAt(place, { probes })).scheduler.livenessProbe).not.toHaveProperty('enabled');
      expect(officialErrors(propsAt(place, { probes }))).toEqual([
        expect.stringContaining(`${place}.probes.liveness.enabled: this distribution can't leave it out`),
      ]);
    }
  });

  test('what the chart has no value for is an error that says what to do', () => {
    // GIVEN
    const dns = { dnsPolicy: 'Default', dnsConfig: { searches: ['example.com'] }, runtimeClassName: 'gvisor' };

    // THEN
    expect(officialErrors({ scheduler: dns, apiServer: PROPS, dagProcessor: { hostAliases: PROPS.hostAliases } })).toEqual([
      expect.stringContaining('apiServer.terminationGracePeriod: the official chart has no value for it; use a patch'),
      expect.stringContaining('scheduler.runtimeClassName: the official chart has no value for it; use a patch'),
      expect.stringContaining('scheduler.dnsPolicy: '),
      expect.stringContaining('scheduler.dnsConfig: '),
      expect.stringContaining('dagProcessor.hostAliases: '),
    ]);
  });

  test('what is refused is no value, of which the chart would tell once more', () => {
    // WHEN
    const values = officialValues({ allComponents: PROPS });

    // THEN
    expect(values.apiServer).not.toHaveProperty('terminationGracePeriodSeconds');
    expect(values.dagProcessor).not.toHaveProperty('hostAliases');
    expect(values.apiServer.hostAliases).toEqual(PROPS.hostAliases);
    expect(values.dagProcessor).toHaveProperty('terminationGracePeriodSeconds');
  });

  test('the chart can’t recreate all pods, and its oldest version keeps some history', () => {
    // GIVEN
    const strategy = DeploymentStrategy.recreate();

    // THEN
    expect(officialValues({ scheduler: { strategy } }).scheduler.strategy).toEqual({ type: 'Recreate' });
    expect(officialErrors({ triggerer: { strategy }, scheduler: { revisionHistoryLimit: 0 } })).toEqual([
      expect.stringContaining('triggerer.strategy: the official chart can recreate the pods of apiServer and scheduler only'),
    ]);
    expect(officialErrors({ scheduler: { revisionHistoryLimit: 0 } }, OLDEST)).toEqual([
      expect.stringContaining('scheduler.revisionHistoryLimit: 0 given; expected 1 or more'),
    ]);
  });
});

describe('logs on a volume of the user’s', () => {
  const groomers = (values: Json) =>
    ['scheduler', 'workers', 'triggerer', 'dagProcessor'].filter((pod) => values[pod].logGroomerSidecar.enabled);

  test('are mounted by the chart, and stay', () => {
    // WHEN
    const values = officialValues({ logs: Logs.volume('airflow-logs') });

    // THEN
    expect(values.logs).toEqual({ persistence: { enabled: true, existingClaim: 'airflow-logs' } });
    expect(groomers(values)).toEqual([]);
  });

  test('are deleted when the user says so, by those who write them', () => {
    expect(groomers(officialValues({ logs: Logs.volume('airflow-logs'), logRetention: Duration.days(7) }))).toEqual([
      'workers',
      'triggerer',
    ]);
  });

  test('are said by the prop alone', () => {
    // GIVEN
    const values = { logs: { persistence: { enabled: true, existingClaim: 'other' } } };

    // THEN
    expect(officialErrors({ logs: Logs.volume('airflow-logs') }, { values })).toEqual([
      expect.stringContaining('distribution.values.logs.persistence.existingClaim: the library sets this value; use the prop logs'),
    ]);
  });
});
