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

test.each(charts.filter(({ version }) => version !== '1.18.0'))(
  '$name leaves the number of pods of a group to what scales it',
  ({ distribution }) => {
    // GIVEN
    const workerGroups = {
      gpu: { autoscaling: Autoscaling.keda({ maxReplicas: 4 }) },
      reports: { autoscaling: Autoscaling.cpu({ maxReplicas: 3 }) },
    };
    const executor = Executor.celery({ workers: { replicas: 2 }, workerGroups });

    // WHEN
    const manifests = readManifests(
      synthApp((app) => new AirflowChart(app, 'airflow', { namespace: 'data', executor, distribution: distribution() })),
    );

    // THEN
    const ofKind = (kind: string) => manifests.filter((manifest: Manifest) => manifest.kind === kind);
    const deployments: { readonly [name: string]: Manifest } = Object.fromEntries(
      ofKind('Deployment').map(({ metadata, spec }) => [metadata.name, spec]),
    );
    expect(deployments['airflow-worker'].replicas).toBe(2);
    for (const [kind, name] of [
      ['ScaledObject', 'airflow-worker-gpu'],
      ['HorizontalPodAutoscaler', 'airflow-worker-reports'],
    ]) {
      const { replicas, selector } = deployments[name];
      expect(replicas).toBeUndefined();
      expect(ofKind(kind).map(({ spec }) => spec.scaleTargetRef.name)).toEqual([name]);
      // An autoscaler counts the pods that its Deployment selects.
      const selected = Object.entries(deployments).filter(([, { template }]) => {
        return Object.entries(selector.matchLabels).every(([label, value]) => template.metadata.labels[label] === value);
      });
      expect(selected.map(([deployment]) => deployment)).toEqual([name]);
    }
  },
);
