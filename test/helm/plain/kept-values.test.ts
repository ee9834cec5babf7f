import { keepFirstValues } from '../../../lib/helm/plain/kept-values';
import { type PlainObject, plainObjects } from '../../../lib/helm/plain/plain-objects';
import { renderedDocuments } from '../../../lib/helm/plain/rendered-documents';
import type { Json } from '../../../lib/kubernetes/json';
import { renderFixture } from '../render-fixture';

const objectOf = (manifest: Json): PlainObject[] => [{ manifest: { apiVersion: 'v1', ...manifest }, baseName: 'a', source: 'a.yaml' }];
const configMap = (data: Json) => objectOf({ kind: 'ConfigMap', metadata: { name: 'a' }, data });

/** What a text is in the end, of which two renders and the lock have other versions. */
function kept(first: Json, second: Json, locked: Json): Json {
  return keepFirstValues(configMap({ key: first }), configMap({ key: second }), configMap({ key: locked }))[0].manifest.data.key;
}

test('a random value is that of the lock, and all else is new', () => {
  // GIVEN
  const render = (...flags: string[]) => plainObjects(renderedDocuments(renderFixture('random', ...flags)), { namespace: 'data' });
  const locked = render();
  // WHEN
  const [first, second] = [render('--set=time=true'), render('--set=time=true')];
  const objects = keepFirstValues(first, second, locked);
  // THEN
  const idOf = (all: PlainObject[]) => all.find(({ baseName }) => baseName === 'rel-instance')?.manifest.data.id;
  expect(idOf(first)).not.toBe(idOf(locked));
  expect(idOf(objects)).toBe(idOf(locked));
  expect(objects.map(({ baseName }) => baseName)).toEqual(first.map(({ baseName }) => baseName));
  expect(objects.filter(({ baseName }) => baseName !== 'rel-instance')).toEqual(
    first.filter(({ baseName }) => baseName !== 'rel-instance'),
  );
});

test('without a lock it is the first render', () => {
  // THEN
  expect(keepFirstValues(configMap({ id: 'x' }), configMap({ id: 'y' }), [])).toEqual(configMap({ id: 'x' }));
});

test.each<[string, Json, Json, Json, Json]>([
  ['a value', 'aXX', 'aYY', 'ZZZ', 'ZZZ'],
  ['a number', 1, 2, 3, 3],
  ['a number that was text', 1, 2, '3', 1],
  ['what was not there', 'x', 'y', undefined, 'x'],
  ['words around it', 'id=aX;', 'id=aY;', 'id=bZ;', 'id=bZ;'],
  ['other words around it', 'id=X; mode=new', 'id=Y; mode=new', 'id=Z; mode=old', 'id=X; mode=new'],
  ['a line of several', 'mode: new\nid: X\n', 'mode: new\nid: Y\n', 'mode: old\nid: Z\n', 'mode: new\nid: Z\n'],
  ['a line that moved', 'mode: new\nid: X\n', 'mode: new\nid: Y\n', 'id: Z\n', 'mode: new\nid: X\n'],
  ['two lines', 'a=X1\nb\nc=X2', 'a=Y1\nb\nc=Y2', 'a=Z1\nold\nc=Z2', 'a=Z1\nb\nc=Z2'],
  ['a list that grows', ['x'], ['y', 'z'], ['w'], ['x']],
])('%s: %j and %j with %j in the lock is %j', (_, first, second, locked, expected) => {
  // THEN
  expect(kept(first, second, locked)).toEqual(expected);
});

test('of a Secret nothing is kept', () => {
  // GIVEN
  const secret = (password: string) => objectOf({ kind: 'Secret', metadata: { name: 'a' }, data: { password } });
  // THEN
  expect(keepFirstValues(secret('x'), secret('y'), secret('z'))).toEqual(secret('x'));
});

test('a Job with a value of the lock is named by what it then does', () => {
  // GIVEN
  const jobs = (id: string) =>
    plainObjects(renderedDocuments(`---\napiVersion: batch/v1\nkind: Job\nmetadata: { name: a }\nspec: { template: { id: ${id} } }\n`), {
      namespace: 'data',
    });
  // THEN
  expect(keepFirstValues(jobs('x'), jobs('y'), jobs('z'))).toEqual(jobs('z').map((job) => ({ ...job, source: 'the output of helm' })));
});
