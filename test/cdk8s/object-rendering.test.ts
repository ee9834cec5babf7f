import { ApiObject, App, Chart, JsonPatch, Lazy } from 'cdk8s';
import * as kplus from 'cdk8s-plus-27';
import { attachPodPart } from '../../lib/cdk8s/attach-pod-part';
import { ObjectRendering } from '../../lib/cdk8s/object-rendering';

const PODS = '/spec/template/spec';
const SIDECAR = { containers: [{ name: 'sidecar', image: 'sidecar:1' }] };

let chart: Chart;

beforeEach(() => {
  chart = new Chart(new App(), 'chart');
});

function deployment(): ApiObject {
  const template = { spec: { containers: [{ name: 'own', image: Lazy.any({ produce: () => 'own:1' }) }] } };
  return new ApiObject(chart, 'object', { apiVersion: 'apps/v1', kind: 'Deployment', metadata: { name: 'web' }, spec: { template } });
}

const PATCH = JsonPatch.replace(`${PODS}/containers/1/image`, 'sidecar:2');

test.each<[string, ((object: ApiObject) => void)[]]>([
  ['before', [(object) => object.addJsonPatch(PATCH), (object) => attachPodPart(object, SIDECAR)]],
  ['after', [(object) => attachPodPart(object, SIDECAR), (object) => object.addJsonPatch(PATCH)]],
])('what is attached can be patched, %s it is', (_when, steps) => {
  // GIVEN
  const object = deployment();

  // WHEN
  for (const step of steps) step(object);

  // THEN
  const { containers } = object.toJson().spec.template.spec;
  expect(containers.map(({ image }: { image: string }) => image)).toEqual(['own:1', 'sidecar:2']);
  expect(object.toJson()).toEqual(object.toJson());
});

test('a patch of a workload of cdk8s-plus keeps what is plain, as it comes after the conversion', () => {
  // GIVEN
  const workload = new kplus.Deployment(chart, 'workload', { containers: [{ name: 'own', image: 'own:1' }] });
  attachPodPart(workload, SIDECAR);

  // WHEN
  ApiObject.of(workload).addJsonPatch(JsonPatch.add(`${PODS}/containers/0/resources`, { limits: { memory: '1Gi' } }));

  // THEN
  expect(ApiObject.of(workload).toJson().spec.template.spec.containers[0].resources).toEqual({ limits: { memory: '1Gi' } });
});

test('without parts and checked patches an object is what cdk8s makes of it', () => {
  // GIVEN
  const object = deployment();
  object.addJsonPatch(JsonPatch.replace('/spec/replcas', 3), JsonPatch.add('/spec/replicas', 2));
  const before = JSON.stringify(object.toJson());

  // WHEN
  ObjectRendering.of(object);

  // THEN
  expect(JSON.stringify(object.toJson())).toBe(before);
});

test('a checked patch that hits nothing is left out, and says why until it hits', () => {
  // GIVEN
  const object = deployment();
  const rendering = ObjectRendering.of(object);

  // WHEN
  rendering.addCheckedPatches([PATCH]);
  const problems = rendering.problemsOf([PATCH]);
  const { containers } = object.toJson().spec.template.spec;
  attachPodPart(object, SIDECAR);

  // THEN
  expect(problems).toEqual([`replace ${PODS}/containers/1/image: ${PODS}/containers/1/image is not there`]);
  expect(containers).toEqual([{ name: 'own', image: 'own:1' }]);
  expect(rendering.problemsOf([PATCH])).toEqual([]);
  expect(object.toJson().spec.template.spec.containers[1].image).toBe('sidecar:2');
});

test('patches are applied in the order in which they were given, checked or not', () => {
  // GIVEN
  const object = deployment();

  // WHEN
  object.addJsonPatch(JsonPatch.add('/spec/replicas', 1));
  ObjectRendering.of(object).addCheckedPatches([JsonPatch.test('/spec/replicas', 1), JsonPatch.replace('/spec/replicas', 2)]);
  object.addJsonPatch(JsonPatch.replace('/spec/replicas', 3));

  // THEN
  expect(object.toJson().spec.replicas).toBe(3);
});

test('a patch that can not be applied is an error that names the object, and the next render has it again', () => {
  // GIVEN
  const object = deployment();
  attachPodPart(object, SIDECAR);

  // WHEN
  object.addJsonPatch(JsonPatch.add(`${PODS}/other/0/name`, 'a'));

  // THEN
  for (const _ of [1, 2]) expect(() => object.toJson()).toThrow("[chart/object] a patch can't be applied: ");
});

test('while it is remembered it is rendered once', () => {
  // GIVEN
  const object = deployment();
  const rendering = ObjectRendering.of(object);

  // WHEN
  rendering.remember();
  object.addJsonPatch(JsonPatch.add('/spec/replicas', 2));

  // THEN
  expect(object.toJson()).toBe(object.toJson());
  rendering.forget();
  expect(object.toJson().spec.replicas).toBe(2);
});
