import { App, Chart, Testing } from 'cdk8s';
import { Content } from '../../lib';
import { PodFiles } from '../../lib/content/pod-files';
import { PropValidator } from '../../lib/validation/prop-validator';

let chart: Chart;
let validator: PropValidator;
let files: PodFiles;

beforeEach(() => {
  chart = new Chart(new App(), 'test');
  validator = new PropValidator(chart);
  files = new PodFiles(chart, 'files', { name: 'airflow-files', labels: { a: 'b' }, validator, prop: 'files' });
});

test('without files there is no part and no ConfigMap', () => {
  expect(files.filesPart({})).toEqual({});
  expect(files.folderPart('/plugins', {})).toEqual({});
  expect(Testing.synth(chart)).toEqual([]);
});

test('each file is mounted by itself, without the links that would change it', () => {
  // WHEN
  const part = files.filesPart({
    '/etc/shop/a b.yaml': Content.fromText('a'),
    '/etc/shop/key': Content.fromSecret({ secretName: 'shop', key: 'tls.key' }),
    '/etc/shop/ca': Content.fromConfigMap({ configMapName: 'company', key: 'ca.crt' }),
  });

  // THEN
  expect(part).toEqual({
    volumes: [
      {
        name: 'files',
        projected: {
          sources: [
            { configMap: { name: 'airflow-files', items: [{ key: 'etc_shop_a_b.yaml', path: 'etc_shop_a_b.yaml' }] } },
            { secret: { name: 'shop', items: [{ key: 'tls.key', path: 'etc_shop_key' }] } },
            { configMap: { name: 'company', items: [{ key: 'ca.crt', path: 'etc_shop_ca' }] } },
          ],
          defaultMode: 0o440,
        },
      },
    ],
    volumeMounts: [
      { name: 'files', mountPath: '/etc/shop/a b.yaml', subPath: 'etc_shop_a_b.yaml', readOnly: true },
      { name: 'files', mountPath: '/etc/shop/key', subPath: 'etc_shop_key', readOnly: true },
      { name: 'files', mountPath: '/etc/shop/ca', subPath: 'etc_shop_ca', readOnly: true },
    ],
    annotations: { 'cdk8s-airflow/files-checksum': expect.stringMatching(/^[0-9a-f]{64}$/) },
  });
  expect(Testing.synth(chart)).toEqual([
    { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'airflow-files', labels: { a: 'b' } }, data: { 'etc_shop_a_b.yaml': 'a' } },
  ]);
});

test('a folder is one mount, with its files where they are in it', () => {
  // WHEN
  const part = files.folderPart('/plugins', { 'shop/__init__.py': Content.fromText('x'), 'b.py': Content.fromText('y') });

  // THEN
  expect(part.volumeMounts).toEqual([{ name: 'files', mountPath: '/plugins', subPath: 'files', readOnly: true }]);
  expect(part.volumes?.[0].projected.sources).toEqual([
    { configMap: { name: 'airflow-files', items: [{ key: 'shop___init__.py', path: 'files/shop/__init__.py' }] } },
    { configMap: { name: 'airflow-files', items: [{ key: 'b.py', path: 'files/b.py' }] } },
  ]);
});

test('another text at the same path, or at one of a like name, has a key of its own', () => {
  // WHEN
  files.filesPart({ '/a/b': Content.fromText('1'), '/a_b': Content.fromText('2') });
  files.filesPart({ '/a/b': Content.fromText('1') });
  files.filesPart({ '/a/b': Content.fromText('3') });

  // THEN
  expect(Testing.synth(chart)[0].data).toEqual({ a_b: '1', 'a_b-2': '2', 'a_b-3': '3' });
});

test('a change of a text changes the checksum', () => {
  const [one, other] = ['1', '2'].map((text) => files.filesPart({ '/a': Content.fromText(text) }).annotations);
  expect(one).not.toEqual(other);
});

test('more than a ConfigMap holds is an error', () => {
  files.filesPart({ '/a': Content.fromText('x'.repeat(1024 * 1024)), '/b': Content.fromText('x') });
  expect(validator.errors).toEqual([expect.stringContaining('files: all in all it is more than 1 MiB')]);
});
