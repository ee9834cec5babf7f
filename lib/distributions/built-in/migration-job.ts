import { Construct } from 'constructs';
import { JOB_RESOURCES } from '../../components/default-resources';
import { objectLabels, objectName } from '../../components/names';
import { addJob } from '../../kubernetes/job';
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
        props: undefined,
        defaultResources: JOB_RESOURCES,
        args: ['db', 'migrate'],
        podSpec: { restartPolicy: 'OnFailure' },
        parts: [],
        waitFor: 'database',
      }),
      alsoDependsOn: databaseOptions(context),
    });
  }
}

/** The options that tell which tables there are and where, and what users are like. */
export function databaseOptions({ configuration }: BuiltInContext): unknown {
  const { database, fab } = configuration.options.sections(['database', 'fab']);
  // It follows the Ingress, which is nothing to the database.
  const { enable_proxy_fix: _, ...users } = fab ?? {};
  return { database, users };
}
