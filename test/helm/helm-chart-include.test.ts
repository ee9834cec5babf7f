import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { ApiObject, App, Chart, Duration, JsonPatch, Testing } from 'cdk8s';
import { HelmChart, HelmChartInclude, type HelmChartIncludeProps, HelmCrds } from '../../lib';
import { attachPodPart } from '../../lib/cdk8s/attach-pod-part';
import { findObject } from '../../lib/cdk8s/find-object';
import { hashOf } from '../../lib/kubernetes/hash';
import { ChartServer } from '../support/chart-server';
import { restoreEnvironment, setEnvironment } from '../support/environment';
import { fakeHelm } from '../support/fake-helm';
import { fixtureChart, testHelm } from '../support/helm';
import { nameOf } from '../support/manifests';
import { synthErrors } from '../support/synth-objects';
import { useTemporaryFolder } from '../support/temporary-folder';

jest.setTimeout(60_000);

const folder = useTemporaryFolder();

beforeEach(() => setEnvironment({ XDG_CACHE_HOME: join(folder(), 'cache'), HELM_BIN: testHelm(), CI: undefined }));
afterEach(restoreEnvironment);

type Props = Partial<HelmChartIncludeProps>;

function include(name: string, props: Props = {}, { namespace = 'web', id = name }: { namespace?: string; id?: string } = {}) {
  const chart = new Chart(new App(), 'app', { namespace });
  const included = new HelmChartInclude(chart, id, {
    chart: HelmChart.folder(fixtureChart(name)),
    lockFolder: join(folder(), 'helm.lock'),
    ...props,
  });
  return { chart, included };
}

function objects(name: string, props?: Props) {
  return Testing.synth(include(name, props).chart);
}

function errors(name: string, props: Props = {}): string[] {
  return synthErrors((app) => {
    const lockFolder = join(folder(), 'helm.lock');
    new HelmChartInclude(new Chart(app, 'app'), name, { chart: HelmChart.folder(fixtureChart(name)), lockFolder, ...props });
  });
}

/** A helm that notes its commands, one a line. */
function countingHelm(): { readonly helm: string; commands(): string[] } {
  const log = join(folder(), 'commands');
  writeFileSync(log, '');
  const helm = fakeHelm(folder(), `echo "$1" >> '${log}'\nexec '${testHelm()}' "$@"`, 'counting-helm');
  return { helm, commands: () => readFileSync(log, 'utf8').split('\n').filter(Boolean) };
}

/** The objects of a chart of another program: nothing of this one is in its memory. */
function afresh(build: (library: typeof import('../../lib'), chart: Chart) => void): unknown[] {
  let manifests: unknown[] = [];
  jest.isolateModules(() => {
    const cdk8s: typeof import('cdk8s') = require('cdk8s');
    const chart = new cdk8s.Chart(new cdk8s.App(), 'app', { namespace: 'web' });
    build(require('../../lib'), chart);
    manifests = cdk8s.Testing.synth(chart);
  });
  return manifests;
}

describe('objects', () => {
  test('are ApiObjects, each with an id of its kind and name', () => {
    // WHEN
    const { included } = include('plain');

    // THEN
    expect(included.releaseName).toBe('plain');
    expect(included.apiObjects.map((object) => object.node.id)).toEqual(included.apiObjects.map(({ kind, name }) => `${kind}-${name}`));
    expect(included.node.findAll().filter((construct) => construct instanceof ApiObject)).toEqual(included.apiObjects);
  });

  test('have no hook, and Jobs are found by their name without the hash', () => {
    // WHEN
    const { chart, included } = include('hooks');

    // THEN
    expect(JSON.stringify(Testing.synth(chart))).not.toContain('helm.sh/hook');
    expect(included.find('Job', 'hooks-migrate').name).toMatch(/^hooks-migrate-[0-9a-f]{8}$/);
    expect(included.apiObjects.map(({ kind }) => kind)).not.toContain('Pod');
  });

  test('are in the namespace of the cdk8s chart where they name none, but for those that are in none', () => {
    // WHEN
    const manifests = objects('crds', { crds: HelmCrds.here() });

    // THEN
    expect(manifests[0].kind).toBe('CustomResourceDefinition');
    expect(manifests[0].metadata.namespace).toBeUndefined();
    expect(manifests.slice(1).map(({ metadata }) => metadata.namespace)).toContain('web');
  });

  test('are in "default" where nothing names a namespace: the kube context is not asked', () => {
    // GIVEN
    const kubeconfig = join(folder(), 'kubeconfig');
    const context = '{"name":"c","context":{"namespace":"of-the-context","cluster":"c","user":"u"}}';
    writeFileSync(kubeconfig, `{"apiVersion":"v1","kind":"Config","current-context":"c","contexts":[${context}]}`);
    setEnvironment({ KUBECONFIG: kubeconfig, HELM_NAMESPACE: 'of-the-environment' });
    const chart = new Chart(new App(), 'app');

    // WHEN
    new HelmChartInclude(chart, 'plain', { chart: HelmChart.folder(fixtureChart('plain')), lockFolder: join(folder(), 'locks') });

    // THEN
    for (const { metadata } of Testing.synth(chart)) expect(metadata.namespace).toBe('default');
  });

  test('are made from the values', () => {
    // WHEN
    const manifests = objects('plain', { values: { replicas: 3, nodeSelector: { disk: 'ssd' } }, releaseName: 'shop' });

    // THEN
    const deployment = manifests.find(({ kind }) => kind === 'Deployment');
    expect(deployment.metadata.name).toMatch(/^shop/);
    expect(deployment.spec.replicas).toBe(3);
    expect(deployment.spec.template.spec.nodeSelector).toEqual({ disk: 'ssd' });
  });

  test('can be left out', () => {
    expect(objects('plain', { exclude: ['Service/plain-web'] }).map(nameOf)).not.toContain('Service/plain-web');
    expect(errors('plain', { exclude: ['Service/other'] }).join()).toContain('exclude: "Service/other" given');
  });

  test('can depend on others, and others on them', () => {
    // GIVEN
    const { chart, included } = include('plain');
    const last = new ApiObject(chart, 'first', { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'last' } });

    // WHEN
    last.addDependency(included.find('Deployment', 'plain-web'));

    // THEN
    const names = Testing.synth(chart).map(nameOf);
    expect(names.indexOf('ConfigMap/last')).toBeGreaterThan(names.indexOf('Deployment/plain-web'));
  });

  test('are the same at each synth, byte for byte', () => {
    for (const name of ['plain', 'hooks', 'weird']) {
      // GIVEN
      const first = objects(name, { releaseName: 'same' });

      // WHEN
      rmSync(join(folder(), 'helm.lock'), { recursive: true });
      const second = afresh(({ HelmChart, HelmChartInclude }, chart) => {
        setEnvironment({ XDG_CACHE_HOME: join(folder(), 'another-cache') });
        const lockFolder = join(folder(), 'helm.lock');
        new HelmChartInclude(chart, name, { chart: HelmChart.folder(fixtureChart(name)), lockFolder, releaseName: 'same' });
      });

      // THEN
      expect(JSON.stringify(second)).toBe(JSON.stringify(first));
    }
  });
});

