import { type AirflowChartProps, Delivery, Distribution, ExternalService } from '../../lib';
import type { Manifest } from '../support/manifests';
import { type SynthObjects, synthAirflow } from '../support/synth-objects';

const SELECTOR = {
  'app.kubernetes.io/name': 'airflow',
  'app.kubernetes.io/instance': 'airflow',
  'app.kubernetes.io/component': 'api-server',
};

test('a load balancer lets anybody in, if nothing is said', () => {
  // WHEN
  const objects = synthAirflow({ externalService: ExternalService.loadBalancer() });

  // THEN
  expect(serviceOf(objects)).toEqual({
    type: 'LoadBalancer',
    selector: SELECTOR,
    ports: [{ name: 'http', port: 80, targetPort: 8080, protocol: 'TCP' }],
  });
  expect(clientsOf(objects)).toEqual([undefined]);
  expect(objects.one('Service', 'airflow-api-server').spec).toEqual(synthAirflow().one('Service', 'airflow-api-server').spec);
});

test('the balancer and the NetworkPolicy let in the same addresses, which the pods have to see', () => {
  // GIVEN
  const sourceRanges = ['10.20.0.0/16', '2001:db8::/32'];

  // WHEN
  const objects = synthAirflow({
    externalService: ExternalService.loadBalancer({
      sourceRanges,
      port: 8000,
      annotations: { 'example.com/subnet': 'inner' },
      loadBalancerClass: 'example.com/inner',
    }),
  });

  // THEN
  expect(objects.one('Service', 'airflow-external').metadata.annotations).toEqual({ 'example.com/subnet': 'inner' });
  expect(serviceOf(objects)).toMatchObject({
    loadBalancerClass: 'example.com/inner',
    loadBalancerSourceRanges: sourceRanges,
    externalTrafficPolicy: 'Local',
    ports: [{ port: 8000, targetPort: 8080 }],
  });
  expect(clientsOf(objects)).toEqual([sourceRanges.map((cidr) => ({ ipBlock: { cidr } }))]);
});

test('a port of the nodes has no balancer to tell', () => {
  // WHEN
  const objects = synthAirflow({ externalService: ExternalService.nodePort({ nodePort: 30080, sourceRanges: ['10.20.0.0/16'] }) });

  // THEN
  expect(serviceOf(objects)).toEqual({
    type: 'NodePort',
    externalTrafficPolicy: 'Local',
    selector: SELECTOR,
    ports: [{ name: 'http', port: 80, targetPort: 8080, nodePort: 30080, protocol: 'TCP' }],
  });
  expect(clientsOf(objects)).toEqual([[{ ipBlock: { cidr: '10.20.0.0/16' } }]]);
});

test.each<[string, Distribution, object]>([
  [
    'the official chart',
    Distribution.officialChart({ version: '1.20.0', delivery: Delivery.k3sHelmChart() }),
    { component: 'api-server', release: 'airflow', tier: 'airflow' },
  ],
  [
    "Bitnami's chart",
    Distribution.bitnamiChart({ version: '25.1.0', delivery: Delivery.k3sHelmChart() }),
    { ...SELECTOR, 'app.kubernetes.io/component': 'web' },
  ],
])('it leads to the pods of %s', (_name, distribution, selector) => {
  // GIVEN
  const props: AirflowChartProps = { distribution, namespace: 'airflow', externalService: ExternalService.loadBalancer() };

  // WHEN
  const objects = synthAirflow(props);

  // THEN
  expect(serviceOf(objects).selector).toEqual(selector);
  expect(clientsOf(objects)).toEqual([undefined]);
});

function serviceOf(objects: SynthObjects): Manifest {
  return objects.one('Service', 'airflow-external').spec;
}

/** Whom the NetworkPolicy of the web interface lets in beside pods of Airflow; undefined stands for any. */
function clientsOf(objects: SynthObjects): unknown[] {
  const rules: Manifest[] = objects.one('NetworkPolicy', 'airflow-api-server').spec.ingress;
  const clients = rules.map(({ from }) => from?.filter(({ podSelector }: Manifest) => !podSelector));
  return clients.filter((peers) => peers === undefined || peers.length > 0);
}
