import { Cron } from 'cdk8s';
import { Construct } from 'constructs';
import { addCronJob } from '../../cdk8s/add-cron-job';
import { objectLabels, objectName } from '../../components/names';
import { type DatabaseCleanupProps, retentionDays } from '../../props/database-cleanup-props';
import { scheduleFields } from '../../props/schedule';
import { airflowVersionOf } from '../shared/airflow-image';
import { isOlder } from '../shared/airflow-version';
import { airflowPodTemplate } from './airflow-pod';
import type { BuiltInContext } from './context';

/** The days are `$0`, further arguments of the command the others. */
const CLEAN = 'airflow db clean --clean-before-timestamp "$(date --utc --date="$0 days ago" +%FT%TZ)" --yes "$@"';
/** What an interrupted run has left is among them. */
const DROP = 'airflow db drop-archived --yes';

/** Deletes old rows of the metadata database. */
export class DatabaseCleanup extends Construct {
  constructor(scope: Construct, id: string, context: BuiltInContext, props: DatabaseCleanupProps) {
    super(scope, id);
    const { tables, keepArchives = false } = props;
    const flags = [
      ...(keepArchives ? [] : ['--skip-archive']),
      ...(tables ? ['--tables', tables.join(',')] : []),
      // Before it came to be, a table that could not be cleaned was told in the log only.
      ...(isOlder(airflowVersionOf(context.airflowVersion), '3.2.2') ? [] : ['--error-on-cleanup-failure']),
    ];
    addCronJob(this, {
      name: objectName(context, 'db-cleanup'),
      labels: objectLabels(context, 'db-cleanup'),
      schedule: scheduleFields(props, Cron.schedule({ minute: '30', hour: '3', weekDay: '0' })),
      podTemplate: airflowPodTemplate(this, context, {
        component: 'db-cleanup',
        args: ['bash', '-c', keepArchives ? CLEAN : `${CLEAN} && ${DROP}`, `${retentionDays(props)}`, ...flags],
        podSpec: { restartPolicy: 'Never' },
        parts: [],
        waitFor: 'migration',
      }),
    });
  }
}
