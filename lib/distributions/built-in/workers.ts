import { Construct } from 'constructs';
import type { WorkerGroupName } from '../../components/components';
import type { Workers as WorkersPlan } from '../../executors/executor-plan';
import { addAirflowDeployment } from './airflow-deployment';
import type { BuiltInContext } from './context';

/** A group of Celery workers, which run the tasks. */
export class Workers extends Construct {
  constructor(scope: Construct, id: 'worker' | WorkerGroupName, context: BuiltInContext, workers: WorkersPlan) {
    super(scope, id);
    const { queues, concurrency } = workers;
    const tcpSocket = { port: 'logs' };
    addAirflowDeployment(this, context, {
      component: id,
      args: [
        ...['celery', 'worker'],
        // By default the pid file is in a folder that can't be written to.
        ...['--pid', '/tmp/worker.pid'],
        ...(queues ? ['--queues', queues.join(',')] : []),
        // That of the first is an option of airflow.cfg.
        ...(id === 'worker' ? [] : ['--concurrency', `${concurrency}`]),
      ],
      container: {
        startupProbe: { tcpSocket, periodSeconds: 2, timeoutSeconds: 5, failureThreshold: 150 },
        livenessProbe: { tcpSocket, periodSeconds: 30, timeoutSeconds: 10, failureThreshold: 5 },
      },
      parts: [],
    });
  }
}
