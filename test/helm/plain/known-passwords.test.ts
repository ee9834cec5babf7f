import { passwordWarnings } from '../../../lib/helm/plain/known-passwords';
import type { Json } from '../../../lib/kubernetes/json';

const base64 = (text: string) => Buffer.from(text).toString('base64');
const warnings = (kind: string, rest: Json) =>
  passwordWarnings([{ manifest: { apiVersion: 'v1', kind, metadata: { name: 'a' }, ...rest }, baseName: 'a', source: 'chart/a.yaml' }]);

test.each<[string, Json, string]>([
  ['Secret', { data: { 'root-password': base64('minio123') } }, 'Secret/a: data.root-password'],
  ['Secret', { stringData: { password: 'Airflow' } }, 'Secret/a: stringData.password'],
  ['Secret', { data: { connection: base64('postgresql://postgres:postgres@db/airflow') } }, 'Secret/a: data.connection'],
  ['ConfigMap', { data: { url: 'redis://:changeme@redis:6379' } }, 'ConfigMap/a: data.url'],
  ['Pod', { spec: { containers: [{ env: [{ name: 'ADMIN_PASSWORD', value: 'admin' }] }] } }, 'Pod/a: spec.containers[0].env[0].value'],
])('a password that everybody knows is told, in a %s', (kind, rest, place) => {
  // THEN
  expect(warnings(kind, rest)).toEqual([
    `a password that everybody knows, as the chart has it unless told of another (${place}); give one by a value, as the name of a Secret`,
  ]);
});

test.each<[string, Json]>([
  ['Secret', { data: { password: base64('x8Kd02mQ') } }],
  ['Secret', { data: { username: base64('admin') } }],
  ['ConfigMap', { data: { user: 'airflow', existingSecret: 'postgres', url: 'http://airflow:8080' } }],
])('what is none is not, in a %s', (kind, rest) => {
  // THEN
  expect(warnings(kind, rest)).toEqual([]);
});
