import { JsonPatch } from 'cdk8s';
import { patchProblem } from '../../lib/cdk8s/patch-problem';
import type { Json } from '../../lib/kubernetes/json';

const DEPLOYMENT = () => ({
  kind: 'Deployment',
  metadata: { name: 'web', annotations: { 'example.com/a': 'b' } },
  spec: { replicas: 1, template: { spec: { containers: [{ name: 'web' }] } } },
});
const CONTAINERS = '/spec/template/spec/containers';

test.each<[string, JsonPatch[]]>([
  ['a value', [JsonPatch.replace('/spec/replicas', 2), JsonPatch.test('/spec/replicas', 2), JsonPatch.remove('/spec/replicas')]],
  [
    'an item',
    [JsonPatch.replace(`${CONTAINERS}/0/name`, 'a'), JsonPatch.add(`${CONTAINERS}/-`, { name: 'b' }), JsonPatch.add(`${CONTAINERS}/2`, {})],
  ],
  ['a key with a slash', [JsonPatch.remove('/metadata/annotations/example.com~1a')]],
  ['what it has made itself', [JsonPatch.add('/spec/strategy', {}), JsonPatch.add('/spec/strategy/type', 'Recreate')]],
  ['two places', [JsonPatch.copy('/spec/replicas', '/spec/minReadySeconds'), JsonPatch.move('/metadata/annotations', '/spec/a')]],
])('a patch of %s hits it', (_, patches) => {
  // GIVEN
  let object: Json = DEPLOYMENT();

  // THEN
  for (const patch of patches) {
    expect(patchProblem(object, patch)).toBeUndefined();
    object = JsonPatch.apply(object, patch);
  }
});

test.each<[JsonPatch, string]>([
  [JsonPatch.replace('/spec/replica', 2), 'replace /spec/replica: /spec/replica is not there; did you mean "replicas"?'],
  [JsonPatch.remove('/spec/other'), 'remove /spec/other: /spec/other is not there'],
  [JsonPatch.replace(`${CONTAINERS}/1/name`, 'a'), `replace ${CONTAINERS}/1/name: ${CONTAINERS}/1/name is not there`],
  [JsonPatch.add('/metadata/labels/a', 'b'), 'add /metadata/labels/a: /metadata/labels is not there'],
  [JsonPatch.add('/spec/replicas/most', 5), 'add /spec/replicas/most: /spec/replicas is neither a map nor a list'],
  [JsonPatch.add(`${CONTAINERS}/2`, {}), `add ${CONTAINERS}/2: ${CONTAINERS} is a list of 1; expected "-" to add to it`],
  [JsonPatch.add(`${CONTAINERS}/web`, {}), `add ${CONTAINERS}/web: ${CONTAINERS} is a list of 1; expected "-" to add to it`],
  [JsonPatch.move('/spec/other', '/spec/a'), 'move /spec/a: /spec/other is not there'],
  [JsonPatch.test('/spec/replicas', 5), 'test /spec/replicas: it has another value'],
  [JsonPatch.add(`${CONTAINERS}/-1`, {}), `add ${CONTAINERS}/-1: ${CONTAINERS} is a list of 1; expected "-" to add to it`],
  [JsonPatch.add(`${CONTAINERS}/01`, {}), `add ${CONTAINERS}/01: ${CONTAINERS} is a list of 1; expected "-" to add to it`],
  [JsonPatch.remove(''), 'remove : expected a path that begins with "/", as in "/spec/replicas"'],
  [{ op: 'remove', path: '/spec' } as never, "no JSON patch given; expected one as JsonPatch.add('/spec/replicas', 2)"],
  [JsonPatch.replace('spec', {}), 'replace spec: expected a path that begins with "/", as in "/spec/replicas"'],
  [JsonPatch.add('replicas', 1), 'add replicas: expected a path that begins with "/", as in "/spec/replicas"'],
])('%j hits nothing', (patch, problem) => {
  expect(patchProblem(DEPLOYMENT(), patch)).toBe(problem);
});
