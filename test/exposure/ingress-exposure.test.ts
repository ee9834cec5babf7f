import { App, Chart, Testing } from 'cdk8s';
import { IngressExposure, type IngressExposureProps, IngressTls } from '../../lib';
import { ingressExposure } from '../../lib/exposure/ingress-exposure';
import { existingObjects } from '../../lib/kubernetes/existing-objects';
import type { Manifest } from '../support/manifests';
import { synthErrors } from '../support/synth-objects';

const PROPS: IngressExposureProps = { serviceName: 'web', servicePort: 8080, host: 'airflow.example.com' };

test('an Ingress leads from the host to the Service', () => {
  // WHEN
  const { manifest, exposure } = make(PROPS);

  // THEN
  expect(manifest).toEqual({
    apiVersion: 'networking.k8s.io/v1',
    kind: 'Ingress',
    metadata: { name: 'web' },
    spec: {
      rules: [
        {
          host: 'airflow.example.com',
          http: { paths: [{ path: '/', pathType: 'Prefix', backend: { service: { name: 'web', port: { number: 8080 } } } }] },
        },
      ],
    },
  });
  expect(exposure.url).toBe('http://airflow.example.com');
});

test('name, class, labels, annotations, path and further hosts can be set', () => {
  // WHEN
  const { manifest } = make({
    ...PROPS,
    name: 'front',
    className: 'nginx',
    labels: { team: 'data' },
    annotations: { 'nginx.ingress.kubernetes.io/proxy-body-size': '8m' },
    path: '/airflow/',
    additionalHosts: ['airflow.example.org'],
  });

  // THEN
  expect(manifest.metadata).toEqual({
    name: 'front',
    labels: { team: 'data' },
    annotations: { 'nginx.ingress.kubernetes.io/proxy-body-size': '8m' },
  });
  expect(manifest.spec.ingressClassName).toBe('nginx');
  expect(manifest.spec.rules.map(({ host, http }: Manifest) => [host, http.paths[0].path])).toEqual([
    ['airflow.example.com', '/airflow'],
    ['airflow.example.org', '/airflow'],
  ]);
});

test('a certificate of the user’s own covers all hosts', () => {
  // WHEN
  const { manifest, exposure, declared } = make({
    ...PROPS,
    additionalHosts: ['airflow.example.org'],
    tls: IngressTls.secret('wildcard'),
  });

  // THEN
  expect(manifest.spec.tls).toEqual([{ hosts: ['airflow.example.com', 'airflow.example.org'], secretName: 'wildcard' }]);
  expect(manifest.metadata).not.toHaveProperty('annotations');
  expect(exposure.url).toBe('https://airflow.example.com');
  expect(declared).toEqual(['Secret/wildcard']);
});

test('each host can have a certificate of its own', () => {
  // WHEN
  const { manifest, declared } = make({
    ...PROPS,
    additionalHosts: ['airflow.example.org'],
    tls: IngressTls.secretsByHost({ 'airflow.example.com': 'com', 'airflow.example.org': 'org' }),
  });

  // THEN
  expect(manifest.spec.tls).toEqual([
    { hosts: ['airflow.example.com'], secretName: 'com' },
    { hosts: ['airflow.example.org'], secretName: 'org' },
  ]);
  expect(declared).toEqual(['Secret/com', 'Secret/org']);
});

test('all names of a domain, or any host, lead to the Service where the address is said', () => {
  // GIVEN
  const address = 'https://airflow.example.com:8443';

  // WHEN
  const [wildcard, any] = ['*.example.com', '*'].map((host) => {
    return make({ ...PROPS, host, address, path: '/airflow', tls: IngressTls.secret('wildcard') });
  });

  // THEN
  expect(wildcard.manifest.spec.rules[0].host).toBe('*.example.com');
  expect(wildcard.manifest.spec.tls).toEqual([{ hosts: ['*.example.com'], secretName: 'wildcard' }]);
  expect(any.manifest.spec.rules).toEqual([{ http: wildcard.manifest.spec.rules[0].http }]);
  expect(any.manifest.spec.tls).toEqual([{ secretName: 'wildcard' }]);
  for (const { exposure } of [wildcard, any]) expect(exposure.url).toBe(`${address}/airflow`);
});

