import { Construct } from 'constructs';
import { defaultResources } from '../../components/default-resources';
import { PORTS } from '../../components/names';
import { Executor } from '../../executors/executor';
import { addAirflowDeployment } from './airflow-deployment';
import type { BuiltInContext } from './context';

/** Decides what runs when. Under LocalExecutor tasks run in its pods. */
export class Scheduler extends Construct {
  constructor(scope: Construct, id: string, context: BuiltInContext) {
    super(scope, id);
    const runsTasks = context.executor === Executor.LOCAL;
    const httpGet = { path: '/health', port: 'health' };
    addAirflowDeployment(this, context, {
      component: 'scheduler',
      props: context.settings.scheduler,
      defaultResources: defaultResources('scheduler', context.executor),
      args: ['scheduler'],
      container: {
        ports: [
          { name: 'health', containerPort: PORTS.schedulerHealth },
          ...(runsTasks ? [{ name: 'logs', containerPort: PORTS.taskLogs }] : []),
        ],
        startupProbe: { httpGet, periodSeconds: 2, timeoutSeconds: 5, failureThreshold: 150 },
        livenessProbe: { httpGet, periodSeconds: 30, timeoutSeconds: 10, failureThreshold: 5 },
      },
      packages: true,
      parts: [...(runsTasks ? [context.dagsPart] : [])],
    });
  }
}
