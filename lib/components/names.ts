import type { PropValidator } from '../validation/prop-validator';
import type { PodsName } from './components';

/** The deployment that objects belong to, by its name. */
interface Named {
  readonly name: string;
}

export function objectName({ name }: Named, component: PodsName): string {
  return `${name}-${component}`;
}

/** Of a StatefulSet and of a CronJob: with what Kubernetes puts behind them they are labels. */
const MOST_CHARACTERS = 52;

/** Reports the name of a deployment that leaves no room for the name of a StatefulSet or a CronJob. */
export function validateNameLength(deployment: Named & { readonly validator: PropValidator }, component: PodsName): void {
  const { name, validator } = deployment;
  const made = objectName(deployment, component);
  const excess = made.length - MOST_CHARACTERS;
  if (excess <= 0) return;
  const reason = `with it there is ${made}, a name that may have ${MOST_CHARACTERS}`;
  validator.report('name', name, `expected at most ${name.length - excess} characters: ${reason}`);
}

/** The labels by which a component's pods are selected; they never change. */
export function selectorLabels({ name }: Named, component: PodsName): { [name: string]: string } {
  return {
    'app.kubernetes.io/name': 'airflow',
    'app.kubernetes.io/instance': name,
    'app.kubernetes.io/component': component,
  };
}

/** Labels of the objects of a deployment, and of one of its components. */
export function objectLabels({ name }: Named, component?: PodsName): { [name: string]: string } {
  return {
    'app.kubernetes.io/name': 'airflow',
    'app.kubernetes.io/instance': name,
    ...(component && { 'app.kubernetes.io/component': component }),
    'app.kubernetes.io/managed-by': 'cdk8s-airflow',
  };
}
