import { ApiObject } from 'cdk8s';
import type { Construct } from 'constructs';
import { addDisruptionBudget } from '../../components/add-disruption-budget';
import { componentNameOf, type GroupName, type LastingComponentName } from '../../components/components';
import { objectLabels, objectName, selectorLabels } from '../../components/names';
import { defined } from '../../kubernetes/defined';
import { wholeSeconds } from '../../kubernetes/whole-seconds';
import { greatestReplicas, writtenReplicas } from '../../scaling/replicas';
import { settingsOf } from '../shared/component-settings';
import { FINISHES_TASKS } from '../shared/finishes-tasks';
import { scalingWork } from '../shared/scaling-work';
import { type AirflowPodOptions, airflowPodTemplate, configurationPart } from './airflow-pod';
import type { BuiltInContext } from './context';

export interface AirflowDeploymentOptions extends Omit<AirflowPodOptions, 'waitFor' | 'podSpec'> {
  readonly component: LastingComponentName | GroupName;
}

/** A component of Airflow that runs all the time: a Deployment, what scales it, and a PodDisruptionBudget where there is more than one pod. */
export function addAirflowDeployment(scope: Construct, context: BuiltInContext, options: AirflowDeploymentOptions): void {
  const { component } = options;
  const scaled = context.components[component];
  const { executor } = context;
  const runsTasks = executor.runsTasks.some((each) => each === componentNameOf(component));
  const { strategy, revisionHistoryLimit, terminationGracePeriod } = settingsOf(context, component);
  const ownGracePeriod = terminationGracePeriod && wholeSeconds(terminationGracePeriod);
  const gracePeriodSeconds = runsTasks ? executor.gracePeriodSeconds[component] : ownGracePeriod;
  const name = objectName(context, component);
  const metadata = { name, labels: objectLabels(context, component) };
  const selector = { matchLabels: selectorLabels(context, component) };
  new ApiObject(scope, 'deployment', {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata,
    spec: defined({
      replicas: writtenReplicas(scaled),
      revisionHistoryLimit,
      strategy: component === executor.recreated ? { type: 'Recreate' } : strategy?._strategy,
      selector,
      template: airflowPodTemplate(scope, context, {
        ...options,
        podSpec: defined({ terminationGracePeriodSeconds: gracePeriodSeconds }),
        parts: [configurationPart(context), ...options.parts, ...(runsTasks ? [FINISHES_TASKS] : [])],
        waitFor: 'migration',
      }),
    }),
  });
  if (greatestReplicas(scaled) > 1) addDisruptionBudget(scope, context, component);
  const work = scalingWork(context, context.configuration.options, component);
  scaled?.autoscaling?._plan.addTo(scope, { name, labels: metadata.labels, work });
}
