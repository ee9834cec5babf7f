import { ApiObject, App, Chart, JsonPatch, Testing } from 'cdk8s';
import * as kplus from 'cdk8s-plus-27';
import {
  Airflow,
  AirflowComponent,
  type AirflowProps,
  Credentials,
  DagBundle,
  Distribution,
  Executor,
  IngressTls,
  Requirements,
  ServiceAccount,
} from '../lib';
import type { Manifest } from './support/manifests';
import { SynthObjects, synthErrors } from './support/synth-objects';

const OWN_SECRETS = Credentials.existing(
  Object.fromEntries(
    ['fernetKey', 'apiSecretKey', 'jwtSecret', 'database', 'broker', 'admin'].map((purpose) => [
      purpose,
      { secretName: 'mine', key: purpose },
    ]),
  ),
);
const DAGS = [{ url: 'https://gitlab.example.com/team/dags.git' }];

test('Airflow lives in a chart of one’s own, beside other things', () => {
  // GIVEN
  const chart = new Chart(new App(), 'platform', { namespace: 'data', labels: { team: 'data' } });
  new kplus.ConfigMap(chart, 'mine', { metadata: { name: 'mine' } });

  // WHEN
  new Airflow(chart, 'airflow');

  // THEN
  const objects = new SynthObjects(Testing.synth(chart));
  expect(objects.names('ConfigMap')).toEqual(['mine', 'airflow-config', 'airflow-postgresql']);
  expect(objects.names('Namespace')).toEqual([]);
  for (const { metadata } of objects.all) {
    expect(metadata.namespace).toBe('data');
    expect(metadata.labels.team).toBe('data');
  }
});

test('names begin with the id, unless a name is given', () => {
  // GIVEN
  const chart = new Chart(new App(), 'platform', { namespace: 'data' });

  // WHEN
  const blue = new Airflow(chart, 'blue');
  const green = new Airflow(chart, 'other', { name: 'green' });

  // THEN
  expect([blue, green].map(({ webServiceName }) => webServiceName)).toEqual(['blue-api-server', 'green-api-server']);
  expect(new SynthObjects(Testing.synth(chart)).names('StatefulSet')).toEqual([
    'blue-postgresql',
    'blue-redis',
    'green-postgresql',
    'green-redis',
  ]);
});

test('two Airflows in one namespace do not select each other’s pods', () => {
  // GIVEN
  const chart = new Chart(new App(), 'platform', { namespace: 'data' });

  // WHEN
  const dagBundles = [DagBundle.image({ name: 'baked', path: '/opt/dags' })];
  for (const id of ['blue', 'green']) {
    new Airflow(chart, id, { dagBundles, teams: { finance: { bundles: ['baked'], executor: Executor.celery() } } });
  }

  // THEN
  const objects = new SynthObjects(Testing.synth(chart));
  const selectors = [
    ...objects.ofKind('Service').map(({ spec }) => spec.selector),
    ...objects.ofKind('Deployment').map(({ spec }) => spec.selector.matchLabels),
    ...objects.ofKind('StatefulSet').map(({ spec }) => spec.selector.matchLabels),
    ...objects.ofKind('NetworkPolicy').map(({ spec }) => spec.podSelector.matchLabels),
  ];
  for (const selector of selectors) {
    const selected = objects.workloads.filter(({ spec }) =>
      Object.entries(selector).every(([name, value]) => spec.template.metadata.labels[name] === value),
    );
    expect(selected).toHaveLength(1);
  }
});

test('two Airflows in one namespace have requirements of their own', () => {
  // GIVEN
  const app = new App();
  const chart = new Chart(app, 'platform', { namespace: 'data' });

  // WHEN
  new Airflow(chart, 'blue', { requirements: Requirements.fromList(['pandas']) });
  new Airflow(chart, 'green', { requirements: Requirements.fromList(['polars']) });
  new Airflow(chart, 'grey', { requirements: Requirements.fromList(['duckdb'], { configMapName: 'requirements' }) });

  // THEN
  const objects = new SynthObjects(Testing.synth(chart));
  const packages = ['blue-requirements', 'green-requirements', 'requirements'].map(
    (name) => objects.one('ConfigMap', name).data['requirements.txt'],
  );
  expect(packages).toEqual(['pandas\n', 'polars\n', 'duckdb\n']);
  expect(() => app.synthYaml()).not.toThrow();
});

