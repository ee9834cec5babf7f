import { EnvValue } from 'cdk8s-plus-27';
import { type AirflowChartProps, CaCertificates, Executor, Metrics, Requirements } from '../../../lib';
import { type SynthObjects, synthAirflow } from '../../support/synth-objects';
import { bitnamiValues } from '../bitnami-chart/release';
import { officialValues } from '../official-chart/release';

const PROXY = 'http://proxy.example.com:3128';
const BUNDLE = '/etc/ca-bundle/ca-certificates.crt';
const PROPS: AirflowChartProps = {
  dags: [{ name: 'team', url: 'https://gitlab.example.com/team/dags.git' }],
  requirements: Requirements.fromList(['pandas']),
  caCertificates: CaCertificates.fromConfigMap('company-ca'),
  proxy: { http: PROXY, login: { secretName: 'proxy-login' } },
};

/** What a container is told of, by the variables of both. */
function told(container: { env?: { name: string; value?: string }[]; volumeMounts?: { mountPath: string }[] }): string[] {
  const value = (name: string) => container.env?.find((variable) => variable.name === name)?.value;
  return [
    ...(value('https_proxy') === 'http://$(PROXY_LOGIN)@proxy.example.com:3128' ? ['proxy'] : []),
    ...(value('SSL_CERT_FILE') === BUNDLE && container.volumeMounts?.some(({ mountPath }) => mountPath === '/etc/ca-bundle')
      ? ['certificates']
      : []),
  ];
}

function toldOf(objects: SynthObjects, component: string): { [container: string]: string[] } {
  const { initContainers = [], containers } = objects.pod(component).spec;
  return Object.fromEntries([...initContainers, ...containers].map((container) => [container.name, told(container)]));
}

test('what connects out is told of both: Airflow, pip and git-sync; what waits for the database is not', () => {
  // WHEN
  const objects = synthAirflow(PROPS);

  // THEN
  const both = ['proxy', 'certificates'];
  expect(toldOf(objects, 'worker')).toEqual({
    'ca-certificates': [],
    'install-requirements': both,
    'git-sync-init-team': both,
    'log-cleaner': [],
    'log-server': [],
    worker: both,
    'git-sync-team': both,
  });
  expect(toldOf(objects, 'scheduler').scheduler).toEqual(both);
  expect(toldOf(objects, 'credentials')).toEqual({ 'generate-secrets': [] });
});

test('what connects to nothing outside is not told of the proxy', () => {
  // WHEN
  const objects = synthAirflow({ proxy: PROPS.proxy, caCertificates: PROPS.caCertificates });

  // THEN
  expect(toldOf(objects, 'scheduler').scheduler).toEqual(['certificates']);
  expect(toldOf(objects, 'migrate').migrate).toEqual(['certificates']);
  expect(toldOf(objects, 'triggerer').triggerer).toEqual(['proxy', 'certificates']);
});

test('what sends metrics to a collector behind the proxy is told of it, Jobs included', () => {
  // GIVEN
  const synthWith = (endpoint: string) => synthAirflow({ proxy: PROPS.proxy, metrics: Metrics.openTelemetry({ endpoint }) });

  // WHEN
  const [outside, inside] = ['https://otel.example.com:4318', 'http://collector.monitoring.svc:4318'].map(synthWith);

  // THEN
  for (const component of ['scheduler', 'migrate']) {
    expect(toldOf(outside, component)[component]).toEqual(['proxy']);
    expect(toldOf(inside, component)[component]).toEqual([]);
  }
});

test('pods of tasks are told too', () => {
  // WHEN
  const objects = synthAirflow({ ...PROPS, executor: Executor.kubernetes() });

  // THEN
  const template: string = objects.one('ConfigMap', 'airflow-task').data['pod_template.yaml'];
  expect(template).toContain('name: ca-certificates');
  expect(template).toContain('http://$(PROXY_LOGIN)@proxy.example.com:3128');
});

test('variables of the user count before, and are there once', () => {
  // WHEN
  const objects = synthAirflow({
    ...PROPS,
    allComponents: { podParts: [{ env: [{ name: 'PIP_CERT', value: '/mine' }] }] },
    executor: Executor.celery({ workers: { env: { https_proxy: EnvValue.fromValue('http://other:3128') } } }),
  });

  // THEN
  const { worker, 'install-requirements': install } = Object.fromEntries(
    [...objects.pod('worker').spec.initContainers, ...objects.pod('worker').spec.containers].map((container) => [
      container.name,
      container,
    ]),
  );
  for (const { env } of [worker, install]) {
    expect(env.filter(({ name }: { name: string }) => name === 'https_proxy')).toEqual([
      { name: 'https_proxy', value: 'http://other:3128' },
    ]);
  }
  expect(objects.env('worker').PIP_CERT).toBe('/mine');
});

test('git-sync keeps what the user gives it besides', () => {
  // WHEN
  const objects = synthAirflow({ ...PROPS, gitSync: { env: { GIT_TRACE: EnvValue.fromValue('1') } } });

  // THEN
  const { env } = objects.initContainers('worker')['git-sync-init-team'];
  expect(env.map(({ name }: { name: string }) => name)).toEqual(expect.arrayContaining(['GIT_TRACE', 'GIT_SSL_CAINFO', 'no_proxy']));
});

test.each([
  ['official', officialValues, ['workers', 'scheduler'], 'migrateDatabaseJob'],
  ['Bitnami', bitnamiValues, ['worker', 'scheduler'], 'setupDBJob'],
] as const)('the %s chart gets them by its values, and tasks find the API without the proxy', (chart, valuesOf, components, job) => {
  // WHEN
  const values = valuesOf(PROPS);

  // THEN
  const variable = chart === 'official' ? 'env' : 'extraEnvVars';
  const initContainers = chart === 'official' ? 'extraInitContainers' : 'initContainers';
  for (const component of components) {
    const { extraVolumeMounts: volumeMounts, [variable]: env } = values[component];
    expect(told({ env, volumeMounts })).toEqual(['proxy', 'certificates']);
    expect(values[component][initContainers][0].name).toBe('ca-certificates');
    const { value } = env.find(({ name }: { name: string }) => name === 'no_proxy');
    expect(value.split(',')[0]).toBe(chart === 'official' ? 'airflow-api-server' : 'airflow-web');
  }
  expect(told({ env: values[job][variable], volumeMounts: values[job].extraVolumeMounts })).toEqual(['proxy', 'certificates']);
});
