import { resolve } from 'node:path';
import { App } from 'cdk8s';
import { Construct } from 'constructs';
import { HelmChart } from '../../../lib/helm/chart/helm-chart';
import { PropValidator } from '../../../lib/validation/prop-validator';

const URL = 'https://charts.example.com/stable';
const OCI = 'oci://registry.example.com:5000/charts/web';

test.each<[string, HelmChart, object]>([
  ['a folder', HelmChart.folder('charts/web'), { kind: 'folder', path: 'charts/web' }],
  ['a folder, written in another way', HelmChart.folder('./charts//web/'), { kind: 'folder', path: 'charts/web' }],
  ['a folder with an absolute path', HelmChart.folder(resolve('charts/web')), { kind: 'folder', path: 'charts/web' }],
  ['the working directory', HelmChart.folder('.'), { kind: 'folder', path: '.' }],
  ['a folder elsewhere', HelmChart.folder('../web'), { kind: 'folder', path: '../web' }],
  ['an archive', HelmChart.archive('charts/web-1.2.3.tgz'), { kind: 'archive', path: 'charts/web-1.2.3.tgz' }],
  ['a repository', repository({}), { kind: 'repository', url: URL, name: 'web', version: '1.2.3' }],
  ['a registry', HelmChart.oci(OCI, '1.2.3'), { kind: 'oci', reference: OCI, version: '1.2.3' }],
])('%s is right, and described in the same way on each machine', (_, chart, description) => {
  // THEN
  expect(errorsOf(chart)).toEqual([]);
  expect(chart._describe()).toEqual(description);
});

test('charts on this machine have a path, others have none', () => {
  // THEN
  expect(HelmChart.folder('charts/web')._localPath()).toBe(resolve('charts/web'));
  expect(HelmChart.archive('web-1.2.3.tgz')._localPath()).toBe(resolve('web-1.2.3.tgz'));
  expect(repository({})._localPath()).toBeUndefined();
  expect(HelmChart.oci(OCI, '1.2.3')._localPath()).toBeUndefined();
});

test.each(['1.2.3', 'v1.2.3', '1.2.3-rc.1', '1.2.3+build.5'])('the version %s is one', (version) => {
  // THEN
  expect(errorsOf(repository({ version }))).toEqual([]);
  expect(errorsOf(HelmChart.oci(OCI, version))).toEqual([]);
});

const RANGE = 'a range, which gives another chart when a new one comes out; expected one version, as in "1.20.0"';

test.each(['^1.2.3', '~1.2.3', '1.2.x', '1.2', '1', '*', '>=1.2.3', '1.2.3 - 2.0.0', '=1.2.3', ' 1.2.3'])(
  'the version "%s" is a range, which is right where a lock has one version of it',
  (version) => {
    for (const chart of [repository({ version }), HelmChart.oci(OCI, version)]) {
      // THEN
      expect(errorsOf(chart)).toEqual([]);
      expect(errorsOf(chart, '_validateInOneVersion')).toEqual([`chart.version: ${JSON.stringify(version)} given; ${RANGE}`]);
      expect(chart._inOneVersion({ ...chart._describe(), version: '1.2.3' })?._describe()).toEqual({
        ...chart._describe(),
        version: '1.2.3',
      });
    }
  },
);

test('a range stands for nothing but a version of it, of the same chart', () => {
  // GIVEN
  const chart = repository({ version: '^1.2.3' });
  const locked = chart._describe();

  // THEN
  expect(chart._inOneVersion(undefined)).toBeUndefined();
  expect(chart._inOneVersion({ ...locked, version: '2.0.0' })).toBeUndefined();
  expect(chart._inOneVersion({ ...locked, version: '1.3.0-rc.1' })).toBeUndefined();
  expect(chart._inOneVersion({ ...locked, version: '1.2.4', name: 'shop' })).toBeUndefined();
  expect(chart._inOneVersion({ kind: 'folder', path: 'charts/web' })).toBeUndefined();
});

test('a chart in one version is itself, whatever the lock has', () => {
  for (const chart of [repository({}), HelmChart.oci(OCI, 'v1.2.3'), HelmChart.folder('charts/web')]) {
    // THEN
    expect(errorsOf(chart, '_validateInOneVersion')).toEqual([]);
    for (const locked of [undefined, { ...chart._describe(), version: '2.0.0' }]) expect(chart._inOneVersion(locked)).toBe(chart);
  }
});

