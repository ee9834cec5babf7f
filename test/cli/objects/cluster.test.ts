import { compare } from '../../../cli/diff/compare';
import { asFarAs, type Get, objectsOfCluster } from '../../../cli/objects/cluster';
import type { Json } from '../../../lib/kubernetes/json';
import { synthAirflow } from '../../support/synth-objects';

const LAST_APPLIED = 'kubectl.kubernetes.io/last-applied-configuration';

/** An object as the API server has it: with what it adds, and what kubectl notes. */
function living(object: Json): Json {
  const noted = { ...object, metadata: { annotations: {}, ...object.metadata } };
  const annotations = { ...object.metadata.annotations, [LAST_APPLIED]: JSON.stringify(noted) };
  return { ...object, metadata: { ...object.metadata, uid: '1', annotations }, status: {} };
}

/** A cluster with these objects, which knows selectors no further than by the name of the Airflow. */
function clusterOf(objects: readonly Json[]): Get {
  return (args, input) => {
    if (args[0] === '--filename') {
      const names = (input ?? '').split('\n').map((line) => JSON.parse(line));
      return objects.filter(({ kind, metadata }) => names.some((name) => name.kind === kind && name.metadata.name === metadata.name));
    }
    const [, namespace, , selector] = args.slice(1);
    const instance = selector.split('=').at(-1);
    return objects.filter(
      ({ metadata }) => metadata.namespace === namespace && metadata.labels?.['app.kubernetes.io/instance'] === instance,
    );
  };
}

test('what was applied is what is compared, not what the API server has added', () => {
  // GIVEN
  const { all } = synthAirflow();
  const before = objectsOfCluster(all, clusterOf(all.map(living)));

  // THEN
  expect(compare(before, all)).toMatchObject({ made: [], changed: [], gone: [] });
});

test('what is not there yet is made, and what has been applied of the same Airflow is gone', () => {
  // GIVEN
  const wanted = synthAirflow({ apiServer: { replicas: 2 }, networkPolicies: { enabled: false } }).all;
  const other = synthAirflow({ name: 'other' }).all;
  const before = objectsOfCluster(wanted, clusterOf([...synthAirflow().all, ...other].map(living)));
  const { made, changed, gone } = compare(before, wanted);

  // THEN
  expect(made.map(({ kind }) => kind)).toEqual(['PodDisruptionBudget']);
  expect(changed.map(({ after, fields }) => [after.metadata.name, fields.map(({ path }) => path)])).toContainEqual([
    'airflow-api-server',
    ['spec.replicas'],
  ]);
  expect([...new Set(gone.map(({ kind }) => kind))]).toEqual(['NetworkPolicy']);
});

test('what was not applied by kubectl is compared as far as the manifests go', () => {
  // GIVEN
  const found = {
    metadata: { name: 'a', uid: '1' },
    spec: { replicas: 1, strategy: {}, containers: [{ name: 'b', image: 'b:1', imagePullPolicy: 'Always' }, { name: 'c' }], args: ['x'] },
  };
  const wanted = { metadata: { name: 'a' }, spec: { replicas: 2, containers: [{ name: 'b', image: 'b:2' }], args: ['x', 'y'], more: 1 } };

  // THEN
  expect(asFarAs(found, wanted)).toEqual({
    metadata: { name: 'a' },
    spec: { replicas: 1, containers: [{ name: 'b', image: 'b:1' }, { name: 'c' }], args: ['x'] },
  });
});
