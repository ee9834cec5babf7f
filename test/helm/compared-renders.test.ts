import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { App, Chart } from 'cdk8s';
import type { HelmChart, HelmChartInclude, HelmChartIncludeProps } from '../../lib';
import { restoreEnvironment, setEnvironment } from '../support/environment';
import { testHelm } from '../support/helm';
import { useTemporaryFolder } from '../support/temporary-folder';

jest.setTimeout(60_000);

const folder = useTemporaryFolder();

beforeEach(() => {
  setEnvironment({ XDG_CACHE_HOME: join(folder(), 'cache'), HELM_BIN: testHelm(), CI: undefined });
  jest.resetModules();
});
afterEach(restoreEnvironment);

function write(path: string, text: string): void {
  const file = join(folder(), path);
  mkdirSync(join(file, '..'), { recursive: true });
  writeFileSync(file, text);
}

/** What an include of a chart with these templates comes to, in another program each time: the lock, or what is wrong. */
function synth(templates: { readonly [name: string]: string }, props: Partial<HelmChartIncludeProps> = {}): string {
  write('web/Chart.yaml', 'apiVersion: v2\nname: web\nversion: 1.0.0\n');
  for (const [name, text] of Object.entries(templates)) write(`web/templates/${name}.yaml`, text);
  rmSync(join(folder(), 'locks'), { recursive: true, force: true });
  let result = '';
  jest.isolateModules(() => {
    const cdk8s: { App: typeof App; Chart: typeof Chart } = require('cdk8s');
    const library: { HelmChart: typeof HelmChart; HelmChartInclude: typeof HelmChartInclude } = require('../../lib');
    const app = new cdk8s.App({ outdir: join(folder(), 'dist') });
    const chart = library.HelmChart.folder(join(folder(), 'web'));
    new library.HelmChartInclude(new cdk8s.Chart(app, 'app'), 'web', { chart, lockFolder: join(folder(), 'locks'), ...props });
    try {
      app.synth();
      result = readFileSync(join(folder(), 'locks/app.web.json'), 'utf8');
    } catch (error) {
      result = (error as Error).message;
    }
  });
  return result;
}

const configMap = (data: string) => `apiVersion: v1\nkind: ConfigMap\nmetadata: { name: a }\ndata: { a: ${data} }\n`;

test.each([
  ['the day', '{{ now | date "2006-01-02" | quote }}'],
  ['the time behind a bracket', '{{ print "}" (now | unixEpoch) | quote }}'],
  ['the order of keys', '{{ keys (dict "a" 1 "b" 2) | join "," | quote }}'],
  ['the order of values', '{{ values (dict "a" 1 "b" 2) | join "," | quote }}'],
  ['a coin', '{{ randInt 0 2 | quote }}'],
])('a chart that depends on %s is refused each time', (_what, data) => {
  expect(synth({ a: configMap(data) })).toContain('ConfigMap/a (web/templates/a.yaml): data.a\nexpected one of these');
});

test('a chart that can not be rendered at another time is rendered as it is, more often', () => {
  // GIVEN
  const refuses = (year: number) => `{{- if gt now.Year ${year} }}{{ fail "too late" }}{{ end }}\n`;

  // THEN
  const year = new Date().getFullYear() + 3;
  expect(synth({ a: refuses(year) + configMap('b') })).toContain('"a": "b"');
  expect(synth({ a: refuses(year) + configMap('{{ randInt 0 2 | quote }}') })).toContain('ConfigMap/a (web/templates/a.yaml): data.a');
});

describe('what is read as a template', () => {
  const calls = 'a{{ uuidv4 }}';
  test.each<[string, { readonly [file: string]: string }, Partial<HelmChartIncludeProps>]>([
    ['values', {}, { values: { text: calls } }],
    ['defaults', { 'values.yaml': `text: "${calls}"\n` }, {}],
    ['a file', { 'files/text': calls }, {}],
  ])('counts where it is: in %s', (_where, files, props) => {
    write('web/values.yaml', 'text: ""\n');
    for (const [path, text] of Object.entries(files)) write(`web/${path}`, text);
    const text = '{{ tpl (.Values.text | default (.Files.Get "files/text")) . | quote }}';
    expect(synth({ a: configMap(text) }, props)).toContain('ConfigMap/a (web/templates/a.yaml): data.a\nexpected one of these');
  });

  test('and is what it is where it is none', () => {
    write('web/files/text', calls);
    expect(synth({ a: configMap('{{ .Files.Get "files/text" | quote }}') })).toContain(`"a": "${calls}"`);
    expect(synth({ a: configMap(`{{ \`${calls}\` | quote }}`) })).toContain(`"a": "${calls}"`);
  });
});

describe('a checksum', () => {
  const secret = 'apiVersion: v1\nkind: Secret\nmetadata: { name: b }\nstringData: { a: {{ randAlphaNum 20 }} }\n';
  const job = (annotation: string) => `apiVersion: batch/v1
kind: Job
metadata: { name: job }
spec: { template: { metadata: { annotations: { ${annotation} } }, spec: { containers: [] } } }
`;
  const followed = `checksum/secret: {{ include (print $.Template.BasePath "/secret.yaml") . | sha256sum }}`;

  test('of a Secret that is left out is the same in each render, and with it the name of a Job', () => {
    // GIVEN
    const warn = jest.spyOn(console, 'warn').mockReturnValue();
    const templates = { secret, job: job(followed) };

    // WHEN
    const locks = [0, 1].map(() => synth(templates, { exclude: ['Secret/b'] }));

    // THEN
    expect(locks[0]).toContain('"checksum/secret": "of-what-is-left-out"');
    expect(locks[1]).toBe(locks[0]);
    expect(warn.mock.calls.join()).toContain('is a checksum that follows from what is left out');
    warn.mockRestore();
  });

  test('of nothing but luck is refused, whatever it is called', () => {
    expect(synth({ job: job('checksum/roll: {{ randAlphaNum 8 | sha256sum }}') })).toContain(
      'Job/job (web/templates/job.yaml): spec.template.metadata.annotations["checksum/roll"]\nexpected one of these',
    );
  });

  test('of a value that is kept is kept with it', () => {
    // GIVEN
    const templates = { secret: configMap('{{ uuidv4 }}'), job: job(followed) };
    // THEN
    expect(synth(templates, { keepFirstValueOf: ['ConfigMap/a'] })).toMatch(/"checksum\/secret": "[0-9a-f]{64}"/);
  });
});
