import { App, Chart } from 'cdk8s';
import type { Delivery } from '../../lib/delivery/delivery';
import type { DeliveredRelease } from '../../lib/delivery/release';
import { HelmChart } from '../../lib/helm/chart/helm-chart';
import { parseYamlDocuments } from '../../lib/kubernetes/kubernetes-yaml';
import type { Manifest } from '../support/manifests';
import { synthErrors } from '../support/synth-objects';

export const REPOSITORY = HelmChart.repository({ url: 'https://charts.example.com/stable', name: 'plain', version: '1.2.3' });
export const REGISTRY = HelmChart.oci('oci://registry.example.com/charts/plain', '1.2.3+build.4');

const RELEASE: DeliveredRelease = {
  chart: REPOSITORY,
  releaseName: 'web',
  namespace: 'shop',
  values: { replicas: 3 },
  kubeVersion: undefined,
};

/** The objects that a delivery makes of a release, as the API server reads them from dist. */
export function deliver(delivery: Delivery, release: Partial<DeliveredRelease> = {}): Manifest[] {
  const app = new App();
  deliverTo(app, delivery, release);
  return parseYamlDocuments(app.synthYaml(), 'dist');
}

/** What is wrong with a delivery, or with what it is to deliver. */
export function deliveryErrors(delivery: Delivery, release: Partial<DeliveredRelease> = {}): string[] {
  return synthErrors((app) => deliverTo(app, delivery, release));
}

export function deliverTo(app: App, delivery: Delivery, release: Partial<DeliveredRelease> = {}): Chart {
  const chart = new Chart(app, 'shop', { namespace: 'shop' });
  delivery._deliver(chart, { ...RELEASE, ...release });
  return chart;
}
