import { JOB_RESOURCES } from '../../components/default-resources';
import { envVars } from '../../kubernetes/env';
import type { Json } from '../../kubernetes/json';
import { containerResources } from '../../props/resources';
import { adminUser } from '../shared/admin-user';
import { joinComponentProps } from '../shared/component-props';
import { podPlacement } from '../shared/placement';
import { verbatim } from '../shared-by-charts/verbatim';
import type { BitnamiContext } from './context';
import { sharedVariables } from './variables';

export const SETUP_JOB = 'setup-db';

/** Values of the Job that brings the database to its schema and makes the admin user. */
export function setupJobValues(context: BitnamiContext): Json {
  const { settings, contract, jobs } = context;
  const { env, labels, annotations, resources, placement } = joinComponentProps(settings.allComponents, undefined);
  return {
    // It is a hook of helm in any case; other annotations win over that.
    annotations: jobs.annotations,
    podLabels: { ...labels, ...(!contract.labelsSetupJob && { 'app.kubernetes.io/component': SETUP_JOB }) },
    podAnnotations: verbatim(annotations),
    extraEnvVars: [...sharedVariables(context), ...verbatim([...adminVariables(context), ...envVars(env)])],
    ...(contract.placesSetupJob && verbatim(podPlacement(placement))),
    ...(contract.setsSetupResources ? { resources: containerResources(resources, JOB_RESOURCES) } : { resourcesPreset: 'small' }),
    automountServiceAccountToken: false,
  };
}

function adminVariables({ settings }: BitnamiContext): Json[] {
  const { email, firstName, lastName } = adminUser(settings.admin);
  return [
    { name: 'AIRFLOW_EMAIL', value: email },
    { name: 'AIRFLOW_FIRSTNAME', value: firstName },
    { name: 'AIRFLOW_LASTNAME', value: lastName },
  ];
}
