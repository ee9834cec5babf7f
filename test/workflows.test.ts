import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { minVersion } from 'semver';
import { parse } from 'yaml';
import { ROOT } from './support/synth';

const FOLDER = join(ROOT, '.github/workflows');
const { engines, scripts } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8'));

interface Job {
  readonly strategy?: { readonly matrix: { readonly node: readonly number[] } };
  readonly steps?: readonly { readonly run?: string }[];
}

const jobs: readonly Job[] = readdirSync(FOLDER).flatMap((name) => {
  const workflow: { readonly jobs: { readonly [name: string]: Job } } = parse(readFileSync(join(FOLDER, name), 'utf8'));
  return Object.values(workflow.jobs);
});

/** The scripts of package.json that workflows run. */
const run = jobs
  .flatMap(({ steps = [] }) => steps.map((step) => step.run ?? ''))
  .flatMap((command) => [...command.matchAll(/npm (?:run ([\w:]+)|(test)\b)/g)].map(([, script, test]) => script ?? test));

test('workflows run scripts that there are', () => {
  expect(run).toContain('test');
  expect(run.filter((script) => !(script in scripts))).toEqual([]);
});

test('each script that tests something is run', () => {
  // GIVEN
  const tests = Object.keys(scripts).filter((script) => /^test\b|:check$/.test(script));

  // THEN
  expect(tests.length).toBeGreaterThan(5);
  expect(tests.filter((script) => !run.includes(script))).toEqual([]);
});

test('the oldest Node that is supported is among those that tests run on', () => {
  // GIVEN
  const versions = jobs.flatMap(({ strategy }) => strategy?.matrix.node ?? []);

  // THEN
  expect(versions).toContain(minVersion(engines.node)?.major);
});
