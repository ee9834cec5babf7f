import { App, Chart } from 'cdk8s';
import * as kplus from 'cdk8s-plus-27';
import { type AirflowChartProps, type ComponentProps, Database, Executor, Requirements, SecurityContext } from '../../../lib';
import type { Manifest } from '../../support/manifests';
import { propsAt } from '../../support/props-at';
import { airflowErrors, type SynthObjects, synthAirflow } from '../../support/synth-objects';

/** The props of components, and the components they are for. */
const COMPONENTS: [string, string][] = [
  ['apiServer', 'api-server'],
  ['scheduler', 'scheduler'],
  ['dagProcessor', 'dag-processor'],
  ['triggerer', 'triggerer'],
  ['executor.workers', 'worker'],
];
const DEPLOYED = COMPONENTS.map(([, component]) => component);
const JOBS = ['migrate', 'create-user'];
const AIRFLOW = [...DEPLOYED, ...JOBS];
const EVERYTHING = [...AIRFLOW, 'credentials', 'postgresql', 'redis'];

describe.each(COMPONENTS)('%s', (prop, component) => {
  const synthWith = (props: ComponentProps, allComponents?: ComponentProps) => synthAirflow({ allComponents, ...propsAt(prop, props) });
  const others = EVERYTHING.filter((other) => other !== component);

  test('requests and limits can be set in part, for this component alone', () => {
    // GIVEN
    const before = synthAirflow();

    // WHEN
    const objects = synthWith({ resources: { requests: { cpu: '0.5' }, limits: { memory: '4096Mi' } } });

    // THEN
    const { requests } = before.container(component).resources;
    expect(objects.container(component).resources).toEqual({
      requests: { ...requests, cpu: '500m' },
      limits: { memory: '4Gi', 'ephemeral-storage': '10Gi' },
    });
    expect(podTemplates(objects, others)).toEqual(podTemplates(before, others));
  });

  test('what is set for it wins over what is set for all, field by field', () => {
    // GIVEN
    const all = { resources: { requests: { cpu: '300m', memory: '900Mi' } }, labels: { tier: 'all', team: 'data' } };

    // WHEN
    const objects = synthWith({ resources: { requests: { cpu: '400m' } }, labels: { tier: 'one' } }, all);

    // THEN
    expect(objects.container(component).resources.requests).toMatchObject({ cpu: '400m', memory: '900Mi' });
    expect(objects.pod(component).metadata.labels).toMatchObject({ tier: 'one', team: 'data' });
    for (const other of AIRFLOW.filter((name) => name !== component)) {
      expect(objects.container(other).resources.requests).toMatchObject({ cpu: '300m', memory: '900Mi' });
      expect(objects.pod(other).metadata.labels).toMatchObject({ tier: 'all', team: 'data' });
    }
  });

  test('labels and annotations are those of the pods, and no selector has them', () => {
    // GIVEN
    const before = synthAirflow().workload(component);

    // WHEN
    const { spec } = synthWith({ labels: { team: 'data' }, annotations: { 'example.com/note': 'any text' } }).workload(component);

    // THEN
    expect(spec.template.metadata.labels).toEqual({ ...before.spec.template.metadata.labels, team: 'data' });
    expect(spec.template.metadata.annotations).toEqual({ ...before.spec.template.metadata.annotations, 'example.com/note': 'any text' });
    expect(spec.selector).toEqual(before.spec.selector);
  });

  test('variables are plain, from a Secret or from a ConfigMap', () => {
    // GIVEN
    const env = {
      TZ: kplus.EnvValue.fromValue('UTC'),
      WAREHOUSE: kplus.EnvValue.fromSecretValue({ secret: secretNamed('warehouse'), key: 'password' }),
      MODE: kplus.EnvValue.fromConfigMap(configMapNamed('settings'), 'mode', { optional: true }),
      POD_IP: kplus.EnvValue.fromFieldRef(kplus.EnvFieldPaths.POD_IP),
    };

    // WHEN
    const objects = synthDeclared(propsAt(prop, { env }));

    // THEN
    expect(objects.env(component)).toMatchObject({
      TZ: 'UTC',
      WAREHOUSE: { secretKeyRef: { name: 'warehouse', key: 'password' } },
      MODE: { configMapKeyRef: { name: 'settings', key: 'mode', optional: true } },
      POD_IP: { fieldRef: { fieldPath: 'status.podIP' } },
    });
    for (const other of others) expect(objects.env(other)).not.toHaveProperty('TZ');
    expect(JSON.stringify(objects.initContainers(component))).not.toContain('WAREHOUSE');
  });

  test('placement is that of the pods', () => {
    // GIVEN
    const placement = {
      nodeSelector: { disk: 'ssd' },
      tolerations: [{ key: 'airflow', operator: 'Exists', effect: 'NoSchedule' }],
      affinity: { podAntiAffinity: { requiredDuringSchedulingIgnoredDuringExecution: [{ topologyKey: 'kubernetes.io/hostname' }] } },
      topologySpreadConstraints: [
        { maxSkew: 1, topologyKey: 'topology.kubernetes.io/zone', whenUnsatisfiable: 'ScheduleAnyway', labelSelector: {} },
      ],
      priorityClassName: 'high',
    };

    // WHEN
    const objects = synthWith({ placement });

    // THEN
    expect(objects.pod(component).spec).toMatchObject(placement);
    for (const other of others) expect(objects.pod(other).spec).not.toHaveProperty('nodeSelector');
  });

  test('placement wins over that for all, field by field', () => {
    // GIVEN
    const all = { placement: { nodeSelector: { disk: 'ssd' }, priorityClassName: 'high' } };

    // WHEN
    const objects = synthWith({ placement: { nodeSelector: { gpu: 'yes' } } }, all);

    // THEN
    expect(objects.pod(component).spec).toMatchObject({ nodeSelector: { gpu: 'yes' }, priorityClassName: 'high' });
    expect(objects.pod('migrate').spec).toMatchObject({ nodeSelector: { disk: 'ssd' }, priorityClassName: 'high' });
  });

  test('its image and pull secrets win over those for all, field by field', () => {
    // GIVEN
    const all = { image: { repository: 'registry.example.com/airflow', tag: '3.3.2-team', pullPolicy: 'Always' } };

    // WHEN
    const objects = synthWith({ image: { tag: '3.3.2-one', pullPolicy: 'Never' } }, all);

    // THEN
    expect(imagesOf(objects, component)).toEqual(['registry.example.com/airflow:3.3.2-one Never']);
    for (const other of [...AIRFLOW, 'credentials'].filter((name) => name !== component)) {
      expect(imagesOf(objects, other)).toEqual(['registry.example.com/airflow:3.3.2-team Always']);
    }
  });

  test('pull secrets are those of its pods', () => {
    // WHEN
    const one = synthWith({ image: { pullSecrets: ['one', 'two'] } });
    const both = synthWith({ image: { pullSecrets: ['one'] } }, { image: { pullSecrets: ['all'] } });

    // THEN
    expect(one.pod(component).spec.imagePullSecrets).toEqual([{ name: 'one' }, { name: 'two' }]);
    for (const other of others) expect(one.pod(other).spec).not.toHaveProperty('imagePullSecrets');
    expect(both.pod(component).spec.imagePullSecrets).toEqual([{ name: 'one' }]);
    expect(both.pod('migrate').spec.imagePullSecrets).toEqual([{ name: 'all' }]);
  });

  test('packages are installed with the image that will run them', () => {
    // GIVEN
    const image = { repository: 'registry.example.com/airflow', tag: '3.3.2-gpu', pullPolicy: 'Always' };

    // WHEN
    const objects = synthAirflow({ requirements: Requirements.fromList(['pandas']), ...propsAt(prop, { image }) });

    // THEN
    expect(imagesOf(objects, component)).toEqual(['registry.example.com/airflow:3.3.2-gpu Always']);
  });

  test('a variable that would undo what the library sets is an error', () => {
    // GIVEN
    const env = { AIRFLOW__CORE__EXECUTOR: kplus.EnvValue.fromValue('LocalExecutor') };

    // THEN
    expect(airflowErrors(propsAt(prop, { env }))).toEqual([
      `[airflow/airflow] ${prop}.env["AIRFLOW__CORE__EXECUTOR"]: the library sets this option; use the prop executor`,
    ]);
  });
});

