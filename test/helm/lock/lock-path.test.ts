import { join } from 'node:path';
import { Construct, RootConstruct } from 'constructs';
import { lockPath, otherOwner } from '../../../lib/helm/lock/lock-path';

/** A construct of an app, made with those around it. */
function at(root: Construct, ...ids: string[]): Construct {
  return ids.reduce((scope, id) => (scope.node.tryFindChild(id) as Construct) ?? new Construct(scope, id), root);
}
const nameOf = (...ids: string[]) => lockPath(at(new RootConstruct(), ...ids), '');

test('a lock is named for the path of its include', () => {
  // GIVEN
  const include = at(new RootConstruct(), 'staging', 'My web_1', 'shop-2');

  // THEN
  expect(lockPath(include)).toBe(join('helm.lock', 'staging.My web_1.shop-2.json'));
  expect(lockPath(include, 'locks')).toBe(join('locks', 'staging.My web_1.shop-2.json'));
});

test('paths that look alike have names of their own', () => {
  // GIVEN
  const paths = [
    ['a', 'b', 'c'],
    ['a.b', 'c'],
    ['a', 'b.c'],
    ['a.b.c'],
    ['a%2Eb', 'c'],
    ['a%252Eb', 'c'],
    ['a\\b', 'c'],
    ['a:b', 'c'],
    ['..', 'c'],
  ];

  // WHEN
  const names = paths.map((path) => nameOf(...path));

  // THEN
  expect(new Set(names).size).toBe(paths.length);
  expect(names.slice(0, 3)).toEqual(['a.b.c.json', 'a%2Eb.c.json', 'a.b%2Ec.json']);
  expect(nameOf('..', 'c')).toBe('%2E%2E.c.json');
});

test('two includes whose names differ in case alone have one lock file, and the second is told of the first', () => {
  // GIVEN
  const root = new RootConstruct();
  const [first, second, other] = [at(root, 'a', 'Web'), at(root, 'a', 'web'), at(root, 'a', 'shop')];
  const claim = (include: Construct, folder?: string) => otherOwner(lockPath(include, folder), include);

  // THEN
  expect(claim(first)).toBeUndefined();
  expect(claim(second)).toBe(first);
  expect(claim(second, './helm.lock/')).toBe(first);
  expect(claim(second, 'locks')).toBeUndefined();
  expect(claim(other)).toBeUndefined();
  expect(claim(first)).toBeUndefined();
  expect(claim(at(new RootConstruct(), 'a', 'web'))).toBeUndefined();
});
