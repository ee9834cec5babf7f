import { ApiObject } from 'cdk8s';
import type { Construct } from 'constructs';
import { objectLabels } from '../components/names';
import { averageOf, deploymentLabel, growthOf, type MonitoredDeployment, type Series, seriesOf } from './monitored';
import type { AirflowMetric } from './statsd-mapping';

/** The alerts, as a PrometheusRule. */
export interface MetricsAlertsProps {
  /**
   * Labels of the PrometheusRule, by which a Prometheus selects it, as in `{ release: 'prometheus' }`.
   * @default - none beside those that all objects have
   */
  readonly labels?: { readonly [name: string]: string };
}

interface Alert {
  readonly name: string;
  readonly severity: 'critical' | 'warning';
  readonly expr: string;
  /** How long it has to be so. */
  readonly for: string;
  readonly summary: string;
  /** What it means, and where to look. */
  readonly description: string;
}

/** What a careful operator wants to be woken for, or to read in the morning. */
export function addAlerts(scope: Construct, deployment: MonitoredDeployment, { labels }: MetricsAlertsProps): void {
  const name = `${deployment.name}-alerts`;
  new ApiObject(scope, 'alerts', {
    apiVersion: 'monitoring.coreos.com/v1',
    kind: 'PrometheusRule',
    metadata: { name, labels: { ...labels, ...objectLabels(deployment) } },
    spec: { groups: [{ name: deploymentLabel(deployment), rules: alertsOf(deployment).map(ruleOf) }] },
  });
}

function ruleOf({ name, severity, expr, summary, description, for: duration }: Alert): object {
  return { alert: name, expr, for: duration, labels: { severity }, annotations: { summary, description } };
}

function alertsOf(deployment: MonitoredDeployment): Alert[] {
  const series = seriesOf(deployment);
  return [...signsOfLife(deployment, series), ...dagFiles(series), ...waitingTasks(series), ...lostTasks(series)];
}

/** A sign of life that never came is none, be it that the exporter is not read. */
function signsOfLife({ name, hasTriggerer }: MonitoredDeployment, series: Series): Alert[] {
  const down = (what: string, component: string, metric: AirflowMetric, consequence: string): Alert => ({
    name: `Airflow${what}Down`,
    severity: 'critical',
    expr: `(sum(rate(${series(metric)}[5m])) or vector(0)) == 0`,
    for: '5m',
    summary: `No ${component} of Airflow gives a sign of life`,
    description: `${consequence} Look at the pods of ${name}-${component} and their logs; if all is well there, at whether Prometheus reads the StatsD exporter.`,
  });
  return [
    down('Scheduler', 'scheduler', 'scheduler_heartbeat', 'No task is started.'),
    down('DagProcessor', 'dag-processor', 'dag_processor_heartbeat', 'Changes of DAG files are not seen.'),
    ...(hasTriggerer ? [down('Triggerer', 'triggerer', 'triggerer_heartbeat', 'Deferred tasks do not go on.')] : []),
  ];
}

function dagFiles(series: Series): Alert[] {
  return [
    {
      name: 'AirflowDagImportErrors',
      severity: 'warning',
      expr: `max(${series('dag_processing.import_errors')}) > 0`,
      for: '10m',
      summary: '{{ $value }} DAG files can not be imported',
      description:
        'Their DAGs do not run as they are written now. The web interface shows the errors, as does `airflow dags list-import-errors`.',
    },
    {
      name: 'AirflowDagFileSlow',
      severity: 'warning',
      // Airflow gives up after 30 seconds, [core] dagbag_import_timeout.
      expr: `${averageOf(series, 'dag_processing.last_duration', 'bundle_name, file_name', '30m')} > 20`,
      for: '30m',
      summary: 'The DAG file {{ $labels.file_name }} takes {{ $value | humanizeDuration }} to read',
      description: 'Code at the top level of a DAG file runs each time that it is read: requests and queries belong into tasks.',
    },
    {
      name: 'AirflowDagFileTimeouts',
      severity: 'warning',
      expr: `${growthOf(series, 'dag_processing.processor_timeouts', 'file_path', '30m')} > 0`,
      for: '0m',
      summary: 'The DAG file {{ $labels.file_path }} was given up, as it took too long to read',
      description:
        'Its DAGs are as they were before. See the logs of the DAG processor, and the options [dag_processor] dag_file_processor_timeout and [core] dagbag_import_timeout.',
    },
  ];
}

function waitingTasks(series: Series): Alert[] {
  return [
    {
      name: 'AirflowTasksQueuedTooLong',
      severity: 'warning',
      expr: `sum by (queue) (min_over_time(${series('ti.queued')}[30m]) and ${series('ti.queued')} offset 30m) > 0`,
      for: '5m',
      summary: 'Tasks wait in the queue {{ $labels.queue }} for more than half an hour',
      description:
        'The executor has them, and nothing runs them: there are too few workers, none for this queue, or none that can be scheduled.',
    },
    {
      name: 'AirflowPoolFull',
      severity: 'warning',
      // The metrics of starving tasks are not sent while all pools are full.
      expr: `max by (pool_name) (${series('pool.open_slots')}) <= 0 and max by (pool_name) (${series('pool.scheduled_slots')}) > 0`,
      for: '30m',
      summary: 'Tasks wait for a slot of the pool {{ $labels.pool_name }} for half an hour',
      description: 'All slots of the pool are taken. Give it more, or look for tasks that hold them for long.',
    },
    {
      name: 'AirflowExecutorFull',
      severity: 'warning',
      expr: `max by (executor_class_name) (${series('executor.open_slots')}) <= 0`,
      for: '30m',
      summary: 'The executor {{ $labels.executor_class_name }} has no open slot for half an hour',
      description: 'As many tasks run as the option [core] parallelism lets a scheduler run; others wait.',
    },
  ];
}

function lostTasks(series: Series): Alert[] {
  const growth = (metric: AirflowMetric) => growthOf(series, metric, 'dag_id', '15m');
  return [
    {
      name: 'AirflowTasksLost',
      severity: 'warning',
      expr: `${growth('task_instances_without_heartbeats_killed')} > 0 or ${growth('scheduler.tasks.killed_externally')} > 0`,
      for: '0m',
      summary: 'Tasks of the DAG {{ $labels.dag_id }} ended without telling how',
      description:
        'They were killed, as for want of memory, or their pod or node went away. Look at the events of the namespace, and at how often the pods in which tasks run started anew.',
    },
  ];
}
