import { type PlainObject, plainObjects } from '../../../lib/helm/plain/plain-objects';
import { type Difference, describeDifferences, findDifferences, notKept } from '../../../lib/helm/plain/random-values';
import { renderedDocuments } from '../../../lib/helm/plain/rendered-documents';
import type { Json } from '../../../lib/kubernetes/json';
import { pathText } from '../../../lib/kubernetes/object-path';
import { writeYaml } from '../../../lib/kubernetes/yaml-writer';
import { renderFixture } from '../render-fixture';

/** The differences of two renders of the fixture. */
function differencesWith(...flags: string[]): Difference[] {
  const [first, second] = [0, 1].map(() => plainObjects(renderedDocuments(renderFixture('random', ...flags)), { namespace: 'data' }));
  return findDifferences(first, second, []);
}

function objects(...manifests: Json[]): PlainObject[] {
  const text = manifests.map(
    (manifest) => `---\n# Source: chart/templates/${manifest.kind}.yaml\n${writeYaml({ apiVersion: 'v1', ...manifest })}`,
  );
  return plainObjects(renderedDocuments(text.join('')), { namespace: 'data' });
}

const summary = ({ kind, name, path }: Difference) => `${kind}/${name}: ${pathText(path)}`;
const FLAGS = ['--set=secret=true', '--set=time=true'];

test('what a chart makes anew is found, Secrets first, and last what follows from them', () => {
  // WHEN
  const differences = differencesWith(...FLAGS);
  // THEN
  expect(differences.map(summary)).toEqual([
    'Secret/rel-login: data.password',
    'ConfigMap/rel-instance: data.id',
    'ConfigMap/rel-time: metadata.annotations["example.com/rendered-at"]',
    'Deployment/rel-web: spec.template.metadata.annotations["checksum/secret"]',
  ]);
  expect(differences.map(({ source }) => source)).toEqual(
    ['secret', 'config-map', 'time', 'deployment'].map((name) => `random/templates/${name}.yaml`),
  );
  expect(differences.map(({ secrecy }) => secrecy)).toEqual(['Secret', undefined, undefined, undefined]);
  expect(differences.map(({ isChecksum }) => isChecksum)).toEqual([false, false, false, true]);
});

test('where values pin all of it, nothing differs', () => {
  // THEN
  expect(differencesWith('--set=secret=true', '--set=password=pinned', '--set=instanceId=pinned')).toEqual([]);
});

test('the error names object, field, template and what would do, and shows no value', () => {
  // WHEN
  const differences = differencesWith(...FLAGS);
  // THEN
  expect(describeDifferences(differences)).toBe(
    [
      'the chart makes some values anew in each render, so that each synth would change them in the cluster:',
      '  Secret/rel-login (random/templates/secret.yaml): data.password',
      '  ConfigMap/rel-instance (random/templates/config-map.yaml): data.id',
      '  ConfigMap/rel-time (random/templates/time.yaml): metadata.annotations["example.com/rendered-at"]',
      'and, following from them:',
      '  Deployment/rel-web (random/templates/deployment.yaml): spec.template.metadata.annotations["checksum/secret"]',
      'expected one of these: give the values that pin them, such as the name of a Secret that is there; or leave the objects out by ' +
        "exclude: ['Secret/rel-login', 'ConfigMap/rel-instance', 'ConfigMap/rel-time']; or keep the first values in the render lock by " +
        "keepFirstValueOf: ['ConfigMap/rel-instance', 'ConfigMap/rel-time']",
    ].join('\n'),
  );
});

test('several fields of an object are one line, and a Secret alone can not be kept', () => {
  // GIVEN
  const secret = (value: string) =>
    objects({ kind: 'Secret', metadata: { name: 'a' }, data: { 'tls.key': value, 'tls.crt': value, same: 'x' } });
  // WHEN
  const text = describeDifferences(findDifferences(secret('hunter2'), secret('hunter3'), []));
  // THEN
  expect(text).toContain('\n  Secret/a (chart/templates/Secret.yaml): data["tls.key"], data["tls.crt"]\n');
  expect(text).not.toContain('keepFirstValueOf');
  expect(text).not.toContain('hunter');
});

test('an object with a secret can not be kept, whatever else is in it', () => {
  // GIVEN
  const pod = (value: string) =>
    objects({
      kind: 'Pod',
      metadata: { name: 'a' },
      env: [
        { name: 'ADMIN_PASSWORD', value },
        { name: 'ID', value },
      ],
    });
  // THEN
  expect(describeDifferences(findDifferences(pod('hunter2'), pod('hunter3'), []))).not.toContain('keepFirstValueOf');
});

test('the hash in the name of a Job is no difference beside that in the Job', () => {
  // GIVEN
  const job = (id: string) => objects({ apiVersion: 'batch/v1', kind: 'Job', metadata: { name: 'a' }, spec: { template: { id } } });
  // THEN
  expect(findDifferences(job('x'), job('y'), []).map(summary)).toEqual(['Job/a: spec.template.id']);
});

test('an object whose name is new each time is found, and can not be kept', () => {
  // GIVEN
  const configMap = (name: string) => objects({ kind: 'ConfigMap', metadata: { name } });
  // WHEN
  const differences = findDifferences(configMap('a-1'), configMap('a-2'), []);
  // THEN
  expect(differences.map(summary)).toEqual(['ConfigMap/a-1: metadata.name', 'ConfigMap/a-2: metadata.name']);
  expect(notKept(differences, ['ConfigMap/a-1', 'ConfigMap/a-2'], false)).toEqual(differences);
  expect(describeDifferences(differences)).not.toContain('keepFirstValueOf');
});