describe('patch', () => {
  test('changes an object, whether it is rendered yet or not', () => {
    // GIVEN
    const { chart, included } = include('plain');

    // WHEN
    included.patch('Deployment', 'plain-web', JsonPatch.replace('/spec/replicas', 7));

    // THEN
    expect(Testing.synth(chart).find(({ kind }) => kind === 'Deployment').spec.replicas).toBe(7);
    included.patch('Deployment', 'plain-web', JsonPatch.replace('/spec/replicas', 8));
    expect(Testing.synth(chart).find(({ kind }) => kind === 'Deployment').spec.replicas).toBe(8);
  });

  test('of an object that is not there is an error', () => {
    const { chart, included } = include('plain');
    included.patch('Deployment', 'other', JsonPatch.replace('/spec/replicas', 7));
    expect(() => Testing.synth(chart)).toThrow('[app/plain] patch: no Deployment is called other; there is: plain-web');
  });

  test('of a field that is not there is an error, and changes nothing', () => {
    const { chart, included } = include('plain');
    included.patch('Deployment', 'plain-web', JsonPatch.replace('/spec/replica', 7));
    expect(() => Testing.synth(chart)).toThrow(
      '[app/plain] patch: Deployment/plain-web: replace /spec/replica: /spec/replica is not there; did you mean "replicas"?',
    );
    expect(included.find('Deployment', 'plain-web').toJson().spec).not.toHaveProperty('replica');
  });
});

test('what is above it finds its objects too, Jobs without their hash', () => {
  const { chart, included } = include('hooks');
  expect(findObject(chart, 'Job', 'hooks-migrate')).toBe(included.find('Job', 'hooks-migrate'));
});

describe('a Job', () => {
  const nameIn = (included: HelmChartInclude) => included.find('Job', 'hooks-migrate').toJson().metadata.name;
  const image = '/spec/template/spec/containers/0/image';

  test('has the name of the lock', () => {
    const { included } = include('hooks');
    expect(nameIn(included)).toBe(included.find('Job', 'hooks-migrate').name);
  });

  test.each<[string, (included: HelmChartInclude) => void]>([
    ['patched', (included) => included.patch('Job', 'hooks-migrate', JsonPatch.replace(image, 'migrate:2'))],
    ['patched by cdk8s', (included) => included.find('Job', 'hooks-migrate').addJsonPatch(JsonPatch.replace(image, 'migrate:2'))],
    ['attached to', (included) => attachPodPart(included.find('Job', 'hooks-migrate'), { env: [{ name: 'A', value: '1' }] })],
  ])('that is %s is another Job', (_what, change) => {
    // GIVEN
    const { included } = include('hooks');
    const before = nameIn(included);

    // WHEN
    change(included);

    // THEN
    expect(nameIn(included)).toMatch(/^hooks-migrate-[0-9a-f]{8}$/);
    expect(nameIn(included)).not.toBe(before);
  });

  test('that has another name by a patch keeps it', () => {
    const { included } = include('hooks');
    included.patch('Job', 'hooks-migrate', JsonPatch.replace('/metadata/name', 'mine'), JsonPatch.replace(image, 'migrate:2'));
    expect(nameIn(included)).toBe('mine');
  });

  test('can stay for a time only, which makes no other Job of it', () => {
    const { included } = include('hooks');
    included.patch('Job', 'hooks-migrate', JsonPatch.add('/spec/ttlSecondsAfterFinished', 60));
    expect(nameIn(included)).toBe(included.find('Job', 'hooks-migrate').name);
  });
});

test('find of an object that is not there is an error, which tells what there is', () => {
  expect(() => include('plain').included.find('Deployment', 'other')).toThrow(
    '[app/plain] no Deployment is called other; there is: plain-web',
  );
});

test.each(['on', 'no', '1e3', '12', '1.5', 'off1', 'web'])(
  'a release called %s is told where YAML takes that for no text',
  (releaseName) => {
    // GIVEN
    const said = jest.spyOn(console, 'warn').mockReturnValue();

    // WHEN
    include('plain', { releaseName });

    // THEN
    const warnings = said.mock.calls.map(([text]) => text);
    said.mockRestore();
    const isTold = !['off1', 'web'].includes(releaseName);
    expect(warnings).toEqual(isTold ? [expect.stringContaining(`releaseName: "${releaseName}" given, which YAML takes for no text`)] : []);
  },
);

