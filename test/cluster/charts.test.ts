import { AirflowChart, type AirflowChartProps, type Distribution } from '../../lib';
import { podsAdmitted } from '../support/admission';
import { VARIANTS, variantsOf } from '../support/airflow-variants';
import { applyFolder, changedByApply } from '../support/apply';
import { restoreEnvironment } from '../support/environment';
import { getObjects, requireCluster } from '../support/kubectl';
import { readManifests } from '../support/manifests';
import { hasOfficialFeatures, OFFICIAL_FEATURES } from '../support/official-features';
import { deleteAll, prepareNamespaces } from '../support/programs';
import { NO_CHARTS, realCharts, useHelmIn } from '../support/real-charts';
import { synthApp } from '../support/synth';
import { removeTemporaryFolders, temporaryFolder } from '../support/temporary-folder';

// Real charts, applied to a real API server. It need not have a node: no pod has to run.

const NAMESPACE = 'airflow-charts';
const workingFolder = process.cwd();

interface Case {
  readonly name: string;
  readonly distribution: Distribution;
  readonly props: AirflowChartProps;
  readonly definition?: string;
}

const cases: Case[] = realCharts().flatMap((chart) => [
  ...variantsOf(chart.name).map((variant) => ({
    name: `${chart.name} with ${variant}`,
    distribution: chart.distribution(),
    props: VARIANTS[variant],
  })),
  ...(hasOfficialFeatures(chart.name) ? Object.entries(OFFICIAL_FEATURES) : []).map(([name, { values, definition }]) => ({
    name: `${chart.name} with ${name} by values`,
    distribution: chart.distribution(values),
    props: {},
    definition,
  })),
]);

beforeAll(async () => {
  await requireCluster();
  const folder = temporaryFolder();
  process.chdir(folder);
  useHelmIn(folder);
}, 60_000);

afterAll(() => {
  process.chdir(workingFolder);
  restoreEnvironment();
  removeTemporaryFolders();
});

if (NO_CHARTS) {
  process.stderr.write(`\nNOT TRIED: ${NO_CHARTS}\n`);
  test.skip('real charts', () => {});
}

for (const { name, distribution, props, definition } of cases) {
  describe(name, () => {
    let dist: string;
    let isTried: boolean;

    beforeAll(async () => {
      isTried = !definition || (await getObjects('customresourcedefinitions')).some(({ metadata }) => metadata.name === definition);
      if (!isTried) {
        process.stderr.write(`\nNOT TRIED: ${name}, as the cluster has no ${definition}\n`);
        return;
      }
      dist = synthApp((app) => new AirflowChart(app, 'airflow', { ...props, namespace: NAMESPACE, distribution }));
      await prepareNamespaces(dist);
    }, 900_000);

    afterAll(() => deleteAll(dist), 900_000);

    test('is applied without an error or a warning', async () => {
      if (!isTried) return;
      const { created } = await applyFolder(dist);
      expect(created).toHaveLength(readManifests(dist).length);
    }, 300_000);

    test('makes pods that Pod Security "restricted" lets in', async () => {
      if (isTried) await podsAdmitted(NAMESPACE);
    }, 300_000);

    test('changes nothing when it is applied again', async () => {
      if (isTried) expect(await changedByApply(dist)).toEqual([]);
    }, 300_000);
  });
}
