import { ApiObject } from 'cdk8s';
import type { Construct } from 'constructs';
import { objectLabels } from '../components/names';
import { hashOf } from '../kubernetes/hash';
import type { Json } from '../kubernetes/json';
import { averageOf, deploymentLabel, growthOf, type MonitoredDeployment, type Series, seriesOf } from './monitored';
import type { AirflowMetric } from './statsd-mapping';

/** The dashboard, as a ConfigMap. */
export interface MetricsDashboardProps {
  /**
   * Labels of the ConfigMap, by which Grafana's sidecar selects it.
   * @default { grafana_dashboard: "1" }
   */
  readonly labels?: { readonly [name: string]: string };
  /**
   * Annotations of the ConfigMap, as `{ grafana_folder: 'Airflow' }`, by which the sidecar chooses a folder.
   * @default - none
   */
  readonly annotations?: { readonly [name: string]: string };
}

interface Panel {
  readonly title: string;
  /** The unit, as Grafana calls it. */
  readonly unit: string;
  /** Expressions by their legends. */
  readonly series: { readonly [legend: string]: string };
}

type Rows = { readonly [title: string]: readonly Panel[] };

export function addDashboard(scope: Construct, deployment: MonitoredDeployment, props: MetricsDashboardProps): void {
  const { labels = { grafana_dashboard: '1' }, annotations } = props;
  const name = `${deployment.name}-dashboard`;
  new ApiObject(scope, 'dashboard', {
    apiVersion: 'v1',
    kind: 'ConfigMap',
    metadata: { name, labels: { ...labels, ...objectLabels(deployment) }, ...(annotations && { annotations }) },
    // Grafana knows a dashboard by the name of its file too.
    data: { [`${deployment.namespace ?? 'default'}-${name}.json`]: `${JSON.stringify(dashboardOf(deployment), null, 2)}\n` },
  });
}

/** @see https://grafana.com/docs/grafana/latest/dashboards/build-dashboards/view-dashboard-json-model/ */
function dashboardOf(deployment: MonitoredDeployment): Json {
  const label = deploymentLabel(deployment);
  return {
    uid: hashOf(['airflow', label]).slice(0, 32),
    title: `Airflow ${label}`,
    tags: ['airflow'],
    schemaVersion: 39,
    editable: true,
    refresh: '1m',
    time: { from: 'now-6h', to: 'now' },
    templating: { list: [{ name: 'datasource', label: 'Prometheus', type: 'datasource', query: 'prometheus' }] },
    panels: layOut(rowsOf(deployment, seriesOf(deployment))),
  };
}

const WIDTH = 12;
const HEIGHT = 8;

/** Two panels beside one another, below the title of their row. */
function layOut(rows: Rows): Json[] {
  const placed: Json[] = [];
  let y = 0;
  for (const [title, panels] of Object.entries(rows)) {
    placed.push({ id: placed.length + 1, type: 'row', title, collapsed: false, gridPos: { x: 0, y, w: 2 * WIDTH, h: 1 }, panels: [] });
    y += 1;
    for (const [index, panel] of panels.entries()) {
      const gridPos = { x: (index % 2) * WIDTH, y: y + Math.floor(index / 2) * HEIGHT, w: WIDTH, h: HEIGHT };
      placed.push({ id: placed.length + 1, gridPos, ...panelOf(panel) });
    }
    y += Math.ceil(panels.length / 2) * HEIGHT;
  }
  return placed;
}

function panelOf({ title, unit, series }: Panel): Json {
  const datasource = { type: 'prometheus', uid: '$datasource' };
  return {
    type: 'timeseries',
    title,
    datasource,
    fieldConfig: { defaults: { unit, min: 0 }, overrides: [] },
    options: { legend: { displayMode: 'list', placement: 'bottom' }, tooltip: { mode: 'multi', sort: 'desc' } },
    targets: Object.entries(series).map(([legendFormat, expr], index) => ({
      refId: String.fromCharCode('A'.charCodeAt(0) + index),
      datasource,
      expr,
      legendFormat,
    })),
  };
}

