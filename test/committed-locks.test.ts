import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { App, Testing } from 'cdk8s';
import { restoreEnvironment, setEnvironment } from './support/environment';
import { testHelm } from './support/helm';
import { addLockedCharts, LOCKS } from './support/locked-charts';
import { useTemporaryFolder } from './support/temporary-folder';

jest.setTimeout(60_000);

const folder = useTemporaryFolder();

afterEach(restoreEnvironment);

/** The objects of the charts, with the locks of a folder. */
const synth = (lockFolder: string, frozen: boolean) => Testing.synth(addLockedCharts(new App(), lockFolder, frozen));

/** Lock files by name, without what is another in each major version of helm: that, and the digests over it. */
function locksIn(path: string): { readonly [name: string]: string } {
  const text = (name: string) => readFileSync(join(path, name), 'utf8').replace(/("(?:digest|helmMajor)": ).*/g, '$1…');
  return Object.fromEntries(readdirSync(path).map((name) => [name, text(name)]));
}

test('a fresh render comes to the committed locks, and to the same objects', () => {
  // GIVEN no lock
  setEnvironment({ HELM_BIN: testHelm(), XDG_CACHE_HOME: join(folder(), 'cache') });
  const fresh = join(folder(), 'helm.lock');

  // WHEN
  const objects = synth(fresh, false);

  // THEN they are as `npx tsx test/support/locked-charts.ts` writes them
  expect(locksIn(fresh)).toEqual(locksIn(LOCKS));
  expect(objects).toEqual(synth(LOCKS, true));
});

test('with the committed locks there is no need for helm', () => {
  // GIVEN
  setEnvironment({ HELM_BIN: undefined, PATH: '', XDG_CACHE_HOME: join(folder(), 'cache') });
  const before = locksIn(LOCKS);

  // WHEN
  const objects = synth(LOCKS, true);

  // THEN
  expect(objects.map(({ kind }) => kind)).toEqual(expect.arrayContaining(['CustomResourceDefinition', 'Deployment', 'Job', 'StatefulSet']));
  expect(readdirSync(folder())).toEqual([]);
  expect(locksIn(LOCKS)).toEqual(before);
});
