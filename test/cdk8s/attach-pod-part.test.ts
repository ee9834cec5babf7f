import { ApiObject, App, Chart, Cron, Size, Testing } from 'cdk8s';
import * as kplus from 'cdk8s-plus-27';
import { Construct } from 'constructs';
import type { PodPart } from '../../lib';
import { attachPodPart } from '../../lib/cdk8s/attach-pod-part';
import { podTemplateOf } from '../../lib/kubernetes/pod-part';
import type { Manifest } from '../support/manifests';

const PART: Required<PodPart> = {
  initContainers: [{ name: 'fetch', image: 'sync:1' }],
  containers: [{ name: 'follow', image: 'sync:1', volumeMounts: [{ name: 'files', mountPath: '/sync' }] }],
  volumes: [{ name: 'files', emptyDir: {} }],
  imagePullSecrets: [],
  volumeMounts: [{ name: 'files', mountPath: '/files', readOnly: true }],
  env: [{ name: 'FILES', value: '/files' }],
  envFrom: [{ secretRef: { name: 'files' } }],
  annotations: { 'example.com/checksum': '1' },
};

let chart: Chart;

beforeEach(() => {
  chart = new Chart(new App(), 'chart');
});

const CONTAINERS = [{ name: 'first', image: 'first:1' }];

test.each<[string, (scope: Construct) => Construct]>([
  ['a Deployment', (scope) => new kplus.Deployment(scope, 'workload', { containers: CONTAINERS })],
  ['a StatefulSet', (scope) => new kplus.StatefulSet(scope, 'workload', { containers: CONTAINERS, service: service(scope) })],
  ['a DaemonSet', (scope) => new kplus.DaemonSet(scope, 'workload', { containers: CONTAINERS })],
  ['a Pod', (scope) => new kplus.Pod(scope, 'workload', { containers: CONTAINERS })],
  [
    'a plain ApiObject',
    (scope) =>
      new ApiObject(scope, 'workload', {
        apiVersion: 'apps/v1',
        kind: 'Deployment',
        spec: { template: { spec: { containers: CONTAINERS } } },
      }),
  ],
  [
    'a kind that keeps its template where a Deployment does',
    (scope) =>
      new ApiObject(scope, 'workload', {
        apiVersion: 'argoproj.io/v1alpha1',
        kind: 'Rollout',
        spec: { template: { spec: { containers: CONTAINERS } } },
      }),
  ],
])('%s gets all of a part', (_what, make) => {
  // GIVEN
  const workload = make(chart);

  // WHEN
  attachPodPart(workload, PART);

  // THEN
  const { metadata, spec } = templateIn(Testing.synth(chart));
  expect(spec.initContainers).toEqual(PART.initContainers);
  expect(names(spec.containers)).toEqual(['first', 'follow']);
  expect(spec.containers[0]).toMatchObject({ image: 'first:1', env: PART.env, envFrom: PART.envFrom, volumeMounts: PART.volumeMounts });
  expect(spec.containers[1]).toEqual(PART.containers[0]);
  expect(spec.volumes).toEqual(PART.volumes);
  expect(metadata.annotations).toMatchObject(PART.annotations);
});

test.each<[string, (scope: Construct) => Construct]>([
  ['a Job', (scope) => new kplus.Job(scope, 'workload', { containers: CONTAINERS })],
  ['a CronJob', (scope) => new kplus.CronJob(scope, 'workload', { containers: CONTAINERS, schedule: Cron.daily() })],
  ['a Pod', (scope) => new kplus.Pod(scope, 'workload', { containers: CONTAINERS, restartPolicy: kplus.RestartPolicy.ON_FAILURE })],
])('%s that comes to an end is not kept alive by what follows: that is a sidecar', (_what, make) => {
  // GIVEN
  const workload = make(chart);

  // WHEN
  attachPodPart(workload, PART);

  // THEN
  const { spec } = templateIn(Testing.synth(chart));
  expect(names(spec.containers)).toEqual(['first']);
  expect(spec.containers[0]).toMatchObject({ env: PART.env, volumeMounts: PART.volumeMounts });
  expect(spec.initContainers).toEqual([...PART.initContainers, { ...PART.containers[0], restartPolicy: 'Always' }]);
});

test('a Secret for images is named once, however many parts name it', () => {
  // GIVEN
  const part: PodPart = { imagePullSecrets: [{ name: 'registry' }, { name: 'mirror' }] };
  const template = { spec: { containers: CONTAINERS, imagePullSecrets: [{ name: 'registry' }] } };
  const workload = new ApiObject(chart, 'workload', { apiVersion: 'apps/v1', kind: 'Deployment', spec: { template } });

  // WHEN
  attachPodPart(workload, part);
  attachPodPart(workload, part);

  // THEN
  expect(templateIn(Testing.synth(chart)).spec.imagePullSecrets).toEqual(part.imagePullSecrets);
});