describe('render lock', () => {
  test('takes the place of helm, of the network and of the chart', () => {
    // GIVEN
    const copy = join(folder(), 'chart');
    cpSync(fixtureChart('plain'), copy, { recursive: true });
    const props = { chart: HelmChart.folder(copy), values: { replicas: 2 } };
    const rendered = objects('plain', props);

    // WHEN
    rmSync(copy, { recursive: true });
    setEnvironment({ PATH: '', HELM_BIN: undefined });

    // THEN
    expect(objects('plain', props)).toEqual(rendered);
  });

  test('has a file for each include, named for its path', () => {
    objects('plain');
    expect(readdirSync(join(folder(), 'helm.lock'))).toEqual(['app.plain.json']);
  });

  test('is of one include alone', () => {
    // GIVEN
    const app = new App();
    const props = { chart: HelmChart.folder(fixtureChart('plain')), lockFolder: join(folder(), 'helm.lock') };

    // WHEN
    const charts = [new Chart(app, 'a.b'), new Chart(app, 'a')];
    new HelmChartInclude(charts[0], 'c', { ...props, releaseName: 'web' });
    new HelmChartInclude(charts[1], 'b.c', { ...props, releaseName: 'shop' });
    for (const chart of charts) Testing.synth(chart);
    new HelmChartInclude(charts[1], 'B.c', { ...props, releaseName: 'web' });

    // THEN
    expect(readdirSync(join(folder(), 'helm.lock')).sort()).toEqual(['a%2Eb.c.json', 'a.b%2Ec.json']);
    expect(() => Testing.synth(charts[1])).toThrow('[a/B.c] its render lock would be the file of a/b.c');
  });

  test('is written anew when the values change', () => {
    objects('plain', { values: { replicas: 2 } });
    objects('plain', { values: { replicas: 3 } });
    expect(readFileSync(join(folder(), 'helm.lock', 'app.plain.json'), 'utf8')).toContain('"replicas": 3');
  });

  test('is written anew when the chart changes', () => {
    // GIVEN
    const copy = join(folder(), 'chart');
    cpSync(fixtureChart('plain'), copy, { recursive: true });
    objects('plain', { chart: HelmChart.folder(copy) });

    // WHEN
    writeFileSync(join(copy, 'templates', 'more.yaml'), 'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: more}\n');

    // THEN
    expect(objects('plain', { chart: HelmChart.folder(copy) }).map(nameOf)).toContain('ConfigMap/more');
  });

  test.each<[string, Props, { readonly [name: string]: string }]>([
    ['the prop frozen', { frozen: true }, {}],
    ['CI', {}, { CI: 'true' }],
  ])('that does not match, or is missing, is an error under %s', (_what, props, environment) => {
    // GIVEN
    objects('plain', { values: { replicas: 2 } });

    // WHEN
    setEnvironment(environment);

    // THEN
    expect(objects('plain', { ...props, values: { replicas: 2 } })).not.toEqual([]);
    expect(errors('plain', { ...props, releaseName: 'shop', namespace: 'web', values: { replicas: 3 } })).toEqual([
      expect.stringMatching(/app\.plain\.json does not match \(.*releaseName: "plain" → "shop".*values\.replicas: 2 → 3.*\)/),
    ]);
    expect(errors('hooks', props).join()).toContain('app.hooks.json does not match (it is not there)');
  });

  test('that does not match is an error with the argument --frozen', () => {
    // GIVEN
    process.argv.push('--frozen');

    // THEN
    try {
      expect(errors('plain').join()).toContain('app.plain.json does not match');
    } finally {
      process.argv.pop();
    }
  });

  test('that somebody has edited is an error', () => {
    objects('plain');
    const lock = join(folder(), 'helm.lock', 'app.plain.json');
    writeFileSync(lock, readFileSync(lock, 'utf8').replace('"replicas": 1', '"replicas": 9'));
    expect(errors('plain').join()).toContain('something else than synth has changed it');
  });
});

describe('a range of versions', () => {
  const from = (url: string, version: string) => ({ chart: HelmChart.repository({ url, name: 'plain', version }) });

  test('stands for the version that the lock has', async () => {
    // GIVEN one version, once
    const server = await ChartServer.start(folder(), [fixtureChart('plain')]);
    const { url } = server;
    const exact = objects('plain', from(url, '1.2.3'));
    await server.stop();

    // WHEN
    const lock = () => readFileSync(join(folder(), 'helm.lock', 'app.plain.json'), 'utf8');
    const locked = lock();

    // THEN it needs no network, and is the same as that version, also for a change
    expect(objects('plain', { ...from(url, '^1.1'), frozen: true })).toEqual(exact);
    expect(lock()).toBe(locked);
    expect(JSON.stringify(objects('plain', { ...from(url, '~1.2.0'), values: { replicas: 5 } }))).toContain('"replicas":5');
    expect(lock()).toContain('"version": "1.2.3"');
    expect(errors('plain', from(url, '^2.0.0')).join()).toMatch(/version: "\^2\.0\.0" given; a range.*app\.plain\.json has .*"1\.2\.3"/);
  });

  test('is an error without a lock, which says how to begin', () => {
    expect(errors('plain', from('https://charts.example.com', '^1.1')).join()).toMatch(
      /chart\.version: "\^1\.1" given; a range.*app\.plain\.json is not there; expected one version first, as in "1\.20\.0"/,
    );
  });
});

