import { Construct } from 'constructs';
import { addAirflowDeployment } from './airflow-deployment';
import type { BuiltInContext } from './context';

/** The Celery workers, which run the tasks. */
export class Workers extends Construct {
  constructor(scope: Construct, id: string, context: BuiltInContext) {
    super(scope, id);
    const tcpSocket = { port: 'logs' };
    addAirflowDeployment(this, context, {
      component: 'worker',
      // By default the pid file is in a folder that can't be written to.
      args: ['celery', 'worker', '--pid', '/tmp/worker.pid'],
      container: {
        startupProbe: { tcpSocket, periodSeconds: 2, timeoutSeconds: 5, failureThreshold: 150 },
        livenessProbe: { tcpSocket, periodSeconds: 30, timeoutSeconds: 10, failureThreshold: 5 },
      },
      parts: [],
    });
  }
}
