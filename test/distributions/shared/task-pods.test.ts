import { type App, Chart } from 'cdk8s';
import { Airflow, type AirflowChartProps, Executor, GitCredentials, Requirements } from '../../../lib';
import type { Manifest } from '../../support/manifests';
import { synthAirflow, synthErrors } from '../../support/synth-objects';

const DAGS = [{ url: 'https://gitlab.example.com/team/dags.git', credentials: GitCredentials.token({ secretName: 'gitlab' }) }];
const FULL: AirflowChartProps = { dags: DAGS, requirements: Requirements.fromText('pandas\n'), executor: Executor.kubernetes() };

test('the scheduler may do with pods what it has to, the API server reads logs, and each has a ServiceAccount and a token for it', () => {
  // WHEN
  const objects = synthAirflow(FULL);

  // THEN
  expect(objects.one('Role', 'airflow-scheduler-task-pods').rules).toEqual([
    { apiGroups: [''], resources: ['pods'], verbs: ['create', 'get', 'list', 'watch', 'patch', 'delete'] },
  ]);
  expect(objects.one('Role', 'airflow-api-server-task-pods').rules).toEqual([
    { apiGroups: [''], resources: ['pods'], verbs: ['get', 'list'] },
    { apiGroups: [''], resources: ['pods/log'], verbs: ['get'] },
  ]);
  for (const component of ['scheduler', 'api-server']) {
    expect(objects.one('RoleBinding', `airflow-${component}-task-pods`).subjects).toEqual([
      { kind: 'ServiceAccount', name: `airflow-${component}`, namespace: 'airflow' },
    ]);
    expect(objects.pod(component).spec).toMatchObject({
      serviceAccountName: `airflow-${component}`,
      automountServiceAccountToken: true,
    });
  }
  expect(objects.pod('dag-processor').spec).toMatchObject({ serviceAccountName: 'airflow', automountServiceAccountToken: false });
});

test('a NetworkPolicy lets the pods of tasks reach the API server, names, git and the index, and nothing else', () => {
  // WHEN
  const { spec } = synthAirflow(FULL).one('NetworkPolicy', 'airflow-task');

  // THEN
  expect(spec.podSelector.matchLabels['app.kubernetes.io/component']).toBe('task');
  expect(JSON.stringify(spec.egress)).not.toContain('postgresql');
  expect(spec.egress.flatMap(({ ports = [] }: Manifest) => ports.map(({ port }: Manifest) => port))).toEqual([8080, 53, 53, 443]);
});

test('without a namespace the scheduler could not know where to make them', () => {
  // WHEN
  const errors = synthErrors((app: App) => {
    new Airflow(new Chart(app, 'chart'), 'airflow', { executor: Executor.kubernetes() });
  });

  // THEN
  expect(errors).toContainEqual(expect.stringContaining('[chart/airflow] executor: pods of tasks need to know their namespace'));
});

test('the scheduler is not replaced where only the template has changed: Airflow reads it for each pod', () => {
  // WHEN
  const [one, other] = ['1Gi', '2Gi'].map((memory) => {
    const executor = Executor.kubernetes({ tasks: { resources: { limits: { memory } } } });
    return synthAirflow({ executor }).one('Deployment', 'airflow-scheduler');
  });

  // THEN
  expect(other).toEqual(one);
});
