import { AirflowChart, type AirflowChartProps, Autoscaling, Executor } from '../../lib';
import { type Manifest, readManifests } from '../support/manifests';
import { inAFolderOfItsOwn, neededCharts } from '../support/real-charts';
import { synthApp } from '../support/synth';

// Pods whose number follows the work: the chart writes none, and KEDA finds its Deployments.

jest.setTimeout(300_000);

const charts = neededCharts().filter(({ name }) => name.startsWith('official-'));
inAFolderOfItsOwn();

test.each(charts)('$name leaves the number of pods to KEDA', ({ distribution }) => {
  // GIVEN
  const autoscaling = Autoscaling.keda({ maxReplicas: 4 });
  const props: AirflowChartProps = {
    namespace: 'data',
    executor: Executor.celery({ workers: { autoscaling } }),
    triggerer: { autoscaling },
    distribution: distribution(),
  };

  // WHEN
  const manifests = readManifests(synthApp((app) => new AirflowChart(app, 'airflow', props)));

  // THEN
  const ofKind = (kind: string) => manifests.filter((manifest: Manifest) => manifest.kind === kind);
  for (const name of ['airflow-triggerer', 'airflow-worker']) {
    expect(ofKind('Deployment').find(({ metadata }) => metadata.name === name)?.spec).not.toHaveProperty('replicas');
  }
  expect(ofKind('ScaledObject').map(({ spec }) => spec.scaleTargetRef.name)).toEqual(['airflow-worker', 'airflow-triggerer']);
});
