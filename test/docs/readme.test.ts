import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { readPage } from '../../scripts/docs/pages';
import { ROOT } from '../support/synth';

test('the program in README.md is main.ts', () => {
  // GIVEN
  const [program] = readPage(ROOT, 'README.md').blocks.filter(({ language }) => language === 'ts');

  // THEN
  expect(program.text).toBe(readFileSync(join(ROOT, 'main.ts'), 'utf8'));
});
