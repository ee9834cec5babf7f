import { ApiObject, type Duration } from 'cdk8s';
import type { Construct } from 'constructs';
import { wholeSeconds } from '../kubernetes/whole-seconds';
import type { Given } from '../validation/checked-props';
import type { PropValidator } from '../validation/prop-validator';

/** A PodMonitor or ServiceMonitor. */
export interface MetricsMonitorProps {
  /**
   * Labels of the object, by which a Prometheus selects it, as in `{ release: 'prometheus' }`.
   * @default - none beside those that all objects have
   */
  readonly labels?: { readonly [name: string]: string };
  /**
   * How often the metrics are read, in whole seconds.
   * @default - that of Prometheus
   */
  readonly interval?: Duration;
}

/** The exporter that is read. */
export interface ScrapedExporter {
  /** The name of its objects, and their labels. */
  readonly name: string;
  readonly labels: { readonly [name: string]: string };
  /** The labels by which its pods are selected. */
  readonly pods: { readonly [name: string]: string };
  /** The labels by which its Service is known. */
  readonly service: { readonly [name: string]: string };
  /** The name of the port of both. */
  readonly port: string;
}

interface ScrapingPlan {
  /** Whether annotations of the pod say that it is to be read. */
  readonly isAnnotated: boolean;
  addTo(scope: Construct, exporter: ScrapedExporter): void;
  validate(validator: PropValidator, prop: string): void;
}

/** How Prometheus gets to know what it is to read. */
export class MetricsScraping {
  /** By annotations: `prometheus.io/scrape`, `/port` and `/path`, which many configurations of Prometheus follow. */
  static annotations(): MetricsScraping {
    return new MetricsScraping({ isAnnotated: true, addTo: () => {}, validate: () => {} }, ['annotations']);
  }

  /**
   * By a PodMonitor. The cluster needs the Prometheus Operator.
   * @param props its labels, and how often it is read.
   */
  static podMonitor(props: MetricsMonitorProps = {}): MetricsScraping {
    const plan = monitorPlan(props, 'PodMonitor', 'podMetricsEndpoints', ({ pods }) => pods);
    return new MetricsScraping(plan, ['podMonitor', props]);
  }

  /**
   * By a ServiceMonitor. The cluster needs the Prometheus Operator.
   * @param props its labels, and how often it is read.
   */
  static serviceMonitor(props: MetricsMonitorProps = {}): MetricsScraping {
    const plan = monitorPlan(props, 'ServiceMonitor', 'endpoints', ({ service }) => service);
    return new MetricsScraping(plan, ['serviceMonitor', props]);
  }

  private constructor(
    /** @internal */
    readonly _plan: ScrapingPlan,
    /** @internal */
    readonly _given: Given,
  ) {}
}

function monitorPlan(
  { labels, interval }: MetricsMonitorProps,
  kind: string,
  endpoints: string,
  selected: (exporter: ScrapedExporter) => object,
): ScrapingPlan {
  return {
    isAnnotated: false,
    addTo: (scope, exporter) => {
      new ApiObject(scope, 'monitor', {
        apiVersion: 'monitoring.coreos.com/v1',
        kind,
        metadata: { name: exporter.name, labels: { ...labels, ...exporter.labels } },
        spec: {
          selector: { matchLabels: selected(exporter) },
          [endpoints]: [{ port: exporter.port, ...(interval && { interval: `${wholeSeconds(interval)}s` }) }],
        },
      });
    },
    validate: (validator, prop) => {
      validator.labels(`${prop}.labels`, labels);
      validator.wholeSeconds(`${prop}.interval`, interval);
    },
  };
}
