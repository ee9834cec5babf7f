import { Construct } from 'constructs';
import { addJob } from '../../cdk8s/add-job';
import { objectLabels, objectName } from '../../components/names';
import { backUpFirstPart, isBackedUp } from '../../data-stores/postgresql-backup';
import { DATA_STORE_IDS } from '../../data-stores/stateful-server';
import { AIRFLOW_IDS, podSecurity } from '../../props/security-context';
import { databaseOptions } from '../shared/airflow-options';
import { settingsOf } from '../shared/component-settings';
import { airflowPodTemplate } from './airflow-pod';
import { backupContainer } from './backup-container';
import type { BuiltInContext } from './context';

/** Brings the metadata database to the schema of this version of Airflow, and the teams into it. */
export class MigrationJob extends Construct {
  constructor(scope: Construct, id: string, context: BuiltInContext) {
    super(scope, id);
    const { server } = context.database;
    const teams = (context.executor.teams ?? []).map(({ name }) => name);
    const options = databaseOptions(context.configuration.options);
    const isBackedUpFirst = isBackedUp(server) && server.backup.beforeMigration;
    addJob(this, {
      name: objectName(context, 'migrate'),
      labels: objectLabels(context, 'migrate'),
      podTemplate: airflowPodTemplate(this, context, {
        component: 'migrate',
        args: teams.length > 0 ? ['bash', '-c', 'airflow db migrate && airflow teams sync'] : ['db', 'migrate'],
        podSpec: { restartPolicy: 'OnFailure', ...(isBackedUpFirst && backupGroup(context)) },
        parts: isBackedUpFirst ? [backUpFirstPart(this, context, server, backupContainer(this, context))] : [],
        waitFor: 'database',
      }),
      alsoDependsOn: teams.length > 0 ? [options, teams] : options,
    });
  }
}

/** The volume with the dumps is to be written to by the user of PostgreSQL's image, in a pod that is Airflow's. */
function backupGroup(context: BuiltInContext): { securityContext?: unknown } {
  const securityContext = podSecurity(settingsOf(context).securityContext, { ...AIRFLOW_IDS, fsGroup: DATA_STORE_IDS.fsGroup });
  return securityContext ? { securityContext } : {};
}
