import { Delivery } from '../../lib/delivery/delivery';
import { HelmChart } from '../../lib/helm/chart/helm-chart';
import { deliver, deliveryErrors } from './support';

const IN_CLUSTER: [string, Delivery][] = [
  ['k3sHelmChart', Delivery.k3sHelmChart()],
  ['fluxHelmRelease', Delivery.fluxHelmRelease()],
  ['argoApplication', Delivery.argoApplication()],
];

describe.each(IN_CLUSTER)('Delivery.%s', (_name, delivery) => {
  test.each([HelmChart.folder('charts/web'), HelmChart.archive('charts/web.tgz')])(
    'does not take a chart of this machine (%#)',
    (chart) => {
      // WHEN
      const errors = deliveryErrors(delivery, { chart });

      // THEN
      expect(errors).toEqual([expect.stringMatching(/^\[shop\/chart] chart: "charts\/web(\.tgz)?" given; the cluster can't get a chart/)]);
      expect(errors[0]).toContain('expected HelmChart.repository({ … }) or HelmChart.oci(…), or else Delivery.rendered()');
    },
  );

  test('tells what is wrong with the chart', () => {
    // GIVEN
    const chart = HelmChart.repository({ url: 'charts.example.com', name: 'web', version: '^1.0' });

    // WHEN
    const errors = deliveryErrors(delivery, { chart });

    // THEN
    expect(errors).toEqual([
      expect.stringContaining('[shop/chart] chart.url: '),
      expect.stringContaining('[shop/chart] chart.version: "^1.0"'),
    ]);
  });

  test('has no say in the version of Kubernetes', () => {
    expect(deliveryErrors(delivery, { kubeVersion: '1.33.0' })).toEqual([
      '[shop/chart] kubeVersion: "1.33.0" given; expected none: a chart in a custom resource is rendered for the cluster that it is in',
    ]);
  });

  test('needs a namespace', () => {
    expect(deliveryErrors(delivery, { namespace: undefined })).toEqual([
      '[shop/chart] namespace: a chart in a custom resource needs to know its namespace; give one to the cdk8s chart',
    ]);
  });

  test('makes the same from the same', () => {
    // GIVEN
    const values = { b: { d: [1, { x: 'y' }], c: '' }, a: false };

    // THEN
    expect(deliver(delivery, { values })).toEqual(deliver(delivery, { values }));
  });
});

test.each([
  ['fluxHelmRelease', Delivery.fluxHelmRelease()],
  ['argoApplication', Delivery.argoApplication()],
])('null, which Delivery.%s can not hold, is told with its path', (_name, delivery) => {
  // GIVEN
  const values = { image: { tag: null, pullPolicy: 'Always' }, env: [{ name: 'A', value: null }] };

  // WHEN
  const errors = deliveryErrors(delivery, { values });

  // THEN
  const reason = 'a custom resource does not hold that; expected a value, or else Delivery.k3sHelmChart() or Delivery.rendered()';
  expect(errors).toEqual([
    `[shop/chart] values.image.tag: null given; ${reason}`,
    `[shop/chart] values.env[0].value: null given; ${reason}`,
  ]);
});
