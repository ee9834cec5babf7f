import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { type ChartFiles, readChart } from '../../lib/helm/chart/chart-files';
import { ROOT } from './synth';

/** Data files of real charts (Chart.yaml, values.yaml, values.schema.json), each chart in a folder. They are not in this repository. */
const FOLDER = process.env.AIRFLOW_CHART_VALUES ?? join(ROOT, '..', 'shared', 'charts');

/**
 * A test with the data files of a real chart, as in `official-1.20.0`. Where there are none, the reason is told; where the variable
 * AIRFLOW_CHART_VALUES says that there are, the test fails.
 */
export function testWithChart(name: string, chart: string, body: (chart: ChartFiles) => void): void {
  const folder = join(FOLDER, chart);
  if (process.env.AIRFLOW_CHART_VALUES !== undefined || existsSync(folder)) {
    test(name, () => body(readChart(folder)));
  } else {
    const reason = `there is no ${folder}; the variable AIRFLOW_CHART_VALUES names the folder with the data files of charts`;
    console.warn(`not run: ${name}: ${reason}`);
    test.skip(`${name} (${reason})`, () => {});
  }
}
