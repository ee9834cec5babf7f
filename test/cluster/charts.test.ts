import { AirflowChart } from '../../lib';
import { podsAdmitted } from '../support/admission';
import { VARIANTS, variantsOf } from '../support/airflow-variants';
import { applyFolder, changedByApply } from '../support/apply';
import { restoreEnvironment } from '../support/environment';
import { requireCluster } from '../support/kubectl';
import { readManifests } from '../support/manifests';
import { deleteAll, prepareNamespaces } from '../support/programs';
import { NO_CHARTS, realCharts, useHelmIn } from '../support/real-charts';
import { synthApp } from '../support/synth';
import { removeTemporaryFolders, temporaryFolder } from '../support/temporary-folder';

// Real charts, applied to a real API server. It need not have a node: no pod has to run.

const NAMESPACE = 'airflow-charts';
const workingFolder = process.cwd();
const cases = realCharts().flatMap((chart) => variantsOf(chart.name).map((variant) => ({ chart, name: chart.name, variant })));

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

for (const { chart, name, variant } of cases) {
  describe(`${name} with ${variant}`, () => {
    let dist: string;

    beforeAll(async () => {
      const props = { ...VARIANTS[variant], namespace: NAMESPACE, distribution: chart.distribution() };
      dist = synthApp((app) => new AirflowChart(app, 'airflow', props));
      await prepareNamespaces(dist);
    }, 900_000);

    afterAll(() => deleteAll(dist), 900_000);

    test('is applied without an error or a warning', async () => {
      const { created } = await applyFolder(dist);
      expect(created).toHaveLength(readManifests(dist).length);
    }, 300_000);

    test('makes pods that Pod Security "restricted" lets in', () => podsAdmitted(NAMESPACE), 300_000);

    test('changes nothing when it is applied again', async () => {
      expect(await changedByApply(dist)).toEqual([]);
    }, 300_000);
  });
}
