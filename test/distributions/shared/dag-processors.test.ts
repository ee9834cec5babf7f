import { type AirflowChartProps, DagBundle, NetworkDestination } from '../../../lib';
import type { Manifest } from '../../support/manifests';
import { airflowErrors, synthAirflow } from '../../support/synth-objects';

const BUNDLES = ['one', 'two', 'three'].map((name) => DagBundle.image({ name, path: `/opt/${name}` }));

test('each DAG processor reads the bundles of its group, and the first what is left', () => {
  // WHEN
  const objects = synthAirflow({
    dagBundles: BUNDLES,
    dagProcessor: { replicas: 2 },
    dagProcessorGroups: { finance: { bundles: ['three', 'one'], resources: { limits: { memory: '3Gi' } } } },
  });

  // THEN
  const [first, further] = ['airflow-dag-processor', 'airflow-dag-processor-finance'].map((name) => objects.one('Deployment', name).spec);
  expect(first.template.spec.containers[0].args).toEqual(['dag-processor', '--bundle-name', 'two']);
  expect(further.template.spec.containers[0].args).toEqual(['dag-processor', '--bundle-name', 'three', '--bundle-name', 'one']);
  expect([first.replicas, further.replicas]).toEqual([2, 1]);
  expect(further.template.spec.containers[0].resources.limits.memory).toBe('3Gi');
  expect(further.selector.matchLabels).toEqual({ ...first.selector.matchLabels, 'app.kubernetes.io/component': 'dag-processor-finance' });
});

test('a further DAG processor has a NetworkPolicy of its own, and reaches what the first does', () => {
  // WHEN
  const objects = synthAirflow({
    dagBundles: [...BUNDLES, DagBundle.s3({ bucket: 'etl', egress: [NetworkDestination.namespace('minio', [9000])] })],
    dagProcessorGroups: { finance: { bundles: ['one'] } },
  });

  // THEN
  const [first, further] = ['airflow-dag-processor', 'airflow-dag-processor-finance'].map(
    (name) => objects.one('NetworkPolicy', name).spec,
  );
  expect(JSON.stringify(further.egress)).toContain('minio');
  expect(further.egress).toEqual(first.egress);
  const database: Manifest = objects.one('NetworkPolicy', 'airflow-postgresql').spec;
  expect(JSON.stringify(database.ingress)).toContain('dag-processor-finance');
});

test('without groups the one DAG processor reads all', () => {
  // WHEN
  const objects = synthAirflow({ dagBundles: BUNDLES });

  // THEN
  expect(objects.one('Deployment', 'airflow-dag-processor').spec.template.spec.containers[0].args).toEqual(['dag-processor']);
});

test.each<[AirflowChartProps, string]>([
  [
    { dagProcessorGroups: { finance: { bundles: ['one'] } } },
    'dagProcessorGroups.finance.bundles[0]: "one" given; there is no such bundle; there is: none',
  ],
  [
    { dagBundles: BUNDLES, dagProcessorGroups: { a: { bundles: ['four'] } } },
    'dagProcessorGroups.a.bundles[0]: "four" given; there is no such bundle; there is: one, two, three',
  ],
  [
    { dagBundles: BUNDLES, dagProcessorGroups: { a: { bundles: ['one'] }, b: { bundles: ['two', 'one'] } } },
    'dagProcessorGroups.b.bundles[1]: "one" given; another DAG processor reads it; expected it once',
  ],
  [
    { dagBundles: BUNDLES, dagProcessorGroups: { a: { bundles: [] } } },
    'dagProcessorGroups.a.bundles: [] given; expected the name of a bundle or more',
  ],
  [
    { dagBundles: BUNDLES, dagProcessorGroups: { a: { bundles: ['one', 'two', 'three'] } } },
    'dagProcessorGroups: nothing is left for dagProcessor; expected a bundle that no group has',
  ],
  [
    { dagBundles: BUNDLES, dagProcessorGroups: { 'Team A': { bundles: ['one'] } } },
    'dagProcessorGroups.Team A: "Team A" given; expected a name of at most 20 lower case letters, digits and hyphens',
  ],
  [
    { dagBundles: BUNDLES, dagProcessorGroups: { a: { bundles: ['one'], replicas: 0 } } },
    'dagProcessorGroups.a.replicas: 0 given; expected a whole number of 1 or more',
  ],
])('%j is an error', (props, message) => {
  // THEN
  expect(airflowErrors(props)).toContainEqual(expect.stringContaining(message));
});
