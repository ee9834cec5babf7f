import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { graph } from '../../cli/graph';
import { AirflowChart } from '../../lib';
import { run } from '../support/process';
import { ROOT, synthApp } from '../support/synth';
import { removeTemporaryFolders, temporaryFolder } from '../support/temporary-folder';

jest.setTimeout(60_000);
afterAll(removeTemporaryFolders);

function main(...args: string[]) {
  return run('node', ['--import', 'tsx', join(ROOT, 'cli/main.ts'), 'graph', ...args], { cwd: ROOT });
}

test('the picture of the documentation is that of its dist, on standard output or in a file', async () => {
  // GIVEN
  const file = join(temporaryFolder(), 'airflow.svg');

  // WHEN
  const { stdout, stderr } = await main('dist');
  const written = await main('dist', '--output', file);

  // THEN
  expect(stderr).toBe('');
  expect(stdout).toMatch(/<svg [\s\S]*<title>Deployment\/airflow&#45;scheduler<\/title>[\s\S]*<\/svg>\s*$/);
  expect([written.stdout, readFileSync(file, 'utf8')]).toEqual(['', stdout]);
});

test("the user's own namespace is drawn, with CronJobs", async () => {
  // GIVEN
  const dist = synthApp((app) => new AirflowChart(app, 'airflow', { namespace: 'data', databaseCleanup: {} }));

  // WHEN
  const dot = await graph(dist, { dot: true });

  // THEN
  expect(dot).toMatch(/^digraph \{\n/);
  expect(dot).toContain('label="namespace data"');
  expect(dot).toContain('"CronJob/airflow-db-cleanup"');
});

test('where nothing makes pods there is nothing to draw', async () => {
  // GIVEN
  const file = join(temporaryFolder(), 'config.yaml');
  writeFileSync(file, 'apiVersion: v1\nkind: ConfigMap\nmetadata: { name: a }\n');

  // THEN
  await expect(graph(file, { dot: true })).rejects.toThrow('nothing in these manifests makes pods: there is nothing to draw');
});
