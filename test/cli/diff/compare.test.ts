import { compare } from '../../../cli/diff/compare';

const object = (name: string, more: object = {}, kind = 'ConfigMap', apiVersion = 'v1') => ({
  apiVersion,
  kind,
  metadata: { name, namespace: 'a' },
  ...more,
});

test('objects are made, changed and gone', () => {
  // WHEN
  const { made, changed, gone } = compare(
    [object('same'), object('changed', { data: { key: '1' } }), object('gone')],
    [object('made'), object('changed', { data: { key: '2' } }), object('same')],
  );

  // THEN
  expect(made).toEqual([object('made')]);
  expect(changed.map(({ after, fields }) => [after.metadata.name, fields])).toEqual([
    ['changed', [{ path: 'data.key', from: '1', to: '2' }]],
  ]);
  expect(gone).toEqual([object('gone')]);
});

test('another version of an API is the same object, another group is not', () => {
  // WHEN
  const before = [object('a', {}, 'Ingress', 'networking.k8s.io/v1beta1'), object('b', {}, 'Cluster', 'a.example.com/v1')];
  const after = [object('a', {}, 'Ingress', 'networking.k8s.io/v1'), object('b', {}, 'Cluster', 'b.example.com/v1')];
  const { made, changed, gone } = compare(before, after);

  // THEN
  expect(changed.map(({ fields }) => fields.map(({ path }) => path))).toEqual([['apiVersion']]);
  expect([made, gone]).toEqual([[after[1]], [before[1]]]);
});

test('of a Secret it is said what is another, not what it is', () => {
  // WHEN
  const secret = (more: object) => object('a', more, 'Secret');
  const { changed } = compare([secret({ type: 'a', stringData: { key: 'old' } })], [secret({ type: 'b', stringData: { key: 'new' } })]);

  // THEN
  expect(changed[0].fields).toEqual([{ path: 'type', from: 'a', to: 'b' }, { path: 'stringData.key' }]);
});
