import { Database, Requirements, SecurityContext } from '../../../lib';
import { AIRFLOW_2, bitnamiErrors, bitnamiValues } from './release';

const CONTEXT = SecurityContext.withIds({ runAsUser: 10001, fsGroup: 7, supplementalGroups: [8], seLinuxOptions: { level: 's0' } });
const ASSIGNED = SecurityContext.assignedByPlatform();

test('ids are values of all components and of what prepares their pods', () => {
  // WHEN
  const values = bitnamiValues({ allComponents: { securityContext: CONTEXT }, database: Database.builtIn({ securityContext: CONTEXT }) });

  // THEN
  const containerSecurityContext = { runAsUser: 10001, seLinuxOptions: { level: 's0' } };
  for (const part of [values.web, values.worker, values.setupDBJob, values.postgresql.primary]) {
    expect(part).toMatchObject({ podSecurityContext: { fsGroup: 7, supplementalGroups: [8] }, containerSecurityContext });
  }
  for (const part of ['prepareConfig', 'prepareVenv', 'waitForDBMigrations']) {
    expect(values.defaultInitContainers[part]).toMatchObject({ containerSecurityContext });
  }
  expect(values.redis.master).not.toHaveProperty('podSecurityContext');
});

test('the chart has a value of its own for a platform that assigns ids', () => {
  // GIVEN
  const props = {
    allComponents: { securityContext: ASSIGNED },
    dags: [{ url: 'https://gitlab.example.com/team/etl.git' }],
    requirements: Requirements.fromList(['pandas']),
  };

  // THEN
  for (const options of [{}, AIRFLOW_2]) {
    const values = bitnamiValues(props, options);
    expect(values.global.compatibility).toEqual({ openshift: { adaptSecurityContext: 'force' } });
    expect(JSON.stringify(values)).not.toMatch(/runAsUser|runAsGroup|fsGroup/);
  }
});

test('it is for all pods or for none', () => {
  expect(bitnamiErrors({ scheduler: { securityContext: CONTEXT } })).toEqual([
    expect.stringContaining('scheduler.securityContext: the Bitnami chart prepares the files of all components as one user'),
  ]);
  expect(bitnamiErrors({ database: Database.builtIn({ securityContext: ASSIGNED }) })).toEqual([
    expect.stringContaining('database.securityContext: the Bitnami chart leaves the ids to the platform for all pods or for none'),
  ]);
});