test('quantities and ports come through, those of the part and those that the workload has', () => {
  // GIVEN
  const sidecar = {
    name: 'follow',
    image: 'sync:1',
    resources: { requests: { cpu: '10m', memory: '32Mi' }, limits: { cpu: '500m', memory: '256Mi' } },
    livenessProbe: { tcpSocket: { port: 9630 } },
  };
  const deployment = new kplus.Deployment(chart, 'workload', {
    containers: [
      {
        name: 'first',
        image: 'first:1',
        resources: { cpu: { request: kplus.Cpu.millis(200), limit: kplus.Cpu.units(1) }, memory: { limit: Size.gibibytes(1) } },
        liveness: kplus.Probe.fromHttpGet('/health', { port: 8080 }),
      },
    ],
  });

  // WHEN
  attachPodPart(deployment, { containers: [sidecar] });

  // THEN
  const [first, second] = templateIn(Testing.synth(chart)).spec.containers;
  expect(first.resources).toEqual({ requests: { cpu: '200m' }, limits: { cpu: '1', memory: '1024Mi' } });
  expect(first.livenessProbe.httpGet).toMatchObject({ path: '/health', port: 8080 });
  expect(second).toMatchObject(sidecar);
});

test('the file has it all spelt out, without anchors of YAML for what containers have in common', () => {
  // GIVEN
  const app = new App();
  const workload = new kplus.Deployment(new Chart(app, 'chart'), 'workload', {
    containers: ['first', 'second'].map((name) => ({ name, image: `${name}:1` })),
  });

  // WHEN
  attachPodPart(workload, PART);

  // THEN
  expect(app.synthYaml().match(/mountPath: \/files$/gm)).toHaveLength(2);
  expect(app.synthYaml()).not.toMatch(/[&*]a\d/);
});

test('what the workload has stays', () => {
  // GIVEN
  const deployment = new kplus.Deployment(chart, 'workload', {
    podMetadata: { annotations: { 'example.com/mine': 'kept' }, labels: { team: 'data' } },
    containers: [{ name: 'first', image: 'first:1', envVariables: { MINE: kplus.EnvValue.fromValue('kept') } }],
    initContainers: [{ name: 'prepare', image: 'prepare:1' }],
  });
  const volume = kplus.Volume.fromEmptyDir(chart, 'volume', 'mine');
  deployment.containers[0].mount('/mine', volume);

  // WHEN
  attachPodPart(deployment, PART);

  // THEN
  const { metadata, spec } = templateIn(Testing.synth(chart));
  expect(metadata.annotations).toEqual({ 'example.com/mine': 'kept', 'example.com/checksum': '1' });
  expect(metadata.labels).toMatchObject({ team: 'data' });
  expect(names(spec.initContainers)).toEqual(['prepare', 'fetch']);
  expect(names(spec.volumes)).toEqual(['mine', 'files']);
  expect(spec.containers[0].env).toEqual([{ name: 'MINE', value: 'kept' }, ...PART.env]);
  expect(spec.containers[0].volumeMounts.map(({ mountPath }: Manifest) => mountPath)).toEqual(['/mine', '/files']);
});

test('a workload may change after it was attached to', () => {
  // GIVEN
  const deployment = new kplus.Deployment(chart, 'workload', { containers: CONTAINERS });
  attachPodPart(deployment, PART);

  // WHEN
  deployment.addContainer({ name: 'second', image: 'second:1' });
  deployment.podMetadata.addAnnotation('example.com/late', 'yes');

  // THEN
  const { metadata, spec } = templateIn(Testing.synth(chart));
  expect(names(spec.containers)).toEqual(['first', 'second', 'follow']);
  expect(spec.containers[1].volumeMounts).toEqual(PART.volumeMounts);
  expect(metadata.annotations).toMatchObject({ 'example.com/late': 'yes', 'example.com/checksum': '1' });
});

test('a second synth makes the same', () => {
  // GIVEN
  const deployment = new kplus.Deployment(chart, 'workload', { containers: CONTAINERS });
  attachPodPart(deployment, PART);

  // WHEN
  const [first, second, third] = [1, 2, 3].map(() => JSON.stringify(Testing.synth(chart)));

  // THEN
  expect(second).toBe(first);
  expect(third).toBe(first);
});