test.each(['latest', '', '-1.2.3', '--devel', '1.2.3 --devel', '1.2.3.4'])('the version "%s" is none', (version) => {
  // THEN
  expect(errorsOf(repository({ version }))).toEqual([
    `chart.version: ${JSON.stringify(version)} given; expected the version of a chart, as in "1.20.0"`,
  ]);
});

const FOLDER = 'the path of a folder, as in "charts/web"';
const ARCHIVE = 'the path of a packed chart, as in "web-1.2.3.tgz"';
const REFERENCE = 'expected the address of a chart without a tag, as in "oci://registry-1.docker.io/bitnamicharts/airflow"';
const NO_ADDRESS = 'not the address of a chart repository, which is http or https; expected';
const ELSEWHERE = 'or HelmChart.repository({ … }) or HelmChart.oci(…)';

test.each<[HelmChart, string]>([
  [HelmChart.folder(''), `path: "" given; expected ${FOLDER}`],
  [HelmChart.folder('--debug'), `path: "--debug" given; expected ${FOLDER}`],
  [HelmChart.folder('oci://registry.example.com/web'), `path: an address and no path; expected ${FOLDER}, ${ELSEWHERE}`],
  [HelmChart.archive('web.zip'), `path: "web.zip" given; expected ${ARCHIVE}`],
  [HelmChart.archive('https://u:p@example.com/web.tgz'), `path: an address and no path; expected ${ARCHIVE}, ${ELSEWHERE}`],
  [repository({ name: '--debug' }), 'name: "--debug" given; expected the name of a chart, as in "airflow"'],
  [repository({ name: 'stable/web' }), 'name: "stable/web" given; expected the name of a chart, as in "airflow"'],
  [repository({ url: 'charts.example.com' }), `url: ${NO_ADDRESS} one as "https://airflow.apache.org"`],
  [repository({ url: 'file:///charts' }), `url: ${NO_ADDRESS} one as "https://airflow.apache.org"`],
  [repository({ url: '--debug' }), `url: ${NO_ADDRESS} one as "https://airflow.apache.org"`],
  [repository({ url: OCI }), `url: ${NO_ADDRESS} HelmChart.oci(reference, version)`],
  [HelmChart.oci(`${OCI}:1.2.3`, '1.2.3'), `reference: "${OCI}:1.2.3" given; ${REFERENCE}; the version stands beside it`],
  [
    HelmChart.oci('oci://registry.example.com', '1.2.3'),
    `reference: "oci://registry.example.com" given; ${REFERENCE}; the version stands beside it`,
  ],
  [HelmChart.oci('--debug', '1.2.3'), `reference: "--debug" given; ${REFERENCE}; the version stands beside it`],
  [HelmChart.oci(`${OCI}@sha256:12`, '1.2.3'), `reference: there is a login, a token or a digest in it; ${REFERENCE}`],
])('%j is reported', (chart, error) => {
  // THEN
  expect(errorsOf(chart)).toEqual([`chart.${error}`]);
});

test.each([
  repository({ url: 'https://me:hunter2@charts.example.com' }),
  repository({ url: 'https://hunter2@charts.example.com' }),
  repository({ url: 'https://charts.example.com/?token=hunter2' }),
  HelmChart.oci('oci://me:hunter2@registry.example.com/web', '1.2.3'),
  HelmChart.oci('https://registry.example.com/web?token=hunter2', '1.2.3'),
])('a login in an address is reported and not shown', (chart) => {
  // WHEN
  const [error, ...others] = errorsOf(chart);

  // THEN
  expect(others).toEqual([]);
  expect(error).toContain('there is a login');
  expect(error).not.toContain('hunter2');
});

function repository(props: { url?: string; name?: string; version?: string }): HelmChart {
  return HelmChart.repository({ url: URL, name: 'web', version: '1.2.3', ...props });
}

function errorsOf(chart: HelmChart, validate: '_validate' | '_validateInOneVersion' = '_validate'): string[] {
  const construct = new Construct(new App(), 'include');
  chart[validate](new PropValidator(construct), 'chart');
  return construct.node.validate();
}
