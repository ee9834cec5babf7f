import { Duration } from 'cdk8s';
import { Autoscaling, Executor, type WorkersProps } from '../../../lib';
import { CHECK_CELERY } from '../../../lib/distributions/shared/scripts';
import { airflowErrors, synthAirflow } from '../../support/synth-objects';

const NAME = 'airflow-worker';

test('a worker has ten minutes to finish its tasks, and its tasks are not told to end', () => {
  // WHEN
  const objects = synthAirflow();

  // THEN
  expect(objects.pod('worker').spec.terminationGracePeriodSeconds).toBe(600);
  expect(objects.env('worker').DUMB_INIT_SETSID).toBe('0');
});

test('the time can be set', () => {
  // WHEN
  const objects = synthAirflow({ executor: Executor.celery({ workers: { gracePeriod: Duration.hours(1) } }) });

  // THEN
  expect(objects.pod('worker').spec.terminationGracePeriodSeconds).toBe(3600);
});

test('no other pod is asked to stop so slowly', () => {
  // WHEN
  const others = synthAirflow().podTemplates((component) => component !== 'worker');

  // THEN
  expect(JSON.stringify(others)).not.toMatch(/terminationGracePeriodSeconds|DUMB_INIT_SETSID/);
});

test('the concurrency is an option of Airflow: four tasks unless told', () => {
  // THEN
  expect(synthAirflow().airflowConfig.celery.worker_concurrency).toBe('4');
  expect(synthAirflow({ executor: Executor.celery({ workers: { concurrency: 16 } }) }).airflowConfig.celery.worker_concurrency).toBe('16');
});

test('it is alive while Celery is; logs are served beside it', () => {
  // WHEN
  const objects = synthAirflow();

  // THEN
  const { args, ports, startupProbe, livenessProbe } = objects.container('worker');
  expect(args).toEqual(['celery', 'worker', '--pid', '/tmp/worker.pid', '--skip-serve-logs']);
  expect(ports).toBeUndefined();
  expect(objects.initContainers('worker')['log-server'].ports).toEqual([{ name: 'logs', containerPort: 8793 }]);
  expect(objects.airflowConfig.logging.worker_log_server_port).toBe('8793');
  for (const { exec } of [startupProbe, livenessProbe]) expect(exec.command).toEqual(['python', '/etc/airflow/check_celery.py']);
  expect(objects.one('ConfigMap', 'airflow-config').data['check_celery.py']).toBe(CHECK_CELERY);
});

test('with autoscaling the load decides, so that no apply sets the number of pods back', () => {
  // WHEN
  const objects = synthAirflow({
    executor: Executor.celery({ workers: { autoscaling: Autoscaling.cpu({ minReplicas: 2, maxReplicas: 8, targetUtilization: 60 }) } }),
  });

  // THEN
  expect(objects.one('Deployment', NAME).spec).not.toHaveProperty('replicas');
  expect(objects.one('HorizontalPodAutoscaler', NAME).spec).toEqual({
    scaleTargetRef: { apiVersion: 'apps/v1', kind: 'Deployment', name: NAME },
    minReplicas: 2,
    maxReplicas: 8,
    metrics: [{ type: 'Resource', resource: { name: 'cpu', target: { type: 'Utilization', averageUtilization: 60 } } }],
  });
  for (const other of ['scheduler', 'triggerer', 'dag-processor', 'api-server']) {
    expect(objects.one('Deployment', `airflow-${other}`).spec.replicas).toBe(1);
  }
});

test.each([
  [1, []],
  [2, [NAME]],
])('with autoscaling up to %d, PodDisruptionBudgets are %j', (maxReplicas, names) => {
  // WHEN
  const objects = synthAirflow({ executor: Executor.celery({ workers: { autoscaling: Autoscaling.cpu({ maxReplicas }) } }) });

  // THEN
  expect(objects.names('PodDisruptionBudget')).toEqual(names);
  expect(objects.one('HorizontalPodAutoscaler', NAME).spec).toMatchObject({
    minReplicas: 1,
    maxReplicas,
    metrics: [{ resource: { target: { averageUtilization: 80 } } }],
  });
});

test('the autoscaler can judge: every container of a worker asks for CPU', () => {
  // WHEN
  const dags = [{ url: 'https://gitlab.example.com/team/dags.git' }];
  const objects = synthAirflow({ dags, executor: Executor.celery({ workers: { autoscaling: Autoscaling.cpu({ maxReplicas: 2 }) } }) });

  // THEN
  for (const { resources } of objects.pod('worker').spec.containers) expect(resources.requests.cpu).toBeDefined();
});

