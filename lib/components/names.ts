import type { PodsName } from './components';

/** The deployment that objects belong to, by its name. */
interface Named {
  readonly name: string;
}

export function objectName({ name }: Named, component: PodsName): string {
  return `${name}-${component}`;
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
