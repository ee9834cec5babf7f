import { existsSync, mkdirSync, mkdtempSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Duration } from 'cdk8s';
import { type AirflowChartProps, Executor, Logs } from '../../../lib';
import { run } from '../../support/process';
import { synthAirflow } from '../../support/synth-objects';

jest.setTimeout(60_000);

const cleanerOf = (props: AirflowChartProps, component: string) => {
  return synthAirflow(props)
    .pod(component)
    .spec.containers.find(({ name }: { name: string }) => name === 'log-cleaner');
};

test.each<[string, AirflowChartProps, string[]]>([
  ['workers and the triggerer', {}, ['triggerer', 'worker']],
  ['the scheduler that runs tasks', { executor: Executor.local() }, ['scheduler', 'triggerer']],
  ['nothing, where logs are kept on a volume', { logs: Logs.volume('logs') }, []],
  [
    'what writes to a volume, if the user says when',
    { logs: Logs.volume('logs'), logRetention: Duration.days(90) },
    ['triggerer', 'worker'],
  ],
])('logs are deleted by %s', (_what, props, expected) => {
  // WHEN
  const objects = synthAirflow(props);

  // THEN
  const pods = Object.entries(objects.podTemplates()).filter(([, { spec }]) => JSON.stringify(spec).includes('log-cleaner'));
  expect(pods.map(([component]) => component).sort()).toEqual(expected);
});

test('what is older than said is deleted, and the container ends when it is told to', async () => {
  // GIVEN
  const folder = mkdtempSync(join(tmpdir(), 'logs-'));
  const [old, fresh] = ['dag_id=a/run_id=1/attempt=1.log', 'dag_id=b/attempt=1.log'].map((path) => join(folder, path));
  const hoursAgo = (hours: number) => Date.now() / 1000 - hours * 3600;
  for (const [path, hours] of [
    [old, 49],
    [fresh, 47],
  ] as const) {
    mkdirSync(join(path, '..'), { recursive: true });
    writeFileSync(path, 'a line\n');
    utimesSync(path, hoursAgo(hours), hoursAgo(hours));
  }
  const [shell, flag, script] = cleanerOf({ logRetention: Duration.days(2) }, 'worker').command;

  // WHEN
  const whenOldIsGone = `"$@" & pid=$!; while [ -e '${old}' ]; do sleep 0.1; done; kill $pid; wait $pid`;
  const outcome = await run('bash', ['-c', whenOldIsGone, 'bash', shell, flag, script.replaceAll('/opt/airflow/logs', folder)]);

  // THEN
  expect(outcome.code).toBe(0);
  expect([old, fresh].map((path) => existsSync(path))).toEqual([false, true]);
  rmSync(folder, { recursive: true });
});