test('the built-in distribution is the default', () => {
  // THEN
  expect(synth({ distribution: Distribution.builtIn() })).toEqual(synth({}));
});

test('the Ingress leads to the Service of the web interface', () => {
  // WHEN
  const { objects, airflow } = make({ ingress: { host: 'airflow.example.com', className: 'nginx' } });

  // THEN
  const [{ backend }] = objects.ofKind('Ingress')[0].spec.rules[0].http.paths;
  expect(backend.service).toEqual({ name: airflow.webServiceName, port: { number: airflow.webServicePort } });
  const service = objects.one('Service', airflow.webServiceName);
  const [{ ports }] = objects.pod('api-server').spec.containers;
  expect(ports).toContainEqual({ name: service.spec.ports[0].targetPort, containerPort: 8080 });
});

test('the HTTPRoute leads from the Gateway to the Service of the web interface', () => {
  // WHEN
  const { objects, airflow } = make({ httpRoute: { gateway: { name: 'public' }, host: 'airflow.example.com', path: '/air', tls: true } });

  // THEN
  const [{ backendRefs }] = objects.ofKind('HTTPRoute')[0].spec.rules;
  expect(backendRefs).toMatchObject([{ name: airflow.webServiceName, port: airflow.webServicePort }]);
  const [container] = objects.pod('api-server').spec.containers;
  expect(container.args).toEqual(['api-server', '--proxy-headers']);
  expect(container.readinessProbe.httpGet.path).toBe('/air/api/v2/version');
  expect(objects.airflowConfig.api.base_url).toBe('https://airflow.example.com/air');
});

test('an object can be patched', () => {
  // GIVEN
  const chart = new Chart(new App(), 'platform', { namespace: 'data' });
  const airflow = new Airflow(chart, 'airflow');

  // WHEN
  airflow.patch('Deployment', 'airflow-scheduler', JsonPatch.add('/spec/minReadySeconds', 7));

  // THEN
  const objects = new SynthObjects(Testing.synth(chart));
  expect(objects.one('Deployment', 'airflow-scheduler').spec.minReadySeconds).toBe(7);
  expect(objects.one('Deployment', 'airflow-triggerer').spec).not.toHaveProperty('minReadySeconds');
});

test('a patch that hits nothing is an error', () => {
  // WHEN
  const errors = synthErrors((app) => {
    const airflow = new Airflow(new Chart(app, 'platform', { namespace: 'data' }), 'airflow');
    airflow.patch('Deployment', 'airflow-scheduler', JsonPatch.replace('/spec/replica', 3));
    airflow.patch('Job', 'airflow-migrte', JsonPatch.replace('/spec/backoffLimit', 3));
  });

  // THEN
  expect(errors).toEqual([
    expect.stringContaining('[platform/airflow] patch: no Job is called airflow-migrte; there is: airflow-credentials-'),
    '[platform/airflow] patch: Deployment/airflow-scheduler: replace /spec/replica: /spec/replica is not there; did you mean "replicas"?',
  ]);
});

test('a Job can be found without its hash', () => {
  // GIVEN
  const { airflow } = make();

  // WHEN
  const job = airflow.find('Job', 'airflow-migrate');

  // THEN
  expect(job).toBeInstanceOf(ApiObject);
  expect(job.name).toMatch(/^airflow-migrate-[0-9a-f]{8}$/);
  expect(airflow.find('Job', job.name)).toBe(job);
});

test('objects of all parts can be found', () => {
  // GIVEN
  const { airflow } = make({ ingress: { host: 'airflow.example.com' } });

  // THEN
  expect(airflow.find('Ingress', 'airflow-api-server').kind).toBe('Ingress');
  expect(airflow.find('ServiceAccount', 'airflow').name).toBe('airflow');
});

