import { AirflowChart, type AirflowChartProps } from '../../lib';
import { type Manifest, readManifests } from '../support/manifests';
import { hasOfficialFeatures, OFFICIAL_FEATURES } from '../support/official-features';
import { inAFolderOfItsOwn, neededCharts } from '../support/real-charts';
import { synthApp } from '../support/synth';

// What the official chart can do since 1.22 and no prop stands for, by its values: all checks of a synth pass, Pod Security among them.

jest.setTimeout(300_000);

const chart = neededCharts().find(({ name }) => hasOfficialFeatures(name));
inAFolderOfItsOwn();

if (!chart) {
  console.warn('NOT TRIED: features of the official chart 1.22, as it is not in AIRFLOW_CHARTS');
  test.skip('official chart 1.22', () => {});
}

for (const [name, { values, object }] of chart ? Object.entries(OFFICIAL_FEATURES) : []) {
  test(`${name}, by values of ${chart?.name}`, () => {
    // GIVEN
    const props: AirflowChartProps = { namespace: 'airflow', distribution: chart?.distribution(values) };

    // WHEN
    const manifests = readManifests(synthApp((app) => new AirflowChart(app, 'airflow', props)));

    // THEN
    expect(manifests.map(({ kind, metadata }: Manifest) => `${kind}/${metadata.name}`)).toContain(object);
  });
}
