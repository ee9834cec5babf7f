import { Construct } from 'constructs';
import { teamNameOf, type WorkerGroupName } from '../../components/components';
import type { Workers as WorkersPlan } from '../../executors/executor-plan';
import { addAirflowDeployment } from './airflow-deployment';
import { CONFIG_PATH } from './configuration';
import type { BuiltInContext } from './context';

/** A group of Celery workers, which run the tasks. */
export class Workers extends Construct {
  constructor(scope: Construct, id: 'worker' | WorkerGroupName, context: BuiltInContext, workers: WorkersPlan) {
    super(scope, id);
    const { queues, concurrency } = workers;
    const team = teamNameOf(id);
    const exec = { command: ['python', `${CONFIG_PATH}/check_celery.py`] };
    addAirflowDeployment(this, context, {
      component: id,
      args: [
        ...['celery', 'worker'],
        // By default the pid file is in a folder that can't be written to.
        ...['--pid', '/tmp/worker.pid'],
        ...(team === undefined ? [] : ['--team', team]),
        ...(queues ? ['--queues', queues.join(',')] : []),
        // That of the first is an option of airflow.cfg.
        ...(id === 'worker' ? [] : ['--concurrency', `${concurrency}`]),
      ],
      container: {
        startupProbe: { exec, periodSeconds: 5, timeoutSeconds: 15, failureThreshold: 60 },
        livenessProbe: { exec, periodSeconds: 60, timeoutSeconds: 20, failureThreshold: 3 },
      },
      parts: [],
    });
  }
}
