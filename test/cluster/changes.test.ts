import { AirflowChart, type AirflowChartProps, Autoscaling, Executor, GitCredentials, Requirements } from '../../lib';
import { podsAdmitted } from '../support/admission';
import { applyFolder, changedByApply } from '../support/apply';
import { requireCluster } from '../support/kubectl';
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

const CHANGES: { change: string; props: AirflowChartProps }[] = [
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
  { change: 'to another admin user', props: { ...BEFORE, admin: { username: 'chief', email: 'chief@example.com' } } },
  { change: 'to no NetworkPolicies', props: { ...BEFORE, networkPolicies: { enabled: false } } },
  { change: 'to the start', props: BEFORE },
];

let first: string;

function synth(props: AirflowChartProps): string {
  return synthApp((app) => new AirflowChart(app, 'airflow', props));
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
  async ({ props }) => {
    const dist = synth(props);
    const changed = await applyFolder(dist);
    expect([...changed.created, ...changed.configured]).not.toEqual([]);
    await podsAdmitted(NAMESPACE);
    expect(await changedByApply(dist)).toEqual([]);
  },
  300_000,
);