test('what is set for all reaches all pods of Airflow, Jobs too, and not the data stores', () => {
  // GIVEN
  const allComponents = {
    annotations: { 'example.com/note': 'x' },
    env: { TZ: kplus.EnvValue.fromValue('UTC') },
    placement: { nodeSelector: { disk: 'ssd' } },
  };

  // WHEN
  const objects = synthAirflow({ allComponents });

  // THEN
  for (const component of AIRFLOW) {
    expect(objects.pod(component).metadata.annotations).toMatchObject(allComponents.annotations);
    expect(objects.env(component)).toMatchObject({ TZ: 'UTC' });
    expect(objects.pod(component).spec.nodeSelector).toEqual({ disk: 'ssd' });
  }
  expect(objects.pod('credentials').spec.nodeSelector).toEqual({ disk: 'ssd' });
  for (const component of ['postgresql', 'redis']) {
    expect(objects.pod(component)).toEqual(synthAirflow().pod(component));
  }
});

test('the pull secrets for all are those of all pods with Airflow’s image', () => {
  // WHEN
  const objects = synthAirflow({ allComponents: { image: { pullSecrets: ['registry'] } } });

  // THEN
  const withSecrets = Object.entries(objects.podTemplates()).filter(([, { spec }]) => spec.imagePullSecrets?.[0].name === 'registry');
  expect(withSecrets.map(([component]) => component).sort()).toEqual([...AIRFLOW, 'credentials'].sort());
});

