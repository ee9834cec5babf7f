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
      prop: 'dagProcessor',
      props: context.settings.dagProcessor,
      defaultResources: { requests: { cpu: '100m', memory: '512Mi' }, limits: { cpu: '2', memory: '1Gi' } },
      args: ['dag-processor'],
      container: heartbeatProbes('DagProcessorJob'),
      packages: true,
      parts: [context.dagsPart],
    });
  }
}
