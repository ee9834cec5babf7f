import { App } from 'cdk8s';
import { AirflowChart, type AirflowChartProps, Distribution } from '../../../lib';
import { Delivery } from '../../../lib/delivery/delivery';
import type { DeliveredRelease } from '../../../lib/delivery/release';
import type { BitnamiChartOptions } from '../../../lib/distributions/bitnami-chart/bitnami-chart';
import type { HelmChartInclude } from '../../../lib/helm/helm-chart-include';
import type { Json } from '../../../lib/kubernetes/json';
import { synthErrors } from '../../support/synth-objects';

export type Options = Partial<BitnamiChartOptions>;

/** The newest version of the chart for Airflow 2 that is tested. */
export const AIRFLOW_2: Options = { version: '22.6.0' };

/** An AirflowChart with the id `airflow` on the chart, and what goes to helm; `include` stands for the objects of the chart. */
export function bitnamiRelease(props: AirflowChartProps = {}, options: Options = {}, include?: HelmChartInclude) {
  const delivery = options.delivery ?? Delivery.rendered();
  const deliver = jest.spyOn(delivery, '_deliver').mockReturnValue(include);
  const distribution = Distribution.bitnamiChart({ version: '25.1.0', ...options, delivery });
  const chart = new AirflowChart(new App(), 'airflow', { ...props, distribution });
  const release: DeliveredRelease = deliver.mock.calls[0][1];
  return { chart, release, values: release.values as Json };
}

/** The values that go to helm. */
export function bitnamiValues(props: AirflowChartProps = {}, options: Options = {}): Json {
  return bitnamiRelease(props, options).values;
}

/** The errors about props. */
export function bitnamiErrors(props: AirflowChartProps = {}, options: Options = {}): string[] {
  return synthErrors((app) => {
    const delivery = Delivery.rendered();
    jest.spyOn(delivery, '_deliver').mockReturnValue(undefined);
    new AirflowChart(app, 'airflow', { ...props, distribution: Distribution.bitnamiChart({ version: '25.1.0', ...options, delivery }) });
  }).filter((error) => !error.includes('selects no pod of the chart'));
}

/** Variables of a container, by name. */
export function variables(env: readonly Json[]): { readonly [name: string]: Json } {
  const names = env.map(({ name }) => name);
  expect(names).toEqual([...new Set(names)]);
  return Object.fromEntries(env.map(({ name, value, valueFrom }) => [name, valueFrom ?? value]));
}
