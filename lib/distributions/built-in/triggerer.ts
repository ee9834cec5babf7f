import { Construct } from 'constructs';
import { addAirflowDeployment } from './airflow-deployment';
import { heartbeatProbes } from './airflow-pod';
import type { BuiltInContext } from './context';
import { PORTS } from './names';

/** Waits for what deferred tasks wait for. */
export class Triggerer extends Construct {
  constructor(scope: Construct, id: string, context: BuiltInContext) {
    super(scope, id);
    addAirflowDeployment(this, context, {
      component: 'triggerer',
      prop: 'triggerer',
      props: context.settings.triggerer,
      defaultResources: { requests: { cpu: '100m', memory: '384Mi' }, limits: { cpu: '2', memory: '1Gi' } },
      args: ['triggerer'],
      container: {
        ports: [{ name: 'logs', containerPort: PORTS.triggererLogs }],
        ...heartbeatProbes('TriggererJob'),
      },
      packages: true,
      parts: [],
    });
  }
}
