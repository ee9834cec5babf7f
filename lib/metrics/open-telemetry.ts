import type { Duration } from 'cdk8s';
import type { OwnedOption } from '../config/airflow-config';
import type { NetworkDestination } from '../network/network-destination';
import type { Given } from '../validation/checked-props';
import type { MetricsPlan } from './metrics-plan';

/** Metrics and traces that a collector of OpenTelemetry gets. What it needs of credentials is a variable: see `allComponents.env`. */
export interface OpenTelemetryMetricsProps {
  /**
   * The address of the collector, for OTLP over HTTP, as in `http://collector.monitoring:4318`.
   * @see the variable OTEL_EXPORTER_OTLP_ENDPOINT of OpenTelemetry
   */
  readonly endpoint: string;
  /**
   * Whether traces are sent too: a span for each DAG run and each task.
   * @default false
   * @see Airflow option [traces] otel_on
   */
  readonly traces?: boolean;
  /**
   * How often metrics are sent, in whole seconds.
   * @default - Airflow's: one minute
   * @see the variable OTEL_METRIC_EXPORT_INTERVAL of OpenTelemetry
   */
  readonly interval?: Duration;
  /**
   * Where the collector is, for the NetworkPolicies.
   * @default - where the endpoint leads
   */
  readonly destination?: NetworkDestination;
}

export function openTelemetryPlan(
  { endpoint, traces = false, interval, destination }: OpenTelemetryMetricsProps,
  given: Given,
): MetricsPlan {
  const url = collectorUrl(endpoint);
  return {
    given,
    options: () => {
      const option = (section: string, key: string, value?: string): OwnedOption => ({ section, key, value, instead: 'the prop metrics' });
      return [
        option('metrics', 'otel_on', 'True'),
        // They would come first.
        option('metrics', 'statsd_on', 'False'),
        option('metrics', 'statsd_datadog_enabled', 'False'),
        option('traces', 'otel_on', traces ? 'True' : 'False'),
        // Variables say it.
        ...['metrics', 'traces'].flatMap((section) => ['otel_host', 'otel_port', 'otel_ssl_active'].map((key) => option(section, key))),
        option('metrics', 'otel_interval_milliseconds'),
      ];
    },
    variables: (deployment) => ({
      OTEL_EXPORTER_OTLP_ENDPOINT: endpoint,
      OTEL_EXPORTER_OTLP_PROTOCOL: 'http/protobuf',
      // Airflow's default for traces speaks gRPC, whatever the protocol is.
      ...(traces && { OTEL_TRACES_EXPORTER: 'otlp_proto_http' }),
      OTEL_SERVICE_NAME: deployment,
      ...(interval && { OTEL_METRIC_EXPORT_INTERVAL: `${interval.toMilliseconds()}` }),
    }),
    destinations: destination ? [destination._destination] : url ? [url] : [],
    validate: (validator, prop) => {
      if (!url) {
        const expected = 'expected the address of a collector without a path, as in "http://collector.monitoring:4318"';
        validator.report(`${prop}.endpoint`, endpoint.replace(/\/\/.*@/, '//…@'), expected);
      }
      validator.wholeSeconds(`${prop}.interval`, interval);
      destination?._validate(validator, `${prop}.destination`);
    },
  };
}

/** OpenTelemetry adds the path. A password would be there for all to read. */
function collectorUrl(endpoint: string): URL | undefined {
  if (!URL.canParse(endpoint)) return undefined;
  const url = new URL(endpoint);
  const { protocol, pathname, username, password, search, hash } = url;
  return /^https?:$/.test(protocol) && pathname === '/' && `${username}${password}${search}${hash}` === '' ? url : undefined;
}