test('autoscaling is in no pod template', () => {
  // THEN
  expect(
    synthAirflow({ executor: Executor.celery({ workers: { autoscaling: Autoscaling.cpu({ maxReplicas: 5 }) } }) }).podTemplates(),
  ).toEqual(synthAirflow().podTemplates());
});

test.each<[WorkersProps, string]>([
  [{ concurrency: 0 }, 'concurrency: 0 given; expected a whole number of 1 or more'],
  [{ gracePeriod: Duration.seconds(0) }, 'gracePeriod: "0 seconds" given; expected one second or more'],
  [{ replicas: 2, autoscaling: Autoscaling.cpu({ maxReplicas: 4 }) }, 'replicas: 2 given; expected either replicas or autoscaling'],
  [{ autoscaling: Autoscaling.cpu({ maxReplicas: 0 }) }, 'autoscaling.maxReplicas: 0 given; expected a whole number of 1 or more'],
])('%j is an error', (workers, message) => {
  // THEN
  expect(airflowErrors({ executor: Executor.celery({ workers }) })).toEqual([`[airflow/airflow] executor.workers.${message}`]);
});

test.each([500, 1500])('a grace period of %d ms, which is no whole number of seconds, is an error', (milliseconds) => {
  // WHEN
  const errors = airflowErrors({ executor: Executor.celery({ workers: { gracePeriod: Duration.millis(milliseconds) } }) });

  // THEN
  expect(errors).toEqual([expect.stringMatching(/^\[airflow\/airflow\] executor\.workers\.gracePeriod: "\d+ millis" given; expected /)]);
});

test('a further group has pods, labels, queues, nodes and a number of its own', () => {
  // WHEN
  const objects = synthAirflow({
    allComponents: { labels: { team: 'data' } },
    executor: Executor.celery({
      workers: { replicas: 2, labels: { size: 'small' } },
      workerGroups: { gpu: { replicas: 3, concurrency: 1, gracePeriod: Duration.hours(2), placement: { nodeSelector: { gpu: 'yes' } } } },
    }),
  });

  // THEN
  const { replicas, selector, template } = objects.one('Deployment', 'airflow-worker-gpu').spec;
  expect(replicas).toBe(3);
  expect(selector.matchLabels['app.kubernetes.io/component']).toBe('worker-gpu');
  expect(template.metadata.labels).toMatchObject({ team: 'data', ...selector.matchLabels });
  expect(template.metadata.labels).not.toHaveProperty('size');
  expect(template.spec).toMatchObject({ terminationGracePeriodSeconds: 7200, nodeSelector: { gpu: 'yes' } });
  expect(template.spec.containers[0].name).toBe('worker');
  expect(template.spec.containers[0].args).toEqual([
    ...['celery', 'worker', '--pid', '/tmp/worker.pid'],
    ...['--queues', 'gpu', '--concurrency', '1', '--skip-serve-logs'],
  ]);
  expect(objects.container('worker').args).toEqual(['celery', 'worker', '--pid', '/tmp/worker.pid', '--skip-serve-logs']);
  expect(objects.one('PodDisruptionBudget', 'airflow-worker-gpu').spec.selector).toEqual(selector);
});

test('it may talk to whom the first may talk to', () => {
  // WHEN
  const objects = synthAirflow({ executor: Executor.celery({ workerGroups: { gpu: {} } }) });

  // THEN
  const [first, gpu] = ['airflow-worker', 'airflow-worker-gpu'].map((name) => objects.one('NetworkPolicy', name).spec);
  expect(gpu.egress).toEqual(first.egress);
  expect(gpu.ingress).toEqual(first.ingress);
  const labels = { 'app.kubernetes.io/component': 'worker-gpu' };
  const broker = JSON.stringify(objects.one('NetworkPolicy', 'airflow-redis').spec.ingress);
  expect(broker).toContain(JSON.stringify(labels).slice(1, -1));
});

test.each([
  [{ workers: { queues: ['fast'] } }, true],
  [{ workers: { queues: ['fast'] }, workerGroups: { rest: { queues: ['default'] } } }, false],
  [{ workers: { queues: ['fast', 'default'] } }, false],
])('a default queue that no group serves is an error: %j', (props, isWrong) => {
  // WHEN
  const errors = airflowErrors({ executor: Executor.celery(props) });

  // THEN
  const error = 'executor.workers.queues: ["fast"] given; expected "default" in a group too: tasks that say no queue go there';
  expect(errors).toEqual(isWrong ? [`[airflow/airflow] ${error}`] : []);
});