test.each([
  ['Deployment', 'airflow-flower', /no Deployment is called airflow-flower; there is: .*airflow-scheduler.*airflow-worker/],
  ['StatefulSet', 'airflow-worker', /no StatefulSet is called airflow-worker; there is: airflow-postgresql, airflow-redis/],
  ['DaemonSet', 'x', /no DaemonSet is called x; there is: none/],
  ['Deployment', 'deployment', /no Deployment is called deployment; there is: /],
  ['Service', 'service', /no Service is called service; there is: /],
])('%s/%s is not there: an error that lists what is', (kind, name, message) => {
  // GIVEN
  const { airflow } = make();

  // THEN
  expect(() => airflow.find(kind, name)).toThrow(message);
  expect(() => airflow.find(kind, name)).toThrow('[platform/airflow]');
});

test('an object that is in the cluster already may be named after it was declared', () => {
  // GIVEN
  const env = { PASSWORD: kplus.EnvValue.fromSecretValue({ secret: secretNamed('warehouse'), key: 'password' }) };

  // WHEN
  const build = (declare: boolean) =>
    synthErrors((app) => {
      const airflow = new Airflow(new Chart(app, 'platform', { namespace: 'data' }), 'airflow', {
        executor: Executor.celery({ workers: { env } }),
      });
      if (declare) airflow.declareExisting('Secret', 'warehouse');
    });

  // THEN
  expect(build(false).join()).toContain('Secret "warehouse"');
  expect(build(true)).toEqual([]);
});

test('a patch of the configuration rolls the pods that read it', () => {
  // GIVEN
  const chart = new Chart(new App(), 'platform', { namespace: 'data' });
  const airflow = new Airflow(chart, 'airflow');
  const before = new SynthObjects(Testing.synth(chart));

  // WHEN
  airflow.patch('ConfigMap', 'airflow-config', JsonPatch.add('/data/extra.py', 'pass\n'));

  // THEN
  const after = new SynthObjects(Testing.synth(chart));
  for (const component of ['api-server', 'scheduler', 'dag-processor', 'triggerer', 'worker']) {
    expect(after.pod(component).metadata.annotations).not.toEqual(before.pod(component).metadata.annotations);
  }
  for (const component of ['postgresql', 'redis']) expect(after.pod(component)).toEqual(before.pod(component));
});

test.each<[AirflowProps, string]>([
  [{ name: 'My Airflow' }, 'name: "My Airflow" given; expected a DNS label'],
  [{ name: '' }, 'name: "" given; expected a DNS label'],
  [{ name: 'a'.repeat(41) }, `name: "${'a'.repeat(41)}" given; expected at most 40 characters`],
  [{ name: '1airflow' }, 'name: "1airflow" given; expected '],
])('%j is an error', (props, message) => {
  // WHEN
  const errors = synthErrors((app) => new Airflow(new Chart(app, 'platform', { namespace: 'data' }), 'airflow', props));

  // THEN
  expect(errors).toContainEqual(expect.stringContaining(`[platform/airflow] ${message}`));
});

test('the longest name that is let through makes objects that the API server takes', () => {
  // WHEN
  const errors = synthErrors((app) => {
    const chart = new Chart(app, 'platform', { namespace: 'data' });
    new Airflow(chart, 'airflow', { name: 'a'.repeat(40), dags: DAGS, ingress: { host: 'a.example.com' } });
    for (const { kind, name } of chart.apiObjects) {
      if (['Service', 'Job', 'StatefulSet'].includes(kind)) expect(name.length).toBeLessThanOrEqual(63);
    }
  });

  // THEN
  expect(errors).toEqual([]);
});

test('under LocalExecutor there is nothing of Celery', () => {
  // WHEN
  const { objects } = make({ executor: Executor.local() });

  // THEN
  expect(JSON.stringify(objects.all)).not.toMatch(/celery|redis|broker|-worker/i);
});

test.each<[string | undefined, AirflowProps, string]>([
  ['data', {}, 'http://airflow-api-server.data.svc:8080'],
  [undefined, { credentials: OWN_SECRETS }, 'http://airflow-api-server:8080'],
  ['data', { ingress: { host: 'airflow.example.com' } }, 'http://airflow.example.com'],
  [
    'data',
    { httpRoute: { gateway: { name: 'public' }, host: 'airflow.example.com', path: '/air', tls: true } },
    'https://airflow.example.com/air',
  ],
  ['data', { ingress: { host: 'airflow.example.com', path: '/air', tls: IngressTls.secret('tls') } }, 'https://airflow.example.com/air'],
])('in the namespace %s with %j the web interface is at the address %s', (namespace, props, url) => {
  expect(new Airflow(new Chart(new App(), 'platform', { namespace }), 'airflow', props).url).toBe(url);
});

