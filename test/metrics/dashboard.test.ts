import { Metrics } from '../../lib';
import type { Manifest } from '../support/manifests';
import { metricsIn } from '../support/metric-names';
import { synthAirflow } from '../support/synth-objects';

function configMapOf(props: Parameters<typeof synthAirflow>[0] = {}): Manifest {
  return synthAirflow({ metrics: Metrics.statsd({ dashboard: {} }), ...props }).one('ConfigMap', 'airflow-dashboard');
}

function dashboardOf(props?: Parameters<typeof synthAirflow>[0]): Manifest {
  const [[file, text]] = Object.entries<string>(configMapOf(props).data);
  expect(file).toMatch(/^[\w-]+\.json$/);
  return JSON.parse(text);
}

test('the sidecar of Grafana finds it by a label, and its folder by an annotation', () => {
  // GIVEN
  const metrics = Metrics.statsd({ dashboard: { labels: { dashboards: 'yes' }, annotations: { grafana_folder: 'Airflow' } } });

  // THEN
  expect(configMapOf().metadata.labels).toMatchObject({ grafana_dashboard: '1', 'app.kubernetes.io/instance': 'airflow' });
  expect(configMapOf().metadata).not.toHaveProperty('annotations');
  expect(configMapOf({ metrics }).metadata.labels).not.toHaveProperty('grafana_dashboard');
  expect(configMapOf({ metrics }).metadata).toMatchObject({ labels: { dashboards: 'yes' }, annotations: { grafana_folder: 'Airflow' } });
});

test('each panel shows metrics that Airflow sends, of this deployment alone', () => {
  // GIVEN
  const panels: Manifest[] = dashboardOf({ namespace: 'data' }).panels.filter(({ type }: Manifest) => type !== 'row');

  // THEN
  expect(panels.length).toBeGreaterThan(10);
  for (const { targets, datasource } of panels) {
    expect(datasource).toEqual({ type: 'prometheus', uid: '$datasource' });
    expect(targets.length).toBeGreaterThan(0);
    for (const { expr, legendFormat } of targets) {
      expect(metricsIn(expr).length).toBeGreaterThan(0);
      for (const selector of expr.match(/\bairflow_\w+(\{[^}]*\})?/g)) expect(selector).toMatch(/\{deployment="data\/airflow"\}$/);
      for (const [, label] of legendFormat.matchAll(/\{\{(\w+)\}\}/g)) expect(expr).toMatch(new RegExp(`by \\([^)]*\\b${label}\\b`));
    }
  }
});

test('no two panels are at the same place, or have the same number', () => {
  // GIVEN
  const { panels } = dashboardOf();
  const cells = panels.flatMap(({ gridPos: { x, y, w, h } }: Manifest) =>
    Array.from({ length: w * h }, (_, index) => `${x + (index % w)},${y + Math.floor(index / w)}`),
  );

  // THEN
  expect(new Set(cells).size).toBe(cells.length);
  expect(new Set(panels.map(({ id }: Manifest) => id)).size).toBe(panels.length);
});

test('two deployments have two dashboards', () => {
  const ids = [dashboardOf(), dashboardOf({ namespace: 'data' })].map(({ uid, title }) => ({ uid, title }));
  expect(ids[0].title).toBe('Airflow airflow/airflow');
  expect(ids[1].title).toBe('Airflow data/airflow');
  expect(ids[0].uid).not.toBe(ids[1].uid);
});

test('without a triggerer nothing is shown of one', () => {
  const text = JSON.stringify(dashboardOf({ triggerer: { enabled: false } }));
  expect(text).not.toContain('trigger');
  expect(JSON.stringify(dashboardOf())).toContain('airflow_triggers_running');
});