test('a workload may change between two synths', () => {
  // GIVEN
  const deployment = new kplus.Deployment(chart, 'workload', { containers: CONTAINERS });
  attachPodPart(deployment, PART);
  Testing.synth(chart);

  // WHEN
  deployment.addContainer({ name: 'second', image: 'second:1' });

  // THEN
  expect(names(templateIn(Testing.synth(chart)).spec.containers)).toEqual(['first', 'second', 'follow']);
});

test('two parts fit in one workload, and the containers of the one get nothing of the other', () => {
  // GIVEN
  const deployment = new kplus.Deployment(chart, 'workload', { containers: CONTAINERS });
  const other: PodPart = { env: [{ name: 'OTHER', value: '1' }], annotations: { 'example.com/other': '2' } };

  // WHEN
  attachPodPart(deployment, PART);
  attachPodPart(deployment, other);

  // THEN
  const first = templateIn(Testing.synth(chart));
  expect(templateIn(Testing.synth(chart))).toEqual(first);
  expect(first.metadata.annotations).toMatchObject({ 'example.com/checksum': '1', 'example.com/other': '2' });
  expect(first.spec.containers[0].env).toEqual([...PART.env, ...(other.env ?? [])]);
  expect(first.spec.containers[1]).toEqual(PART.containers[0]);
});

test('a part of which little is given adds no empty lists', () => {
  // GIVEN
  const workload = new ApiObject(chart, 'workload', {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    spec: { template: { spec: { containers: CONTAINERS } } },
  });

  // WHEN
  attachPodPart(workload, { annotations: { 'example.com/checksum': '1' } });

  // THEN
  expect(templateIn(Testing.synth(chart))).toEqual({
    metadata: { annotations: { 'example.com/checksum': '1' } },
    spec: { containers: CONTAINERS },
  });
});

test.each<[string, (scope: Construct) => Construct]>([
  ['Service', (scope) => service(scope)],
  ['ConfigMap', (scope) => new ApiObject(scope, 'thing', { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'thing' } })],
])('a %s has no pods: an error that names it', (kind, make) => {
  // GIVEN
  const thing = make(chart);

  // WHEN
  attachPodPart(thing, PART);

  // THEN
  const { name } = ApiObject.of(thing);
  expect(() => Testing.synth(chart)).toThrow(
    `[${thing.node.path}] a pod part can't be attached to ${kind}/${name}: it has no pod template`,
  );
});

test.each<[string, PodPart]>([
  ['volume', { volumes: [{ name: 'git', emptyDir: {} }] }],
  ['container', { containers: [{ name: 'git', image: 'sync:1' }] }],
  ['container', { initContainers: [{ name: 'git', image: 'sync:1' }] }],
])('two parts with a %s of the same name are an error that names it', (what, part) => {
  // GIVEN
  const workload = new kplus.Deployment(chart, 'workload', { containers: [{ name: 'first', image: 'first:1' }] });

  // WHEN
  attachPodPart(workload, part);
  attachPodPart(workload, part);

  // THEN
  expect(() => Testing.synth(chart)).toThrow(
    `[chart/workload] a pod part can't be attached to Deployment/${workload.name}: it would have a ${what} "git" twice;`,
  );
});

test('two parts of which a container listens at the same port are an error that names it', () => {
  // GIVEN
  const workload = new kplus.Deployment(chart, 'workload', { containers: [{ name: 'first', image: 'first:1' }] });

  // WHEN
  for (const name of ['one', 'two']) {
    attachPodPart(workload, { containers: [{ name, image: 'sync:1', livenessProbe: { tcpSocket: { port: 9700 } } }] });
  }

  // THEN
  expect(() => Testing.synth(chart)).toThrow('it would have a container that listens at port 9700 twice; expected');
});

test('a construct without an object is an error like others, with the rest of them', () => {
  // GIVEN
  const nothing = new Construct(chart, 'nothing');
  attachPodPart(nothing, PART);
  new Construct(chart, 'other').node.addValidation({ validate: () => ['wrong too'] });

  // THEN
  expect(() => Testing.synth(chart)).toThrow(/\[chart\/nothing\] .*\n.*\[chart\/other\] wrong too/);
});

function templateIn(manifests: readonly Manifest[]): Manifest {
  return manifests.map(podTemplateOf).find((template) => template);
}

function names(items: readonly { readonly name: string }[]): string[] {
  return items.map(({ name }) => name);
}

function service(scope: Construct): kplus.Service {
  return new kplus.Service(scope, 'service', { ports: [{ port: 80 }] });
}
