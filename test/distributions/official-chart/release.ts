import { ApiObject, App } from 'cdk8s';
import { AirflowChart, type AirflowChartProps, Distribution } from '../../../lib';
import { Delivery } from '../../../lib/delivery/delivery';
import type { DeliveredRelease } from '../../../lib/delivery/release';
import type { ChartOptions } from '../../../lib/distributions/shared-by-charts/chart-options';
import type { Json } from '../../../lib/kubernetes/json';
import { SynthObjects, synthErrors } from '../../support/synth-objects';

export type Options = Partial<ChartOptions>;

/** The oldest version of the chart that is deployed. */
export const OLDEST: Options = { version: '1.18.0' };

/** An AirflowChart with the id `airflow` on the chart: the objects around those of the chart, and what goes to helm. */
export function officialRelease(props: AirflowChartProps = {}, options: Options = {}) {
  const { distribution, deliver } = officialDistribution(options);
  const chart = new AirflowChart(new App(), 'airflow', { ...props, distribution });
  const release: DeliveredRelease = deliver.mock.calls[0][1];
  const objects = chart.node.findAll().filter((construct) => construct instanceof ApiObject);
  return { chart, release, values: release.values as Json, objects: new SynthObjects(objects.map((object) => object.toJson())) };
}

/** The values that go to helm. */
export function officialValues(props: AirflowChartProps = {}, options: Options = {}): Json {
  return officialRelease(props, options).values;
}

/** The errors about props. */
export function officialErrors(props: AirflowChartProps = {}, options: Options = {}): string[] {
  const errors = synthErrors((app) => {
    new AirflowChart(app, 'airflow', { ...props, distribution: officialDistribution(options).distribution });
  });
  // The pods of the chart are not there.
  return errors.filter((error) => !error.includes('selects no pod of the chart'));
}

function officialDistribution(options: Options) {
  const delivery = options.delivery ?? Delivery.rendered();
  const deliver = jest.spyOn(delivery, '_deliver').mockReturnValue(undefined);
  return { distribution: Distribution.officialChart({ version: '1.20.0', ...options, delivery }), deliver };
}

/** Variables of a container by name, none of them twice. */
export function variables(env: readonly Json[]): { readonly [name: string]: Json } {
  const names = env.map(({ name }) => name);
  expect(names).toEqual([...new Set(names)]);
  return Object.fromEntries(env.map(({ name, value, valueFrom }) => [name, valueFrom ?? value]));
}
