import { COMPONENTS, PORTS } from '../components/components';
import type { OwnedOption } from '../config/airflow-config';
import { validateImage } from '../props/image';
import { validatePlacement } from '../props/placement';
import { validatePodLabels } from '../props/pod-labels';
import { validateResources } from '../props/resources';
import type { Given } from '../validation/checked-props';
import type { MetricsPlan } from './metrics-plan';
import { METRICS_PREFIX } from './statsd-mapping';
import type { StatsdMetricsProps } from './statsd-props';

/** Metrics that a StatsD exporter gets, and Prometheus reads. */
export function statsdPlan(exporter: StatsdMetricsProps, given: Given): MetricsPlan {
  return {
    given,
    exporter,
    options: ({ host, isIpv6 }) => {
      const option = (key: string, value: string): OwnedOption => ({ section: 'metrics', key, value, instead: 'the prop metrics' });
      return [
        option('statsd_on', 'True'),
        option('statsd_host', host),
        option('statsd_port', `${PORTS.statsd}`),
        option('statsd_prefix', METRICS_PREFIX),
        // Tags, which become labels. The other way to send them needs a package that the image does not have.
        option('statsd_influxdb_enabled', 'True'),
        option('statsd_datadog_enabled', 'False'),
        // Each metric a second time, with tags in its name.
        option('legacy_names_on', 'False'),
        ...(isIpv6 ? [option('statsd_ipv6', 'True')] : []),
      ];
    },
    variables: () => ({}),
    destinations: [],
    validate: (validator, prop) => {
      const { scraping, prometheusNamespace, alerts, dashboard, image, resources, placement, securityContext } = exporter;
      scraping?._plan.validate(validator, `${prop}.scraping`);
      validator.dnsLabel(`${prop}.prometheusNamespace`, prometheusNamespace);
      validator.labels(`${prop}.alerts.labels`, alerts?.labels);
      validator.labels(`${prop}.dashboard.labels`, dashboard?.labels);
      validator.annotations(`${prop}.dashboard.annotations`, dashboard?.annotations);
      validateImage(validator, `${prop}.image`, image);
      validateResources(validator, `${prop}.resources`, resources, COMPONENTS.statsd.resources);
      validatePodLabels(validator, prop, exporter);
      securityContext?._validate(validator, `${prop}.securityContext`);
      validatePlacement(validator, `${prop}.placement`, placement);
    },
  };
}
