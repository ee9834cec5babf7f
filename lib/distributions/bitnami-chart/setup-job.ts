import { COMPONENTS } from '../../components/components';
import { envVars } from '../../kubernetes/env';
import type { Json } from '../../kubernetes/json';
import { mergePodParts, partOfJob } from '../../kubernetes/pod-part';
import { podPlacement } from '../../props/placement';
import { containerResources } from '../../props/resources';
import { adminUser } from '../shared/admin-user';
import { settingsOf } from '../shared/component-settings';
import { contentPart } from '../shared/pod-content';
import { verbatim } from '../shared-by-charts/verbatim';
import type { BitnamiContext } from './context';
import { AIRFLOW_HOME, ownFilesOf } from './files';
import { bitnamiOutwardPart } from './packages';
import { securityValues } from './security-contexts';
import { sharedVariables } from './variables';

export const SETUP_JOB = 'setup-db';

/** Values of the Job that brings the database to its schema and makes the admin user. */
export function setupJobValues(context: BitnamiContext): Json {
  const { features, jobs } = context;
  const { env, labels, annotations, resources, placement, hostAliases, securityContext, podParts = [] } = settingsOf(context);
  const content = { ...contentPart(ownFilesOf(context), 'migrate', AIRFLOW_HOME), annotations: {} };
  const part = partOfJob(mergePodParts([bitnamiOutwardPart(context, 'migrate'), verbatim(mergePodParts([content, ...podParts]))]));
  return {
    // It is a hook of helm in any case; other annotations win over that.
    annotations: jobs.annotations,
    podLabels: { ...labels, ...(!features.labelsSetupJob && { 'app.kubernetes.io/component': SETUP_JOB }) },
    podAnnotations: { ...part.annotations, ...verbatim(annotations) },
    extraEnvVars: [...sharedVariables(context), ...part.env, ...verbatim([...adminVariables(context), ...envVars(env)])],
    ...((podParts.length > 0 || part.volumes.length > 0) && {
      initContainers: part.initContainers,
      extraVolumes: part.volumes,
      extraVolumeMounts: part.volumeMounts,
    }),
    ...securityValues(securityContext),
    ...(hostAliases && { hostAliases: verbatim(hostAliases) }),
    ...(features.placesSetupJob && verbatim(podPlacement(placement))),
    ...(features.setsSetupResources
      ? { resources: containerResources(resources, COMPONENTS.migrate.resources) }
      : { resourcesPreset: 'small' }),
    automountServiceAccountToken: false,
  };
}

/** Who the admin user is, beside the name and the password, which the chart gives. */
export function adminVariables({ admin }: BitnamiContext): Json[] {
  const { email, firstName, lastName } = adminUser(admin);
  return [
    { name: 'AIRFLOW_EMAIL', value: email },
    { name: 'AIRFLOW_FIRSTNAME', value: firstName },
    { name: 'AIRFLOW_LASTNAME', value: lastName },
  ];
}
