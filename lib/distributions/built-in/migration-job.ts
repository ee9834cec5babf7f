import { Construct } from 'constructs';
import { addJob } from '../../cdk8s/add-job';
import { objectLabels, objectName } from '../../components/names';
import { databaseOptions } from '../shared/airflow-options';
import { airflowPodTemplate } from './airflow-pod';
import type { BuiltInContext } from './context';

/** Brings the metadata database to the schema of this version of Airflow. */
export class MigrationJob extends Construct {
  constructor(scope: Construct, id: string, context: BuiltInContext) {
    super(scope, id);
    addJob(this, {
      name: objectName(context, 'migrate'),
      labels: objectLabels(context, 'migrate'),
      podTemplate: airflowPodTemplate(this, context, {
        component: 'migrate',
        args: ['db', 'migrate'],
        podSpec: { restartPolicy: 'OnFailure' },
        parts: [],
        waitFor: 'database',
      }),
      alsoDependsOn: databaseOptions(context.configuration.options),
    });
  }
}
