import { App } from 'cdk8s';
import { Construct } from 'constructs';
import { CheckedApp } from '../../lib/checks/checked-app';

/** A scope of an app whose validation counts how often it was done, and says `errors`. */
function scopeIn(app: App, id: string, errors: string[] = []): { validate: () => string[]; count: () => number } {
  const scope = new Construct(app, id);
  let count = 0;
  const checked = CheckedApp.of(scope);
  checked.scopes.push(scope);
  checked.addValidation(scope, () => {
    count += 1;
    return errors;
  });
  return { validate: () => scope.node.validate(), count: () => count };
}

test('the only scope is validated each time', () => {
  // GIVEN
  const scope = scopeIn(new App(), 'a');
  // WHEN
  scope.validate();
  scope.validate();
  // THEN
  expect(scope.count()).toBe(2);
});

test('with several scopes what passed is not validated again in the same run, but in the next', async () => {
  // GIVEN
  const app = new App();
  const [a, b] = [scopeIn(app, 'a'), scopeIn(app, 'b')];
  // WHEN
  const results = [a, b, a, b, a, b].map((scope) => scope.validate());
  // THEN
  expect(results.flat()).toEqual([]);
  expect([a.count(), b.count()]).toEqual([1, 1]);
  // WHEN
  await Promise.resolve();
  a.validate();
  await Promise.resolve();
  a.validate();
  // THEN
  expect(a.count()).toBe(3);
});

test('what did not pass is validated again', () => {
  // GIVEN
  const app = new App();
  scopeIn(app, 'a');
  const wrong = scopeIn(app, 'b', ['wrong']);
  // WHEN
  const results = [wrong.validate(), wrong.validate()];
  // THEN
  expect(results).toEqual([['wrong'], ['wrong']]);
  expect(wrong.count()).toBe(2);
});

test('another app is another matter', () => {
  // GIVEN
  const [a, b] = [scopeIn(new App(), 'a'), scopeIn(new App(), 'b')];
  // WHEN
  for (const scope of [a, b, a, b]) scope.validate();
  // THEN
  expect([a.count(), b.count()]).toEqual([2, 2]);
});
