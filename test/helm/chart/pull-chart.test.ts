import { execFileSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { readChart } from '../../../lib/helm/chart/chart-files';
import { HelmChart } from '../../../lib/helm/chart/helm-chart';
import { pullChart } from '../../../lib/helm/chart/pull-chart';
import { Authority, type Certificate } from '../../e2e/support/certificates';
import { ChartServer } from '../../support/chart-server';
import { restoreEnvironment, setEnvironment } from '../../support/environment';
import { fakeHelm } from '../../support/fake-helm';
import { fixtureChart, testHelm } from '../../support/helm';
import { useTemporaryFolder } from '../../support/temporary-folder';

const LOGIN = 'me:hunter2';

const folder = useTemporaryFolder();
let server: ChartServer;

beforeEach(() => {
  setEnvironment({
    XDG_CACHE_HOME: join(folder(), 'cache'),
    HELM_CACHE_HOME: join(folder(), 'helm-cache'),
    HELM_CONFIG_HOME: join(folder(), 'helm-config'),
    HELM_DATA_HOME: join(folder(), 'helm-data'),
    HELM_REPOSITORY_CONFIG: undefined,
    HELM_REPOSITORY_CACHE: undefined,
    HELM_REGISTRY_CONFIG: join(folder(), 'registry.json'),
  });
});

afterEach(async () => {
  restoreEnvironment();
  await server.stop();
});

async function startServer(login?: string, certificate?: Certificate): Promise<void> {
  server = await ChartServer.start(folder(), [fixtureChart('plain'), fixtureChart('subcharts')], login, certificate);
}

function fromRepository(name = 'plain', version = '1.2.3'): HelmChart {
  return HelmChart.repository({ url: server.url, name, version });
}

function helm(...args: string[]): void {
  execFileSync(testHelm(), args, { env: process.env, stdio: 'pipe' });
}

test('a chart comes from a repository, once', async () => {
  // GIVEN
  await startServer();

  // WHEN
  const paths = [1, 2, 3].map(() => pullChart(testHelm(), fromRepository(), 60_000));

  // THEN
  expect(new Set(paths).size).toBe(1);
  expect(readChart(paths[0]).metadata).toMatchObject({ name: 'plain', version: '1.2.3' });
  expect(server.requests).toEqual(['/index.yaml', '/plain-1.2.3.tgz']);
});

test('a chart comes from a registry, once', async () => {
  // GIVEN
  await startServer();
  const chart = HelmChart.oci(`oci://${server.registry}/charts/subcharts`, '1.0.0', { plainHttp: true });

  // WHEN
  const paths = [1, 2].map(() => pullChart(testHelm(), chart, 60_000));

  // THEN
  expect(paths[1]).toBe(paths[0]);
  expect(readChart(paths[0]).metadata).toMatchObject({ name: 'subcharts', version: '1.0.0' });
  expect(server.requests.filter((path) => path.endsWith('/manifests/1.0.0'))).not.toEqual([]);
  expect(server.requests.filter((path) => path.includes('/blobs/')).length).toBe(new Set(server.requests).size - 1);
});

test('each chart has a place of its own, and nothing else is left', async () => {
  // GIVEN
  await startServer();

  // WHEN
  const paths = [fromRepository(), fromRepository('subcharts', '1.0.0')].map((chart) => pullChart(testHelm(), chart, 60_000));

  // THEN
  expect(paths.map((path) => readChart(path).metadata.name)).toEqual(['plain', 'subcharts']);
  const places = readdirSync(join(folder(), 'cache/cdk8s-airflow/charts'));
  expect(places).toHaveLength(2);
  expect(places.filter((name) => !/^[0-9a-f]{64}$/.test(name))).toEqual([]);
});

test('the login of a repository is that which helm has', async () => {
  // GIVEN
  await startServer(LOGIN);
  const [user, password] = LOGIN.split(':');
  helm('repo', 'add', 'ours', `${server.url}/`, `--username=${user}`, `--password=${password}`);

  // THEN
  expect(readChart(pullChart(testHelm(), fromRepository(), 60_000)).metadata).toMatchObject({ name: 'plain' });
});

test('what a repository has got since it was added is found', async () => {
  // GIVEN a repository that helm knows from a time at which there was no chart in it
  await startServer();
  const index = join(folder(), 'files/index.yaml');
  const now = readFileSync(index);
  writeFileSync(index, 'apiVersion: v1\nentries: {}\n');
  helm('repo', 'add', 'ours', server.url);
  writeFileSync(index, now);

  // THEN
  expect(readChart(pullChart(testHelm(), fromRepository(), 60_000)).metadata).toMatchObject({ name: 'plain' });
});

test('the login of a registry is that which helm has', async () => {
  // GIVEN
  await startServer(LOGIN);
  const auths = { [server.registry]: { auth: Buffer.from(LOGIN).toString('base64') } };
  writeFileSync(join(folder(), 'registry.json'), JSON.stringify({ auths }));

  // THEN
  const chart = HelmChart.oci(`oci://${server.registry}/charts/plain`, '1.2.3', { plainHttp: true });
  expect(readChart(pullChart(testHelm(), chart, 60_000)).metadata).toMatchObject({ name: 'plain' });
});

test('a registry without TLS has to be said to be one', async () => {
  // GIVEN
  await startServer();
  const chart = (plainHttp: boolean) => HelmChart.oci(`oci://${server.registry}/charts/plain`, '1.2.3', { plainHttp });

  // THEN
  expect(() => pullChart(testHelm(), chart(false), 60_000)).toThrow(/\nexpected plainHttp: true, for a registry without TLS$/);
  expect(readChart(pullChart(testHelm(), chart(true), 60_000)).metadata).toMatchObject({ name: 'plain' });
});

describe('with a certificate that the machine does not trust', () => {
  const ways: readonly [string, (caFile?: string) => HelmChart][] = [
    ['a repository', (caFile) => HelmChart.repository({ url: server.url, name: 'plain', version: '1.2.3', caFile })],
    ['a registry', (caFile) => HelmChart.oci(`oci://${server.registry}/charts/plain`, '1.2.3', { caFile })],
  ];

  test.each(ways)('%s is an error, which says what would do, and is read with that', async (_, chart) => {
    // GIVEN
    const authority = new Authority();
    await startServer(undefined, authority.sign('localhost'));
    const caFile = join(folder(), 'ca.crt');
    writeFileSync(caFile, authority.certificate);

    // THEN
    expect(() => pullChart(testHelm(), chart(), 60_000)).toThrow(
      /x509: .*\nexpected the certificate of who has signed it, by caFile of the chart$/s,
    );
    expect(readChart(pullChart(testHelm(), chart(caFile), 60_000)).metadata).toMatchObject({ name: 'plain' });
  });
});

test.each<[string, () => HelmChart, RegExp]>([
  [
    'a repository',
    () => fromRepository(),
    /401.*\nexpected a login: `helm repo add --username … --password-stdin NAME URL` on the machine that renders$/s,
  ],
  [
    'a registry',
    () => HelmChart.oci(`oci://${server.registry}/charts/plain`, '1.2.3', { plainHttp: true }),
    /credential not found\nexpected a login: `helm registry login 127\.0\.0\.1:\d+` on the machine that renders$/s,
  ],
])('without a login %s is an error, which says how to log in', async (_, chart, error) => {
  // GIVEN
  await startServer(LOGIN);

  // THEN
  expect(() => pullChart(testHelm(), chart(), 60_000)).toThrow(error);
});

test.each<[string, () => HelmChart, RegExp]>([
  [
    'a chart that is not there',
    () => fromRepository('none'),
    /^helm pull ended with 1:\nError: chart "none" version "1\.2\.3" not found in/,
  ],
  [
    'a version that is not there',
    () => fromRepository('plain', '1.2.4'),
    /^helm pull ended with 1:\nError: chart "plain" version "1\.2\.4" not found in/,
  ],
  [
    'a repository that is not there',
    () => HelmChart.repository({ url: `${server.url}/none`, name: 'plain', version: '1.2.3' }),
    /^helm pull ended with 1:\nError: .*\/none\/index\.yaml.*404/,
  ],
])('%s is an error, and leaves nothing', async (_, chart, error) => {
  // GIVEN
  await startServer();

  // THEN
  expect(() => pullChart(testHelm(), chart(), 60_000)).toThrow(error);
  expect(readdirSync(join(folder(), 'cache/cdk8s-airflow/charts'))).toEqual([]);
});

test('what is asked for is not read by a shell, nor taken for a flag', async () => {
  // GIVEN what no validated chart has
  await startServer();
  const chart = HelmChart.repository({ url: server.url, name: '--debug', version: `1.2.3; touch '${folder()}/evil'` });

  // THEN
  expect(() => pullChart(testHelm(), chart, 60_000)).toThrow(/^helm pull ended with 1:\nError: chart "--debug"/);
  expect(existsSync(join(folder(), 'evil'))).toBe(false);
});

test('two programs that pull the same at the same time both have it', async () => {
  // GIVEN a helm, and another program that is done while it pulls
  await startServer();
  const path = pullChart(testHelm(), fromRepository(), 60_000);
  const [place, aside] = [dirname(path), join(folder(), 'aside')];
  renameSync(place, aside);
  const slow = fakeHelm(folder(), `if [ "$1" = pull ]; then mv '${aside}' '${place}'; fi; exec '${testHelm()}' "$@"`);

  // THEN
  expect(pullChart(slow, fromRepository(), 60_000)).toBe(path);
  expect(existsSync(aside)).toBe(false);
  expect(readdirSync(dirname(place))).toEqual([basename(place)]);
});

test('a cache that can not be written is an error that tells what would do', async () => {
  // GIVEN
  await startServer();
  writeFileSync(join(folder(), 'cache'), 'a file where the folder would be');

  // THEN
  expect(() => pullChart(testHelm(), fromRepository(), 60_000)).toThrow(
    /cache\/cdk8s-airflow\/charts can't be written: .*; XDG_CACHE_HOME names another folder for caches$/,
  );
});
