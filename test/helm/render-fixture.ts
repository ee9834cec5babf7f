import { execFileSync } from 'node:child_process';
import { fixtureChart, testHelm } from '../support/helm';

/** What helm prints for a chart in test/fixtures/charts, released as `rel` into the namespace `data`. */
export function renderFixture(chart: string, ...flags: string[]): string {
  return execFileSync(testHelm(), ['template', 'rel', fixtureChart(chart), '--namespace=data', ...flags], { encoding: 'utf8' });
}
