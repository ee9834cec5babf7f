import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Content, Files, Requirements } from '../../../lib';
import { synthAirflow } from '../../support/synth-objects';
import { removeTemporaryFolders, temporaryFolder } from '../../support/temporary-folder';

afterAll(removeTemporaryFolders);

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
    expect(command).toEqual(['python', '-c', expect.stringContaining(`serve_logs(${port})`)]);
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
  expect(env).toContainEqual({ name: '_AIRFLOW__AS_LIBRARY', value: '1' });
  expect(env).toContainEqual({ name: 'AIRFLOW__LOGGING__LOGGING_CONFIG_CLASS' });
  expect(env).toContainEqual({ name: 'AIRFLOW__SECRETS__BACKEND' });
});

test('it ends by SIGTERM before it has started too, as the first process of a container, which is deaf to it unless it says otherwise', async () => {
  // GIVEN
  const folder = temporaryFolder();
  mkdirSync(join(folder, 'airflow/utils'), { recursive: true });
  const slow = "import sys, time\nprint('importing', flush=True)\ntime.sleep(60)\n";
  writeFileSync(join(folder, 'airflow/utils/serve_logs.py'), slow);
  const [, ...args] = synthAirflow().initContainers('worker')['log-server'].command;
  const server = spawn('python3', args, { env: { ...process.env, PYTHONPATH: folder } });
  await once(server.stdout, 'data');

  // WHEN
  server.kill('SIGTERM');

  // THEN
  expect(await once(server, 'exit')).toEqual([0, null]);
});
