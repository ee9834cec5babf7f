import { Cron, Duration } from 'cdk8s';
import { Executor, type PodCleanupProps, Requirements } from '../../../lib';
import type { Manifest } from '../../support/manifests';
import { airflowErrors, synthAirflow } from '../../support/synth-objects';

function withCleanup(podCleanup: PodCleanupProps) {
  return { namespace: 'airflow', executor: Executor.kubernetes({ podCleanup }) };
}

test('without the prop there is none', () => {
  const { all } = synthAirflow({ namespace: 'airflow', executor: Executor.kubernetes() });
  expect(all.map(({ metadata }: Manifest) => metadata.name)).not.toContain('airflow-pod-cleanup');
});

test('a CronJob deletes pods, asks no database and holds no secret', () => {
  // WHEN
  const objects = synthAirflow(withCleanup({}));

  // THEN
  const { spec } = objects.one('CronJob', 'airflow-pod-cleanup');
  expect(spec).toMatchObject({ schedule: '*/15 * * * *', timeZone: 'Etc/UTC', concurrencyPolicy: 'Forbid' });
  const pod = objects.pod('pod-cleanup').spec;
  expect(objects.container('pod-cleanup').args).toEqual(['kubernetes', 'cleanup-pods']);
  expect(pod).not.toHaveProperty('initContainers');
  expect(JSON.stringify(pod)).not.toMatch(/"secret"|secretKeyRef|_CMD/);
});

test('its rights are to list and delete pods, and no other pod has them', () => {
  // WHEN
  const objects = synthAirflow(withCleanup({}));

  // THEN
  expect(objects.one('Role', 'airflow-pod-cleanup').rules).toEqual([{ apiGroups: [''], resources: ['pods'], verbs: ['list', 'delete'] }]);
  expect(objects.one('RoleBinding', 'airflow-pod-cleanup').subjects).toEqual([
    { kind: 'ServiceAccount', name: 'airflow-pod-cleanup', namespace: 'airflow' },
  ]);
  const templates = objects.podTemplates();
  const having = Object.keys(templates).filter((name) => templates[name].spec.serviceAccountName === 'airflow-pod-cleanup');
  expect(having).toEqual(['pod-cleanup']);
  expect(templates['pod-cleanup'].spec.automountServiceAccountToken).toBe(true);
});

test('it reaches the API of Kubernetes, names and what it installs packages from, and is reached by nobody', () => {
  // GIVEN
  const requirements = Requirements.fromList(['--index-url http://pypi.tools.svc/simple', 'pandas']);
  const networkPolicies = { kubernetesApi: ['192.0.2.10/32'] };

  // WHEN
  const objects = synthAirflow({ ...withCleanup({}), requirements, networkPolicies });

  // THEN
  const { egress, ingress, policyTypes } = objects.one('NetworkPolicy', 'airflow-pod-cleanup').spec;
  expect(ingress).toBeUndefined();
  expect(policyTypes).toContain('Ingress');
  const text = JSON.stringify(egress);
  for (const part of ['192.0.2.10/32', '"port":53', '"kubernetes.io/metadata.name":"tools"']) expect(text).toContain(part);
  expect(text).not.toContain('"port":5432');
});

test('times are those of the command', () => {
  // GIVEN
  const props = { schedule: Cron.hourly(), timeZone: 'Europe/Berlin', pendingTime: Duration.hours(1), completedTime: Duration.days(1) };

  // WHEN
  const objects = synthAirflow(withCleanup(props));

  // THEN
  expect(objects.one('CronJob', 'airflow-pod-cleanup').spec).toMatchObject({ schedule: '0 * * * *', timeZone: 'Europe/Berlin' });
  expect(objects.container('pod-cleanup').args.slice(2)).toEqual(['--min-pending-minutes', '60', '--min-completed-minutes', '1440']);
});

test('it is there beside Celery too', () => {
  const executor = Executor.several(Executor.celery(), Executor.kubernetes({ podCleanup: {} }));
  synthAirflow({ namespace: 'airflow', executor }).one('CronJob', 'airflow-pod-cleanup');
});

test.each<[PodCleanupProps, string, string]>([
  [{ pendingTime: Duration.minutes(4) }, 'pendingTime', 'expected whole minutes, 5 or more'],
  [{ completedTime: Duration.seconds(90) }, 'completedTime', 'expected whole minutes, 0 or more'],
  [{ schedule: Cron.schedule({ minute: '60' }) }, 'schedule', 'expected minute, hour, day, month and weekday'],
])('%j is an error', (props, prop, expected) => {
  expect(airflowErrors(withCleanup(props))).toEqual([
    expect.stringMatching(new RegExp(`executor\\.podCleanup\\.${prop}: .*; ${expected}`)),
  ]);
});
