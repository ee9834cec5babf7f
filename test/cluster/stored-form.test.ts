import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Chart } from 'cdk8s';
import { HelmChart, HelmChartInclude } from '../../lib';
import { writeYaml } from '../../lib/kubernetes/yaml-writer';
import { applyFolder, changedByApply } from '../support/apply';
import { restoreEnvironment } from '../support/environment';
import { requireCluster } from '../support/kubectl';
import { readManifests } from '../support/manifests';
import { deleteAll, prepareNamespaces } from '../support/programs';
import { useHelmIn } from '../support/real-charts';
import { synthApp } from '../support/synth';
import { removeTemporaryFolders, temporaryFolder } from '../support/temporary-folder';

// What charts write otherwise than the API server keeps it, as a chart of many has it. No pod has to run.

const NAMESPACE = 'airflow-stored-form';

const securityContext = {
  allowPrivilegeEscalation: false,
  capabilities: { drop: ['ALL'] },
  runAsNonRoot: true,
  seccompProfile: { type: 'RuntimeDefault' },
};
const template = {
  metadata: { labels: { app: 'a' } },
  spec: {
    priorityClassName: '',
    schedulerName: '',
    nodeSelector: {},
    tolerations: [],
    hostNetwork: false,
    containers: [
      {
        name: 'a',
        image: 'a:1',
        securityContext,
        env: [
          { name: 'A', value: '' },
          { name: 'B', value: 'b' },
        ],
        ports: [{ containerPort: 80 }],
        resources: { limits: { cpu: 0.5, memory: '1024Mi' } },
        volumeMounts: [{ name: 'a', mountPath: '/a', subPath: '' }],
      },
    ],
    volumes: [
      { name: 'a', emptyDir: { medium: '', sizeLimit: '1024Mi' } },
      { name: 'b', downwardAPI: { items: [{ path: 'a', fieldRef: { fieldPath: 'metadata.name' } }] } },
      {
        name: 'c',
        projected: {
          sources: [
            { serviceAccountToken: { path: 'a' } },
            { downwardAPI: { items: [{ path: 'b', fieldRef: { fieldPath: 'metadata.name' } }] } },
          ],
        },
      },
    ],
  },
};
const selector = { matchLabels: { app: 'a' } };
const OBJECTS: readonly object[] = [
  { apiVersion: 'v1', kind: 'Secret', metadata: { name: 'a' }, stringData: { a: 'a', b: 'ü' }, data: { c: 'Yw==' } },
  {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: { name: 'a' },
    spec: { replicas: 0, strategy: { type: 'RollingUpdate' }, selector, template },
  },
  { apiVersion: 'apps/v1', kind: 'Deployment', metadata: { name: 'b' }, spec: { replicas: 0, strategy: {}, selector, template } },
  { apiVersion: 'apps/v1', kind: 'DaemonSet', metadata: { name: 'a' }, spec: { selector, template } },
  {
    apiVersion: 'v1',
    kind: 'Service',
    metadata: { name: 'a' },
    spec: { clusterIP: '', loadBalancerIP: '', ports: [{ port: 80 }], selector: { app: 'a' } },
  },
  {
    apiVersion: 'networking.k8s.io/v1',
    kind: 'NetworkPolicy',
    metadata: { name: 'a' },
    spec: { podSelector: {}, ingress: [{ ports: [{ port: 80 }] }], egress: [{ ports: [{ port: 53, protocol: 'UDP' }, { port: 53 }] }] },
  },
  {
    apiVersion: 'networking.k8s.io/v1',
    kind: 'Ingress',
    metadata: { name: 'a' },
    spec: {
      rules: [
        { host: '', http: { paths: [{ path: '/', pathType: 'Prefix', backend: { service: { name: 'a', port: { number: 80 } } } }] } },
      ],
    },
  },
  {
    apiVersion: 'rbac.authorization.k8s.io/v1',
    kind: 'Role',
    metadata: { name: 'a' },
    rules: [{ apiGroups: [''], resources: ['pods'], verbs: ['get'] }],
  },
  {
    apiVersion: 'rbac.authorization.k8s.io/v1',
    kind: 'RoleBinding',
    metadata: { name: 'a' },
    roleRef: { kind: 'Role', name: 'a' },
    subjects: [
      { kind: 'ServiceAccount', apiGroup: '', name: 'default', namespace: NAMESPACE },
      { kind: 'User', name: 'b' },
    ],
  },
  {
    apiVersion: 'admissionregistration.k8s.io/v1',
    kind: 'ValidatingWebhookConfiguration',
    metadata: { name: 'airflow-stored-form' },
    webhooks: [
      {
        name: 'a.example.com',
        admissionReviewVersions: ['v1'],
        sideEffects: 'None',
        clientConfig: { url: 'https://a.example.com' },
        rules: [{ apiGroups: ['example.com'], apiVersions: ['v1'], operations: ['CREATE'], resources: ['as'] }],
      },
    ],
  },
  {
    apiVersion: 'apiextensions.k8s.io/v1',
    kind: 'CustomResourceDefinition',
    metadata: { name: 'as.stored-form.example.com' },
    spec: {
      group: 'stored-form.example.com',
      preserveUnknownFields: false,
      scope: 'Namespaced',
      names: { kind: 'A', plural: 'as' },
      versions: [{ name: 'v1', served: true, storage: true, schema: { openAPIV3Schema: { type: 'object' } } }],
    },
  },
];

const workingFolder = process.cwd();
let dist: string;

beforeAll(async () => {
  await requireCluster();
  const folder = temporaryFolder();
  process.chdir(folder);
  useHelmIn(folder);
  mkdirSync(join(folder, 'web/templates'), { recursive: true });
  writeFileSync(join(folder, 'web/Chart.yaml'), 'apiVersion: v2\nname: web\nversion: 1.0.0\n');
  writeFileSync(join(folder, 'web/templates/a.yaml'), writeYaml(...OBJECTS));
  dist = synthApp((app) => {
    const chart = new Chart(app, 'web', { namespace: NAMESPACE });
    new HelmChartInclude(chart, 'web', { chart: HelmChart.folder(join(folder, 'web')) });
  });
  await prepareNamespaces(dist);
}, 300_000);

afterAll(async () => {
  process.chdir(workingFolder);
  await deleteAll(dist);
  restoreEnvironment();
  removeTemporaryFolders();
}, 300_000);

test('a second apply changes nothing of what a chart writes otherwise than the API server keeps it', async () => {
  const { created } = await applyFolder(dist);
  expect(created).toHaveLength(readManifests(dist).length);
  expect(await changedByApply(dist)).toEqual([]);
}, 300_000);
