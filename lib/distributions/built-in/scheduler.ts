import { Construct } from 'constructs';
import { objectName } from '../../components/names';
import type { PodPart } from '../../kubernetes/pod-part';
import { addAirflowDeployment } from './airflow-deployment';
import { TASK_POD_PATH } from './configuration';
import type { BuiltInContext } from './context';

/** Decides what runs when. Under the Local executor tasks run in its pods. */
export class Scheduler extends Construct {
  constructor(scope: Construct, id: string, context: BuiltInContext) {
    super(scope, id);
    const httpGet = { path: '/health', port: 'health' };
    addAirflowDeployment(this, context, {
      component: 'scheduler',
      args: ['scheduler'],
      container: {
        startupProbe: { httpGet, periodSeconds: 2, timeoutSeconds: 5, failureThreshold: 150 },
        livenessProbe: { httpGet, periodSeconds: 30, timeoutSeconds: 10, failureThreshold: 5 },
      },
      parts: context.executor.tasks ? [taskPodPart(context)] : [],
    });
  }
}

/** From what the pods of tasks are made. Airflow reads it for each, so that a change needs no restart. */
function taskPodPart(context: BuiltInContext): PodPart {
  return {
    volumes: [{ name: 'task-pod', configMap: { name: objectName(context, 'task') } }],
    volumeMounts: [{ name: 'task-pod', mountPath: TASK_POD_PATH, readOnly: true }],
  };
}