test('what is kept does not remain, nor what follows from it alone', () => {
  // GIVEN
  const differences = differencesWith(...FLAGS);
  const withoutSecret = differencesWith('--set=time=true');
  const keep = ['ConfigMap/rel-instance', 'ConfigMap/rel-time'];
  // THEN
  expect(notKept(differences, [], false)).toEqual(differences);
  expect(notKept(differences, [...keep, 'Secret/rel-login'], false).map(summary)).toEqual([
    'Secret/rel-login: data.password',
    'Deployment/rel-web: spec.template.metadata.annotations["checksum/secret"]',
  ]);
  expect(notKept(withoutSecret, keep, false)).toEqual([]);
  expect(notKept(withoutSecret, keep.slice(1), false).map(summary)).toEqual(['ConfigMap/rel-instance: data.id']);
});

test('the checksum of a Secret that is excluded is no reason to stop', () => {
  // GIVEN
  const [first, second] = [0, 1].map(() =>
    plainObjects(renderedDocuments(renderFixture('random', '--set=secret=true', '--set=configMap=false')), {
      namespace: 'data',
      exclude: ['Secret/rel-login'],
    }),
  );
  // WHEN
  const differences = findDifferences(first, second, []);
  // THEN
  expect(differences.map(summary)).toEqual(['Deployment/rel-web: spec.template.metadata.annotations["checksum/secret"]']);
  expect(notKept(differences, [], true)).toEqual([]);
  expect(notKept(differences, [], false)).toEqual(differences);
});

test('what repeats a random value of a Secret counts as the Secret, and can not be kept', () => {
  // GIVEN
  const configMap = (url: string) =>
    objects({ kind: 'ConfigMap', metadata: { name: 'a', annotations: { 'checksum/url': url } }, data: { url, id: url.slice(3) } });
  const [first, second] = ['0123456789abcdef0123456789abcdef', 'ffffffffffffffffffffffffffffffff'];
  // WHEN
  const differences = findDifferences(configMap(first), configMap(second), [first]);
  // THEN
  expect(differences.every(({ secrecy, isChecksum }) => secrecy === 'repeated' && !isChecksum)).toBe(true);
  expect(notKept(differences, ['ConfigMap/a'], true)).toEqual(differences);
  expect(describeDifferences(differences)).toContain('data.url (as in a Secret), data.id (as in a Secret)');
  expect(describeDifferences(differences)).not.toContain('keepFirstValueOf');
});

test('a checksum is told by what it is, not by what it is called', () => {
  // GIVEN
  const pod = (annotation: string, digest: string) =>
    objects({ kind: 'Pod', metadata: { name: 'a', annotations: { 'checksum/x': annotation, rollme: digest, 'shared-token': digest } } });

  // WHEN
  const differences = findDifferences(pod('aB3dE', '0'.repeat(64)), pod('fG5hJ', '1'.repeat(64)), []);

  // THEN
  expect(differences.map(({ path, isChecksum, secrecy }) => [path.at(-1), isChecksum, secrecy])).toEqual([
    ['shared-token', false, 'named'],
    ['checksum/x', false, undefined],
    ['rollme', true, undefined],
  ]);
});

test('of one name in two namespaces, that is kept which the namespace says', () => {
  // GIVEN
  const configMap = (namespace: string, id: string) => ({ kind: 'ConfigMap', metadata: { name: 'a', namespace }, data: { id } });
  const render = (id: string) => objects(configMap('one', id), configMap('two', id));
  const differences = findDifferences(render('x'), render('y'), []);

  // THEN
  expect(notKept(differences, ['ConfigMap/one/a'], false).map(({ namespace }) => namespace)).toEqual(['two']);
  expect(notKept(differences, ['ConfigMap/a'], false)).toEqual([]);
});

test('a checksum that follows from nothing is what the chart makes anew', () => {
  // GIVEN
  const pod = (digest: string) => objects({ kind: 'Pod', metadata: { name: 'a', annotations: { 'checksum/roll': digest } } });
  const differences = findDifferences(pod('0'.repeat(64)), pod('1'.repeat(64)), []);

  // THEN
  expect(notKept(differences, [], false)).toEqual(differences);
  expect(describeDifferences(differences)).toContain(
    'change them in the cluster:\n  Pod/a (chart/templates/Pod.yaml): metadata.annotations["checksum/roll"]\nexpected one of these',
  );
  expect(notKept(differences, ['Pod/a'], false)).toEqual([]);
});

test.each<[string, (value: string) => Json]>([
  ['its key', (value) => ({ kind: 'ConfigMap', metadata: { name: 'a' }, data: { adminPassword: value } })],
  ['a line of a text', (value) => ({ kind: 'ConfigMap', metadata: { name: 'a' }, data: { ini: `[a]\nuser = b\napi_key = "${value}"\n` } })],
  [
    'the name of a variable',
    (value) => ({ kind: 'Pod', metadata: { name: 'a' }, spec: { containers: [{ env: [{ name: 'REDIS_PASSWORD', value }] }] } }),
  ],
  ['a flag', (value) => ({ kind: 'Pod', metadata: { name: 'a' }, spec: { containers: [{ args: [`--token=${value}`] }] } })],
])('what %s says to be a password can not be kept', (_what, manifest) => {
  // GIVEN
  const differences = findDifferences(objects(manifest('aB3dE')), objects(manifest('fG5hJ')), []);

  // THEN
  expect(notKept(differences, ['ConfigMap/a', 'Pod/a'], true)).toEqual(differences);
  expect(describeDifferences(differences)).toContain('(a secret by its name)');
  expect(describeDifferences(differences)).not.toContain('keepFirstValueOf');
});