test('the labels and annotations for all are those of the pod that makes the credentials too', () => {
  // WHEN
  const objects = synthAirflow({ allComponents: { labels: { team: 'data' }, annotations: { 'sidecar.istio.io/inject': 'false' } } });

  // THEN
  expect(objects.pod('credentials').metadata).toMatchObject({
    labels: { team: 'data' },
    annotations: { 'sidecar.istio.io/inject': 'false' },
  });
});

test('the variables of a component win over those for all', () => {
  // GIVEN
  const env = (value: string) => ({ env: { TZ: kplus.EnvValue.fromValue(value) } });

  // WHEN
  const objects = synthAirflow({ allComponents: env('UTC'), triggerer: env('Europe/Vienna') });

  // THEN
  expect(objects.env('triggerer').TZ).toBe('Europe/Vienna');
  expect(objects.container('triggerer').env.filter(({ name }: Manifest) => name === 'TZ')).toHaveLength(1);
  expect(objects.env('scheduler').TZ).toBe('UTC');
});

test('an image of which parts are undefined keeps the default ones', () => {
  // GIVEN
  const image = { repository: 'registry.example.com/airflow', tag: undefined, pullPolicy: undefined };

  // WHEN
  const objects = synthAirflow({ allComponents: { image }, database: Database.builtIn({ image: { tag: undefined } }) });

  // THEN
  expect(imagesOf(objects, 'scheduler')).toEqual(['registry.example.com/airflow:3.3.2 IfNotPresent']);
  expect(imagesOf(objects, 'postgresql')).toEqual(['docker.io/library/postgres:17.10-bookworm IfNotPresent']);
});

test('the part of a resource that a divisor is for comes through', () => {
  // GIVEN
  const env = { MEMORY: kplus.EnvValue.fromResource(kplus.ResourceFieldPaths.MEMORY_LIMIT, { divisor: '1Mi' }) };

  // WHEN
  const objects = synthAirflow({ executor: Executor.celery({ workers: { env } }) });

  // THEN
  expect(objects.env('worker').MEMORY).toEqual({ resourceFieldRef: { resource: 'limits.memory', divisor: '1Mi' } });
});

test.each(['DUMB_INIT_SETSID', 'AIRFLOW_CONFIG'])('%s, which the library sets, is an error that names the prop', (name) => {
  // WHEN
  const errors = airflowErrors({ executor: Executor.celery({ workers: { env: { [name]: kplus.EnvValue.fromValue('mine') } } }) });

  // THEN
  expect(errors).toContainEqual(expect.stringContaining(`[airflow/airflow] executor.workers.env["${name}"]: `));
});

test('annotations by which pods restart can’t be replaced: an error', () => {
  // GIVEN
  const annotations = { 'cdk8s-airflow/config-checksum': 'mine', 'example.com/team': 'data' };

  // WHEN
  const errors = airflowErrors({ allComponents: { annotations } });

  // THEN
  expect(errors).toEqual([
    '[airflow/airflow] allComponents.annotations["cdk8s-airflow/config-checksum"]: the library sets such annotations, by which pods restart; ' +
      'expected another prefix',
  ]);
});

