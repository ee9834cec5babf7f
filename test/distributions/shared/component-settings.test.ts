import { EnvValue } from 'cdk8s-plus-27';
import { type ComponentProps, Executor, type PodPart } from '../../../lib';
import type { DistributionInput } from '../../../lib/distributions/contract';
import { settingsOf, userParts } from '../../../lib/distributions/shared/component-settings';
import { helperContainer } from '../../support/helper-container';
import { propsAt } from '../../support/props-at';
import { airflowErrors, synthAirflow } from '../../support/synth-objects';

const RUNNING = ['api-server', 'scheduler', 'dag-processor', 'triggerer', 'worker'];
const JOBS = ['migrate', 'create-user'];
const OTHERS = ['credentials', 'postgresql', 'redis'];

const PART: PodPart = {
  initContainers: [helperContainer('prepare')],
  containers: [helperContainer('follow')],
  volumes: [{ name: 'certificates', configMap: { name: 'company-ca' } }],
  imagePullSecrets: [{ name: 'registry' }],
  volumeMounts: [{ name: 'certificates', mountPath: '/etc/company-ca', readOnly: true }],
  env: [{ name: 'SSL_CERT_DIR', value: '/etc/company-ca' }],
  envFrom: [{ secretRef: { name: 'warehouse-login' } }],
  annotations: { 'example.com/team': 'data' },
};

const namesOf = (items: readonly { readonly name: string }[] = []) => items.map(({ name }) => name);

describe('parts of pods', () => {
  const synthWith = (place: string) =>
    synthAirflow(propsAt(place, { podParts: [PART] }), (airflow) => {
      airflow.declareExisting('ConfigMap', 'company-ca');
      for (const name of ['registry', 'warehouse-login']) airflow.declareExisting('Secret', name);
    });

  test.each(RUNNING)('for all components are in the pods of %s', (component) => {
    // WHEN
    const { metadata, spec } = synthWith('allComponents').pod(component);

    // THEN
    expect(namesOf(spec.initContainers)).toEqual([
      'prepare',
      ...(component === 'worker' ? [] : ['wait-for-migration']),
      ...(['worker', 'triggerer'].includes(component) ? ['log-server'] : []),
    ]);
    expect(namesOf(spec.containers).filter((name) => name !== 'log-cleaner')).toEqual([component, 'follow']);
    expect(spec.volumes).toContainEqual(PART.volumes?.[0]);
    expect(spec.imagePullSecrets).toEqual(PART.imagePullSecrets);
    expect(spec.containers[0].volumeMounts).toContainEqual(PART.volumeMounts?.[0]);
    expect(spec.containers[0].env).toContainEqual(PART.env?.[0]);
    expect(spec.containers[0].envFrom).toEqual(PART.envFrom);
    expect(metadata.annotations).toMatchObject({ 'example.com/team': 'data' });
  });

  test.each(JOBS)('for all components are in the pod of the Job %s, which ends: what runs beside is a sidecar', (job) => {
    // WHEN
    const { metadata, spec } = synthWith('allComponents').pod(job);

    // THEN
    expect(namesOf(spec.containers)).toEqual([job]);
    expect(namesOf(spec.initContainers).slice(0, 2)).toEqual(['prepare', 'follow']);
    expect(spec.initContainers[1].restartPolicy).toBe('Always');
    expect(spec.initContainers[0]).not.toHaveProperty('restartPolicy');
    expect(spec.containers[0]).toMatchObject({ envFrom: PART.envFrom, env: expect.arrayContaining(PART.env ?? []) });
    expect(metadata.annotations).toEqual({ 'example.com/team': 'data' });
  });

  test('for all components are in no pod that is not of Airflow', () => {
    // GIVEN
    const isOther = (component: string) => OTHERS.includes(component);

    // THEN
    expect(synthWith('allComponents').podTemplates(isOther)).toEqual(synthAirflow().podTemplates(isOther));
  });

  test('for one component are in its pods alone', () => {
    // GIVEN
    const isOther = (component: string) => component !== 'worker';

    // WHEN
    const objects = synthWith('executor.workers');

    // THEN
    expect(namesOf(objects.pod('worker').spec.containers)).toEqual(['worker', 'log-cleaner', 'follow']);
    expect(objects.podTemplates(isOther)).toEqual(synthAirflow().podTemplates(isOther));
  });

  test('other containers do not get the mounts and variables', () => {
    // WHEN
    const { spec } = synthWith('allComponents').pod('scheduler');

    // THEN
    const others = [...spec.initContainers, ...spec.containers.slice(1)];
    expect(JSON.stringify(others)).not.toMatch(/SSL_CERT_DIR|company-ca|warehouse-login/);
  });

  test.each<[string, PodPart, string, string]>([
    ['allComponents', { volumes: [{ emptyDir: {} }] }, 'podParts[0].volumes[0]', 'it has no name'],
    ['scheduler', { volumeMounts: ['/etc'] }, 'podParts[0].volumeMounts[0]', 'it has no name'],
    ['executor.workers', { containers: [helperContainer('a'), { image: 'b:1' }] }, 'podParts[0].containers[1]', 'it has no name'],
    ['triggerer', { env: [{ name: 'AIRFLOW_CONFIG', value: '/mine' }] }, 'podParts[0].env[0]', 'the library sets this variable'],
    [
      'allComponents',
      {
        env: [
          { name: 'TZ', value: 'UTC' },
          { name: 'AIRFLOW__CORE__EXECUTOR', value: 'x' },
        ],
      },
      'podParts[0].env[1]',
      'the library sets this option; use the prop executor',
    ],
    ['apiServer', { annotations: { 'a b': 'x' } }, 'podParts[0].annotations["a b"]', '"a b" given; expected the name of an annotation'],
  ])('of %s with %j are an error', (place, part, where, message) => {
    expect(airflowErrors(propsAt(place, { podParts: [part] }))).toContainEqual(
      expect.stringContaining(`[airflow/airflow] ${place}.${where}: ${message}`),
    );
  });
});

