import { Broker, Executor, Requirements, SecurityContext } from '../../../lib';
import { officialRelease, officialValues } from './release';

const withUser = (runAsUser: number) => SecurityContext.withIds({ runAsUser, fsGroup: 7 });

test('ids are values of all components, and of one', () => {
  // WHEN
  const values = officialValues({
    allComponents: { securityContext: withUser(10001) },
    scheduler: { securityContext: withUser(10002) },
    requirements: Requirements.fromList(['pandas']),
    executor: Executor.celery({ broker: Broker.builtIn({ securityContext: withUser(10003) }) }),
  });

  // THEN
  expect(values.securityContexts.pod).toMatchObject({ runAsUser: 10001, runAsGroup: 0, fsGroup: 7, runAsNonRoot: true });
  expect(values.scheduler.securityContexts.pod).toMatchObject({ runAsUser: 10002, fsGroup: 7 });
  expect(values.scheduler.extraInitContainers[0].securityContext.runAsUser).toBe(10002);
  expect(values.apiServer).not.toHaveProperty('securityContexts');
  expect(values.redis.securityContexts.pod).toMatchObject({ runAsUser: 10003, fsGroup: 7 });
  expect(values.statsd.securityContexts.pod.runAsUser).toBe(65534);
});

test('the platform’s ids are for all pods', () => {
  // WHEN
  const { values, objects } = officialRelease({
    allComponents: { securityContext: SecurityContext.assignedByPlatform() },
    dags: [{ url: 'https://gitlab.example.com/team/etl.git' }],
    requirements: Requirements.fromList(['pandas']),
  });

  // THEN
  expect(JSON.stringify([values, objects.all])).not.toMatch(/runAsUser|runAsGroup|fsGroup/);
  for (const contexts of [values, values.redis, values.statsd].map(({ securityContexts }) => securityContexts)) {
    expect(contexts.pod).toEqual({ runAsNonRoot: true, seccompProfile: { type: 'RuntimeDefault' } });
  }
});