describe('values that the chart makes anew in each render', () => {
  test('are an error, which names object, field, template and the ways out', () => {
    expect(errors('random').join('\n')).toMatch(/ConfigMap\/random-instance \(random\/templates\/config-map\.yaml\): data\.id/);
    expect(existsSync(join(folder(), 'helm.lock'))).toBe(false);
  });

  test('are found too where they follow from the second of the render', () => {
    const values = { configMap: false, time: true, timeFormat: '20060102150405' };
    expect(errors('random', { values }).join('\n')).toContain('metadata.annotations["example.com/rendered-at"]');
  });

  test('can be pinned by a value', () => {
    expect(objects('random', { values: { instanceId: 'one' } })).not.toEqual([]);
  });

  test('are kept in the lock where that is wanted, also when something else changes', () => {
    // GIVEN
    const idOf = (props: Props) =>
      objects('random', { keepFirstValueOf: ['ConfigMap/random-instance'], ...props }).find(({ kind }) => kind === 'ConfigMap').data.id;

    // WHEN
    const first = idOf({});

    // THEN
    expect(idOf({})).toBe(first);
    expect(idOf({ kubeVersion: '1.33.0' })).toBe(first);
  });

  test('of a Secret do not get into the lock, and can not be kept', () => {
    // GIVEN
    const values = { configMap: false, secret: true };

    // THEN
    expect(errors('random', { values }).join('\n')).toContain('Secret/random-login (random/templates/secret.yaml): data.password');
    expect(errors('random', { values, keepFirstValueOf: ['Secret/random-login'] }).join()).toContain('a Secret can not be kept');
    expect(existsSync(join(folder(), 'helm.lock'))).toBe(false);
  });

  describe.each([{ stringData: false }, { stringData: true }])('of a Secret that is left out (%j)', ({ stringData }) => {
    const props = (repeated: string): Props => ({
      values: { configMap: false, repeated, stringData },
      exclude: ['Secret/random-repeated'],
      keepFirstValueOf: ['ConfigMap/random-repeats'],
    });

    test.each([
      'PASSWORD',
      'BASE64',
      'postgresql://web:PASSWORD@db/web',
      'mode: plain\nauth: BASE64\n',
      'xPASSWORDx',
      'HEX',
      'BASE32',
      'UPPER',
      'SHA256',
      'BCRYPT',
    ])('are not kept in another object either: %j', (repeated) => {
      expect(errors('random', props(repeated))).toContain(
        'ConfigMap/random-repeats (random/templates/repeated.yaml): data.settings (as in a Secret)',
      );
      expect(existsSync(join(folder(), 'helm.lock'))).toBe(false);
    });

    test('do not get into a lock that is there, whether it may be written or not', () => {
      // GIVEN
      objects('random', props('OTHER'));
      const lock = join(folder(), 'helm.lock', 'app.random.json');
      const text = readFileSync(lock, 'utf8');

      // THEN
      expect(errors('random', { ...props('PASSWORD'), namespace: 'web' }).join()).toContain('data.settings (as in a Secret)');
      expect(errors('random', { ...props('PASSWORD'), namespace: 'web', frozen: true }).join()).toContain('does not match');
      expect(readFileSync(lock, 'utf8')).toBe(text);
    });
  });

  test('can be left out with their object, and what follows from them be kept', () => {
    const props = {
      values: { configMap: false, secret: true },
      exclude: ['Secret/random-login'],
      keepFirstValueOf: ['Deployment/random-web'],
    };
    expect(objects('random', props).map(nameOf)).toEqual(['Deployment/random-web']);
  });
});

describe('helm', () => {
  test.each([
    { chart: 'plain', values: {}, times: 1 },
    { chart: 'random', values: { instanceId: 'a', secret: false }, times: 3 },
  ])('runs for the first of several releases with the same inputs, more often if it may vary, and not for the others: $chart', (given) => {
    // GIVEN
    const { helm, commands } = countingHelm();
    const app = new App();
    const lockFolder = join(folder(), 'helm.lock');
    const props = { chart: HelmChart.folder(fixtureChart(given.chart)), values: given.values, lockFolder, helm, releaseName: 'shop' };

    // WHEN
    const charts = ['a', 'b', 'c'].map((id) => new Chart(app, id, { namespace: 'web' }));
    for (const chart of charts) new HelmChartInclude(chart, 'shop', props);
    const [a, b] = charts.map((chart) => Testing.synth(chart));

    // THEN
    expect(commands().filter((command) => command === 'template')).toHaveLength(given.times);
    expect(a).toEqual(b);
  });

  test('is not waited for before somebody looks at the objects; what it says then is one of the errors', () => {
    // GIVEN
    const helm = fakeHelm(
      folder(),
      `[ "$1" = version ] && exec '${testHelm()}' "$@"\nuntil [ -e '${join(folder(), 'go')}' ]; do sleep 0.05; done\necho 'Error: no luck' >&2\nexit 1`,
    );
    const { chart } = include('plain', { helm, releaseName: 'unlucky' });
    const other = new HelmChartInclude(chart, 'bad', { chart: HelmChart.folder(fixtureChart('plain')), kubeVersion: 'new' });

    // WHEN
    writeFileSync(join(folder(), 'go'), '');

    // THEN
    expect(() => Testing.synth(chart)).toThrow(/\[app\/plain\] helm template ended with 1:\nError: no luck[\s\S]*\[app\/bad\] kubeVersion/);
    expect(other.apiObjects).toEqual([]);
  });

  test('that is not there is an error with three ways out', () => {
    setEnvironment({ PATH: '', HELM_BIN: join(folder(), 'none') });
    expect(errors('plain').join()).toMatch(/HELM_BIN.*install helm.*prop `helm`.*render lock/);
  });

  test('is ended after the timeout, and the error says so', () => {
    const helm = fakeHelm(folder(), '[ "$1" = version ] && echo v4.1.4 && exit\nsleep 60');
    expect(errors('plain', { helm, releaseName: 'slow', timeout: Duration.seconds(1) }).join()).toContain(
      'helm template was not done after 1 s',
    );
  });
});

/** A chart with these files. */
function chartWith(files: { readonly [path: string]: string }): HelmChart {
  const chart = join(folder(), 'chart');
  for (const [path, text] of Object.entries({ 'Chart.yaml': 'apiVersion: v2\nname: made\nversion: 1.0.0\n', ...files })) {
    mkdirSync(dirname(join(chart, path)), { recursive: true });
    writeFileSync(join(chart, path), text);
  }
  return HelmChart.folder(chart);
}

