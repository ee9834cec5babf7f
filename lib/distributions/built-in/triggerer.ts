import { Construct } from 'constructs';
import { addAirflowDeployment } from './airflow-deployment';
import { heartbeatProbes } from './airflow-pod';
import type { BuiltInContext } from './context';

/** Waits for what deferred tasks wait for. */
export class Triggerer extends Construct {
  constructor(scope: Construct, id: string, context: BuiltInContext) {
    super(scope, id);
    addAirflowDeployment(this, context, {
      component: 'triggerer',
      args: ['triggerer'],
      container: heartbeatProbes('TriggererJob'),
      parts: [],
    });
  }
}
