import { existsSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { readChart } from '../../../lib/helm/chart/chart-files';
import { stagedChart } from '../../../lib/helm/chart/staged-chart';
import { fixtureChart } from '../../support/helm';
import { run } from '../../support/process';
import { ROOT } from '../../support/synth';

const chart = () => readChart(fixtureChart('subcharts'));

test('all files of a chart are in a folder, with those that are added', () => {
  // WHEN
  const staged = stagedChart(chart(), { 'templates/a/b.txt': 'added' });

  // THEN
  expect(readFileSync(join(staged, 'templates/a/b.txt'), 'utf8')).toBe('added');
  rmSync(join(staged, 'templates/a'), { recursive: true });
  const relative = (folder: string) => readdirSync(folder, { recursive: true }).sort();
  expect(relative(staged)).toEqual(relative(fixtureChart('subcharts')));
  expect(readFileSync(join(staged, 'values.yaml'))).toEqual(readFileSync(join(fixtureChart('subcharts'), 'values.yaml')));
});

test('the same is written once, and anew when somebody has removed it', () => {
  // GIVEN
  const staged = stagedChart(chart());

  // THEN
  expect(stagedChart(chart())).toBe(staged);
  expect(stagedChart(chart(), { 'templates/a.txt': '' })).not.toBe(staged);
  rmSync(staged, { recursive: true });
  expect(existsSync(join(stagedChart(chart()), 'Chart.yaml'))).toBe(true);
});

test('a file in the place of a folder is an error', () => {
  expect(() => stagedChart(chart(), { 'Chart.yaml/a': '' })).toThrow(/^the chart can't be written for helm to read it: /);
});

test('nothing is left when the program has ended', async () => {
  // GIVEN
  const path = (file: string) => JSON.stringify(join(ROOT, file));
  const program = `
    const { readChart } = require(${path('lib/helm/chart/chart-files')});
    const { stagedChart } = require(${path('lib/helm/chart/staged-chart')});
    console.log(stagedChart(readChart(${JSON.stringify(fixtureChart('plain'))})));`;

  // WHEN
  const { stdout, stderr } = await run(process.execPath, ['--require', 'tsx/cjs', '--eval', program], { cwd: ROOT, timeoutSeconds: 60 });

  // THEN
  expect(stderr).toBe('');
  expect(stdout).toContain('cdk8s-airflow-helm-');
  expect(existsSync(join(stdout.trim(), '..'))).toBe(false);
}, 60_000);
