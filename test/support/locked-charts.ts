import { rmSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { App, Chart } from 'cdk8s';
import { HelmChart, HelmChartInclude, type HelmChartIncludeProps, HelmCrds } from '../../lib';
import { setEnvironment } from './environment';
import { fixtureChart, testHelm } from './helm';
import { removeTemporaryFolders, temporaryFolder } from './temporary-folder';

/** The committed render locks. */
export const LOCKS = resolve(__dirname, '../fixtures/helm.lock');

/** Charts of the tests, each in a state of its own, as one has them in a program. */
const INCLUDES: { readonly [name: string]: Partial<HelmChartIncludeProps> } = {
  crds: { apiVersions: ['monitoring.coreos.com/v1'], crds: HelmCrds.here() },
  hooks: { exclude: ['ConfigMap/hooks-both'] },
  plain: { releaseName: 'shop', values: { replicas: 2, auth: { password: 'hunter2' }, podAnnotations: { note: 'one\ntwo\n' } } },
  subcharts: { values: { cache: { enabled: true }, store: { auth: { database: 'orders' } } } },
  weird: { kubeVersion: '1.33.0' },
};

/** A cdk8s chart with those charts, whose locks are in a folder. */
export function addLockedCharts(app: App, lockFolder: string, frozen: boolean): Chart {
  const chart = new Chart(app, 'fixtures', { namespace: 'web' });
  for (const [name, props] of Object.entries(INCLUDES)) {
    new HelmChartInclude(chart, name, { chart: HelmChart.folder(fixtureChart(name)), lockFolder, frozen, ...props });
  }
  return chart;
}

/** As a program it writes the committed locks anew. */
if (require.main === module) {
  const folder = temporaryFolder();
  setEnvironment({ HELM_BIN: testHelm(), XDG_CACHE_HOME: folder });
  rmSync(LOCKS, { recursive: true, force: true });
  try {
    const app = new App({ outdir: join(folder, 'dist') });
    addLockedCharts(app, LOCKS, false);
    app.synth();
  } finally {
    removeTemporaryFolders();
  }
}
