import { Construct } from 'constructs';
import { objectLabels, objectName } from '../components/names';
import { addAlerts } from './alerts';
import { addDashboard } from './dashboard';
import type { MonitoredDeployment } from './monitored';
import type { ScrapedExporter } from './scraping';
import type { StatsdMetricsProps } from './statsd-props';

/** What Prometheus and Grafana make of an exporter's metrics, whoever has made the exporter. */
export function addMonitoring(
  scope: Construct,
  deployment: MonitoredDeployment,
  { scraping, alerts, dashboard }: StatsdMetricsProps,
  exporter: Pick<ScrapedExporter, 'pods' | 'service' | 'port'>,
): void {
  const monitoring = new Construct(scope, 'monitoring');
  const labels = objectLabels(deployment, 'statsd');
  scraping?._plan.addTo(monitoring, { name: objectName(deployment, 'statsd'), labels, ...exporter });
  if (alerts) addAlerts(monitoring, deployment, alerts);
  if (dashboard) addDashboard(monitoring, deployment, dashboard);
}