test('the images are those of all pods, each once', () => {
  // WHEN
  const { objects, airflow } = make({
    dags: DAGS,
    requirements: Requirements.fromList(['pandas']),
    triggerer: { image: { tag: '3.3.2-gpu' } },
  });

  // THEN
  const pods: Manifest[] = Object.values(objects.podTemplates());
  const images = pods.flatMap(({ spec }) => [...(spec.initContainers ?? []), ...spec.containers].map(({ image }) => image));
  expect(airflow.images).toEqual([...new Set(images)].sort());
  expect(airflow.images).toEqual([
    'docker.io/apache/airflow:3.3.2',
    'docker.io/apache/airflow:3.3.2-gpu',
    'docker.io/library/postgres:17.10-bookworm',
    'docker.io/library/redis:7.4.9-bookworm',
    'registry.k8s.io/git-sync/git-sync:v4.7.1',
  ]);
});

const FLOWER = { basicAuth: { secretName: 'flower-login' } };
const DEPLOYED = Object.values(AirflowComponent).filter((component) => component !== AirflowComponent.TASK);

test.each(DEPLOYED)('the labels of %s select the pods of its Deployment', (component) => {
  // GIVEN
  const { objects, airflow } = make({ executor: Executor.celery({ flower: FLOWER }) });

  // THEN
  expect(objects.one('Deployment', `airflow-${component}`).spec.selector.matchLabels).toEqual(airflow.podLabels(component));
});

test('labels of a component that there is not are an error that lists those that there are', () => {
  // GIVEN
  const { airflow } = make({ executor: Executor.local() });

  // THEN
  expect(() => airflow.podLabels(AirflowComponent.WORKER)).toThrow(
    '[platform/airflow] there are no pods of worker; there are: api-server, scheduler, dag-processor, triggerer, postgresql, ',
  );
});

test('the ServiceAccount of a component is its own, or else that for all', () => {
  // GIVEN
  const workers = { serviceAccount: ServiceAccount.create() };
  const { objects, airflow } = make({
    allComponents: { serviceAccount: ServiceAccount.existing('mine') },
    executor: Executor.celery({ workers, flower: FLOWER }),
  });

  // THEN
  expect(airflow.serviceAccountName(AirflowComponent.WORKER)).toBe('airflow-worker');
  for (const component of DEPLOYED) {
    expect(objects.pod(component).spec.serviceAccountName).toBe(airflow.serviceAccountName(component));
  }
});

test('it says where the secrets are, those that are made and those of the user', () => {
  // WHEN
  const { airflow } = make({ credentials: Credentials.existing({ database: { secretName: 'postgres' } }) });

  // THEN
  expect(airflow.secrets.database).toEqual({ secretName: 'postgres', key: 'password' });
  expect(airflow.secrets.admin).toEqual({ secretName: 'airflow-admin', key: 'password' });
});

test('it says which DAG bundles there are', () => {
  const classpath = 'airflow.dag_processing.bundles.local.LocalDagBundle';
  const dagBundles = [DagBundle.image({ path: '/opt/dags', name: 'baked' })];
  expect(make({ dags: DAGS, dagBundles }).airflow.dagBundles).toEqual([
    { name: 'dags', classpath, kwargs: { path: '/opt/airflow/dags/dags/current', refresh_interval: 10 } },
    { name: 'baked', classpath, kwargs: { path: '/opt/dags' } },
  ]);
  expect(make().airflow.dagBundles).toEqual([]);
});

function make(props: AirflowProps = {}) {
  const chart = new Chart(new App(), 'platform', { namespace: 'data' });
  const airflow = new Airflow(chart, 'airflow', props);
  return { airflow, objects: new SynthObjects(Testing.synth(chart)) };
}

function synth(props: AirflowProps) {
  return make(props).objects.all;
}

function secretNamed(name: string): kplus.ISecret {
  return kplus.Secret.fromSecretName(new Chart(new App(), 'elsewhere'), 'secret', name);
}
