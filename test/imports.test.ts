import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { runOrThrow } from './support/process';
import { ROOT } from './support/synth';
import { removeTemporaryFolders, temporaryFolder } from './support/temporary-folder';

jest.setTimeout(60_000);

afterAll(removeTemporaryFolders);

test('the types of custom resources are what cdk8s makes of their definitions', async () => {
  // GIVEN
  const folder = temporaryFolder();
  const definitions = filesIn(join(ROOT, 'imports/crds')).map((name) => join(ROOT, 'imports/crds', name));
  writeFileSync(join(folder, 'cdk8s.yaml'), JSON.stringify({ language: 'typescript', app: 'none', imports: definitions }));

  // WHEN
  const cdk8s = join(ROOT, 'node_modules/.bin/cdk8s');
  await runOrThrow(cdk8s, ['import', '--output', 'imports', '--no-save', '--no-check-upgrade'], { cwd: folder });

  // THEN
  expect(contents(join(folder, 'imports'))).toEqual(contents(join(ROOT, 'lib/imports')));
});

function contents(folder: string): { [name: string]: string } {
  return Object.fromEntries(filesIn(folder).map((name) => [name, readFileSync(join(folder, name), 'utf8')]));
}

function filesIn(folder: string): string[] {
  return readdirSync(folder).sort();
}
