import { envVars } from '../../kubernetes/env';
import type { Json } from '../../kubernetes/json';
import type { ComponentProps } from '../../props/component-props';
import type { ResourcesProps } from '../../props/resources';
import { examplesVariable } from '../shared/airflow-options';
import { podPlacement } from '../shared/placement';
import { verbatim } from '../shared-by-charts/verbatim';
import type { OfficialContext } from './context';

/** Of what has little to do. */
export const SMALL_RESOURCES: ResourcesProps = { requests: { cpu: '10m', memory: '32Mi' }, limits: { cpu: '500m', memory: '128Mi' } };

/** Values that pods of components and of Jobs have by the same names. */
export function commonPodValues({ name, config }: OfficialContext, props: ComponentProps, env: readonly Json[] = []): Json {
  return {
    labels: props.labels,
    env: [...env, ...examplesVariable(config, props), ...chartVariables(props)],
    ...podPlacement(props.placement),
    serviceAccount: ownServiceAccount(name),
  };
}

export function annotationValues({ contract }: OfficialContext, annotations: { readonly [name: string]: string }): Json {
  return contract.readsAnnotationsAsTemplates ? verbatim(annotations) : annotations;
}

/** The one that is made beside the chart for all pods; it has no rights, and no token of it is mounted. */
export function ownServiceAccount(name: string): Json {
  return { create: false, name };
}

/** Variables in the form that the chart knows. It knows no others: see validateVariables. */
function chartVariables({ env }: ComponentProps): Json[] {
  return envVars(env).map(({ name, value, valueFrom }) => {
    if (!valueFrom) return { name, value };
    const { secretKeyRef, configMapKeyRef } = valueFrom;
    return { name, valueFrom: secretKeyRef ? { secretKeyRef } : { configMapKeyRef } };
  });
}