describe('CustomResourceDefinitions', () => {
  const synthesised = (props: Props = {}) => {
    const app = new App({ outdir: join(folder(), 'dist') });
    const chart = new Chart(app, 'web', { namespace: 'web', labels: { team: 'data' } });
    const included = new HelmChartInclude(chart, 'shop', {
      chart: HelmChart.folder(fixtureChart('crds')),
      lockFolder: join(folder(), 'locks'),
      ...props,
    });
    app.synth();
    const files = readdirSync(app.outdir).sort();
    const kinds = files.map((file) => readFileSync(join(app.outdir, file), 'utf8').match(/^kind: .*/gm));
    return { included, files, kinds };
  };
  let told: jest.SpyInstance;
  beforeEach(() => {
    told = jest.spyOn(console, 'warn').mockImplementation();
  });
  afterEach(() => told.mockRestore());

  test('are in a file before that of the chart, with its labels, and that is told', () => {
    // WHEN
    const { included, files, kinds } = synthesised();

    // THEN
    expect(files).toEqual([expect.stringMatching(/^0000-web-shop-crds.*\.k8s\.yaml$/), '0001-web.k8s.yaml']);
    expect(new Set(kinds[0])).toEqual(new Set(['kind: CustomResourceDefinition']));
    expect(kinds[1]).toContain('kind: Widget');
    expect(kinds[1]).not.toContain('kind: CustomResourceDefinition');
    expect(included.apiObjects.map(({ kind }) => kind)).toContain('CustomResourceDefinition');
    expect(included.apiObjects[0].toJson().metadata.labels).toEqual({ team: 'data' });
    expect(included.apiObjects[0].toJson().metadata.namespace).toBeUndefined();
    expect(told.mock.calls.flat().join()).toMatch(
      /\[web\/shop\] Factory\/shop-factory, Widget\/shop-widget: .*the first apply takes two commands/,
    );
  });

  test('can be with the other objects, first of all', () => {
    const { files, kinds } = synthesised({ crds: HelmCrds.here({ descriptions: false }) });
    expect(files).toEqual(['web.k8s.yaml']);
    expect(kinds[0]?.[0]).toBe('kind: CustomResourceDefinition');
    expect(kinds[0]).toContain('kind: Widget');
  });

  test('can be left to others, and tell all the same what is in no namespace', () => {
    const { included, kinds } = synthesised({ crds: HelmCrds.leftOut() });
    expect(kinds.flat()).not.toContain('kind: CustomResourceDefinition');
    expect(included.find('Factory', 'shop-factory').toJson().metadata.namespace).toBeUndefined();
  });
});

describe('what an upgrade would do', () => {
  const job = (hook: string) =>
    `apiVersion: batch/v1\nkind: Job\nmetadata: {name: ${hook}, annotations: {helm.sh/hook: ${hook}}}\nspec: {template: {spec: {containers: []}}}\n`;
  const props = () => ({
    chart: chartWith({
      'templates/install.yaml': job('pre-install'),
      'templates/upgrade.yaml': job('pre-upgrade'),
      'templates/a.yaml': 'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: a}\ndata: {upgrade: "{{ .Release.IsUpgrade }}"}\n',
    }),
  });

  test('is left out, and told, at each synth', () => {
    const told = jest.spyOn(console, 'warn').mockImplementation();
    for (const id of ['first', 'first', 'second']) {
      expect(include('plain', props(), { id }).included.apiObjects.map(({ kind }) => kind)).toEqual(['ConfigMap', 'Job']);
    }
    expect(told.mock.calls).toHaveLength(2);
    expect(told.mock.calls.join()).toContain('[app/first] left out, as they are for upgrades alone: Job/pre-upgrade');
    told.mockRestore();
  });

  test('is done where that is wanted', () => {
    const { included } = include('plain', { ...props(), includeUpgradeHooks: true, isUpgrade: true });
    expect(included.find('Job', 'pre-upgrade')).toBeDefined();
    expect(included.find('ConfigMap', 'a').toJson().data.upgrade).toBe('true');
  });
});

describe('objects that name a Job', () => {
  test('follow it when it comes to have another name', () => {
    // GIVEN
    const spec = (args: string) => `spec: {template: {spec: {containers: [{name: a, image: a, args: ["${args}"]}]}}}`;
    const chart = chartWith({
      'templates/job.yaml': `apiVersion: batch/v1\nkind: Job\nmetadata: {name: seed}\n${spec('seed')}`,
      'templates/web.yaml': `apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: web}\n${spec('job/seed')}`,
    });
    const { included } = include('plain', { chart });
    const named = () => included.find('Deployment', 'web').toJson().spec.template.spec.containers[0].args;
    const before = named();

    // WHEN
    included.patch('Job', 'seed', JsonPatch.replace('/spec/template/spec/containers/0/image', 'b'));

    // THEN
    expect(before).toEqual([`job/${included.find('Job', 'seed').name}`]);
    expect(named()).toEqual([`job/${included.find('Job', 'seed').toJson().metadata.name}`]);
    expect(named()).not.toEqual(before);
  });
});

describe('what may mean a Job and can not follow it', () => {
  const pod = (kind: string, name: string, args: string) =>
    `apiVersion: ${kind === 'Job' ? 'batch' : 'apps'}/v1\nkind: ${kind}\nmetadata: {name: ${name}}\n` +
    `spec: {template: {spec: {containers: [{name: a, image: a, args: ["${args}"]}]}}}\n`;
  const files = { 'templates/job.yaml': pod('Job', 'seed', 'x'), 'templates/web.yaml': pod('Deployment', 'web', 'kubectl wait $JOB seed') };
  const synthErrorsOf = (change: (included: HelmChartInclude) => void = () => {}) =>
    synthErrors((app) => {
      const chart = chartWith(files);
      change(new HelmChartInclude(new Chart(app, 'app'), 'rel', { chart, lockFolder: join(folder(), 'helm.lock') }));
    });

  test('is an error, which a patch mends, or the Job without the hash', () => {
    expect(synthErrorsOf()).toEqual([
      expect.stringMatching(/^\[app\/rel\] Deployment\/web \(made\/templates\/web.yaml\): spec\.template\S+ may mean Job\/seed, /),
    ]);
    expect(
      synthErrorsOf((included) => {
        const { name } = included.find('Job', 'seed');
        included.patch('Deployment', 'web', JsonPatch.replace('/spec/template/spec/containers/0/args/0', `kubectl wait $JOB ${name}`));
      }),
    ).toEqual([]);
    expect(synthErrorsOf((included) => included.patch('Job', 'seed', JsonPatch.replace('/metadata/name', 'seed')))).toEqual([]);
  });
});

