import type { Construct } from 'constructs';
import { COMPONENTS } from '../../components/components';
import { hashOf } from '../../kubernetes/hash';
import type { Json } from '../../kubernetes/json';
import { mergePodParts, partOfJob } from '../../kubernetes/pod-part';
import { containerResources } from '../../props/resources';
import { databaseOptions } from '../shared/airflow-options';
import { authManagerContent } from '../shared/auth-manager';
import { settingsOf } from '../shared/component-settings';
import { outwardPart } from '../shared/outward-part';
import { contentPart } from '../shared/pod-content';
import { CREATE_USER } from '../shared/scripts';
import { serviceAccountName } from '../shared/service-accounts';
import { hasUsers, usersOf } from '../shared/users';
import { verbatim } from '../shared-by-charts/verbatim';
import type { OfficialContext } from './context';
import { packagesPart } from './packages';
import { airflowContainer, annotationValues, commonPodValues, webServiceName } from './pod-values';

/** Nothing else makes it wait for the tables. The script is `$0`. */
const WAIT_AND_RUN = 'airflow db check-migrations --migration-wait-timeout=900 && exec python -c "$0" "$@"';

/** Values of the Jobs that bring the database to its schema and make the admin user. */
export function jobValues(scope: Construct, context: OfficialContext): Json {
  const migrate = commonJobValues(context, 'migrate');
  return {
    // In this Job alone the chart looks for templates in variables.
    migrateDatabaseJob: { ...migrate, env: verbatim(migrate.env) },
    ...(hasUsers(context) ? { createUserJob: createUserValues(scope, context) } : withoutUserJob(context)),
  };
}

function createUserValues(scope: Construct, context: OfficialContext): Json {
  const { argument, part } = usersOf(scope, context);
  const common = commonJobValues(context, 'create-user');
  return {
    ...common,
    // The chart's own command has the password in its arguments, where everybody on the node can read it.
    args: verbatim(['bash', '-c', WAIT_AND_RUN, CREATE_USER, argument]),
    extraVolumes: [...(part.volumes ?? []), ...common.extraVolumes],
    extraVolumeMounts: [...(part.volumeMounts ?? []), ...common.extraVolumeMounts],
  };
}

function withoutUserJob({ features }: OfficialContext): Json {
  return features.hasUserJobSwitch ? { createUserJob: { enabled: false } } : { webserver: { defaultUser: { enabled: false } } };
}

function commonJobValues(context: OfficialContext, job: 'migrate' | 'create-user'): Json {
  const { jobs, config } = context;
  const props = settingsOf(context);
  // A Job is not to run again for files, as it is for packages, which may bring tables.
  const content = { ...contentPart(context, job, context.home, authManagerContent(context, context.home)), annotations: {} };
  const outward = outwardPart(context, job, airflowContainer(context, job), webServiceName(context));
  const part = partOfJob(mergePodParts([outward, packagesPart(context, job), content, ...(props.podParts ?? [])]));
  return {
    useHelmHooks: jobs.areHooks,
    jobAnnotations: jobs.annotations,
    resources: containerResources(props.resources, COMPONENTS.migrate.resources),
    ...commonPodValues(context, props, serviceAccountName(context), part.env),
    annotations: annotationValues(context, {
      ...part.annotations,
      ...props.annotations,
      'cdk8s-airflow/database-options': hashOf(databaseOptions(config)),
    }),
    ...verbatim({ extraInitContainers: part.initContainers, extraVolumes: part.volumes, extraVolumeMounts: part.volumeMounts }),
  };
}
