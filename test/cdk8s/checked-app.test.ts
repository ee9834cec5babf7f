import { ApiObject, App, Chart, JsonPatch } from 'cdk8s';
import { CheckedApp } from '../../lib/cdk8s/checked-app';

test('what is checked in a synth is what is written, and the next synth renders it again', () => {
  // GIVEN
  const app = new App();
  const chart = new Chart(app, 'a');
  const object = new ApiObject(chart, 'object', { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'a' }, data: { key: 'one' } });
  const rendered = jest.spyOn(object, 'toJson');
  chart.node.addValidation({ validate: () => (CheckedApp.of(chart).render(object) ? [] : ['nothing']) });
  CheckedApp.of(chart);

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
