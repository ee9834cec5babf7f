import { readChart } from '../../lib/helm/chart/chart-files';
import { startHelm } from '../../lib/helm/run/helm-runner';
import { checkValues } from '../../lib/helm/values/strict-values';
import type { Json } from '../../lib/kubernetes/json';
import { testHelm } from './helm';
import type { RealChart } from './real-charts';

/** A chart knows all of the values, and helm renders it with them. */
export function expectToTake({ path }: RealChart, values: Json): void {
  const files = readChart(path);
  expect(checkValues(values, files)).toEqual([]);
  // One that it does not know would be found.
  expect(checkValues({ ...values, notKnown: {} }, files)).toHaveLength(1);
  const args = ['template', '--kube-version=1.34.0', '--', 'airflow', path];
  const helm = startHelm({ helm: testHelm(), args, values, timeoutMs: 60_000, maxBytes: 64 * 1024 ** 2 });
  expect(helm.wait()).toContain('kind: Service');
}
