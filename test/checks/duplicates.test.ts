import { ApiObject, App, Chart } from 'cdk8s';
import { Construct } from 'constructs';
import { checkDuplicates } from '../../lib/checks/duplicates';
import { configMap } from './support';

function add(chart: Construct, id: string, apiVersion: string, kind: string): void {
  new ApiObject(chart, id, { apiVersion, kind, metadata: { name: 'same' } });
}

test('an object that is there twice is told with both construct paths', () => {
  // GIVEN
  const app = new App();
  const [a, b] = ['a', 'b'].map((id) => new Chart(app, id, { namespace: 'airflow' }));
  new ApiObject(a, 'first', configMap('same', {}));
  new ApiObject(b, 'second', configMap('same', {}));
  // WHEN
  const errors = checkDuplicates(app, [a]);
  // THEN
  expect(errors).toEqual([expect.stringContaining('ConfigMap/same (b/second): a/first makes the same object')]);
});

test('another version of the same API is the same object, another group or kind is not', () => {
  // GIVEN
  const app = new App();
  const chart = new Chart(app, 'a', { namespace: 'airflow' });
  add(chart, 'one', 'networking.k8s.io/v1', 'Ingress');
  add(chart, 'two', 'networking.k8s.io/v1beta1', 'Ingress');
  add(chart, 'three', 'extensions/v1beta1', 'Ingress');
  add(chart, 'four', 'networking.k8s.io/v1', 'NetworkPolicy');
  // WHEN
  const errors = checkDuplicates(app, [chart]);
  // THEN
  expect(errors).toEqual([expect.stringContaining('Ingress/same (a/two): a/one')]);
});

test('the same name in two namespaces is two objects, but one where the kind is in no namespace', () => {
  // GIVEN
  const app = new App();
  for (const id of ['a', 'b']) {
    const chart = new Chart(app, id, { namespace: id });
    add(chart, 'config', 'v1', 'ConfigMap');
    add(chart, 'role', 'rbac.authorization.k8s.io/v1', 'ClusterRole');
  }
  // WHEN
  const errors = checkDuplicates(app, [app]);
  // THEN
  expect(errors).toEqual([expect.stringContaining('ClusterRole/same (b/role): a/role')]);
});

test('what is twice outside of the checked scopes is not told', () => {
  // GIVEN
  const app = new App();
  const [a, b, c] = ['a', 'b', 'c'].map((id) => new Chart(app, id));
  add(a, 'one', 'v1', 'ConfigMap');
  add(b, 'two', 'v1', 'ConfigMap');
  // WHEN
  const errors = checkDuplicates(app, [c]);
  // THEN
  expect(errors).toEqual([]);
});

test('a namespace that is there twice is told where something checked is in it', () => {
  // GIVEN
  const app = new App();
  for (const [id, namespace] of Object.entries({ a: 'data', b: 'data', c: 'other', d: 'other' })) {
    const chart = new Chart(app, id, { namespace });
    new ApiObject(chart, 'namespace', { apiVersion: 'v1', kind: 'Namespace', metadata: { name: namespace } });
    new Construct(chart, 'checked');
  }
  // WHEN
  const errors = checkDuplicates(app, [app.node.findChild('a').node.findChild('checked')]);
  // THEN
  expect(errors).toEqual([
    'Namespace/data (b/namespace): a/namespace makes the same object, and one would overwrite the other; ' +
      'expected it in one place alone, as with createNamespace: false in the other',
  ]);
});
