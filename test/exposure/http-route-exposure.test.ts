import { Chart, Duration, Testing } from 'cdk8s';
import { HttpRouteExposure, type HttpRouteExposureProps } from '../../lib';
import { existingObjects } from '../../lib/kubernetes/existing-objects';
import type { Manifest } from '../support/manifests';
import { synthErrors } from '../support/synth-objects';

const GATEWAY = { group: 'gateway.networking.k8s.io', kind: 'Gateway' };
const BACKEND = { group: '', kind: 'Service', name: 'web', port: 8080, weight: 1 };
const PROPS: HttpRouteExposureProps = { gateway: { name: 'public' }, serviceName: 'web', servicePort: 8080, host: 'airflow.example.com' };

test('an HTTPRoute leads from the Gateway to the Service', () => {
  // WHEN
  const { manifest, exposure, declared } = make(PROPS);

  // THEN
  expect(manifest).toEqual({
    apiVersion: 'gateway.networking.k8s.io/v1',
    kind: 'HTTPRoute',
    metadata: { name: 'web' },
    spec: {
      parentRefs: [{ ...GATEWAY, name: 'public' }],
      hostnames: ['airflow.example.com'],
      rules: [{ matches: [{ path: { type: 'PathPrefix', value: '/' } }], backendRefs: [BACKEND] }],
    },
  });
  expect(exposure.url).toBe('http://airflow.example.com');
  expect(declared).toEqual(['Gateway/public']);
});

test('listener, name, labels, annotations, path, further hosts and the time of a request can be set', () => {
  // WHEN
  const { manifest, exposure } = make({
    ...PROPS,
    gateway: { name: 'public', namespace: 'gateways', sectionName: 'https' },
    tls: true,
    name: 'front',
    labels: { team: 'data' },
    annotations: { 'example.com/size': '8m' },
    path: '/airflow/',
    additionalHosts: ['*.example.org'],
    requestTimeout: Duration.minutes(2),
  });

  // THEN
  expect(manifest.metadata).toEqual({ name: 'front', labels: { team: 'data' }, annotations: { 'example.com/size': '8m' } });
  expect(manifest.spec).toEqual({
    parentRefs: [{ ...GATEWAY, name: 'public', namespace: 'gateways', sectionName: 'https' }],
    hostnames: ['airflow.example.com', '*.example.org'],
    rules: [
      {
        matches: [{ path: { type: 'PathPrefix', value: '/airflow' } }],
        backendRefs: [BACKEND],
        timeouts: { request: '120s' },
      },
    ],
  });
  expect(exposure.url).toBe('https://airflow.example.com/airflow');
});

test('a route for whatever host the listener takes names none; the address says where users come to', () => {
  // WHEN
  const { manifest, exposure } = make({ ...PROPS, host: '*', address: 'https://airflow.example.com:8443', path: '/airflow' });

  // THEN
  expect(manifest.spec).not.toHaveProperty('hostnames');
  expect(exposure.url).toBe('https://airflow.example.com:8443/airflow');
});

test.each<[Partial<HttpRouteExposureProps>, string]>([
  [{ host: '10.0.0.1' }, 'host: "10.0.0.1" given; an HTTPRoute knows no addresses; expected a host name, as in "airflow.example.com"'],
  [{ host: '*' }, 'host: "*" given; expected `address` with it, to which links lead, as in "https://airflow.example.com"'],
  [
    { additionalHosts: Array.from({ length: 16 }, (_, index) => `a${index}.example.com`) },
    'additionalHosts: 16 given; expected at most 15',
  ],
  [{ path: '/airflow/*' }, 'path: "/airflow/*" given; expected a path and no pattern, below which all is meant, as in "/airflow"'],
  [
    { annotations: { 'example.com/rewrite-target': '/' } },
    'annotations["example.com/rewrite-target"]: "/" given; the path has to reach the Service as it is, and links follow `path`; leave it out',
  ],
  [{ servicePort: 0 }, 'servicePort: 0 given; expected a whole number from 1 to 65535'],
  [{ controllerLabels: { app: 'envoy' } }, 'controllerLabels: expected controllerNamespace with them, in which such pods are'],
])('%j is rejected', (props, error) => {
  // THEN
  expect(errorsOf({ ...PROPS, ...props })).toEqual([`[chart/exposure] ${error}`]);
});

function make(props: HttpRouteExposureProps): { manifest: Manifest; exposure: HttpRouteExposure; declared: string[] } {
  const chart = Testing.chart();
  const exposure = new HttpRouteExposure(chart, 'exposure', props);
  return { manifest: Testing.synth(chart)[0], exposure, declared: [...existingObjects(chart)] };
}

function errorsOf(props: HttpRouteExposureProps): string[] {
  return synthErrors((app) => new HttpRouteExposure(new Chart(app, 'chart'), 'exposure', props));
}
