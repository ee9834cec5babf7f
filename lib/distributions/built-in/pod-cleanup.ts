import { Cron, type Duration } from 'cdk8s';
import { Construct } from 'constructs';
import { addCronJob } from '../../cdk8s/add-cron-job';
import { addRole } from '../../cdk8s/add-role';
import { addServiceAccount } from '../../cdk8s/add-service-account';
import { objectLabels, objectName } from '../../components/names';
import type { PodCleanupProps } from '../../props/pod-cleanup-props';
import { scheduleFields } from '../../props/schedule';
import { airflowPodTemplate } from './airflow-pod';
import type { BuiltInContext } from './context';

/** Deletes pods of tasks that nobody else deletes. Its ServiceAccount may do that and nothing else, and no other pod has it. */
export class PodCleanup extends Construct {
  constructor(scope: Construct, id: string, context: BuiltInContext, props: PodCleanupProps) {
    super(scope, id);
    const name = objectName(context, 'pod-cleanup');
    const labels = objectLabels(context, 'pod-cleanup');
    addServiceAccount(this, 'service-account', { name, labels });
    addRole(this, 'role', {
      name,
      labels,
      rules: [{ apiGroups: [''], resources: ['pods'], verbs: ['list', 'delete'] }],
      accounts: [name],
      accountNamespace: context.namespace,
    });
    addCronJob(this, {
      name,
      labels,
      schedule: scheduleFields(props, Cron.schedule({ minute: '*/15' })),
      podTemplate: airflowPodTemplate(this, context, {
        component: 'pod-cleanup',
        args: [
          'kubernetes',
          'cleanup-pods',
          ...minutes('--min-pending-minutes', props.pendingTime),
          ...minutes('--min-completed-minutes', props.completedTime),
        ],
        podSpec: { serviceAccountName: name, restartPolicy: 'Never' },
        parts: [],
        waitFor: 'migration',
      }),
    });
  }
}

function minutes(flag: string, duration: Duration | undefined): string[] {
  return duration ? [flag, `${duration.toMinutes({ integral: false })}`] : [];
}
