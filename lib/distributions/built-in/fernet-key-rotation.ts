import { Construct } from 'constructs';
import { addCronJob } from '../../cdk8s/add-cron-job';
import { objectLabels, objectName, validateNameLength } from '../../components/names';
import { airflowPodTemplate } from './airflow-pod';
import type { BuiltInContext } from './context';

/** Encrypts with the Fernet key what former ones have encrypted: when it is time an operator knows, who sees that all pods have the new one. */
export class FernetKeyRotation extends Construct {
  constructor(scope: Construct, id: string, context: BuiltInContext) {
    super(scope, id);
    validateNameLength(context, 'rotate-fernet-key');
    addCronJob(this, {
      name: objectName(context, 'rotate-fernet-key'),
      labels: objectLabels(context, 'rotate-fernet-key'),
      podTemplate: airflowPodTemplate(this, context, {
        component: 'rotate-fernet-key',
        args: ['rotate-fernet-key'],
        podSpec: { restartPolicy: 'Never' },
        parts: [],
        waitFor: 'migration',
      }),
    });
  }
}
