import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { CaCertificates } from '../../lib';
import { caBundlePart } from '../../lib/props/ca-bundle';
import { airflowErrors, synthAirflow } from '../support/synth-objects';
import { removeTemporaryFolders, temporaryFolder } from '../support/temporary-folder';

const CONTAINER = { image: 'docker.io/apache/airflow:3.3.2', securityContext: { runAsUser: 50000 } };

afterAll(removeTemporaryFolders);

test.each([
  [CaCertificates.fromConfigMap('company-ca'), { configMap: { name: 'company-ca', items: [{ key: 'ca.crt', path: 'ca.crt' }] } }],
  [
    CaCertificates.fromSecret({ secretName: 'company-ca', key: 'tls.crt' }),
    { secret: { secretName: 'company-ca', items: [{ key: 'tls.crt', path: 'ca.crt' }], defaultMode: 0o444 } },
  ],
])('they come from where the user has them', (certificates, source) => {
  // WHEN
  const { volumes } = caBundlePart(certificates, CONTAINER);

  // THEN
  expect(volumes).toEqual([
    { name: 'ca-source', ...source },
    { name: 'ca-bundle', emptyDir: { sizeLimit: '10Gi' } },
  ]);
});

test('the file that variables name has those of the image and those of the user', () => {
  // GIVEN
  const folder = temporaryFolder();
  const { initContainers = [] } = caBundlePart(CaCertificates.fromConfigMap('company-ca'), CONTAINER);
  writeFileSync(join(folder, 'image.crt'), 'of the image\n');
  writeFileSync(join(folder, 'ca.crt'), 'of the user\n');
  const [program, flag, script] = initContainers[0].command;

  // WHEN
  const here = script
    .replace('/etc/ssl/certs/ca-certificates.crt', join(folder, 'image.crt'))
    .replace('/etc/ca-source', folder)
    .replace('/etc/ca-bundle/ca-certificates.crt', join(folder, 'bundle.crt'));
  execFileSync(program, [flag, here]);

  // THEN
  expect(readFileSync(join(folder, 'bundle.crt'), 'utf8')).toBe('of the image\nof the user\n');
});

test('all pods in which Airflow runs have them before anything else, and those of the data stores have not', () => {
  // WHEN
  const objects = synthAirflow({
    dags: [{ url: 'https://gitlab.example.com/team/dags.git' }],
    caCertificates: CaCertificates.fromConfigMap('company-ca'),
  });

  // THEN
  const pods = objects.podTemplates();
  const first = Object.entries(pods).map(([component, { spec }]) => [component, spec.initContainers?.[0].name]);
  const without = ['postgresql', 'redis', 'credentials'];
  expect(first.filter(([, name]) => name !== 'ca-certificates').map(([component]) => component)).toEqual(expect.arrayContaining(without));
  expect(first.filter(([, name]) => name === 'ca-certificates')).toHaveLength(first.length - without.length);
  expect(objects.env('worker').REQUESTS_CA_BUNDLE).toBe('/etc/ca-bundle/ca-certificates.crt');
});

test.each([
  [CaCertificates.fromConfigMap('A B'), 'caCertificates.name: "A B" given; expected a DNS name'],
  [CaCertificates.fromSecret({ secretName: 'ca', key: 'a b' }), 'caCertificates.key: "a b" given; expected a key of a Secret'],
])('what can not be is an error', (caCertificates, expected) => {
  // THEN
  expect(airflowErrors({ caCertificates })).toEqual([expect.stringContaining(`[airflow/airflow] ${expected}`)]);
});