test('a controller may be told by a pattern that all below a path is meant; the address has none', () => {
  // WHEN
  const { manifest, exposure } = make({ ...PROPS, path: '/airflow/*', pathType: 'ImplementationSpecific' });

  // THEN
  expect(manifest.spec.rules[0].http.paths[0]).toMatchObject({ path: '/airflow/*', pathType: 'ImplementationSpecific' });
  expect(exposure.url).toBe('http://airflow.example.com/airflow');
});

test('where TLS ends elsewhere, the Ingress names no certificate, and the address is https', () => {
  // WHEN
  const { manifest, exposure, declared } = make({ ...PROPS, tls: IngressTls.terminatedElsewhere() });

  // THEN
  expect(manifest.spec).not.toHaveProperty('tls');
  expect(exposure.url).toBe('https://airflow.example.com');
  expect(declared).toEqual([]);
});

test.each([
  [{ issuer: 'letsencrypt' }, { 'cert-manager.io/cluster-issuer': 'letsencrypt' }, 'web-tls'],
  [{ issuer: 'letsencrypt', clusterIssuer: true }, { 'cert-manager.io/cluster-issuer': 'letsencrypt' }, 'web-tls'],
  [{ issuer: 'team', clusterIssuer: false, secretName: 'web-cert' }, { 'cert-manager.io/issuer': 'team' }, 'web-cert'],
])('cert-manager keeps a certificate from %j', (certManager, annotations, secretName) => {
  // WHEN
  const { manifest, declared } = make({ ...PROPS, tls: IngressTls.certManager(certManager), annotations: { mine: 'kept' } });

  // THEN
  expect(manifest.metadata.annotations).toEqual({ ...annotations, mine: 'kept' });
  expect(manifest.spec.tls).toEqual([{ hosts: ['airflow.example.com'], secretName }]);
  expect(declared).toEqual([`Secret/${secretName}`]);
});

test.each([
  [{}, 'http://airflow.example.com'],
  [{ path: '/' }, 'http://airflow.example.com'],
  [{ path: '/airflow' }, 'http://airflow.example.com/airflow'],
  [{ path: '/data/airflow/' }, 'http://airflow.example.com/data/airflow'],
  [{ path: '/airflow', tls: IngressTls.secret('x') }, 'https://airflow.example.com/airflow'],
  [{ additionalHosts: ['airflow.example.org'] }, 'http://airflow.example.com'],
])('the address with %j is %s', (options, url) => {
  // THEN
  expect(ingressExposure({ host: 'airflow.example.com', ...options }).url).toBe(url);
});

const EXPECTED_NAME = 'expected a DNS name: lower-case letters, digits, hyphens and dots, as in "airflow.example.com"';
const EXPECTED_HOST = 'an Ingress knows no addresses; expected a host name, as in "airflow.example.com"';
const EXPECTED_LABEL = 'expected a DNS label: at most 63 lower-case letters, digits and hyphens, as in "airflow-1"';
const EXPECTED_PATH = 'expected a path that begins with a slash, as in "/airflow"';

const EXPECTED_PLAIN =
  'expected a path and no pattern, below which all is meant, as in "/airflow", or one that ends with "/*" and pathType ' +
  'ImplementationSpecific';
const EXPECTED_ADDRESS = 'expected `address` with it, to which links lead, as in "https://airflow.example.com"';

