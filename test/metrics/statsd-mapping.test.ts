import { AIRFLOW_METRICS } from '../../lib/metrics/airflow-metrics';
import { type AirflowMetric, prometheusName, statsdMappings } from '../../lib/metrics/statsd-mapping';

const MAPPINGS = statsdMappings('data/airflow');
const METRICS = (Object.keys(AIRFLOW_METRICS) as AirflowMetric[]).filter((name) => !name.includes('{'));
const KINDS = { counter: 'counter', gauge: 'gauge', timer: 'observer' };

/** What the exporter does with a name: rules without patterns come first, then the others in their order. */
function mapped(metric: AirflowMetric) {
  const sent = `airflow.${metric}`;
  const isOfKind = ({ match_metric_type: kind }: { match_metric_type?: string }) => !kind || kind === KINDS[AIRFLOW_METRICS[metric]];
  const plain = MAPPINGS.find(({ match, match_type: type }) => type !== 'regex' && match === sent);
  const rule =
    plain ?? MAPPINGS.find((each) => each.match_type === 'regex' && isOfKind(each) && new RegExp(`^(?:${each.match})$`).test(sent));
  const [, first = ''] = new RegExp(rule.match).exec(sent) ?? [];
  return { ...rule, name: rule.name.replace(/\$\{1\}/g, first).replace(/\W/g, '_') };
}

test('there are all metrics that Airflow lists', () => {
  expect(METRICS.length).toBeGreaterThan(110);
  expect(METRICS).toEqual(expect.arrayContaining(['scheduler_heartbeat', 'ti.finish', 'pool.open_slots', 'task.duration']));
});

test.each(METRICS.filter((name) => name !== 'dag_processing.processes'))(
  '%s gets the name by which alerts and dashboard know it',
  (metric) => {
    expect(mapped(metric)).toMatchObject({ name: prometheusName(metric), labels: { deployment: 'data/airflow' } });
  },
);

test('names say what is counted, and in which unit', () => {
  expect(['ti.finish', 'pool.open_slots', 'dagrun.dependency-check'].map((name) => prometheusName(name as AirflowMetric))).toEqual([
    'airflow_ti_finish_total',
    'airflow_pool_open_slots',
    'airflow_dagrun_dependency_check_seconds',
  ]);
});

test('what goes up and down is no counter', () => {
  expect(mapped('dag_processing.processes')).toMatchObject({ action: 'drop' });
});

test('what comes in seconds is not taken for milliseconds', () => {
  expect(METRICS.filter((metric) => mapped(metric).scale)).toEqual(['dag_processing.last_duration']);
});

test('gauges that are not sent any more go, those of a pod soon', () => {
  // GIVEN
  const ttls = new Map(METRICS.filter((name) => AIRFLOW_METRICS[name] === 'gauge').map((name) => [name, mapped(name).ttl]));

  // THEN
  expect([...ttls].filter(([, ttl]) => ttl !== '1h')).toEqual([
    ['triggerer.capacity_left', '2m'],
    ['triggers.running', '2m'],
  ]);
});
