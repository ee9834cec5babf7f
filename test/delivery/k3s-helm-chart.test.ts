import { Duration } from 'cdk8s';
import { Delivery } from '../../lib/delivery/delivery';
import { K3sFailurePolicy } from '../../lib/delivery/k3s-helm-chart';
import { deliver, deliveryErrors, REGISTRY } from './support';

test('a chart of a repository is a HelmChart in kube-system, by the name of the release', () => {
  // WHEN
  const objects = deliver(Delivery.k3sHelmChart());

  // THEN
  expect(objects).toEqual([
    {
      apiVersion: 'helm.cattle.io/v1',
      kind: 'HelmChart',
      metadata: { name: 'web', namespace: 'kube-system' },
      spec: {
        repo: 'https://charts.example.com/stable',
        chart: 'plain',
        version: '1.2.3',
        targetNamespace: 'shop',
        failurePolicy: 'abort',
        timeout: '15m0s',
        valuesContent: 'replicas: 3\n',
      },
    },
  ]);
});

test('a chart of a registry is named by its reference', () => {
  // WHEN
  const [{ spec }] = deliver(Delivery.k3sHelmChart(), { chart: REGISTRY });

  // THEN
  expect(spec).toMatchObject({ chart: 'oci://registry.example.com/charts/plain', version: '1.2.3+build.4' });
  expect(spec).not.toHaveProperty('repo');
});

test('options have their places', () => {
  // GIVEN
  const delivery = Delivery.k3sHelmChart({
    namespace: 'shop',
    failurePolicy: K3sFailurePolicy.REINSTALL,
    timeout: Duration.hours(1),
  });

  // WHEN
  const [{ metadata, spec }] = deliver(delivery);

  // THEN
  expect(metadata).toEqual({ name: 'web', namespace: 'shop' });
  expect(spec).toMatchObject({ targetNamespace: 'shop', failurePolicy: 'reinstall', timeout: '1h0m0s' });
});

test('values are a text, in which null keeps its meaning', () => {
  // WHEN
  const [{ spec }] = deliver(Delivery.k3sHelmChart(), { values: { image: { tag: '1.10', pullPolicy: null }, env: [], on: 'yes' } });

  // THEN
  expect(spec.valuesContent).toBe('image:\n  tag: "1.10"\n  pullPolicy: null\nenv: []\n"on": "yes"\n');
});

test('Jobs are hooks of helm', () => {
  expect(Delivery.k3sHelmChart()._jobs).toEqual({ areHooks: true, annotations: {} });
});

test('wrong options are told', () => {
  // WHEN
  const errors = deliveryErrors(Delivery.k3sHelmChart({ namespace: 'Kube', timeout: Duration.millis(1500) }));

  // THEN
  expect(errors).toEqual([
    expect.stringContaining('[shop/chart] delivery.namespace: "Kube" given; expected a DNS label'),
    expect.stringContaining('[shop/chart] delivery.timeout: "1500 millis" given; expected one second or more'),
  ]);
});
