import { AirflowChart, type AirflowChartProps, Broker, CaCertificates, Database, Executor, Requirements } from '../../lib';
import { podsAdmitted } from '../support/admission';
import { applyFolder } from '../support/apply';
import { applyObjects, requireCluster } from '../support/kubectl';
import { deleteAll, prepareNamespaces } from '../support/programs';
import { synthApp } from '../support/synth';
import { removeTemporaryFolders } from '../support/temporary-folder';

// A namespace in which a LimitRange says what a container has to ask for and may have: the API server refuses pods with less or more.

const NAMESPACE = 'airflow-limits';
const SMALL = { requests: { cpu: '10m', memory: '64Mi' }, limits: { cpu: '500m', memory: '512Mi' } };
const LIMIT_RANGE = {
  apiVersion: 'v1',
  kind: 'LimitRange',
  metadata: { name: 'small', namespace: NAMESPACE },
  spec: { limits: [{ type: 'Container', min: SMALL.requests, max: SMALL.limits }] },
};

const PROPS: AirflowChartProps = {
  namespace: NAMESPACE,
  dags: [{ url: 'https://git.example.com/data/dags.git', branch: 'main' }],
  requirements: Requirements.fromText('requests>=2.31\n'),
  caCertificates: CaCertificates.fromConfigMap('company-ca'),
  allComponents: { resources: SMALL, initContainerResources: SMALL },
  gitSync: { resources: SMALL },
  database: Database.builtIn({ resources: SMALL }),
  executor: Executor.celery({ broker: Broker.builtIn({ resources: SMALL }) }),
};

let dist: string;

beforeAll(async () => {
  await requireCluster();
  dist = synthApp((app) => new AirflowChart(app, 'airflow', PROPS));
  await prepareNamespaces(dist);
}, 900_000);

afterAll(async () => {
  await deleteAll(dist);
  removeTemporaryFolders();
}, 900_000);

test('all pods are let in, with every prop for resources set', async () => {
  // GIVEN
  await applyObjects({ apiVersion: 'v1', kind: 'Namespace', metadata: { name: NAMESPACE } });
  await applyObjects(LIMIT_RANGE);

  // WHEN
  await applyFolder(dist);

  // THEN
  await podsAdmitted(NAMESPACE);
}, 300_000);
