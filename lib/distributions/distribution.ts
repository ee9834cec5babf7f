import type { Given } from '../validation/checked-props';
import type { BitnamiChartOptions } from './bitnami-chart/bitnami-chart';
import { deployBuiltIn } from './built-in/deploy';
import type { DistributionImplementation } from './contract';
import { airflowVersionOf } from './shared/airflow-image';
import type { ChartOptions } from './shared-by-charts/chart-options';

/** What Airflow itself is deployed from. */
export class Distribution {
  /** This library's own constructs: plain manifests, for Airflow 3. Synth needs nothing but Node. */
  static builtIn(): Distribution {
    return new Distribution({ airflowVersion: airflowVersionOf, deploy: deployBuiltIn }, ['builtIn']);
  }

  /**
   * Bitnami's Helm chart. Synth needs helm, or the lock of an earlier one.
   * @param options the version of the chart, and what no prop stands for.
   * @see https://github.com/bitnami/charts/tree/main/bitnami/airflow
   * @example
   * import { App } from 'cdk8s';
   * import { AirflowChart, Distribution } from 'cdk8s-airflow';
   *
   * const distribution = Distribution.bitnamiChart({ version: '25.1.0', legacyImages: true });
   * new AirflowChart(new App(), 'airflow', { distribution });
   */
  static bitnamiChart(options: BitnamiChartOptions): Distribution {
    // Loaded when it is asked for, as is the other chart: with what runs helm, they are half of the library.
    const { bitnamiChart } = require('./bitnami-chart/bitnami-chart') as typeof import('./bitnami-chart/bitnami-chart');
    return new Distribution(bitnamiChart(options), ['bitnamiChart', options]);
  }

  /**
   * The Helm chart of the Airflow project, 1.18 or later, for Airflow 2.11 and 3. Synth needs helm, or the lock of an earlier one.
   *
   * Where the values name a database (`data.metadataSecretName`) or say `redis.enabled: false`, the database or the broker is one's own, and
   * none is made.
   * @param options the version of the chart, and what no prop stands for.
   * @see https://airflow.apache.org/docs/helm-chart/
   * @example
   * import { App } from 'cdk8s';
   * import { AirflowChart, Delivery, Distribution } from 'cdk8s-airflow';
   *
   * const distribution = Distribution.officialChart({ version: '1.20.0', delivery: Delivery.fluxHelmRelease() });
   * new AirflowChart(new App(), 'airflow', { distribution });
   */
  static officialChart(options: ChartOptions): Distribution {
    const { officialChart } = require('./official-chart/official-chart') as typeof import('./official-chart/official-chart');
    return new Distribution(officialChart(options), ['officialChart', options]);
  }

  private constructor(
    /** @internal */
    readonly _implementation: DistributionImplementation,
    /** @internal */
    readonly _given: Given,
  ) {}
}
