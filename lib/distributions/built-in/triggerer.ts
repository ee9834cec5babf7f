import { Construct } from 'constructs';
import { defaultResources } from '../../components/default-resources';
import { PORTS } from '../../components/names';
import { addAirflowDeployment } from './airflow-deployment';
import { heartbeatProbes } from './airflow-pod';
import type { BuiltInContext } from './context';

/** Waits for what deferred tasks wait for. */
export class Triggerer extends Construct {
  constructor(scope: Construct, id: string, context: BuiltInContext) {
    super(scope, id);
    addAirflowDeployment(this, context, {
      component: 'triggerer',
      props: context.settings.triggerer,
      defaultResources: defaultResources('triggerer', context.executor),
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
