import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { runOrThrow } from '../support/process';
import { neededCharts } from '../support/real-charts';
import { ROOT } from '../support/synth';

const PAGE = readFileSync(join(ROOT, 'docs/how-to/move-from-official-chart.md'), 'utf8');
const COMPONENTS = ['workers', 'scheduler', 'apiServer', 'triggerer', 'dagProcessor'];

const newest = neededCharts()
  .filter(({ name }) => name.startsWith('official-'))
  .at(-1);

test('the page says of each value of the newest chart what becomes of it', async () => {
  // GIVEN
  const { path = '' } = newest ?? {};
  const values = parse(await runOrThrow('tar', ['xzOf', path, 'airflow/values.yaml']));
  const [ofAll, ofComponents] = PAGE.split('### Of each component').map(namesIn);

  // THEN
  expect(Object.keys(values).filter((name) => !ofAll.has(name))).toEqual([]);
  const below = COMPONENTS.flatMap((component) => Object.keys(values[component]).map((name) => ({ name, path: `${component}.${name}` })));
  // What one of them alone has may stand with its whole path.
  expect(below.filter(({ name, path }) => !ofComponents.has(name) && !PAGE.includes(`\`${path}\``)).map(({ path }) => path)).toEqual([]);
});

/** The values in the first column of tables, by the first part of their paths. */
function namesIn(text: string): Set<string> {
  const cells = text.split('\n').flatMap((line) => /^\| (.*?) \|/.exec(line)?.[1] ?? []);
  return new Set(cells.flatMap((cell) => [...cell.matchAll(/`(\w+)[^`]*`/g)].map(([, name]) => name)));
}
