import { Construct } from 'constructs';
import type { DagProcessorGroupName } from '../../components/components';
import { bundlesOf } from '../shared/dag-processors';
import { addAirflowDeployment } from './airflow-deployment';
import { heartbeatProbes } from './airflow-pod';
import type { BuiltInContext } from './context';

/** Reads the DAG files, of all bundles or of some. */
export class DagProcessor extends Construct {
  constructor(scope: Construct, id: 'dag-processor' | DagProcessorGroupName, context: BuiltInContext) {
    super(scope, id);
    addAirflowDeployment(this, context, {
      component: id,
      args: ['dag-processor', ...bundlesOf(context, id).flatMap((bundle) => ['--bundle-name', bundle])],
      container: heartbeatProbes('DagProcessorJob'),
      parts: [],
    });
  }
}