describe('one name in two namespaces', () => {
  const configMap = (namespace: string) => `apiVersion: v1\nkind: ConfigMap\nmetadata: {name: a, namespace: ${namespace}}\n`;
  const props = () => ({ chart: chartWith({ 'templates/a.yaml': configMap('one'), 'templates/b.yaml': configMap('two') }) });

  test('is told apart by it', () => {
    const { included } = include('plain', props());
    expect(included.find('ConfigMap', 'two/a').metadata.namespace).toBe('two');
    expect(() => included.find('ConfigMap', 'a')).toThrow(
      '[app/plain] 2 objects are ConfigMap/a: of v1 in one, of v1 in two; expected "namespace/name", or "Kind.group" as kind',
    );
    included.patch('ConfigMap', 'two/a', JsonPatch.add('/data', { patched: 'yes' }));
    expect(included.find('ConfigMap', 'two/a').toJson().data).toEqual({ patched: 'yes' });
    expect(
      include('plain', { ...props(), exclude: ['ConfigMap/one/a'] }).included.apiObjects.map(({ metadata }) => metadata.namespace),
    ).toEqual(['two']);
  });

  test.each(['exclude', 'keepFirstValueOf'])('is an error of %s that tells how to say which', (prop) => {
    expect(errors('plain', { ...props(), [prop]: ['ConfigMap/a'] })).toEqual([
      `[app/plain] ${prop}: "ConfigMap/a" given; the chart makes 2 such objects; expected one of "ConfigMap/one/a", "ConfigMap/two/a"`,
    ]);
    expect(errors('plain', { ...props(), [prop]: ['ConfigMap/one/a', 'ConfigMap/two/a'] })).toEqual([]);
  });

  test('is an error of patch', () => {
    const found = synthErrors((app) => {
      const included = new HelmChartInclude(new Chart(app, 'app'), 'plain', { ...props(), lockFolder: join(folder(), 'helm.lock') });
      included.patch('ConfigMap', 'a', JsonPatch.add('/data', {}));
    });
    expect(found).toEqual([
      expect.stringContaining('patch: 2 objects are ConfigMap/a: of v1 in one, of v1 in two; expected "namespace/name"'),
    ]);
  });

  test('has a random value in each, of which each is to be kept by itself', () => {
    // GIVEN
    const random = (namespace: string) => `${configMap(namespace)}data: {id: {{ uuidv4 }}}\n`;
    const chart = chartWith({ 'templates/a.yaml': `${random('one')}---\n${random('two')}` });
    const [one, two] = ['ConfigMap/one/a', 'ConfigMap/two/a'];

    // THEN
    expect(errors('plain', { chart }).join()).toContain(`keepFirstValueOf: ['${one}', '${two}']`);
    for (const [kept, open] of [
      [one, two],
      [two, one],
    ]) {
      const error = errors('plain', { chart, keepFirstValueOf: [kept] }).join();
      expect(error).toContain(`keepFirstValueOf: ['${open}']`);
      expect(error).not.toContain(kept);
    }
    expect(errors('plain', { chart, keepFirstValueOf: [one, two] })).toEqual([]);
  });
});

test('a Job whose name is too long is found by it', () => {
  // GIVEN
  const names = ['one', 'two'].map((end) => `${'x'.repeat(55)}-${end}`);
  const job = (name: string) => `apiVersion: batch/v1\nkind: Job\nmetadata: {name: ${name}}\nspec: {template: {spec: {containers: []}}}\n`;
  const { included } = include('plain', { chart: chartWith({ 'templates/a.yaml': names.map(job).join('---\n') }) });

  // THEN
  const found = names.map((name) => included.find('Job', name).name);
  expect(new Set(found).size).toBe(2);
  expect(found.map((name) => included.find('Job', name).name)).toEqual(found);
});

describe('a lock in which git has left a conflict', () => {
  const lock = () => join(folder(), 'helm.lock', 'app.random.json');
  const withConflict = (ours: Props, theirs: Props) => {
    const [one, other] = [ours, theirs].map((props) => {
      objects('random', props);
      return readFileSync(lock(), 'utf8');
    });
    writeFileSync(lock(), `<<<<<<< HEAD\n${one}=======\n${other}>>>>>>> branch\n`);
    return [one, other];
  };
  const keep: Props = { keepFirstValueOf: ['ConfigMap/random-instance'] };

  test('is the side of these inputs, which takes the place of both', () => {
    // GIVEN
    const [, theirs] = withConflict(keep, { ...keep, kubeVersion: '1.33.0' });

    // THEN
    expect(errors('random', { ...keep, kubeVersion: '1.33.0', namespace: 'web', frozen: true }).join()).toContain('does not match');
    expect(objects('random', { ...keep, kubeVersion: '1.33.0' })).not.toEqual([]);
    expect(readFileSync(lock(), 'utf8')).toBe(theirs);
  });

  test('is made anew for others, with the values that both keep', () => {
    // GIVEN
    const [ours] = withConflict(keep, { ...keep, kubeVersion: '1.33.0' });

    // WHEN
    const [configMap] = objects('random', { ...keep, kubeVersion: '1.32.0' }).filter(({ kind }) => kind === 'ConfigMap');

    // THEN
    expect(ours).toContain(configMap.data.id);
    expect(readFileSync(lock(), 'utf8')).not.toContain('<<<<<<<');
  });

  test('is an error where the two keep different values', () => {
    // GIVEN
    const [ours] = withConflict(keep, keep);
    rmSync(lock());
    objects('random', { ...keep, kubeVersion: '1.33.0' });
    writeFileSync(lock(), `<<<<<<< HEAD\n${ours}=======\n${readFileSync(lock(), 'utf8')}>>>>>>> branch\n`);

    // THEN
    expect(errors('random', { ...keep, kubeVersion: '1.32.0' }).join()).toMatch(
      /what keepFirstValueOf keeps differs .*git checkout --ours/,
    );
  });
});

