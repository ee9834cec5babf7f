import { COMPONENTS, type PodsName } from '../../components/components';
import { envVars } from '../../kubernetes/env';
import type { Json } from '../../kubernetes/json';
import type { ComponentProps } from '../../props/component-props';
import { imageReference } from '../../props/image';
import { podPlacement } from '../../props/placement';
import { AIRFLOW_IDS, containerSecurity } from '../../props/security-context';
import { examplesVariable } from '../shared/airflow-options';
import { settingsOfPods } from '../shared/component-settings';
import { withPythonPath } from '../shared/python-path';
import { verbatim } from '../shared-by-charts/verbatim';
import type { OfficialContext } from './context';

/** Of what has little to do. */
export const SMALL_RESOURCES = COMPONENTS.statsd.resources;

/** Values that pods of components and of Jobs have by the same names. */
export function commonPodValues({ config }: OfficialContext, props: ComponentProps, account: string, ofParts: readonly Json[]): Json {
  const { parts, env } = withPythonPath(ofParts, props.env ?? {});
  return {
    labels: props.labels,
    env: [...parts, ...examplesVariable(config, props), ...chartVariables(env)],
    ...podPlacement(props.placement),
    serviceAccount: givenServiceAccount(account),
  };
}

export function annotationValues({ features }: OfficialContext, annotations: { readonly [name: string]: string }): Json {
  return features.readsAnnotationsAsTemplates ? verbatim(annotations) : annotations;
}

/** The Service of the web interface and of the API for tasks. */
export function webServiceName({ name, isAirflow3 }: OfficialContext): string {
  return `${name}-${isAirflow3 ? 'api-server' : 'webserver'}`;
}

/** What containers have in common that run Airflow's image beside the chart's own. */
export function airflowContainer(context: OfficialContext, pods: PodsName) {
  const { image } = context;
  return {
    image: imageReference(image),
    imagePullPolicy: image.pullPolicy,
    securityContext: containerSecurity(settingsOfPods(context, pods).securityContext, AIRFLOW_IDS),
  };
}

/** One that is made beside the chart. */
export function givenServiceAccount(name: string): Json {
  return { create: false, name };
}

/** Variables in the form that the chart knows. It knows no others: see validateVariables. */
function chartVariables(env: ComponentProps['env']): Json[] {
  return envVars(env).map(({ name, value, valueFrom }) => {
    if (!valueFrom) return { name, value };
    const { secretKeyRef, configMapKeyRef } = valueFrom;
    return { name, valueFrom: secretKeyRef ? { secretKeyRef } : { configMapKeyRef } };
  });
}
