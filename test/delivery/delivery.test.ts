import { spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ApiObject, App, JsonPatch } from 'cdk8s';
import { AirflowChart } from '../../lib';
import { Delivery } from '../../lib/delivery/delivery';
import { Distribution } from '../../lib/distributions/distribution';
import { HelmChart } from '../../lib/helm/chart/helm-chart';
import { plainObjects } from '../../lib/helm/plain/plain-objects';
import { renderedDocuments } from '../../lib/helm/plain/rendered-documents';
import { parseYamlDocuments } from '../../lib/kubernetes/kubernetes-yaml';
import { restoreEnvironment, setEnvironment } from '../support/environment';
import { fixtureChart, testHelm } from '../support/helm';
import type { Manifest } from '../support/manifests';
import { removeTemporaryFolders, temporaryFolder } from '../support/temporary-folder';
import { deliver, deliverTo } from './support';

// Values that a careless writer or reader of YAML takes for others.
const VALUES = {
  replicas: 3,
  image: { tag: '1.10' },
  service: { port: 8081 },
  env: [
    { name: 'BOOLEAN', value: 'yes' },
    { name: 'OCTAL', value: '0644' },
    { name: 'MINUTES', value: '1:30' },
    { name: 'EMPTY', value: '' },
    { name: 'LINES', value: 'first\n---\n  second: "{{ third }}"\n' },
    { name: 'UNICODE', value: '# ä\u00a0😀' },
  ],
  podAnnotations: { 'example.com/date': '2026-11-25', 'example.com/null': 'null' },
  nodeSelector: { 'kubernetes.io/os': 'linux' },
};

/** What helm is given by the controller of each resource. */
const VALUES_OF: { readonly [kind: string]: (spec: Manifest) => string } = {
  HelmChart: (spec) => spec.valuesContent,
  HelmRelease: (spec) => JSON.stringify(spec.values),
  Application: (spec) => JSON.stringify(spec.source.helm.valuesObject),
};

const cwd = process.cwd();

// The render lock is written into the working directory.
beforeAll(() => {
  process.chdir(temporaryFolder());
  setEnvironment({ HELM_BIN: testHelm(), XDG_CACHE_HOME: temporaryFolder(), CI: undefined });
});

afterAll(() => {
  process.chdir(cwd);
  restoreEnvironment();
  removeTemporaryFolders();
});

test.each([
  ['HelmChart', Delivery.k3sHelmChart(), { ...VALUES, image: { tag: '1.10', pullPolicy: null } }],
  ['HelmRelease', Delivery.fluxHelmRelease(), VALUES],
  ['Application', Delivery.argoApplication(), VALUES],
])('from the values in a %s, helm makes the objects of the rendered delivery', (kind, delivery, values) => {
  // GIVEN
  const rendered = deliver(Delivery.rendered(), { chart: HelmChart.folder(fixtureChart('plain')), values });

  // WHEN
  const [resource] = deliver(delivery, { values }).filter((object) => object.kind === kind);
  const objects = helmTemplate(VALUES_OF[kind](resource.spec));

  // THEN
  expect(objects).toEqual(rendered);
  expect(objects.map((object) => object.kind)).toEqual(['Service', 'Deployment']);
  expect(objects[1].spec.replicas).toBe(3);
});

test('a custom resource can be patched, with fields too that this library does not set', () => {
  // GIVEN
  const app = new App();
  const chart = deliverTo(app, Delivery.k3sHelmChart());
  const [resource] = chart.node.findAll().filter((construct) => construct instanceof ApiObject);

  // WHEN
  resource.addJsonPatch(JsonPatch.add('/spec/authSecret', { name: 'charts' }));

  // THEN
  expect(chart.toJson()[0].spec.authSecret).toEqual({ name: 'charts' });
});

test('plain Jobs of a rendered chart get a new name with each change', () => {
  expect(Delivery.rendered()._jobs).toEqual({ areHooks: false, annotations: {} });
});

test.each([
  ['the official chart', (delivery: Delivery) => Distribution.officialChart({ version: '1.20.0', delivery })],
  ["Bitnami's chart", (delivery: Delivery) => Distribution.bitnamiChart({ version: '25.1.0', delivery })],
])('around %s is the same, whatever releases it, and no check has anything against it', (_name, distribution) => {
  // WHEN
  const [k3s, flux, argo] = [Delivery.k3sHelmChart(), Delivery.fluxHelmRelease(), Delivery.argoApplication()].map((delivery) => {
    const app = new App();
    new AirflowChart(app, 'airflow', { distribution: distribution(delivery), ingress: { host: 'airflow.example.com' } });
    return parseYamlDocuments(app.synthYaml(), 'dist');
  });

  // THEN
  const released = ['HelmChart', 'HelmRelease', 'HelmRepository', 'OCIRepository', 'Application'];
  const around = (objects: Manifest[]) => objects.filter(({ kind }) => !released.includes(kind));
  expect(around(flux)).toEqual(around(k3s));
  expect(around(argo)).toEqual(around(k3s));
  expect(around(k3s).map(({ kind }) => kind)).toEqual(expect.arrayContaining(['Namespace', 'NetworkPolicy', 'Ingress']));
  expect([k3s, flux, argo].map((objects) => objects.length - around(objects).length)).toEqual([1, 2, 1]);
});

/** As a controller does it: the name and the namespace are those of the release, the values come in a file. */
function helmTemplate(values: string): Manifest[] {
  const file = join(temporaryFolder(), 'values.yaml');
  writeFileSync(file, values);
  const args = ['template', 'web', fixtureChart('plain'), '--namespace=shop', `--values=${file}`];
  const { status, stdout, stderr } = spawnSync(testHelm(), args, { encoding: 'utf8' });
  if (status !== 0) throw new Error(`helm ended with ${status}: ${stderr}`);
  return plainObjects(renderedDocuments(stdout), { namespace: 'shop' }).map(({ manifest }) => manifest);
}
