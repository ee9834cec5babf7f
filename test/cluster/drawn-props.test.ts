import { App } from 'cdk8s';
import fc from 'fast-check';
import { parseAllDocuments } from 'yaml';
import { AirflowChart, type AirflowChartProps } from '../../lib';
import { podTemplateOf } from '../../lib/kubernetes/pod-part';
import { DRAWN_PROPS, OF_OPERATORS } from '../support/drawn-props';
import { requireCluster, tryKubectl } from '../support/kubectl';
import type { Manifest } from '../support/manifests';
import { clearNamespace, freshRestrictedNamespace } from '../support/namespaces';

// Of whole programs by chance, what is written the API server takes, and Pod Security "restricted" lets its pods in. Nothing is made of it.

const NAMESPACE = 'data';
const DRAWS = 300;

/** What is written; nothing where the program is refused. */
function objectsOf(props: AirflowChartProps): Manifest[] {
  const app = new App();
  new AirflowChart(app, 'airflow', { ...props, namespace: NAMESPACE, createNamespace: false });
  try {
    return parseAllDocuments(app.synthYaml()).map((document) => document.toJS());
  } catch {
    return [];
  }
}

/** A pod as a workload would make it. Its ServiceAccount is not there, as nothing is made, nor is a RuntimeClass. */
function podOf(object: Manifest): Manifest[] {
  const template = podTemplateOf(object);
  if (!template) return [];
  const { kind, metadata, spec } = object;
  const {
    metadata: own,
    spec: { runtimeClassName: _, ...pod },
  } = template;
  const restartPolicy = pod.restartPolicy ?? 'Always';
  const claims = (spec.volumeClaimTemplates ?? []).map((claim: Manifest) => ({ name: claim.metadata.name, emptyDir: {} }));
  const volumes = [...(pod.volumes ?? []), ...claims];
  return [
    {
      apiVersion: 'v1',
      kind: 'Pod',
      metadata: { ...own, name: `${kind.toLowerCase()}-${metadata.name}`, namespace: NAMESPACE },
      spec: { ...pod, volumes, restartPolicy, serviceAccountName: 'default' },
    },
  ];
}

beforeAll(async () => {
  await requireCluster();
  await freshRestrictedNamespace(NAMESPACE);
}, 300_000);

afterAll(() => clearNamespace(NAMESPACE), 300_000);

test('none that is written is refused', async () => {
  const written = fc
    .sample(DRAWN_PROPS, { numRuns: DRAWS, seed: 20_261_129 })
    .map(objectsOf)
    .filter((objects) => objects.length > 0);
  expect(written.length).toBeGreaterThan(DRAWS / 6);
  // Many draws have objects in common: the volume of PostgreSQL, a Service.
  const objects = new Map<string, Manifest>();
  for (const object of written.flat().filter(({ apiVersion }) => !OF_OPERATORS.test(apiVersion))) {
    for (const each of [object, ...podOf(object)]) objects.set(JSON.stringify(each), each);
  }
  const input = [...objects.keys()].join('\n');
  const { code, stderr } = await tryKubectl(['create', '--dry-run=server', '--validate=strict', '--filename', '-'], {
    input,
    timeoutSeconds: 900,
  });
  expect(stderr).toBe('');
  expect(code).toBe(0);
}, 1_200_000);
