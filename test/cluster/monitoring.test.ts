import { Duration } from 'cdk8s';
import { AirflowChart, Metrics, MetricsScraping } from '../../lib';
import { getObjects, kubectl, requireCluster } from '../support/kubectl';
import { readManifests } from '../support/manifests';
import { synthApp } from '../support/synth';

// What the Prometheus Operator reads, before an API server that has its definitions, which a cluster need not have.

const GROUP = 'monitoring.coreos.com';
const props = { labels: { release: 'prometheus' }, interval: Duration.seconds(30) };

let known: readonly string[];

beforeAll(async () => {
  await requireCluster();
  const definitions = await getObjects('customresourcedefinitions');
  known = definitions.filter(({ spec }) => spec.group === GROUP).map(({ spec }) => spec.names.kind);
}, 60_000);

test.each([
  ['PodMonitor', { scraping: MetricsScraping.podMonitor(props) }],
  ['ServiceMonitor', { scraping: MetricsScraping.serviceMonitor(props) }],
  ['PrometheusRule', { alerts: { labels: { release: 'prometheus' } } }],
])(
  'a %s has only fields that there are',
  async (kind, metrics) => {
    if (!known.includes(kind)) {
      process.stderr.write(`\nNOT TRIED, ${kind}: the cluster has no definition of it\n`);
      return;
    }
    // GIVEN
    const dist = synthApp((app) => {
      new AirflowChart(app, 'airflow', { namespace: 'default', createNamespace: false, metrics: Metrics.statsd(metrics) });
    });
    const objects = readManifests(dist).filter((object) => object.kind === kind);

    // WHEN
    const apply = ['apply', '--dry-run=server', '--validate=strict', '--filename', '-', '--output', 'json'];
    const taken = JSON.parse(await kubectl(apply, { input: JSON.stringify(objects[0]) }));

    // THEN
    expect(objects).toHaveLength(1);
    expect(taken.spec).toMatchObject(objects[0].spec);
  },
  60_000,
);
