import { Content, Files, Requirements } from '../../../lib';
import { synthAirflow } from '../../support/synth-objects';

const DAGS = [{ url: 'https://gitlab.example.com/team/dags.git' }];

test('beside workers and triggerer it hands out logs, and ends after them', () => {
  // WHEN
  const objects = synthAirflow();

  // THEN
  for (const [component, port] of [
    ['worker', 8793],
    ['triggerer', 8794],
  ] as const) {
    const { command, restartPolicy } = objects.initContainers(component)['log-server'];
    expect(command).toEqual(['python', '-c', `from airflow.utils.serve_logs import serve_logs; serve_logs(${port})`]);
    expect(restartPolicy).toBe('Always');
    expect(objects.container(component).args).toContain('--skip-serve-logs');
  }
});

test('nothing of the user’s runs in it, and nothing that DAGs write but logs, which it can’t change', () => {
  // WHEN
  const objects = synthAirflow({
    dags: DAGS,
    requirements: Requirements.fromList(['pandas']),
    plugins: Files.fromMap({ 'own.py': Content.fromText('import os\n') }),
    config: { secrets: { backend: 'company.Backend' }, logging: { logging_config_class: 'company.LOGGING' } },
  });

  // THEN
  const { env, volumeMounts } = objects.initContainers('worker')['log-server'];
  expect(volumeMounts).toEqual([
    { name: 'log-server-secrets', mountPath: '/etc/airflow-secrets', readOnly: true },
    { name: 'config', mountPath: '/etc/airflow', readOnly: true },
    { name: 'logs', mountPath: '/opt/airflow/logs', readOnly: true },
  ]);
  expect(env).toContainEqual({ name: 'AIRFLOW__LOGGING__LOGGING_CONFIG_CLASS' });
  expect(env).toContainEqual({ name: 'AIRFLOW__SECRETS__BACKEND' });
});
