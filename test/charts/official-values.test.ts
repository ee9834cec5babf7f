import { LABELLED, SETS } from '../distributions/official-chart/props';
import { officialValues } from '../distributions/official-chart/release';
import { expectToTake } from '../support/chart-values';
import { neededCharts } from '../support/real-charts';

jest.setTimeout(60_000);

const charts = neededCharts().filter(({ name }) => name.startsWith('official-'));

describe.each(charts)('$name', (chart) => {
  test.each(SETS)('%s takes what the props come to', (_name, props, values) => {
    expectToTake(chart, officialValues(props, { version: chart.version, values }));
  });
});

test.each(charts.filter(({ version }) => version !== '1.18.0'))('$name takes labels of all components', (chart) => {
  expectToTake(chart, officialValues({ allComponents: LABELLED }, { version: chart.version }));
});
