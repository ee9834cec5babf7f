import { Construct } from 'constructs';
import { addJob } from '../../cdk8s/add-job';
import { objectLabels, objectName } from '../../components/names';
import { secretsVolume } from '../../credentials/secrets-volume';
import { adminUser } from '../shared/admin-user';
import { databaseOptions } from '../shared/airflow-options';
import { airflowPodTemplate } from './airflow-pod';
import { CONFIG_PATH } from './configuration';
import type { BuiltInContext } from './context';

const PASSWORD_PATH = '/etc/airflow-admin';

/** Makes the admin user, or gives the one who is there the password of the Secret. */
export class AdminUserJob extends Construct {
  constructor(scope: Construct, id: string, context: BuiltInContext) {
    super(scope, id);
    const { username, email, firstName, lastName } = adminUser(context.admin);
    addJob(this, {
      name: objectName(context, 'create-user'),
      labels: objectLabels(context, 'create-user'),
      podTemplate: airflowPodTemplate(this, context, {
        component: 'create-user',
        command: ['python', `${CONFIG_PATH}/create_user.py`, username, email, firstName, lastName, `${PASSWORD_PATH}/admin`],
        podSpec: { restartPolicy: 'OnFailure' },
        parts: [
          {
            volumes: [secretsVolume('admin', context.secrets, ['admin'])],
            volumeMounts: [{ name: 'admin', mountPath: PASSWORD_PATH, readOnly: true }],
          },
        ],
        waitFor: 'migration',
      }),
      alsoDependsOn: databaseOptions(context.configuration.options),
    });
  }
}
