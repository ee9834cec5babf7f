import { synthAirflow } from '../../support/synth-objects';

test('it is alive while the database has a sign of life of it', () => {
  // WHEN
  const { args, startupProbe, livenessProbe } = synthAirflow().container('triggerer');

  // THEN
  expect(args).toEqual(['triggerer', '--skip-serve-logs']);
  for (const { exec } of [startupProbe, livenessProbe]) {
    expect(exec.command).toEqual(['python', '/etc/airflow/check_heartbeat.py', 'TriggererJob']);
  }
});

test('it serves its logs where Airflow looks for them', () => {
  // WHEN
  const objects = synthAirflow();

  // THEN
  expect(objects.initContainers('triggerer')['log-server'].ports).toEqual([{ name: 'logs', containerPort: 8794 }]);
  expect(objects.airflowConfig.logging.trigger_log_server_port).toBe('8794');
});
