import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { JOB_RESOURCES } from '../../components/default-resources';
import { secretsVolume } from '../../credentials/secrets-volume';
import { hashOf } from '../../kubernetes/hash';
import type { Json } from '../../kubernetes/json';
import { containerResources } from '../../props/resources';
import { adminUser } from '../shared/admin-user';
import { joinComponentProps } from '../shared/component-props';
import { verbatim } from '../shared-by-charts/verbatim';
import type { OfficialContext } from './context';
import { annotationValues, commonPodValues } from './pod-values';

const PASSWORD_PATH = '/etc/airflow-admin';
const CREATE_USER = readFileSync(join(__dirname, '..', 'built-in', 'python', 'create_user.py'), 'utf8');
/** Nothing else makes it wait for the tables. The script is `$0`. */
const WAIT_AND_RUN = 'airflow db check-migrations --migration-wait-timeout=900 && exec python -c "$0" "$@"';

/** Values of the Jobs that bring the database to its schema and make the admin user. */
export function jobValues(context: OfficialContext): Json {
  const { username, email, firstName, lastName } = adminUser(context.settings.admin);
  const common = commonJobValues(context);
  return {
    // In this Job alone the chart looks for templates in variables.
    migrateDatabaseJob: { ...common, env: verbatim(common.env) },
    createUserJob: {
      ...common,
      // The chart's own command has the password in its arguments, where everybody on the node can read it.
      args: verbatim(['bash', '-c', WAIT_AND_RUN, CREATE_USER, username, email, firstName, lastName, `${PASSWORD_PATH}/admin`]),
      extraVolumes: [secretsVolume('admin', context.secrets, ['admin'])],
      extraVolumeMounts: [{ name: 'admin', mountPath: PASSWORD_PATH, readOnly: true }],
    },
  };
}

function commonJobValues(context: OfficialContext): Json {
  const { settings, jobs } = context;
  const props = joinComponentProps(settings.allComponents, undefined);
  return {
    useHelmHooks: jobs.areHooks,
    jobAnnotations: jobs.annotations,
    resources: containerResources(props.resources, JOB_RESOURCES),
    ...commonPodValues(context, props),
    annotations: annotationValues(context, { ...props.annotations, 'cdk8s-airflow/database-options': hashOf(databaseOptions(context)) }),
  };
}

/** The options that tell which tables there are and where, and what users are like: when they change, the Jobs are to run again. */
function databaseOptions({ config }: OfficialContext): unknown {
  const { database, fab } = config.sections(['database', 'fab']);
  // It follows the Ingress, which is nothing to the database.
  const { enable_proxy_fix: _, ...users } = fab ?? {};
  return { database, users };
}
