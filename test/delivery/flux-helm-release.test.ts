import { Duration } from 'cdk8s';
import { Delivery } from '../../lib/delivery/delivery';
import { deliver, deliveryErrors, REGISTRY } from './support';

const ACTION = { disableWait: true, strategy: { name: 'RetryOnFailure' } };

test('a chart of a repository is a HelmRelease with a HelmRepository beside it', () => {
  // WHEN
  const objects = deliver(Delivery.fluxHelmRelease());

  // THEN
  const metadata = { name: 'web', namespace: 'shop' };
  expect(objects).toEqual([
    {
      apiVersion: 'source.toolkit.fluxcd.io/v1',
      kind: 'HelmRepository',
      metadata,
      spec: { url: 'https://charts.example.com/stable', interval: '10m0s' },
    },
    {
      apiVersion: 'helm.toolkit.fluxcd.io/v2',
      kind: 'HelmRelease',
      metadata,
      spec: {
        interval: '10m0s',
        timeout: '15m0s',
        releaseName: 'web',
        targetNamespace: 'shop',
        chart: { spec: { chart: 'plain', version: '1.2.3', sourceRef: { kind: 'HelmRepository', name: 'web' } } },
        install: ACTION,
        upgrade: ACTION,
        values: { replicas: 3 },
      },
    },
  ]);
});

test('a chart of a registry is an OCIRepository with the layer that helm pushed, under the tag that helm gave it', () => {
  // WHEN
  const [source, release] = deliver(Delivery.fluxHelmRelease(), { chart: REGISTRY });

  // THEN
  expect(source).toEqual({
    apiVersion: 'source.toolkit.fluxcd.io/v1',
    kind: 'OCIRepository',
    metadata: { name: 'web', namespace: 'shop' },
    spec: {
      url: 'oci://registry.example.com/charts/plain',
      interval: '10m0s',
      ref: { tag: '1.2.3_build.4' },
      layerSelector: { mediaType: 'application/vnd.cncf.helm.chart.content.v1.tar+gzip', operation: 'copy' },
    },
  });
  expect(release.spec.chartRef).toEqual({ kind: 'OCIRepository', name: 'web' });
  expect(release.spec).not.toHaveProperty('chart');
});

test('options have their places', () => {
  // GIVEN
  const delivery = Delivery.fluxHelmRelease({ namespace: 'flux-system', interval: Duration.minutes(90), timeout: Duration.seconds(45) });

  // WHEN
  const [source, release] = deliver(delivery);

  // THEN
  for (const { metadata } of [source, release]) expect(metadata).toEqual({ name: 'web', namespace: 'flux-system' });
  expect(source.spec.interval).toBe('1h30m0s');
  expect(release.spec).toMatchObject({ targetNamespace: 'shop', interval: '1h30m0s', timeout: '45s' });
});

test('Jobs are hooks of helm', () => {
  expect(Delivery.fluxHelmRelease()._jobs).toEqual({ areHooks: true, annotations: {} });
});

test('wrong options are told', () => {
  // WHEN
  const errors = deliveryErrors(
    Delivery.fluxHelmRelease({ namespace: 'flux.system', interval: Duration.seconds(0), timeout: Duration.millis(10) }),
  );

  // THEN
  expect(errors).toEqual([
    expect.stringContaining('[shop/chart] delivery.namespace: "flux.system" given; expected a DNS label'),
    expect.stringContaining('[shop/chart] delivery.interval: '),
    expect.stringContaining('[shop/chart] delivery.timeout: "10 millis" given'),
  ]);
});
