import { JsonPatch } from 'cdk8s';
import { type Airflow, AirflowChart, type AirflowChartProps, Autoscaling, Executor, GitCredentials, Requirements } from '../../lib';
import { podsAdmitted } from '../support/admission';
import { applyFolder, changedByApply } from '../support/apply';
import { getObjects, kubectl, requireCluster } from '../support/kubectl';
import { deleteAll, prepareNamespaces } from '../support/programs';
import { synthApp } from '../support/synth';
import { removeTemporaryFolders } from '../support/temporary-folder';

// What a user changes over time, each applied over the state before. The API server refuses a change of what can't change, such as the
// pod template of a Job or the volume of a StatefulSet.

const NAMESPACE = 'airflow-changes';

const BEFORE: AirflowChartProps = {
  namespace: NAMESPACE,
  dags: [
    {
      url: 'https://git.example.com/data/dags.git',
      branch: 'main',
      path: 'dags',
      credentials: GitCredentials.token({ secretName: 'dags' }),
    },
  ],
  requirements: Requirements.fromText('requests>=2.31\n'),
  ingress: { host: 'airflow.example.com' },
  executor: Executor.celery({ workers: { replicas: 2 } }),
};

const CHANGES: { change: string; props: AirflowChartProps; more?: (airflow: Airflow) => void }[] = [
  { change: 'to the Local executor', props: { ...BEFORE, executor: Executor.local() } },
  { change: 'back to the Celery executor', props: BEFORE },
  { change: 'to an older version of Airflow', props: { ...BEFORE, airflowVersion: '3.2.0' } },
  { change: 'to a newer version of Airflow', props: BEFORE },
  { change: 'to other requirements', props: { ...BEFORE, requirements: Requirements.fromText('requests>=2.32\n') } },
  { change: 'to no requirements', props: { ...BEFORE, requirements: undefined } },
  {
    change: 'to more replicas',
    props: { ...BEFORE, executor: Executor.celery({ workers: { replicas: 3 } }), scheduler: { replicas: 2 }, apiServer: { replicas: 2 } },
  },
  {
    change: 'to a number of workers that follows the load',
    props: { ...BEFORE, executor: Executor.celery({ workers: { autoscaling: Autoscaling.cpu({ maxReplicas: 4 }) } }) },
  },
  {
    change: 'to other resources',
    props: { ...BEFORE, executor: Executor.celery({ workers: { resources: { requests: { cpu: '50m', memory: '1Gi' } } } }) },
  },
  { change: 'to the Kubernetes executor', props: { ...BEFORE, executor: Executor.kubernetes() } },
  {
    change: 'to workers, and pods for some tasks',
    props: { ...BEFORE, executor: Executor.several(Executor.celery(), Executor.kubernetes()) },
  },
  {
    change: 'to groups of workers',
    props: {
      ...BEFORE,
      executor: Executor.celery({
        workers: { replicas: 2 },
        workerGroups: {
          gpu: { concurrency: 1, placement: { nodeSelector: { gpu: 'yes' } }, autoscaling: Autoscaling.cpu({ maxReplicas: 3 }) },
          slow: { queues: ['slow', 'nightly'], replicas: 2 },
        },
      }),
    },
  },
  {
    change: 'to parts of pods, of Jobs too',
    props: {
      ...BEFORE,
      allComponents: {
        podParts: [
          {
            volumes: [{ name: 'settings', configMap: { name: 'settings', optional: true } }],
            volumeMounts: [{ name: 'settings', mountPath: '/etc/settings', readOnly: true }],
          },
        ],
      },
    },
    more: (airflow) => airflow.declareExisting('ConfigMap', 'settings'),
  },
  {
    change: 'to a patched Job',
    props: BEFORE,
    more: (airflow) => {
      const env = { name: 'REASON', value: 'patched' };
      airflow.patch('Job', 'airflow-migrate', JsonPatch.add('/spec/template/spec/containers/0/env/-', env));
    },
  },
  { change: 'to another admin user', props: { ...BEFORE, admin: { username: 'chief', email: 'chief@example.com' } } },
  { change: 'to no NetworkPolicies', props: { ...BEFORE, networkPolicies: { enabled: false } } },
  { change: 'to the start', props: BEFORE },
];

let first: string;

function synth(props: AirflowChartProps, more: (airflow: Airflow) => void = () => undefined): string {
  return synthApp((app) => more(new AirflowChart(app, 'airflow', props).airflow));
}

beforeAll(async () => {
  await requireCluster();
  first = synth(BEFORE);
  await prepareNamespaces(first);
  await applyFolder(first);
}, 900_000);

afterAll(async () => {
  await deleteAll(first);
  removeTemporaryFolders();
}, 900_000);

test.each(CHANGES)(
  '$change',
  async ({ props, more }) => {
    const dist = synth(props, more);
    const changed = await applyFolder(dist);
    expect([...changed.created, ...changed.configured]).not.toEqual([]);
    await podsAdmitted(NAMESPACE);
    expect(await changedByApply(dist)).toEqual([]);
  },
  300_000,
);

test('a fixed number of workers stays where the load is to decide from now on, if kubectl forgets what it wrote', async () => {
  // GIVEN
  const workers = ['deployment', 'airflow-worker', '--namespace', NAMESPACE];
  // An apply leaves behind what an earlier change has made.
  await kubectl(['delete', 'hpa', 'airflow-worker', '--namespace', NAMESPACE, '--ignore-not-found']);
  await applyFolder(synth({ ...BEFORE, executor: Executor.celery({ workers: { replicas: 5 } }) }));

  // WHEN
  await kubectl(['annotate', ...workers, 'kubectl.kubernetes.io/last-applied-configuration-']);
  const autoscaling = Autoscaling.cpu({ minReplicas: 2, maxReplicas: 8 });
  await kubectl(['apply', '--filename', synth({ ...BEFORE, executor: Executor.celery({ workers: { autoscaling } }) })]);

  // THEN
  const [{ spec }] = await getObjects(...workers);
  expect(spec.replicas).toBe(5);
}, 300_000);
