import { ApiObject, Duration } from 'cdk8s';
import { Construct } from 'constructs';
import { defaultResources } from '../../components/default-resources';
import { objectLabels, objectName, PORTS } from '../../components/names';
import type { WorkersProps } from '../../props/component-props';
import { addAirflowDeployment } from './airflow-deployment';
import type { BuiltInContext } from './context';

/** The Celery workers, which run the tasks. */
export class Workers extends Construct {
  constructor(scope: Construct, id: string, context: BuiltInContext) {
    super(scope, id);
    const props = context.settings.workers ?? {};
    const gracePeriod = props.gracePeriod ?? Duration.minutes(10);
    const tcpSocket = { port: 'logs' };
    addAirflowDeployment(this, context, {
      component: 'worker',
      props,
      autoscaled: props.autoscaling,
      defaultResources: defaultResources('workers', context.executor),
      // By default the pid file is in a folder that can't be written to.
      args: ['celery', 'worker', '--pid', '/tmp/worker.pid'],
      container: {
        ports: [{ name: 'logs', containerPort: PORTS.taskLogs }],
        startupProbe: { tcpSocket, periodSeconds: 2, timeoutSeconds: 5, failureThreshold: 150 },
        livenessProbe: { tcpSocket, periodSeconds: 30, timeoutSeconds: 10, failureThreshold: 5 },
      },
      podSpec: { terminationGracePeriodSeconds: Math.floor(gracePeriod.toMilliseconds() / 1000) },
      packages: true,
      parts: [
        context.dagsPart,
        // SIGTERM must reach Celery alone: it then takes no more tasks and ends when the running ones have. Tasks would be killed by it.
        { env: [{ name: 'DUMB_INIT_SETSID', value: '0' }] },
      ],
    });
    if (props.autoscaling) this.addAutoscaler(context, props.autoscaling);
  }

  private addAutoscaler(context: BuiltInContext, autoscaling: Required<WorkersProps>['autoscaling']): void {
    const name = objectName(context, 'worker');
    new ApiObject(this, 'horizontal-pod-autoscaler', {
      apiVersion: 'autoscaling/v2',
      kind: 'HorizontalPodAutoscaler',
      metadata: { name, labels: objectLabels(context, 'worker') },
      spec: {
        scaleTargetRef: { apiVersion: 'apps/v1', kind: 'Deployment', name },
        minReplicas: autoscaling.minReplicas ?? 1,
        maxReplicas: autoscaling.maxReplicas,
        metrics: [
          {
            type: 'Resource',
            resource: { name: 'cpu', target: { type: 'Utilization', averageUtilization: autoscaling.targetCpuUtilization ?? 80 } },
          },
        ],
      },
    });
  }
}
