import { Executor } from '../../../lib';
import { bitnamiErrors } from './release';

test.each<[object, string, string]>([
  [{ worker: { replicaCount: 3 } }, 'worker.replicaCount', 'replicas of the prop executor, with workers'],
  [{ web: { resources: { limits: { cpu: '9' } } } }, 'web.resources.limits.cpu', 'resources of the prop apiServer'],
  [
    { postgresql: { primary: { persistence: { size: '9Gi' } } } },
    'postgresql.primary.persistence.size',
    'storageSize of the prop database',
  ],
])('a value that would stand instead of a prop is an error: %j', (values, path, instead) => {
  expect(bitnamiErrors({}, { values: values as { [key: string]: unknown } })).toEqual([
    `[airflow/airflow] distribution.values.${path}: the library sets this value; use ${instead}`,
  ]);
});

test('one that is equal to what the props come to, or off, is no error', () => {
  // GIVEN
  const values = { executor: 'CeleryExecutor', loadExamples: false, ingress: { enabled: false }, worker: { replicaCount: 2 } };

  // THEN
  expect(bitnamiErrors({ executor: Executor.celery({ workers: { replicas: 2 } }) }, { values })).toEqual([]);
});

test.each<[object, string, string]>([
  [{ ingress: { enabled: true } }, 'ingress.enabled', 'use the prop ingress'],
  [{ dags: { enabled: true, repositories: [{ repository: 'x' }] } }, 'dags.repositories', 'use the prop dags'],
  [{ dagProcessor: { enabled: false } }, 'dagProcessor.enabled', 'the deployment rests on these pods; leave it out'],
  [{ plugins: { enabled: true, repositories: [{ repository: 'x' }] } }, 'plugins.repositories', 'use an image with the plugins in it'],
  [{ ldap: { enabled: true } }, 'ldap', "by the NetworkPolicies apiServer can't reach where it leads; use apiServer.egress"],
  [{ configuration: { smtp: { smtp_host: 'mail' } } }, 'configuration.smtp.smtp_host', 'use networkPolicies.taskEgress'],
  [
    { configuration: { logging: { remote_logging: 'True' } } },
    'configuration.logging.remote_logging',
    'use the prop logs, or networkPolicies.taskEgress',
  ],
])('what would not work is told once: %j', (values, path, remedy) => {
  // WHEN
  const errors = bitnamiErrors({}, { values: values as { [key: string]: unknown } });

  // THEN
  expect(errors).toEqual([expect.stringContaining(`distribution.values.${path}: `)]);
  expect(errors[0]).toContain(remedy);
});

test('without NetworkPolicies git can be reached', () => {
  const values = { dags: { enabled: true, repositories: [{ repository: 'x' }] } };

  expect(bitnamiErrors({ networkPolicies: { enabled: false } }, { values })).toEqual([]);
});
