import { Construct } from 'constructs';
import { addAirflowDeployment } from './airflow-deployment';
import { heartbeatProbes } from './airflow-pod';
import type { BuiltInContext } from './context';

/** Reads the DAG files. */
export class DagProcessor extends Construct {
  constructor(scope: Construct, id: string, context: BuiltInContext) {
    super(scope, id);
    addAirflowDeployment(this, context, {
      component: 'dag-processor',
      args: ['dag-processor'],
      container: heartbeatProbes('DagProcessorJob'),
      parts: [],
    });
  }
}
