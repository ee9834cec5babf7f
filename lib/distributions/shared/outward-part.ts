import type { EnvValue } from 'cdk8s-plus-27';
import type { PodsName } from '../../components/components';
import { podsWithBucket } from '../../data-stores/postgresql-backup';
import { componentOf } from '../../executors/executor-plan';
import { envVars } from '../../kubernetes/env';
import type { PodPart } from '../../kubernetes/pod-part';
import { CA_BUNDLE_MOUNT, type CertificatesContainer, caBundlePart, caBundleVariables } from '../../props/ca-bundle';
import type { RequirementsInstallOptions } from '../../requirements/requirements-config-map';
import type { DistributionInput } from '../contract';
import { settingsOfPods } from './component-settings';
import { installVariables } from './install-variables';

/** Whether a component reaches what is outside of the deployment, be it only while its pods are prepared. */
export function connectsOut(input: DistributionInput, component: PodsName): boolean {
  const { executor, database, requirements, dags, logs, metrics, proxy } = input;
  const { uses } = componentOf(executor, component);
  return (
    uses.includes('task-destinations') ||
    (logs !== undefined && uses.includes('logs')) ||
    (requirements !== undefined && uses.includes('packages')) ||
    (dags !== undefined && uses.includes('dags')) ||
    (uses.includes('metrics') && (metrics?.destinations ?? []).some((to) => to instanceof URL && proxy?.isUsedFor(to))) ||
    podsWithBucket(database.server).some((name) => name === component)
  );
}

/**
 * What the pods of a component have so that what connects out gets there: the certificates, and the variables of the proxy. A variable that
 * the user sets counts before.
 * @param container in what certificates are put together: what all containers have in common that run Airflow's image.
 * @param webService where tasks find Airflow's API, by a name without dots.
 */
export function outwardPart(input: DistributionInput, component: PodsName, container: CertificatesContainer, webService: string): PodPart {
  const { env = {}, podParts = [], initContainerResources } = settingsOfPods(input, component);
  const set = [...Object.keys(env), ...podParts.flatMap((part) => part.env ?? []).map(({ name }) => name)];
  const part = input.caCertificates ? caBundlePart(input.caCertificates, container, initContainerResources) : {};
  return { ...part, env: envVars(outwardVariables(input, component, webService)).filter(({ name }) => !set.includes(name)) };
}

/** What the container has that installs packages, beside its image. */
export function installOptions(
  input: DistributionInput,
  component: PodsName,
  webService: string,
): Omit<RequirementsInstallOptions, 'image'> {
  const { initContainerResources, securityContext } = settingsOfPods(input, component);
  return {
    securityContext,
    env: { ...outwardVariables(input, component, webService), ...installVariables(input, component) },
    volumeMounts: input.caCertificates ? [CA_BUNDLE_MOUNT] : [],
    resources: initContainerResources,
  };
}

function outwardVariables(input: DistributionInput, component: PodsName, webService: string): { [name: string]: EnvValue } {
  return { ...(connectsOut(input, component) && input.proxy?.env([webService])), ...(input.caCertificates && caBundleVariables()) };
}
