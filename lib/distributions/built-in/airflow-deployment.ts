import { ApiObject } from 'cdk8s';
import type { Construct } from 'constructs';
import { objectLabels, objectName, selectorLabels } from '../../components/names';
import type { ReplicatedComponentProps } from '../../props/component-props';
import { type AirflowPodOptions, airflowPodTemplate, configurationPart } from './airflow-pod';
import type { BuiltInContext } from './context';

export interface AirflowDeploymentOptions extends Omit<AirflowPodOptions, 'waitFor'> {
  readonly props: ReplicatedComponentProps | undefined;
  /** The number of pods follows their load, and so is not written. */
  readonly autoscaled?: { readonly maxReplicas: number };
}

/** A component of Airflow that runs all the time: a Deployment, and a PodDisruptionBudget where there is more than one pod. */
export function addAirflowDeployment(scope: Construct, context: BuiltInContext, options: AirflowDeploymentOptions): void {
  const { component, props, autoscaled } = options;
  const name = objectName(context, component);
  const replicas = props?.replicas ?? 1;
  const metadata = { name, labels: objectLabels(context, component) };
  const selector = { matchLabels: selectorLabels(context, component) };
  new ApiObject(scope, 'deployment', {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata,
    spec: {
      ...(!autoscaled && { replicas }),
      selector,
      template: airflowPodTemplate(scope, context, {
        ...options,
        parts: [configurationPart(context), ...options.parts],
        waitFor: 'migration',
      }),
    },
  });
  if ((autoscaled?.maxReplicas ?? replicas) > 1) {
    new ApiObject(scope, 'pod-disruption-budget', {
      apiVersion: 'policy/v1',
      kind: 'PodDisruptionBudget',
      metadata,
      spec: { maxUnavailable: 1, selector },
    });
  }
}
