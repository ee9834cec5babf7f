import { ApiObject, App, Chart, JsonPatch, Testing } from 'cdk8s';
import { CheckedApp } from '../../lib/cdk8s/checked-app';
import { removeTemporaryFolders, temporaryFolder } from '../support/temporary-folder';

afterAll(removeTemporaryFolders);

/** A chart of an app whose validation counts how often it was done, and says `errors`. */
function chartIn(app: App, id: string, errors: string[] = []): { chart: Chart; count: () => number } {
  const chart = new Chart(app, id);
  let count = 0;
  CheckedApp.of(chart).addValidation(chart, () => {
    count += 1;
    return errors;
  });
  return { chart, count: () => count };
}

test.each<[string, (app: App) => unknown]>([
  ['app.synth()', (app) => app.synth()],
  ['app.synthYaml()', (app) => app.synthYaml()],
])('%s validates each scope once, and the next one does again', (_what, synth) => {
  // GIVEN
  const app = new App({ outdir: temporaryFolder() });
  const [a, b] = [chartIn(app, 'a'), chartIn(app, 'b')];
  // WHEN
  synth(app);
  // THEN
  expect([a.count(), b.count()]).toEqual([1, 1]);
  // WHEN
  synth(app);
  // THEN
  expect([a.count(), b.count()]).toEqual([2, 2]);
});

test('a chart that is synthesised alone is validated each time, as it may have changed', () => {
  // GIVEN
  const app = new App();
  const [a, b] = [chartIn(app, 'a'), chartIn(app, 'b')];
  app.synthYaml();
  // WHEN
  Testing.synth(a.chart);
  Testing.synth(a.chart);
  // THEN
  expect([a.count(), b.count()]).toEqual([3, 3]);
});

test('what does not pass ends the synth, and the next one tells it again', () => {
  // GIVEN
  const app = new App();
  const [right, wrong] = [chartIn(app, 'a'), chartIn(app, 'b', ['wrong'])];
  // THEN
  for (const _ of [1, 2]) expect(() => app.synthYaml()).toThrow('[b] wrong');
  expect([right.count(), wrong.count()]).toEqual([2, 2]);
});

test('another app is another matter', () => {
  // GIVEN
  const [one, other] = [new App(), new App()];
  const [a, b] = [chartIn(one, 'a'), chartIn(other, 'b')];
  // WHEN
  one.synthYaml();
  // THEN
  expect([a.count(), b.count()]).toEqual([1, 0]);
});

test('what is checked in a synth is what is written, and the next synth renders it again', () => {
  // GIVEN
  const app = new App();
  const chart = new Chart(app, 'a');
  const object = new ApiObject(chart, 'object', { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'a' }, data: { key: 'one' } });
  const rendered = jest.spyOn(object, 'toJson');
  CheckedApp.of(chart).addValidation(chart, () => {
    CheckedApp.of(chart).render(object);
    return [];
  });

  // WHEN
  const first = app.synthYaml();
  object.addJsonPatch(JsonPatch.replace('/data/key', 'two'));
  const second = app.synthYaml();

  // THEN
  expect(rendered).toHaveBeenCalledTimes(2);
  expect(first).toContain('key: one');
  expect(second).toContain('key: two');
});

test('an object that is rendered outside of a synth is rendered each time', () => {
  // GIVEN
  const chart = new Chart(new App(), 'a');
  const object = new ApiObject(chart, 'object', { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'a' }, data: { key: 'one' } });
  const before = CheckedApp.of(chart).render(object);

  // WHEN
  object.addJsonPatch(JsonPatch.replace('/data/key', 'two'));

  // THEN
  expect(before.data.key).toBe('one');
  expect(CheckedApp.of(chart).render(object).data.key).toBe('two');
});

test('a tree whose root is no app is validated as any', () => {
  // GIVEN
  const { chart, count } = chartIn(undefined as never, 'root');
  // WHEN
  chart.node.validate();
  chart.node.validate();
  // THEN
  expect(count()).toBe(2);
});
