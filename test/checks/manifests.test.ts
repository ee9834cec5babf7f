import { ApiObject, Chart, JsonPatch } from 'cdk8s';
import { Construct } from 'constructs';
import { Manifests } from '../../lib/checks/manifests';
import { chartOf, configMap, deployment, LABELS, safeContainer } from './support';

test('each object is rendered once', () => {
  // GIVEN
  const chart = chartOf([deployment(), configMap('a', {})]);
  const render = jest.spyOn(ApiObject.prototype, 'toJson');
  // WHEN
  Manifests.of(chart);
  // THEN
  expect(render).toHaveBeenCalledTimes(2);
  render.mockRestore();
});

test('objects are found by kind, name and namespace, and as patches leave them', () => {
  // GIVEN
  const chart = chartOf([configMap('a', {}), { apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'airflow' } }]);
  ApiObject.of(chart.node.findChild('object-0')).addJsonPatch(JsonPatch.add('/data', { key: 'patched' }));
  // WHEN
  const manifests = Manifests.of(chart);
  // THEN
  expect(manifests.find('ConfigMap', 'a', 'airflow')?.manifest.data).toEqual({ key: 'patched' });
  expect(manifests.find('ConfigMap', 'a', 'other')).toBeUndefined();
  // A Namespace is in no namespace, though cdk8s gives it that of the chart.
  expect(manifests.find('Namespace', 'airflow', 'other')?.namespace).toBe('');
});

test.each([
  ['rbac.authorization.k8s.io/v1', 'ClusterRole'],
  ['storage.k8s.io/v1', 'StorageClass'],
  ['cert-manager.io/v1', 'ClusterIssuer'],
])('a %s %s is in no namespace either', (apiVersion, kind) => {
  // WHEN
  const manifests = Manifests.of(chartOf([{ apiVersion, kind, metadata: { name: 'a' } }]));
  // THEN
  expect(manifests.find(kind, 'a', 'whatever')).toBeDefined();
});

test('only what is below the scope is to be checked', () => {
  // GIVEN
  const chart = chartOf([deployment()]);
  const scope = new Construct(chart, 'scope');
  new ApiObject(scope, 'mine', { ...deployment(), metadata: { name: 'mine' } });
  // WHEN
  const manifests = Manifests.of(scope);
  // THEN
  expect(manifests.objects.map(({ name }) => name)).toEqual(['web', 'mine']);
  expect(manifests.checked.map(({ name }) => name)).toEqual(['mine']);
  expect(manifests.checkedOf('Deployment').map(({ name }) => name)).toEqual(['mine']);
  expect(manifests.checkedOf('Service')).toEqual([]);
  expect(manifests.checkedPods.map(({ object }) => object.name)).toEqual(['mine']);
  expect(manifests.podsOf({ matchLabels: LABELS }, 'airflow')).toHaveLength(2);
  expect(manifests.podsOf({ matchLabels: LABELS }, 'other')).toHaveLength(0);
});

test('a pod has its init, main and ephemeral containers, in a CronJob too', () => {
  // GIVEN
  const { template } = deployment({ initContainers: [safeContainer('init')], ephemeralContainers: [{ name: 'debug' }] }).spec;
  const chart = chartOf([
    { apiVersion: 'batch/v1', kind: 'CronJob', metadata: { name: 'clean' }, spec: { jobTemplate: { spec: { template } } } },
  ]);
  // WHEN
  const [pod] = Manifests.of(chart).checkedPods;
  // THEN
  expect(pod.containers.map(({ name }) => name)).toEqual(['init', 'main', 'debug']);
  expect(pod.labels).toEqual(LABELS);
});

test('a pod template may have no metadata', () => {
  // GIVEN
  const object = deployment();
  delete object.spec.template.metadata;
  // WHEN
  const [pod] = Manifests.of(chartOf([object])).checkedPods;
  // THEN
  expect([pod.labels, pod.annotations]).toEqual([{}, {}]);
});

test('a chart in the chart belongs to it', () => {
  // GIVEN
  const chart = chartOf([]);
  new ApiObject(new Chart(chart, 'inner', { namespace: 'inner' }), 'config', configMap('a', {}));
  // WHEN
  const manifests = Manifests.of(chart);
  // THEN
  expect(manifests.find('ConfigMap', 'a', 'inner')).toBeDefined();
  expect(manifests.isInhabited('inner')).toBe(true);
  expect(manifests.isInhabited('elsewhere')).toBe(false);
});
