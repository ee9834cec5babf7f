import { AirflowChart } from '../../lib';
import { KEPT } from '../../lib/kubernetes/kept-data';
import { readManifests } from '../support/manifests';
import { inAFolderOfItsOwn, neededCharts } from '../support/real-charts';
import { synthApp } from '../support/synth';

// What holds data in the objects of a chart.

jest.setTimeout(300_000);

const charts = neededCharts().filter(({ name }) => name.startsWith('official'));
inAFolderOfItsOwn();

test.each(charts.map(({ name }) => name))('tools that prune leave the volumes of %s alone', (name) => {
  // GIVEN
  const values = { logs: { persistence: { enabled: true } } };
  const distribution = charts.find((chart) => chart.name === name)?.distribution(values);

  // WHEN
  const manifests = readManifests(synthApp((app) => new AirflowChart(app, 'airflow', { distribution })));

  // THEN
  const volumes = manifests.filter(({ kind }) => kind === 'PersistentVolumeClaim');
  expect(volumes.map(({ metadata }) => metadata.name)).toEqual(['airflow-logs']);
  expect(volumes[0].metadata.annotations).toMatchObject(KEPT);
});
