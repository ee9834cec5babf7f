import { DEPLOYMENTS } from '../distributions/bitnami-chart/props';
import { bitnamiValues } from '../distributions/bitnami-chart/release';
import { expectToTake } from '../support/chart-values';
import { neededCharts } from '../support/real-charts';

jest.setTimeout(60_000);

const charts = neededCharts().filter(({ name }) => name.startsWith('bitnami-'));

describe.each(charts)('$name', (chart) => {
  test.each(Object.entries(DEPLOYMENTS))('with %s takes what the props come to', (_name, [props, options]) => {
    expectToTake(chart, bitnamiValues(props, { ...options, version: chart.version }));
  });
});
