import { COMPONENTS } from '../../components/components';
import { envVars } from '../../kubernetes/env';
import type { Json } from '../../kubernetes/json';
import type { ComponentProps } from '../../props/component-props';
import { podPlacement } from '../../props/placement';
import { examplesVariable } from '../shared/airflow-options';
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