function rowsOf({ hasTriggerer }: MonitoredDeployment, series: Series): Rows {
  const sum = (metric: AirflowMetric) => `sum(${series(metric)})`;
  const max = (metric: AirflowMetric, by: string) => `max by (${by}) (${series(metric)})`;
  const rate = (metric: AirflowMetric) => `sum(rate(${series(metric)}[$__rate_interval]))`;
  const growth = (metric: AirflowMetric, by: string) => growthOf(series, metric, by, '$__rate_interval');
  const average = (metric: AirflowMetric, by: string) => averageOf(series, metric, by, '$__rate_interval');
  const slowest = (expr: string) => `topk(10, ${expr})`;
  return {
    Tasks: [
      {
        title: 'Tasks, by state',
        unit: 'short',
        series: { scheduled: sum('ti.scheduled'), queued: sum('ti.queued'), running: sum('ti.running'), deferred: sum('ti.deferred') },
      },
      { title: 'Tasks that ended', unit: 'short', series: { '{{state}}': growth('ti.finish', 'state') } },
      { title: 'Tasks that failed, by DAG', unit: 'short', series: { '{{dag_id}}': growth('ti_failures', 'dag_id') } },
      // How long they are queued Airflow 3 does not tell, though its list of metrics has it.
      {
        title: 'How long tasks wait until they are queued',
        unit: 's',
        series: { '{{queue}}': average('task.scheduled_duration', 'queue') },
      },
      {
        title: 'The longest tasks',
        unit: 's',
        series: { '{{dag_id}} {{task_id}}': slowest(average('task.duration', 'dag_id, task_id')) },
      },
      {
        title: 'The longest DAG runs',
        unit: 's',
        series: {
          '{{dag_id}}, success': slowest(average('dagrun.duration.success', 'dag_id')),
          '{{dag_id}}, failed': slowest(average('dagrun.duration.failed', 'dag_id')),
        },
      },
    ],
    'Scheduler and executor': [
      {
        title: 'Signs of life, per second',
        unit: 'short',
        series: {
          scheduler: rate('scheduler_heartbeat'),
          'DAG processor': rate('dag_processor_heartbeat'),
          ...(hasTriggerer && { triggerer: rate('triggerer_heartbeat') }),
        },
      },
      {
        title: 'Rounds of the scheduler',
        unit: 's',
        series: {
          'a round': average('scheduler.scheduler_loop_duration', 'deployment'),
          'in which only one may choose tasks': average('scheduler.critical_section_duration', 'deployment'),
        },
      },
      {
        title: 'Slots of executors',
        unit: 'short',
        series: {
          'open, {{executor_class_name}}': max('executor.open_slots', 'executor_class_name'),
          'queued, {{executor_class_name}}': max('executor.queued_tasks', 'executor_class_name'),
          'running, {{executor_class_name}}': max('executor.running_tasks', 'executor_class_name'),
        },
      },
      {
        title: 'Slots of pools',
        unit: 'short',
        series: {
          'open, {{pool_name}}': max('pool.open_slots', 'pool_name'),
          'running, {{pool_name}}': max('pool.running_slots', 'pool_name'),
          'queued, {{pool_name}}': max('pool.queued_slots', 'pool_name'),
          'scheduled, {{pool_name}}': max('pool.scheduled_slots', 'pool_name'),
        },
      },
    ],
    'DAG files': [
      {
        title: 'DAGs, and files with errors',
        unit: 'short',
        series: { DAGs: max('dagbag_size', 'deployment'), 'files with errors': max('dag_processing.import_errors', 'deployment') },
      },
      {
        title: 'A round of all files, and how many wait for it',
        unit: 'short',
        series: {
          'seconds for a round': max('dag_processing.total_parse_time', 'deployment'),
          'files that wait': max('dag_processing.file_path_queue_size', 'deployment'),
        },
      },
      {
        title: 'The slowest files',
        unit: 's',
        series: { '{{file_name}}': slowest(average('dag_processing.last_duration', 'bundle_name, file_name')) },
      },
    ],
    ...(hasTriggerer && {
      Triggerer: [
        {
          title: 'Triggers that run, and for how many there is room',
          unit: 'short',
          series: { running: sum('triggers.running'), 'room for': sum('triggerer.capacity_left') },
        },
      ],
    }),
  };
}
