import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { variantsOf } from '../support/airflow-variants';
import { type Manifest, nameOf, readManifests } from '../support/manifests';
import { inAFolderOfItsOwn, neededCharts, putIntoCache } from '../support/real-charts';
import { ROOT, synthFolder } from '../support/synth';

// Every real chart with every variant of props: all checks of a synth pass (no dangling reference, no secret, Pod Security, NetworkPolicies),
// and what comes out is plain. Nothing of it is committed.

jest.setTimeout(300_000);

const EXAMPLES = [
  { example: 'official-chart', chart: 'official-1.20.0' },
  { example: 'gitlab-bitnami', chart: 'bitnami-25.1.0' },
];

const charts = neededCharts();
inAFolderOfItsOwn();

describe.each(charts.map(({ name }) => name))('%s', (chart) => {
  test.each(variantsOf(chart))('with %s', (variant) => {
    // WHEN
    const first = synth(chart, variant);
    rmSync('helm.lock', { recursive: true });
    const second = synth(chart, variant);

    // THEN
    const text = JSON.stringify(first);
    expect(JSON.stringify(second)).toBe(text);
    expect(text).not.toContain('helm.sh/hook');
    expect(first.filter(({ kind, data, stringData }) => kind === 'Secret' && (data ?? stringData)).map(nameOf)).toEqual([]);
    for (const { kind, metadata } of first.filter(({ kind }) => kind === 'Job')) {
      expect([kind, metadata.name]).toEqual([kind, expect.stringMatching(/-[0-9a-f]{8}$/)]);
    }
  });
});

for (const { example, chart: name } of EXAMPLES) {
  const chart = charts.find((candidate) => candidate.name === name);
  const title = `examples/${example} is made from the published chart`;
  if (!chart) {
    console.warn(`NOT TRIED: ${title}, as there is no ${name} in AIRFLOW_CHARTS`);
    continue;
  }
  test(title, async () => {
    // GIVEN
    await putIntoCache(chart);
    const folder = join(ROOT, 'examples', example);
    rmSync(join(folder, 'helm.lock'), { recursive: true, force: true });

    // WHEN
    const manifests = readManifests(await synthFolder(folder));

    // THEN
    const [ingress] = manifests.filter(({ kind }) => kind === 'Ingress');
    const { name: service } = ingress.spec.rules[0].http.paths[0].backend.service;
    expect(manifests.map(nameOf)).toContain(`Service/${service}`);
  });
}

/** What a program makes of a chart, with nothing of an earlier one in its memory. */
function synth(chart: string, variant: string): Manifest[] {
  let manifests: Manifest[] = [];
  jest.isolateModules(() => {
    const { AirflowChart }: typeof import('../../lib') = require('../../lib');
    const { VARIANTS }: typeof import('../support/airflow-variants') = require('../support/airflow-variants');
    const { realCharts }: typeof import('../support/real-charts') = require('../support/real-charts');
    const { synthApp }: typeof import('../support/synth') = require('../support/synth');
    const { removeTemporaryFolders }: typeof import('../support/temporary-folder') = require('../support/temporary-folder');
    const distribution = realCharts()
      .find(({ name }) => name === chart)
      ?.distribution();
    manifests = readManifests(synthApp((app) => new AirflowChart(app, 'airflow', { ...VARIANTS[variant], distribution })));
    removeTemporaryFolders();
  });
  return manifests;
}
