import { Executor } from '../../../lib';
import { CHECK_CELERY } from '../../../lib/distributions/shared/scripts';
import { AIRFLOW_2, bitnamiValues } from './release';

test('no probe runs a command of Airflow or Celery', () => {
  for (const options of [{}, AIRFLOW_2]) {
    // WHEN
    const values = bitnamiValues({}, options);

    // THEN
    const handlers = ['web', 'scheduler', 'dagProcessor', 'triggerer', 'worker'].map((part) => {
      const { httpGet, tcpSocket, exec } = values[part].customReadinessProbe;
      return httpGet?.path ?? tcpSocket?.port ?? exec.command[0];
    });
    expect(handlers).toEqual([options === AIRFLOW_2 ? '/health' : '/api/v2/version', '/health', 'pgrep', 'logs', 'worker']);
  }
});

test('a worker is alive while Celery is, however often that is asked', () => {
  // WHEN
  const plain = bitnamiValues().worker;
  const asked = bitnamiValues({ executor: Executor.celery({ workers: { probes: { liveness: { failureThreshold: 7 } } } }) }).worker;
  const leftOut = bitnamiValues({ executor: Executor.celery({ workers: { probes: { liveness: { enabled: false } } } }) }).worker;

  // THEN
  expect(plain.customLivenessProbe).toMatchObject({ exec: { command: ['python', '-c', CHECK_CELERY] }, failureThreshold: 3 });
  expect(asked.customLivenessProbe).toMatchObject({ exec: { command: ['python', '-c', CHECK_CELERY] }, failureThreshold: 7 });
  expect(leftOut).not.toHaveProperty('customLivenessProbe');
  expect(leftOut.livenessProbe).toEqual({ enabled: false });
});

test('the web interface is asked below the path of the Ingress', () => {
  // GIVEN
  const ingress = { host: 'airflow.example.com', path: '/air/' };

  // WHEN
  const paths = [{}, AIRFLOW_2].map((options) => bitnamiValues({ ingress }, options).web.customStartupProbe.httpGet.path);

  // THEN
  expect(paths).toEqual(['/air/api/v2/version', '/air/health']);
});

test('a component has twenty minutes to start, as it may have packages to install', () => {
  // WHEN
  const { periodSeconds, failureThreshold } = bitnamiValues().worker.customStartupProbe;

  // THEN
  expect(periodSeconds * failureThreshold).toBe(20 * 60);
});