test.each<[Partial<IngressExposureProps>, ...string[]]>([
  [{ host: '' }, `host: "" given; ${EXPECTED_NAME}`],
  [{ host: 'Airflow.example.com' }, `host: "Airflow.example.com" given; ${EXPECTED_NAME}`],
  [{ host: 'https://airflow.example.com' }, `host: "https://airflow.example.com" given; ${EXPECTED_NAME}`],
  [{ host: 'airflow.example.com:8080' }, `host: "airflow.example.com:8080" given; ${EXPECTED_NAME}`],
  [{ host: '10.0.0.1' }, `host: "10.0.0.1" given; ${EXPECTED_HOST}`],
  [{ additionalHosts: ['10.0.0.1'] }, `additionalHosts[0]: "10.0.0.1" given; ${EXPECTED_HOST}`],
  [{ additionalHosts: ['a.example.com', 'b c'] }, `additionalHosts[1]: "b c" given; ${EXPECTED_NAME}`],
  [{ additionalHosts: ['airflow.example.com'] }, 'additionalHosts[0]: "airflow.example.com" given; expected a host that is not there yet'],
  [
    { additionalHosts: ['a.example.com', 'a.example.com'] },
    'additionalHosts[1]: "a.example.com" given; expected a host that is not there yet',
  ],
  [{ path: 'airflow' }, `path: "airflow" given; ${EXPECTED_PATH}`],
  [{ path: '' }, `path: "" given; ${EXPECTED_PATH}`],
  [{ path: '/air flow' }, `path: "/air flow" given; ${EXPECTED_PATH}`],
  [{ path: '/airflow?a=b' }, `path: "/airflow?a=b" given; ${EXPECTED_PATH}`],
  [{ path: '/airflow/*' }, `path: "/airflow/*" given; ${EXPECTED_PLAIN}`],
  [{ path: '/airflow/(.*)', pathType: 'ImplementationSpecific' }, `path: "/airflow/(.*)" given; ${EXPECTED_PLAIN}`],
  [{ pathType: 'prefix' }, 'pathType: "prefix" given; expected one of Prefix, ImplementationSpecific; did you mean "Prefix"?'],
  [
    { path: '/airflow', annotations: { 'nginx.ingress.kubernetes.io/rewrite-target': '/$2' } },
    'annotations["nginx.ingress.kubernetes.io/rewrite-target"]: "/$2" given; the path has to reach the Service as it is, and links follow `path`; ' +
      'leave it out',
  ],
  [{ host: '*' }, `host: "*" given; ${EXPECTED_ADDRESS}`],
  [{ host: '*.example.com' }, `host: "*.example.com" given; ${EXPECTED_ADDRESS}`],
  ...['airflow.example.com', 'https://airflow.example.com/path', 'https://ada:secret@airflow.example.com'].map(
    (address): [Partial<IngressExposureProps>, string] => [
      { address },
      `address: "${address.replace('ada:secret', '***')}" given; expected where users come to, without a path, as in "https://airflow.example.com:8443"`,
    ],
  ),
  [
    { tls: IngressTls.secretsByHost({ 'airflow.example.org': 'org' }) },
    'tls.secretsByHost["airflow.example.org"]: "org" given; expected a host of the Ingress: airflow.example.com',
    'tls.secretsByHost: there is no Secret for airflow.example.com; expected one for each host',
  ],
  [{ serviceName: 'My.Web' }, `serviceName: "My.Web" given; ${EXPECTED_LABEL}`],
  [{ servicePort: 0 }, 'servicePort: 0 given; expected a whole number from 1 to 65535'],
  [{ servicePort: 70000 }, 'servicePort: 70000 given; expected a whole number from 1 to 65535'],
  [{ name: 'My Ingress' }, `name: "My Ingress" given; ${EXPECTED_NAME}`],
  [{ className: 'Nginx!' }, `className: "Nginx!" given; ${EXPECTED_NAME}`],
  [{ controllerNamespace: 'ingress nginx' }, `controllerNamespace: "ingress nginx" given; ${EXPECTED_LABEL}`],
  [{ tls: IngressTls.secret('My Secret') }, `tls.secretName: "My Secret" given; ${EXPECTED_NAME}`],
  [{ tls: IngressTls.secret('') }, `tls.secretName: "" given; ${EXPECTED_NAME}`],
  [{ tls: IngressTls.certManager({ issuer: '' }) }, `tls.issuer: "" given; ${EXPECTED_NAME}`],
  [{ annotations: { 'a b': 'c' } }, 'annotations["a b"]: "a b" given; expected the name of an annotation, as in "example.com/team"'],
  [{ labels: { team: 'a b' } }, 'labels["team"]: "a b" given; expected at most 63 letters, digits, "-", "_" and "."'],
])('%j is an error', (props, ...messages) => {
  // THEN
  expect(errorsOf({ ...PROPS, ...props })).toEqual(messages.map((message) => `[chart/exposure] ${message}`));
});

test.each(['/a//b', '/a/../b', '/a/./b', '/a/..', '/a%2fb'])('the path %s, which the API server refuses, is an error', (path) => {
  // THEN
  expect(errorsOf({ ...PROPS, path })).toEqual([
    expect.stringContaining(`[chart/exposure] path: ${JSON.stringify(path)} given; expected `),
  ]);
});

function make(props: IngressExposureProps) {
  const chart = new Chart(new App(), 'chart');
  const exposure = new IngressExposure(chart, 'exposure', props);
  return { exposure, manifest: Testing.synth(chart)[0] as Manifest, declared: [...existingObjects(chart)] };
}

function errorsOf(props: IngressExposureProps): string[] {
  return synthErrors((app) => new IngressExposure(new Chart(app, 'chart'), 'exposure', props));
}