test('what one component says counts, and is joined with what holds for all', () => {
  // GIVEN
  const input = inputWith(
    {
      labels: { team: 'data', cost: '1' },
      env: { TZ: EnvValue.fromValue('UTC') },
      resources: { requests: { cpu: '1' }, limits: { memory: '2Gi' } },
      placement: { priorityClassName: 'low', nodeSelector: { disk: 'ssd' } },
      podParts: [{ env: [{ name: 'A', value: '1' }] }],
    },
    {
      labels: { cost: '2' },
      resources: { requests: { cpu: undefined, memory: '1Gi' } },
      placement: { priorityClassName: 'high', nodeSelector: undefined },
      podParts: [{ env: [{ name: 'B', value: '2' }] }],
    },
  );

  // THEN
  expect(settingsOf(input, 'scheduler')).toMatchObject({
    labels: { team: 'data', cost: '2' },
    env: { TZ: EnvValue.fromValue('UTC') },
    resources: { requests: { cpu: '1', memory: '1Gi' }, limits: { memory: '2Gi' } },
    placement: { priorityClassName: 'high', nodeSelector: { disk: 'ssd' } },
    podParts: [{ env: [{ name: 'A', value: '1' }] }, { env: [{ name: 'B', value: '2' }] }],
  });
});

test('Jobs have what holds for all', () => {
  // GIVEN
  const input = inputWith({ labels: { team: 'data' } }, { labels: { team: 'other' } });

  // THEN
  expect(settingsOf(input).labels).toEqual({ team: 'data' });
  expect(settingsOf(input, 'triggerer').labels).toEqual({ team: 'data' });
});

test('the parts of all and of each are found', () => {
  // GIVEN
  const [one, two] = [{ annotations: { a: '1' } }, { annotations: { b: '2' } }];

  // THEN
  expect(userParts(inputWith({ podParts: [one] }, { podParts: [two] }))).toEqual([one, two]);
  expect(userParts(inputWith(undefined, { podParts: [two] }))).toEqual([two]);
});

function inputWith(all: ComponentProps | undefined, scheduler: ComponentProps): DistributionInput {
  return { components: { all, scheduler }, executor: Executor.celery()._plan } as Partial<DistributionInput> as DistributionInput;
}

test.each<[string, PodPart, string]>([
  [
    'the checksum by which pods restart',
    { annotations: { 'cdk8s-airflow/config-checksum': 'x' } },
    'annotations["cdk8s-airflow/config-checksum"]',
  ],
  ['an option of Airflow, which the library has to know of', { env: [{ name: 'AIRFLOW__API__BASE_URL', value: 'x' }] }, 'env[0]'],
  ['variables of nothing', { envFrom: [{}] }, 'envFrom[0]'],
])('a part may not bring %s', (_what, part, place) => {
  // WHEN
  const errors = airflowErrors({ scheduler: { podParts: [part] } });

  // THEN
  expect(errors).toContainEqual(expect.stringContaining(`[airflow/airflow] scheduler.podParts[0].${place}: `));
});
