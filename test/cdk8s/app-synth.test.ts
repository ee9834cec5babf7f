import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ApiObject, App, Chart, Lazy, Testing, Yaml, YamlOutputType } from 'cdk8s';
import { parseAllDocuments } from 'yaml';
import { AppSynth } from '../../lib/cdk8s/app-synth';
import { removeTemporaryFolders, temporaryFolder } from '../support/temporary-folder';

afterAll(removeTemporaryFolders);

/** Texts that cdk8s writes so that kubectl reads them as something else, or not at all. */
const DATA = { mode: '0o644', exponent: 'e5', lines: '\ta\nb\n', separator: 'a\u2028b' };

function configMap(chart: Chart, id: string, data: object): ApiObject {
  return new ApiObject(chart, id, { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: id }, data });
}

test.each([
  [YamlOutputType.FILE_PER_APP, 'app.k8s.yaml'],
  [YamlOutputType.FILE_PER_CHART, 'chart.k8s.yaml'],
  [YamlOutputType.FILE_PER_RESOURCE, 'ConfigMap.a.k8s.yaml'],
  [YamlOutputType.FOLDER_PER_CHART_FILE_PER_RESOURCE, 'chart/ConfigMap.a.k8s.yaml'],
])('files of the form %s are written by this library', (yamlOutputType, file) => {
  // GIVEN
  const app = new App({ outdir: temporaryFolder(), yamlOutputType });
  const chart = new Chart(app, 'chart');
  configMap(chart, 'a', DATA);
  AppSynth.of(chart);

  // WHEN
  app.synth();

  // THEN
  const text = readFileSync(join(app.outdir, file), 'utf8');
  expect(text).toContain('mode: "0o644"');
  expect(parseAllDocuments(text).map((document) => document.toJS())).toEqual([
    { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'a' }, data: DATA },
  ]);
});

test('so is the text of all of an app, and not what others write meanwhile or afterwards', () => {
  // GIVEN
  const app = new App();
  const chart = new Chart(app, 'chart');
  const byCdk8s = Yaml.stringify({ mode: '0o644' });
  configMap(chart, 'a', { ...DATA, nested: Lazy.any({ produce: () => Yaml.stringify({ mode: '0o644' }) }) });
  AppSynth.of(chart);

  // WHEN
  const text = app.synthYaml();

  // THEN
  expect(parseAllDocuments(text).map((document) => document.toJS().data)).toEqual([{ ...DATA, nested: byCdk8s }]);
  expect(Yaml.stringify({ mode: '0o644' })).toBe(byCdk8s);
});

test('an app without anything of this library is left to cdk8s', () => {
  // GIVEN
  const [ours, other] = [new App(), new App()].map((app) => new Chart(app, 'chart'));
  for (const chart of [ours, other]) configMap(chart, 'a', DATA);
  AppSynth.of(ours);

  // THEN
  expect((other.node.root as App).synthYaml()).toContain('mode: 0o644');
  expect((ours.node.root as App).synthYaml()).toContain('mode: "0o644"');
});

test('a synth that fails leaves nothing replaced', () => {
  // GIVEN
  const app = new App();
  const chart = new Chart(app, 'chart');
  const heard: string[] = [];
  chart.node.addValidation({ validate: () => ['wrong'] });
  AppSynth.of(chart).listen({ begin: () => heard.push('begin'), end: () => heard.push('end') });
  const { stringify } = Yaml;

  // THEN
  expect(() => app.synth()).toThrow('wrong');
  expect(Yaml.stringify).toBe(stringify);
  expect(heard).toEqual(['begin', 'end']);
});

test('an app of a class of its own keeps what that does', () => {
  // GIVEN
  const done: string[] = [];
  class OwnApp extends App {
    override synth() {
      done.push('before');
      super.synth();
    }
  }
  const app = new OwnApp({ outdir: temporaryFolder() });
  AppSynth.of(new Chart(app, 'chart'));

  // WHEN
  app.synth();

  // THEN
  expect(done).toEqual(['before']);
  expect(app).toBeInstanceOf(OwnApp);
});

// jsii looks for a method in the prototype of an object's class, and in the object only if it is not there.
test('a program in another language gets the same', () => {
  // GIVEN
  const app = new App();
  const chart = new Chart(app, 'chart');
  configMap(chart, 'a', DATA);
  AppSynth.of(chart);

  // WHEN
  const text = app.constructor.prototype.synthYaml.call(app);

  // THEN
  expect(text).toContain('mode: "0o644"');
});

/** A chart of an app whose validation counts how often it was done, and says `errors`. */
function chartIn(app: App, id: string, errors: string[] = []): { chart: Chart; count: () => number } {
  const chart = new Chart(app, id);
  let count = 0;
  chart.node.addValidation({
    validate: () => {
      count += 1;
      return errors;
    },
  });
  AppSynth.of(chart);
  return { chart, count: () => count };
}

test.each<[string, (app: App) => unknown]>([
  ['app.synth()', (app) => app.synth()],
  ['app.synthYaml()', (app) => app.synthYaml()],
])('%s validates each construct once, and the next one does again', (_what, synth) => {
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

test('objects stand behind what they depend on, and those of a chart in a chart with that', () => {
  // GIVEN
  const app = new App({ outdir: temporaryFolder() });
  const outer = new Chart(app, 'outer');
  const inner = new Chart(outer, 'inner');
  const first = configMap(outer, 'first', {});
  first.addDependency(configMap(outer, 'second', {}));
  configMap(inner, 'third', {});
  const chart = new Chart(app, 'other');
  configMap(chart, 'fourth', {});
  chart.addDependency(outer);
  const files = () => {
    app.synth();
    return readdirSync(app.outdir).map((file) => [file, readFileSync(join(app.outdir, file), 'utf8')]);
  };
  const byCdk8s = files();

  // WHEN
  AppSynth.of(chart);

  // THEN
  expect(files()).toEqual(byCdk8s);
  expect(byCdk8s).toHaveLength(3);
});

test('a tree whose root is no app is left alone', () => {
  // GIVEN
  const chart = new Chart(undefined as never, 'root');

  // THEN
  expect(() => AppSynth.of(chart).listen({ begin: () => {}, end: () => {} })).not.toThrow();
});
