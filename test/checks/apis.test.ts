import { ApiObject, type App, Chart } from 'cdk8s';
import { Airflow } from '../../lib';
import { checkApis } from '../../lib/checks/apis';
import { synthErrors } from '../support/synth-objects';
import { problemsOf } from './support';

const object = (apiVersion: string, kind: string) => ({ apiVersion, kind, metadata: { name: 'a' } });

test.each([
  ['policy/v1beta1', 'PodDisruptionBudget'],
  ['policy/v1beta1', 'PodSecurityPolicy'],
  ['extensions/v1beta1', 'Ingress'],
  ['apps/v1', 'Ingress'],
  ['batch/v1beta1', 'CronJob'],
  ['autoscaling/v2beta2', 'HorizontalPodAutoscaler'],
  ['settings.k8s.io/v1alpha1', 'PodPreset'],
])('%s of %s is gone', (apiVersion, kind) => {
  expect(problemsOf(checkApis, [object(apiVersion, kind)])).toEqual([
    `${kind}/a: Kubernetes 1.28 and later has no ${kind} in ${apiVersion}`,
  ]);
});

test.each([
  ['policy/v1', 'PodDisruptionBudget'],
  ['resource.k8s.io/v1beta1', 'ResourceClaim'],
  ['certificates.k8s.io/v1alpha1', 'ClusterTrustBundle'],
  ['networking.k8s.io/v1beta1', 'ServiceCIDR'],
  ['policy/v1', 'SomethingNew'],
  ['postgresql.cnpg.io/v1', 'Cluster'],
])('%s of %s is not: it is served, or is where somebody switches it on', (apiVersion, kind) => {
  expect(problemsOf(checkApis, [object(apiVersion, kind)])).toEqual([]);
});

test('what users add beside Airflow is looked at, once', () => {
  const errors = synthErrors((app: App) => {
    const chart = new Chart(app, 'chart', { namespace: 'airflow' });
    for (const name of ['one', 'two']) new Airflow(chart, name, { name });
    new ApiObject(chart, 'budget', { ...object('policy/v1beta1', 'PodDisruptionBudget'), spec: { minAvailable: 1 } });
  });
  expect(errors).toEqual([
    '[chart/one] PodDisruptionBudget/a (chart/budget): Kubernetes 1.28 and later has no PodDisruptionBudget in policy/v1beta1; expected policy/v1',
  ]);
});