describe('what the API server would refuse', () => {
  const props = () => ({
    chart: chartWith({ 'templates/a.yaml': 'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: a, annotations: {size: 1}}\n' }),
  });

  test('is an error, with what would do', () => {
    expect(errors('plain', props())).toEqual([
      '[app/plain] ConfigMap/a (made/templates/a.yaml): metadata.annotations.size is a number; expected text, in quotes, by a value or a patch',
    ]);
  });

  test('can be mended by a patch', () => {
    const { chart, included } = include('plain', props());
    included.patch('ConfigMap', 'a', JsonPatch.replace('/metadata/annotations/size', '1'));
    expect(Testing.synth(chart)[0].metadata.annotations).toEqual({ size: '1' });
  });
});

test('two includes of a cdk8s chart that make the same object are an error, those of two charts are none', () => {
  const lockFolder = join(folder(), 'locks');
  const props = { chart: HelmChart.folder(fixtureChart('plain')), lockFolder, releaseName: 'shop', namespace: 'web' };
  const found = synthErrors((app) => {
    const [one, two] = ['one', 'two'].map((id) => new Chart(app, id));
    for (const [chart, id] of [
      [one, 'a'],
      [one, 'b'],
      [two, 'c'],
    ] as const)
      new HelmChartInclude(chart, id, props);
  });
  expect(found.length).toBeGreaterThan(0);
  expect(
    found.filter((error) => !/^\[one\/b\] \w+\/shop-web \(.*\): one\/a makes it too, and one would overwrite the other$/.test(error)),
  ).toEqual([]);
});

test('a chart that makes nothing is told of', () => {
  const told = jest.spyOn(console, 'warn').mockImplementation();
  expect(include('plain', { chart: chartWith({ 'templates/a.yaml': '' }) }, { id: 'empty' }).included.apiObjects).toEqual([]);
  expect(told.mock.calls).toEqual([['warning: [app/empty] the chart makes no object with these values']]);
  told.mockRestore();
});

test.each([
  ['1', true],
  ['true', true],
  ['0', false],
  ['false', false],
  ['', false],
])('in an environment with CI=%s a lock is frozen: %s', (CI, isFrozen) => {
  setEnvironment({ CI });
  expect(errors('plain').join().includes('does not match')).toBe(isFrozen);
});

test('a release may have a dot in its name', () => {
  expect(objects('plain', { releaseName: 'shop.eu' })).not.toEqual([]);
});

describe('APIs', () => {
  const apis = (props: Props = {}) => objects('apis', props).find(({ metadata }) => metadata.name === 'apis-apis').data;

  test('are those of the version of Kubernetes, with what is added and without what is taken away', () => {
    expect(apis()).toMatchObject({ budget: 'true', 'budget-by-kind': 'true', 'old-budget': 'false', scale: 'true', monitor: 'false' });
    expect(apis({ apiVersions: ['monitoring.coreos.com/v1/ServiceMonitor', '-autoscaling/v2'] })).toMatchObject({
      scale: 'false',
      monitor: 'true',
    });
    expect(apis({ kubeVersion: 'v1.31.4-eks-2d5f260' }).version).toBe('v1.31.4-eks-2d5f260, v1.31.4-eks-2d5f260, 1.31, v1.31.4');
  });

  test('by which a chart chooses a version lead to one that Kubernetes serves', () => {
    expect(objects('apis', { values: { budget: true } }).map(({ apiVersion }) => apiVersion)).toContain('policy/v1');
  });

  test('that Kubernetes does not serve make an error of an object, with what would do', () => {
    const [error] = errors('apis', { values: { budget: true }, apiVersions: ['-policy/v1'] });
    expect(error).toMatch(
      /PodDisruptionBudget\/apis-budget \(apis\/templates\/budget\.yaml\): Kubernetes 1\.34\.0 has no .*policy\/v1beta1/,
    );
  });
});

test('values that the chart does not know are errors, all of them, with what is near', () => {
  const wrong = errors('plain', { values: { replica: 2, image: { tags: '1' }, service: { enabled: 'yes' } } });
  expect(wrong.join('\n')).toMatch(/values\.replica.*replicas/);
  expect(wrong.join('\n')).toMatch(/values\.image\.tags.*tag/);
  expect(wrong.join('\n')).toMatch(/values\.service\.enabled/);
  expect(wrong).toHaveLength(3);
});

test('a value of another type than the schema says is one error of helm, which names its path', () => {
  expect(errors('schema', { values: { web: { port: 'x' } } }).join('\n')).toMatch(
    /^\[app\/schema\] helm template ended with 1:\n[^-]*\n- at '\/web\/port': got string, want integer$/,
  );
});

test('values that the chart does not know are taken where that is wanted', () => {
  expect(objects('plain', { values: { replica: 2 }, strict: false })).not.toEqual([]);
});

test('a chart for a newer Kubernetes is an error, which says what would do', () => {
  expect(errors('newer').join('\n')).toMatch(
    /chart requires kubeVersion: .* is incompatible with Kubernetes v1\.34\.0\nexpected kubeVersion, if there is such a cluster, /,
  );
});

