import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { runOrThrow } from '../support/process';
import { ROOT } from '../support/synth';
import { removeTemporaryFolders, temporaryFolder } from '../support/temporary-folder';

jest.setTimeout(60_000);

afterAll(removeTemporaryFolders);

test('docs/architecture.svg is what is drawn of dist', async () => {
  // GIVEN
  const fresh = join(temporaryFolder(), 'architecture.svg');

  // WHEN
  await runOrThrow('node', ['--import', 'tsx', 'scripts/architecture-diagram.ts', fresh], { cwd: ROOT });

  // THEN
  const lines = (file: string) => readFileSync(file, 'utf8').split('\n');
  expect(lines(join(ROOT, 'docs/architecture.svg'))).toEqual(lines(fresh));
});
