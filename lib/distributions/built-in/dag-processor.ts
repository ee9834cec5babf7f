import { Construct } from 'constructs';
import { defaultResources } from '../../components/default-resources';
import { addAirflowDeployment } from './airflow-deployment';
import { heartbeatProbes } from './airflow-pod';
import type { BuiltInContext } from './context';

/** Reads the DAG files. */
export class DagProcessor extends Construct {
  constructor(scope: Construct, id: string, context: BuiltInContext) {
    super(scope, id);
    addAirflowDeployment(this, context, {
      component: 'dag-processor',
      props: context.settings.dagProcessor,
      defaultResources: defaultResources('dagProcessor', context.executor),
      args: ['dag-processor'],
      container: heartbeatProbes('DagProcessorJob'),
      packages: true,
      parts: [context.dagsPart],
    });
  }
}
