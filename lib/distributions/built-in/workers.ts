import { Construct } from 'constructs';
import type { WorkerGroupName } from '../../components/components';
import type { Workers as WorkersPlan } from '../../executors/executor-plan';
import { workerArguments } from '../shared/worker-arguments';
import { addAirflowDeployment } from './airflow-deployment';
import { CONFIG_PATH } from './configuration';
import type { BuiltInContext } from './context';

/** A group of Celery workers, which run the tasks. */
export class Workers extends Construct {
  constructor(scope: Construct, id: 'worker' | WorkerGroupName, context: BuiltInContext, workers: WorkersPlan) {
    super(scope, id);
    const exec = { command: ['python', `${CONFIG_PATH}/check_celery.py`] };
    addAirflowDeployment(this, context, {
      component: id,
      args: [
        ...['celery', 'worker'],
        // By default the pid file is in a folder that can't be written to.
        ...['--pid', '/tmp/worker.pid'],
        ...workerArguments(id, workers),
      ],
      container: {
        startupProbe: { exec, periodSeconds: 5, timeoutSeconds: 15, failureThreshold: 60 },
        livenessProbe: { exec, periodSeconds: 60, timeoutSeconds: 20, failureThreshold: 3 },
      },
      parts: [],
    });
  }
}
