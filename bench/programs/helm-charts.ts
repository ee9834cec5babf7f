// Arguments: how charts are rendered (cdk8s, ours, or ours-once: without the second render), how many releases, the path of the chart.
// Prints milliseconds and bytes as JSON.
import { App, Chart, Helm } from 'cdk8s';
import { HelmChart, HelmChartInclude, type HelmChartIncludeProps } from '../../lib';
import { measure } from './measure';

const [how, count, chart] = process.argv.slice(2);

/** Those with which the chart makes nothing at random. */
const values = {
  fernetKeySecretName: 'fernet-key',
  apiSecretKeySecretName: 'api-secret-key',
  jwtSecretName: 'jwt-secret',
  data: { metadataSecretName: 'metadata', brokerUrlSecretName: 'broker' },
  redis: { passwordSecretName: 'redis' },
  postgresql: { enabled: false },
};

measure(new App({ outdir: 'out' }), Number(count), (app, index) => {
  const scope = new Chart(app, `release-${index}`, { namespace: 'airflow' });
  const release = { releaseName: `release-${index}`, namespace: 'airflow', values };
  if (how === 'cdk8s') new Helm(scope, 'chart', { ...release, chart, helmExecutable: process.env.HELM_BIN });
  else {
    const props = { ...release, chart: HelmChart.archive(chart), isCompared: how === 'ours' };
    new HelmChartInclude(scope, 'chart', props as HelmChartIncludeProps);
  }
});