test('labels by which pods are selected can’t be replaced: an error', () => {
  // WHEN
  const errors = airflowErrors({ executor: Executor.celery({ workers: { labels: { 'app.kubernetes.io/component': 'mine' } } }) });

  // THEN
  expect(errors).toContainEqual(expect.stringContaining('[airflow/airflow] executor.workers.labels["app.kubernetes.io/component"]: '));
});

test.each<[string, AirflowChartProps, string]>([
  [
    'a variable',
    { allComponents: { env: { AIRFLOW__CORE__EXECUTOR: kplus.EnvValue.fromValue('x') } } },
    '[airflow/airflow] allComponents.env["AIRFLOW__CORE__EXECUTOR"]: the library sets this option; use the prop executor',
  ],
  [
    'a quantity',
    { allComponents: { resources: { requests: { cpu: 'much' } } } },
    '[airflow/airflow] allComponents.resources.requests.cpu: "much" given; expected a Kubernetes quantity above zero, as in "500m", ' +
      '"2" or "1Gi"',
  ],
  [
    'a label of nodes',
    { allComponents: { placement: { nodeSelector: { disk: 'a b' } } } },
    '[airflow/airflow] allComponents.placement.nodeSelector["disk"]: "a b" given; expected at most 63 letters, digits, "-", "_" and "."',
  ],
])('%s that is wrong for all components is told once, by its prop', (_what, props, message) => {
  // THEN
  expect(airflowErrors(props)).toEqual([message]);
});

test.each(DEPLOYED.filter((component) => component !== 'worker'))(
  '%s waits for the migrated database, with what that takes',
  (component) => {
    // WHEN
    const objects = synthAirflow({ requirements: Requirements.fromList(['pandas']) });

    // THEN
    const wait = objects.initContainers(component)['wait-for-migration'];
    expect(wait.command).toEqual(['python', '/etc/airflow/wait_for_database.py', '--migrated']);
    expect(wait.volumeMounts.map(({ name }: Manifest) => name)).toEqual(['wait-secrets', 'config', 'tmp', 'python-packages']);
    expect(wait.image).toBe(objects.container(component).image);
  },
);

test('a worker waits for nothing, as it does not ask the database', () => {
  expect(Object.keys(synthAirflow().initContainers('worker'))).toEqual(['log-server']);
});

test('packages are installed in all pods of Airflow', () => {
  // WHEN
  const objects = synthAirflow({ requirements: Requirements.fromList(['pandas']) });

  // THEN
  for (const component of AIRFLOW) {
    expect(Object.keys(objects.initContainers(component))).toContain('install-requirements');
    expect(objects.env(component).PYTHONPATH).toBe('/opt/airflow/python-packages');
  }
});

test('packages are installed with the variables that are for all, as a proxy is', () => {
  // GIVEN
  const env = { HTTPS_PROXY: kplus.EnvValue.fromValue('http://proxy.example.com:3128') };

  // WHEN
  const objects = synthAirflow({ requirements: Requirements.fromList(['pandas']), allComponents: { env } });

  // THEN
  for (const component of DEPLOYED) {
    expect(objects.initContainers(component)['install-requirements'].env).toContainEqual({
      name: 'HTTPS_PROXY',
      value: 'http://proxy.example.com:3128',
    });
  }
});

test.each([
  ['CeleryExecutor', Executor.celery(), ['dag-processor', 'worker']],
  ['LocalExecutor', Executor.local(), ['dag-processor', 'scheduler']],
])('under %s git-sync is in the pods that read DAGs only', (_name, executor, readers) => {
  // WHEN
  const objects = synthAirflow({ executor, dags: [{ url: 'https://gitlab.example.com/team/dags.git' }] });

  // THEN
  const withGitSync = Object.entries(objects.podTemplates()).filter(([, template]) => JSON.stringify(template).includes('git-sync'));
  expect(withGitSync.map(([component]) => component).sort()).toEqual(readers);
  for (const reader of readers) {
    expect(objects.container(reader).volumeMounts).toContainEqual({
      name: 'git-dags',
      mountPath: '/opt/airflow/dags/dags',
      readOnly: true,
    });
  }
});

