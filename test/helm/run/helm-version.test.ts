import { chmodSync, existsSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { restoreEnvironment, setEnvironment } from '../../support/environment';
import { testHelm } from '../../support/helm';
import { useTemporaryFolder } from '../../support/temporary-folder';

const folder = useTemporaryFolder();

beforeEach(() => setEnvironment({ XDG_CACHE_HOME: join(folder(), 'cache') }));
afterEach(restoreEnvironment);

/** As a new program calls it: it has asked none yet. */
function helmVersion(helm: string): string {
  let version = '';
  jest.isolateModules(() => {
    version = require('../../../lib/helm/run/helm-version').helmVersion(helm, 30_000);
  });
  return version;
}

/** A program that tells this version, and leaves a mark each time that it is asked. `bytes` are more than it needs. */
function fakeHelm(version: string, { name = 'helm', bytes = 0 } = {}): string {
  const path = join(folder(), name);
  const script = `#!/bin/sh\nprintf . >> '${folder()}/asked'\nprintf '%s' '${version}'\nexit 0\n`;
  writeFileSync(path, script.padEnd(bytes, '#'));
  chmodSync(path, 0o755);
  return path;
}

function timesAsked(): number {
  const file = join(folder(), 'asked');
  return existsSync(file) ? readFileSync(file, 'utf8').length : 0;
}

const LARGE = 2 * 1024 * 1024;

test('that of a real helm', () => {
  // THEN
  expect(helmVersion(testHelm())).toMatch(/^(3|4)\.\d+\.\d+/);
});

test.each([
  ['v3.19.0', '3.19.0'],
  ['v4.1.4', '4.1.4'],
  ['v3.19.1+k3s1', '3.19.1'],
  ['v3.19', '3.19.0'],
])('%s is new enough', (said, version) => {
  // THEN
  expect(helmVersion(fakeHelm(said))).toBe(version);
});

test.each(['v3.18.6', 'v3.19.0-rc.1', 'v2.17.0'])('%s is too old', (said) => {
  // GIVEN
  const helm = fakeHelm(said);

  // THEN
  expect(() => helmVersion(helm)).toThrow(
    `${helm} is helm ${said.slice(1)}, which is too old; install helm 3.19.0 or newer (https://helm.sh/docs/intro/install/), ` +
      'or name another one by the prop `helm` or in HELM_BIN',
  );
});

test('a program that is no helm is an error', () => {
  // GIVEN
  const helm = fakeHelm('I am something else');

  // THEN
  expect(() => helmVersion(helm)).toThrow(`${helm} is no helm: asked for its version, it says "I am something else"`);
});

test('one that fails is an error', () => {
  // GIVEN
  const helm = join(folder(), 'helm');
  writeFileSync(helm, '#!/bin/sh\necho "no such flag" >&2\nexit 1\n');
  chmodSync(helm, 0o755);

  // THEN
  expect(() => helmVersion(helm)).toThrow(new RegExp(`^${helm} does not tell its version: .*no such flag`, 's'));
});

test('it is asked once, also by the next programs', () => {
  // GIVEN
  const helm = fakeHelm('v4.1.4', { bytes: LARGE });

  // THEN
  expect(helmVersion(helm)).toBe('4.1.4');
  expect(helmVersion(helm)).toBe('4.1.4');
  expect(timesAsked()).toBe(1);
});

test('it is asked again when the file is another, or what is kept is broken', () => {
  // GIVEN
  const helm = fakeHelm('v4.1.4', { bytes: LARGE });
  helmVersion(helm);

  // WHEN
  fakeHelm('v4.2.0', { bytes: LARGE + 1 });

  // THEN
  expect(helmVersion(helm)).toBe('4.2.0');
  for (const file of readdirSync(join(folder(), 'cache/cdk8s-airflow/helm-versions'))) {
    writeFileSync(join(folder(), 'cache/cdk8s-airflow/helm-versions', file), '');
  }
  expect(helmVersion(helm)).toBe('4.2.0');
  expect(timesAsked()).toBe(3);
});

test('what may start another helm is asked by each program', () => {
  // GIVEN a script, and a version manager under the name of helm
  const script = fakeHelm('v4.1.4');
  const manager = join(folder(), 'bin-helm');
  symlinkSync(fakeHelm('v4.1.4', { name: 'manager', bytes: LARGE }), manager);

  // WHEN
  for (const helm of [script, script, manager, manager]) helmVersion(helm);

  // THEN
  expect(timesAsked()).toBe(4);
});

test('without a cache that can be written, it is asked', () => {
  // GIVEN
  writeFileSync(join(folder(), 'cache'), 'a file where the folder would be');
  const helm = fakeHelm('v4.1.4', { bytes: LARGE });

  // THEN
  expect(helmVersion(helm)).toBe('4.1.4');
});
