import type { MonitoredDeployment } from '../../metrics/monitored';
import type { DistributionInput } from '../contract';
import { airflowVersionOf } from './airflow-image';
import { isOlder } from './airflow-version';
import { deployedComponents } from './deployed-components';

/** Whose metrics alerts and dashboards look at. */
export function monitoredDeployment(input: DistributionInput): MonitoredDeployment {
  const { name, namespace } = input;
  return { name, namespace, hasTriggerer: deployedComponents(input).includes('triggerer') };
}

export function validateMetrics({ validator, metrics, airflowVersion }: DistributionInput): void {
  if (!metrics || !isOlder(airflowVersionOf(airflowVersion), '3.2.0')) return;
  const reason = 'before 3.2.0 Airflow has other names for metrics, and options for OpenTelemetry';
  validator.reportHidden('metrics', `${reason}; use a later airflowVersion, or config: { metrics: … } and allComponents.egress`);
}
