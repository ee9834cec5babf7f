// Arguments: how charts are rendered (helm: by it alone, cdk8s, or ours), how many releases, the path of the chart.
// Prints milliseconds and bytes as JSON.
import { execFileSync } from 'node:child_process';
import { App, Chart, Helm } from 'cdk8s';
import { HelmChart, HelmChartInclude } from '../../lib';
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
  if (how === 'helm') renderByHelm(release);
  else if (how === 'cdk8s') new Helm(scope, 'chart', { ...release, chart, helmExecutable: process.env.HELM_BIN });
  else new HelmChartInclude(scope, 'chart', { ...release, chart: HelmChart.archive(chart) });
});

function renderByHelm({ releaseName, namespace, values }: { releaseName: string; namespace: string; values: object }): void {
  const args = ['template', `--namespace=${namespace}`, '--include-crds', '--values=-', releaseName, chart];
  execFileSync(process.env.HELM_BIN ?? 'helm', args, { input: JSON.stringify(values), maxBuffer: 64 * 1024 ** 2 });
}
