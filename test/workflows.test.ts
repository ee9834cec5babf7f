import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const FOLDER = join(__dirname, '..', '.github', 'workflows');
const LINES = readdirSync(FOLDER).flatMap((file) => readFileSync(join(FOLDER, file), 'utf8').split('\n'));

test('actions of others are pinned by commit', () => {
  // GIVEN
  const uses = LINES.flatMap((line) => /^\s*(?:- )?uses: ([^.]\S*)/.exec(line)?.[1] ?? []);

  // THEN
  expect(uses).not.toEqual([]);
  expect(uses.filter((action) => !/@[0-9a-f]{40}$/.test(action))).toEqual([]);
});

test('no checkout keeps credentials', () => {
  // GIVEN
  const checkouts = LINES.flatMap((line, index) => (line.includes('actions/checkout@') ? [LINES.slice(index, index + 3).join('\n')] : []));

  // THEN
  expect(checkouts).not.toEqual([]);
  for (const text of checkouts) expect(text).toContain('persist-credentials: false');
});
