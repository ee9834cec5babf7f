import { Construct } from 'constructs';
import { addJob } from '../../kubernetes/job';
import { airflowPodTemplate, secretsVolume } from './airflow-pod';
import { CONFIG_PATH } from './configuration';
import type { BuiltInContext } from './context';
import { databaseOptions, JOB_RESOURCES } from './migration-job';
import { objectLabels, objectName } from './names';

const PASSWORD_PATH = '/etc/airflow-admin';

/** Makes the admin user, or gives the one who is there the password of the Secret. */
export class AdminUserJob extends Construct {
  constructor(scope: Construct, id: string, context: BuiltInContext) {
    super(scope, id);
    const { username = 'admin', email = 'admin@example.com', firstName = 'Airflow', lastName = 'Admin' } = context.settings.admin ?? {};
    for (const [prop, value] of Object.entries({ username, email, firstName, lastName })) {
      if (value.trim() === '' || value.startsWith('-'))
        context.validator.report(`admin.${prop}`, value, prop === 'email' ? 'expected an e-mail address' : 'expected a name');
    }
    addJob(this, {
      name: objectName(context, 'create-user'),
      labels: objectLabels(context, 'create-user'),
      podTemplate: airflowPodTemplate(this, context, {
        component: 'create-user',
        prop: 'allComponents',
        props: undefined,
        defaultResources: JOB_RESOURCES,
        command: ['python', `${CONFIG_PATH}/create_user.py`, username, email, firstName, lastName, `${PASSWORD_PATH}/admin`],
        podSpec: { restartPolicy: 'OnFailure' },
        parts: [
          {
            volumes: [secretsVolume('admin', context, ['admin'])],
            volumeMounts: [{ name: 'admin', mountPath: PASSWORD_PATH, readOnly: true }],
          },
        ],
        waitFor: 'migration',
      }),
      alsoDependsOn: databaseOptions(context),
    });
  }
}
