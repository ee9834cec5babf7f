import { Construct } from 'constructs';
import { hasTaskPods } from '../../executors/executor-plan';
import { isIpv6 } from '../shared/host-address';
import { taskTemplatePart } from '../shared/task-pods';
import { addAirflowDeployment } from './airflow-deployment';
import { heartbeatProbes } from './airflow-pod';
import type { BuiltInContext } from './context';

/** Decides what runs when. Under the Local executor tasks run in its pods. */
export class Scheduler extends Construct {
  constructor(scope: Construct, id: string, context: BuiltInContext) {
    super(scope, id);
    const httpGet = { path: '/health', port: 'health' };
    addAirflowDeployment(this, context, {
      component: 'scheduler',
      args: ['scheduler'],
      // Its server for probes knows IPv4 alone.
      container: isIpv6(context)
        ? heartbeatProbes('SchedulerJob')
        : {
            startupProbe: { httpGet, periodSeconds: 2, timeoutSeconds: 5, failureThreshold: 150 },
            livenessProbe: { httpGet, periodSeconds: 30, timeoutSeconds: 10, failureThreshold: 5 },
          },
      parts: hasTaskPods(context.executor) ? [taskTemplatePart(context)] : [],
    });
  }
}
