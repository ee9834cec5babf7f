import { AirflowChart, type AirflowChartProps, Autoscaling, Credentials, Executor } from '../../lib';
import { applyFolder, changedByApply } from '../support/apply';
import { getObjects, requireCluster } from '../support/kubectl';
import { clearNamespace, freshNamespace, letInNoPods } from '../support/namespaces';
import { synthApp } from '../support/synth';
import { removeTemporaryFolders } from '../support/temporary-folder';

// Custom resources, whose definitions have defaults of their own: what is written out is what a second apply finds. Where an operator is not there it is left out. No pod is
// made: a quota lets in none.

const NAMESPACE = 'airflow-custom-resources';
const keda = (minReplicas: number) => ({ autoscaling: Autoscaling.keda({ minReplicas, maxReplicas: 3 }) });
const gateway = { host: 'a.example.com', controllerNamespace: 'envoy' };

const PROGRAMS: readonly { readonly resource: string; readonly props: AirflowChartProps }[] = [
  {
    resource: 'scaledobjects.keda.sh',
    props: { triggerer: keda(1), executor: Executor.celery({ workers: keda(0), workerGroups: { big: keda(2) } }) },
  },
  {
    resource: 'externalsecrets.external-secrets.io',
    props: {
      credentials: Credentials.externalSecrets({
        store: { name: 'vault' },
        keys: { fernetKey: { key: 'airflow' }, admin: { key: 'a', property: 'b', version: '3' } },
      }),
    },
  },
  {
    resource: 'httproutes.gateway.networking.k8s.io',
    props: { httpRoute: { ...gateway, gateway: { name: 'public' } } },
  },
  {
    resource: 'httproutes.gateway.networking.k8s.io',
    props: {
      httpRoute: {
        ...gateway,
        gateway: { name: 'public', namespace: 'gateways', sectionName: 'web' },
        additionalHosts: ['b.example.com'],
        path: '/airflow',
        tls: true,
      },
    },
  },
];

let known: readonly string[];

beforeAll(async () => {
  await requireCluster();
  known = (await getObjects('customresourcedefinitions')).map(({ metadata }) => metadata.name);
}, 60_000);

beforeEach(async () => {
  await freshNamespace(NAMESPACE);
  await letInNoPods(NAMESPACE);
}, 300_000);

afterAll(async () => {
  await clearNamespace(NAMESPACE);
  removeTemporaryFolders();
}, 300_000);

test.each(PROGRAMS)(
  '$resource: a second apply changes nothing, and nothing is warned of',
  async ({ resource, props }) => {
    if (!known.includes(resource)) {
      process.stderr.write(`\nNOT TRIED: the cluster has no ${resource}\n`);
      return;
    }
    const dist = synthApp((app) => {
      new AirflowChart(app, 'airflow', { namespace: NAMESPACE, createNamespace: false, ...props });
    });
    const { created } = await applyFolder(dist);
    expect(created.some((name) => name.startsWith(resource.replace(/s\./, '.')))).toBe(true);
    expect(await changedByApply(dist)).toEqual([]);
  },
  300_000,
);
