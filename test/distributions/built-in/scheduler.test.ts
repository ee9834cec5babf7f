import { Duration } from 'cdk8s';
import { Executor } from '../../../lib';
import { quantityValue } from '../../../lib/kubernetes/quantity';
import type { Manifest } from '../../support/manifests';
import { synthAirflow } from '../../support/synth-objects';

const DAGS = [{ url: 'https://gitlab.example.com/team/dags.git' }];

test('it is alive while its own health server says so', () => {
  // WHEN
  const objects = synthAirflow();

  // THEN
  const { args, ports, startupProbe, livenessProbe } = objects.container('scheduler');
  expect(args).toEqual(['scheduler']);
  expect(ports).toEqual([{ name: 'health', containerPort: 8974 }]);
  for (const { httpGet } of [startupProbe, livenessProbe]) expect(httpGet).toEqual({ path: '/health', port: 'health' });
  expect(objects.airflowConfig.scheduler).toEqual({ enable_health_check: 'True', scheduler_health_check_server_port: '8974' });
});

test('under LocalExecutor tasks run in it: it has DAGs, a port for logs, and more memory', () => {
  // WHEN
  const celery = synthAirflow({ dags: DAGS });
  const local = synthAirflow({ dags: DAGS, executor: Executor.local() });

  // THEN
  expect(local.initContainers('scheduler')['log-server'].ports).toEqual([{ name: 'logs', containerPort: 8793 }]);
  expect(local.pod('scheduler').spec.containers.map(({ name }: Manifest) => name)).toEqual(['scheduler', 'log-cleaner', 'git-sync-dags']);
  expect(celery.pod('scheduler').spec.containers.map(({ name }: Manifest) => name)).toEqual(['scheduler']);
  for (const group of ['requests', 'limits']) {
    const [more, less] = [local, celery].map((objects) => quantityValue(objects.container('scheduler').resources[group].memory));
    expect(more).toBeGreaterThan(less as number);
  }
});

test('under LocalExecutor the API server fetches logs from it', () => {
  // WHEN
  const objects = synthAirflow({ executor: Executor.local() });

  // THEN
  const { ingress } = objects.one('NetworkPolicy', 'airflow-scheduler').spec;
  expect(ingress).toEqual([
    {
      from: [{ podSelector: { matchLabels: objects.one('Deployment', 'airflow-api-server').spec.selector.matchLabels } }],
      ports: [{ port: 8793, protocol: 'TCP' }],
    },
  ]);
});

test('under LocalExecutor a scheduler finishes its tasks before the next one starts, which would run them again', () => {
  // WHEN
  const { spec } = synthAirflow({ executor: Executor.local({ gracePeriod: Duration.minutes(30) }) }).one('Deployment', 'airflow-scheduler');
  const celery = synthAirflow().one('Deployment', 'airflow-scheduler').spec;

  // THEN
  expect(spec.strategy).toEqual({ type: 'Recreate' });
  expect(spec.template.spec.terminationGracePeriodSeconds).toBe(1800);
  expect(spec.template.spec.containers[0].env).toContainEqual({ name: 'DUMB_INIT_SETSID', value: '0' });
  expect(celery.strategy).toBeUndefined();
  expect(celery.template.spec.terminationGracePeriodSeconds).toBeUndefined();
});
