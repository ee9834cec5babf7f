/** Labels of the objects of an Airflow, and of one of its components. */
export function airflowLabels(airflowName: string, component?: string): { [name: string]: string } {
  return {
    'app.kubernetes.io/name': 'airflow',
    'app.kubernetes.io/instance': airflowName,
    ...(component && { 'app.kubernetes.io/component': component }),
    'app.kubernetes.io/managed-by': 'cdk8s-airflow',
  };
}