test('a Kubernetes of which it is not known what it serves is told of, and no object is an error for it', () => {
  // GIVEN
  const warned = jest.spyOn(console, 'warn').mockImplementation();

  // THEN
  expect(
    objects('apis', { kubeVersion: '1.20.0', values: { budget: true }, apiVersions: ['-policy/v1'] }).map(({ apiVersion }) => apiVersion),
  ).toContain('policy/v1beta1');
  expect(warned.mock.calls.flat().join('\n')).toContain(
    'kubeVersion: 1.20.0 given; what it serves is not known, so that the chart is told of the APIs of 1.28',
  );
  warned.mockRestore();
});

describe('values of files', () => {
  const write = (name: string, text: string) => {
    const path = join(folder(), name);
    writeFileSync(path, text);
    return path;
  };

  test('are values as others are, and the lock follows them', () => {
    // GIVEN
    const props = (replicas: number) => ({
      valuesFiles: [write('values.yaml', `replicas: ${replicas}\n`)],
      setFiles: { 'podAnnotations.note': write('note.txt', 'one\ntwo\n') },
    });
    const templates = [3, 4].map((replicas) => objects('plain', props(replicas)).find(({ kind }) => kind === 'Deployment').spec);

    // THEN
    expect(templates.map(({ replicas }) => replicas)).toEqual([3, 4]);
    expect(templates[0].template.metadata.annotations.note).toBe('one\ntwo\n');
  });

  test('that the chart does not know, or that are not there, are errors', () => {
    expect(errors('plain', { valuesFiles: [write('values.yaml', 'replica: 3\n')] })).toEqual([
      expect.stringContaining('values.replica: the chart does not know it; did you mean "replicas"?'),
    ]);
    expect(errors('plain', { valuesFiles: ['none.yaml'] })).toEqual([
      "[app/plain] valuesFiles[0]: none.yaml can't be read: there is no such file",
    ]);
  });
});

test('a key that values.yaml has twice is told of, at each synth', () => {
  // GIVEN
  const warned = jest.spyOn(console, 'warn').mockImplementation();
  const chart = chartWith({
    'values.yaml': 'a: 1\na: 2\n',
    'charts/inner/Chart.yaml': 'apiVersion: v2\nname: inner\nversion: 1.0.0\n',
    'charts/inner/values.yaml': 'b: 1\nb: 2\n',
    'templates/a.yaml': 'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: a}\n',
  });

  // WHEN
  for (const id of ['one', 'two', 'one']) objects('plain', { chart, releaseName: id });

  // THEN
  expect(warned.mock.calls.flat().join('\n')).toBe(
    ['made/values.yaml: line 2, column 1', 'inner/values.yaml: line 2, column 1']
      .map((place) => `warning: [app/plain] ${place}: a key that is there twice; the last counts`)
      .join('\n'),
  );
  warned.mockRestore();
});

test('a fetched chart that is broken in the cache is an error, which says to delete it', () => {
  // GIVEN
  const chart = HelmChart.repository({ url: 'https://charts.example.com', name: 'web', version: '1.2.3' });
  const place = join(folder(), 'cache/cdk8s-airflow/charts', hashOf(chart._describe()));
  mkdirSync(place, { recursive: true });
  writeFileSync(join(place, 'web-1.2.3.tgz'), 'cut');

  // THEN
  expect(errors('plain', { chart })).toEqual([
    expect.stringMatching(/web-1\.2\.3\.tgz: no whole \.tgz file, as `helm package` makes it$/),
    'it is in the cache of the user: delete it, and synth fetches it anew',
  ]);
});

test('a folder of locks that can not be written is an error, which says what would do', () => {
  // GIVEN
  const [file, link] = ['file', 'link'].map((name) => join(folder(), name));
  writeFileSync(file, '');
  symlinkSync(join(folder(), 'none/none'), link);

  // THEN
  expect(errors('plain', { lockFolder: file })).toEqual([
    expect.stringMatching(
      /file\/app\.plain\.json: the lock can't be read: ENOTDIR.*; expected a file there, or nothing, in a lockFolder that is one$/,
    ),
  ]);
  expect(errors('plain', { lockFolder: link })).toEqual([
    expect.stringMatching(
      /link\/app\.plain\.json: the lock can't be written: .*; expected a lockFolder that can be written, or there the lock/,
    ),
  ]);
});

test.each<[Props, string, string]>([
  [{ releaseName: 'My Shop' }, 'releaseName', 'a DNS name'],
  [{ releaseName: 'a'.repeat(54) }, 'releaseName', 'at most 53 characters'],
  [{ namespace: 'My Namespace' }, 'namespace', 'a DNS label'],
  [{ kubeVersion: '--debug' }, 'kubeVersion', 'a version of Kubernetes'],
  [{ setFiles: { 'a[0]': 'package.json' } }, 'setFiles["a[0]"]', 'dots between them'],
  [{ apiVersions: ['-policy/v1beta1'] }, 'apiVersions[0]', 'has none to take away'],
  [{ apiVersions: ['a b'] }, 'apiVersions[0]', 'group, version and perhaps kind'],
  [{ exclude: ['web'] }, 'exclude[0]', 'kind and name'],
  [{ keepFirstValueOf: ['web'] }, 'keepFirstValueOf[0]', 'kind and name'],
  [{ timeout: Duration.millis(1) }, 'timeout', 'one second or more'],
  [{ chart: HelmChart.repository({ url: 'https://charts.example.com', name: 'web', version: 'latest' }) }, 'chart.version', '"1.20.0"'],
])('%j is an error', (props, prop, expected) => {
  const [error, ...more] = errors('plain', props);
  expect(more).toEqual([]);
  expect(error).toMatch(new RegExp(`^\\[app/plain\\] ${prop.replace(/[[\]]/g, '\\$&')}: `));
  expect(error).toContain(expected);
});
