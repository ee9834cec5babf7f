import { type AirflowChartProps, Broker, CaCertificates, Database, Executor, Requirements } from '../../../lib';
import { quantityValue } from '../../../lib/kubernetes/quantity';
import type { Manifest } from '../../support/manifests';
import { airflowErrors, synthAirflow } from '../../support/synth-objects';
import { bitnamiErrors, bitnamiValues } from '../bitnami-chart/release';

const SMALL = { requests: { cpu: '50m', memory: '64Mi' }, limits: { cpu: '500m', memory: '512Mi' } };
const PROPS: AirflowChartProps = {
  dags: [{ name: 'team', url: 'https://gitlab.example.com/team/dags.git' }],
  requirements: Requirements.fromList(['pandas']),
  caCertificates: CaCertificates.fromConfigMap('company-ca'),
};

test.each([
  ['Celery', (resources: object) => Executor.celery({ broker: Broker.builtIn(resources) })],
  ['Local', () => Executor.local()],
])('with every prop for resources set, no container of the %s executor is above or below a LimitRange', (_name, executor) => {
  // WHEN
  const objects = synthAirflow({
    ...PROPS,
    allComponents: { resources: SMALL, initContainerResources: SMALL },
    gitSync: { resources: SMALL },
    database: Database.builtIn({ resources: SMALL }),
    executor: executor({ resources: SMALL }),
  });

  // THEN
  const containers: Manifest[] = Object.values(objects.podTemplates()).flatMap(({ spec }) => [
    ...(spec.initContainers ?? []),
    ...spec.containers,
  ]);
  const above = containers.filter(({ resources: { limits } }) => {
    return !limits.cpu || !((quantityValue(limits.cpu) ?? 1) <= 0.5) || !((quantityValue(limits.memory) ?? 2 ** 40) <= 512 * 2 ** 20);
  });
  const below = containers.filter(({ resources: { requests } }) => {
    return !((quantityValue(requests.cpu) ?? 0) >= 0.05) || !((quantityValue(requests.memory) ?? 0) >= 64 * 2 ** 20);
  });
  expect(containers.length).toBeGreaterThan(20);
  expect(above.map(({ name }) => name)).toEqual([]);
  expect(below.map(({ name }) => name)).toEqual([]);
});

test('one component may have others than all', () => {
  // WHEN
  const limits = { cpu: '1', memory: '2Gi' };
  const workers = { initContainerResources: { limits } };
  const objects = synthAirflow({ ...PROPS, allComponents: { initContainerResources: SMALL }, executor: Executor.celery({ workers }) });

  // THEN
  const { 'install-requirements': ofWorker, 'ca-certificates': certificates } = objects.initContainers('worker');
  expect(ofWorker.resources).toMatchObject({ requests: SMALL.requests, limits });
  expect(certificates.resources.limits).toMatchObject(limits);
  expect(objects.initContainers('scheduler')['install-requirements'].resources).toMatchObject(SMALL);
  expect(objects.container('credentials').resources).toMatchObject(SMALL);
});

test.each<[AirflowChartProps, string]>([
  [
    { allComponents: { initContainerResources: { limits: { memory: '32Mi' } } } },
    'allComponents.initContainerResources.limits.memory: "32Mi"',
  ],
  [
    { ...PROPS, scheduler: { initContainerResources: { limits: { cpu: '1', memory: '128Mi' } } } },
    'scheduler.initContainerResources.limits.memory: "128Mi"',
  ],
  [{ triggerer: { initContainerResources: { requests: { cpu: 'x' } } } }, 'triggerer.initContainerResources.requests.cpu: "x"'],
])('what does not fit one of the containers is an error: %j', (props, expected) => {
  // THEN
  expect(airflowErrors(props)).toEqual(expect.arrayContaining([expect.stringContaining(`[airflow/airflow] ${expected} given; expected`)]));
});

test('the Bitnami chart has one setting for its own init containers', () => {
  // WHEN
  const { defaultInitContainers } = bitnamiValues({ allComponents: { initContainerResources: SMALL } });

  // THEN
  for (const { resources } of Object.values<Manifest>(defaultInitContainers)) expect(resources).toMatchObject(SMALL);
  expect(bitnamiErrors({ scheduler: { initContainerResources: SMALL } })).toEqual([
    '[airflow/airflow] scheduler.initContainerResources: the Bitnami chart has one setting for all components; use allComponents.initContainerResources',
  ]);
});