test('no pod is given the addresses of Services as variables', () => {
  // THEN
  for (const { spec } of Object.values(synthAirflow().podTemplates((component) => component !== 'credentials'))) {
    expect(spec.enableServiceLinks).toBe(false);
  }
});

test('only the Job that makes the admin user has the password of the admin user', () => {
  // WHEN
  const objects = synthAirflow();

  // THEN
  const withPassword = Object.entries(objects.podTemplates()).filter(([, { spec }]) =>
    JSON.stringify(spec.volumes)?.includes('airflow-admin'),
  );
  expect(withPassword.map(([component]) => component)).toEqual(['create-user']);
});

test('the platform’s ids are for all containers of the library in all pods', () => {
  // WHEN
  const objects = synthAirflow({
    executor: Executor.several(Executor.celery(), Executor.kubernetes()),
    dags: [{ url: 'https://gitlab.example.com/team/dags.git' }],
    requirements: Requirements.fromList(['pandas']),
    allComponents: { securityContext: SecurityContext.assignedByPlatform() },
  });

  // THEN
  expect(JSON.stringify(objects.all)).not.toMatch(/runAsUser|runAsGroup|fsGroup/);
  for (const { spec } of Object.values(objects.podTemplates())) {
    for (const { securityContext } of [...(spec.initContainers ?? []), ...spec.containers]) expect(securityContext.runAsNonRoot).toBe(true);
  }
  expect(objects.env('scheduler')).toMatchObject({ USER: 'airflow', HOME: '/home/airflow' });
  const { egress } = objects.one('NetworkPolicy', 'airflow-scheduler').spec;
  expect(JSON.stringify(egress)).toContain('5353');
});

test('ids are for the pods of one component, or of all and their Jobs', () => {
  // GIVEN
  const withUser = (runAsUser: number) => ({ securityContext: SecurityContext.withIds({ runAsUser, fsGroup: 7 }) });

  // WHEN
  const objects = synthAirflow({
    requirements: Requirements.fromList(['pandas']),
    allComponents: withUser(10001),
    triggerer: withUser(10002),
  });

  // THEN
  for (const component of [...AIRFLOW, 'credentials']) {
    const { initContainers = [], containers, securityContext } = objects.pod(component).spec;
    const users = [...initContainers, ...containers].map((container: Manifest) => container.securityContext.runAsUser);
    expect([component, ...new Set(users)]).toEqual([component, component === 'triggerer' ? 10002 : 10001]);
    expect(securityContext).toEqual({ fsGroup: 7, fsGroupChangePolicy: 'OnRootMismatch' });
  }
  expect(objects.container('postgresql').securityContext.runAsUser).toBe(999);
});

test('a home of the user’s stays', () => {
  // GIVEN
  const env = { HOME: kplus.EnvValue.fromValue('/mine') };

  // WHEN
  const objects = synthAirflow({ allComponents: { env, securityContext: SecurityContext.withIds({ runAsUser: 10001 }) } });

  // THEN
  expect(objects.container('scheduler').env.filter(({ name }: Manifest) => name === 'HOME')).toEqual([{ name: 'HOME', value: '/mine' }]);
});

function podTemplates(objects: SynthObjects, components: readonly string[]) {
  return objects.podTemplates((component) => components.includes(component));
}

/** Image and pull policy of the containers of Airflow's image, each once. */
function imagesOf(objects: SynthObjects, component: string): string[] {
  const { initContainers = [], containers } = objects.pod(component).spec;
  const images = [...initContainers, ...containers].map(({ image, imagePullPolicy }) => `${image} ${imagePullPolicy}`);
  return [...new Set(images)];
}

/** Synthesise with the Secret and the ConfigMap that the tests name. */
function synthDeclared(props: AirflowChartProps): SynthObjects {
  return synthAirflow(props, (airflow) => {
    airflow.declareExisting('Secret', 'warehouse');
    airflow.declareExisting('ConfigMap', 'settings');
  });
}

function secretNamed(name: string): kplus.ISecret {
  return kplus.Secret.fromSecretName(new Chart(new App(), 'elsewhere'), 'secret', name);
}

function configMapNamed(name: string): kplus.IConfigMap {
  return kplus.ConfigMap.fromConfigMapName(new Chart(new App(), 'elsewhere'), 'config-map', name);
}
