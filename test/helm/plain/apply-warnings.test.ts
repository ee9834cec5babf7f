import { applyWarnings } from '../../../lib/helm/plain/apply-warnings';
import type { Json } from '../../../lib/kubernetes/json';

const object = (apiVersion: string, kind: string, name: string, rest: Json = {}) => ({
  manifest: { apiVersion, kind, metadata: { name }, ...rest },
  baseName: name,
  source: 'chart/a.yaml',
});
const crd = (size: number) =>
  object('apiextensions.k8s.io/v1', 'CustomResourceDefinition', 'widgets.example.com', {
    spec: { group: 'example.com', names: { kind: 'Widget' }, text: 'x'.repeat(size) },
  });
const widget = object('example.com/v1', 'Widget', 'a');

test('what can be applied at once needs no word', () => {
  expect(applyWarnings([crd(0), object('v1', 'ConfigMap', 'a'), object('other.io/v1', 'Widget', 'a')])).toEqual([]);
});

test('objects of a kind that is there for the first time take two commands', () => {
  expect(applyWarnings([crd(0), widget])).toEqual([
    'Widget/a: kubectl finds their kinds only when the CustomResourceDefinitions are in the cluster, so the first apply takes two commands: ' +
      '`kubectl apply --server-side -f` with the file of CustomResourceDefinition/widgets.example.com, then `kubectl apply -f` with the folder',
  ]);
});

test('of what is too large the command is told that works', () => {
  expect(applyWarnings([crd(300_000)])).toEqual([
    "CustomResourceDefinition/widgets.example.com: more than 256 KiB, which `kubectl apply` can't keep a copy of; " +
      '`kubectl apply --server-side -f` works, as does leaving out descriptions: crds: HelmCrds.apart({ descriptions: false })',
  ]);
  const large = [1, 2, 3, 4, 5].map((index) => object('v1', 'ConfigMap', `a${index}`, { data: { a: 'x'.repeat(300_000) } }));
  expect(applyWarnings(large)).toEqual([
    "ConfigMap/a1 and 4 others: more than 256 KiB, which `kubectl apply` can't keep a copy of; `kubectl apply --server-side -f` works",
  ]);
});
