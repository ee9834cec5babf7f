import { Construct } from 'constructs';
import { addJob } from '../../cdk8s/add-job';
import { objectLabels, objectName } from '../../components/names';
import { databaseOptions } from '../shared/airflow-options';
import { usersOf } from '../shared/users';
import { airflowPodTemplate } from './airflow-pod';
import { CONFIG_PATH } from './configuration';
import type { BuiltInContext } from './context';

/** Makes the admin and further users, or gives those who are there the passwords of the Secrets. */
export class AdminUserJob extends Construct {
  constructor(scope: Construct, id: string, context: BuiltInContext) {
    super(scope, id);
    const { argument, part } = usersOf(this, context);
    addJob(this, {
      name: objectName(context, 'create-user'),
      labels: objectLabels(context, 'create-user'),
      podTemplate: airflowPodTemplate(this, context, {
        component: 'create-user',
        command: ['python', `${CONFIG_PATH}/create_user.py`, argument],
        podSpec: { restartPolicy: 'OnFailure' },
        parts: [part],
        waitFor: 'migration',
      }),
      alsoDependsOn: databaseOptions(context.configuration.options),
    });
  }
}
