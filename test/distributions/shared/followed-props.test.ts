import { App } from 'cdk8s';
import { Construct } from 'constructs';
import { Credentials, Database, Executor, type PostgresqlProps, ServiceAccount } from '../../../lib';
import { FOLLOWED } from '../../../lib/distributions/built-in/followed';
import type { DistributionInput } from '../../../lib/distributions/contract';
import { type FollowedProps, validateFollowed } from '../../../lib/distributions/shared/followed-props';
import { PropValidator } from '../../../lib/validation/prop-validator';

const BUILT_IN = FOLLOWED.database.builtIn as object as { [prop in keyof PostgresqlProps]-?: true | string };
const PART = { envFrom: [{ secretRef: { name: 'login' } }] };
const INPUT = {
  airflowVersion: '3.2.0',
  database: Database.builtIn({ storageSize: '9Gi' })._store,
  executor: Executor.local()._plan,
  users: [{ username: 'ada' }],
  pools: { etl: { slots: 1 } },
  pgBouncer: {},
  databaseCleanup: {},
  credentials: Credentials.existing({ formerFernetKeys: [{ secretName: 'old' }] }),
  components: {
    all: { podParts: [{}, PART], serviceAccount: ServiceAccount.existing('mine') },
    scheduler: { podParts: [PART], replicas: 2 },
  },
};

test('what is followed is no error', () => {
  expect(errorsOf(FOLLOWED)).toEqual([]);
});

test.each<[string, FollowedProps]>([
  ['airflowVersion', { ...FOLLOWED, airflowVersion: 'REASON' }],
  ['allComponents.serviceAccount', { ...FOLLOWED, allComponents: { ...FOLLOWED.allComponents, serviceAccount: 'REASON' } }],
  ['allComponents.podParts[1].envFrom', { ...FOLLOWED, podPartOfAll: { ...FOLLOWED.podPartOfAll, envFrom: 'REASON' } }],
  ['users', { ...FOLLOWED, users: 'REASON' }],
  ['pools', { ...FOLLOWED, pools: 'REASON' }],
  ['pgBouncer', { ...FOLLOWED, pgBouncer: 'REASON' }],
  ['databaseCleanup', { ...FOLLOWED, databaseCleanup: 'REASON' }],
  ['credentials.formerFernetKeys', { ...FOLLOWED, formerFernetKeys: 'REASON' }],
  ['scheduler.replicas', { ...FOLLOWED, component: { ...FOLLOWED.component, replicas: 'REASON' } }],
  ['scheduler.podParts[0].envFrom', { ...FOLLOWED, podPart: { ...FOLLOWED.podPart, envFrom: 'REASON' } }],
  ['database.storageSize', { ...FOLLOWED, database: { ...FOLLOWED.database, builtIn: { ...BUILT_IN, storageSize: 'REASON' } } }],
])('%s that is not followed is an error that says why', (place, followed) => {
  expect(errorsOf(followed)).toEqual([`${place}: REASON`]);
});

test('a way to have a data store that is not followed is an error that says why', () => {
  const local = Database.cloudNativePg({ cluster: 'db' })._store;
  expect(errorsOf({ ...FOLLOWED, database: { ...FOLLOWED.database, cloudNativePg: 'REASON' } })).toEqual([]);
  expect(errorsOf({ ...FOLLOWED, database: { ...FOLLOWED.database, cloudNativePg: 'REASON' } }, { database: local })).toEqual([
    'database: REASON',
  ]);
});

test('of groups of workers that can’t be it is told once', () => {
  const { _plan: executor } = Executor.celery({ workerGroups: { gpu: {} } });
  const component = { ...FOLLOWED.component, queues: 'REASON OF QUEUES' };
  const components = { 'worker-gpu': executor.workerGroups['worker-gpu'] };
  expect(errorsOf({ ...FOLLOWED, component, workerGroups: 'REASON' }, { executor, components })).toEqual(['executor.workerGroups: REASON']);
  expect(errorsOf({ ...FOLLOWED, component }, { executor, components })).toEqual(['executor.workerGroups.gpu.queues: REASON OF QUEUES']);
});

test('pods of tasks that are to be deleted where that is not followed are an error that says why', () => {
  const { _plan: executor } = Executor.kubernetes({ podCleanup: {} });
  expect(errorsOf({ ...FOLLOWED, podCleanup: 'REASON' }, { executor })).toEqual(['executor.podCleanup: REASON']);
});

test.each([
  [{ liveness: { enabled: false } }, []],
  [{ liveness: { enabled: false, failureThreshold: 1 } }, ['liveness.failureThreshold: there is no such probe, as enabled is false']],
  [{ startup: { enabled: false, failureThreshold: 1 } }, ["startup.enabled: this distribution can't leave it out"]],
  [{ readiness: { enabled: false, failureThreshold: 1 } }, ['readiness: it has no such probe on this distribution']],
])('of a probe that is not to be, one thing is told: %j', (probes, errors) => {
  // GIVEN
  const followed = {
    ...FOLLOWED,
    probes: { ...FOLLOWED.probes, scheduler: ['startup', 'liveness'] },
    optionalProbes: { ...FOLLOWED.optionalProbes, scheduler: ['liveness'] },
  } as const;

  // THEN
  expect(errorsOf(followed, { components: { scheduler: { probes } } })).toEqual(
    errors.map((error) => expect.stringContaining(`scheduler.probes.${error}`)),
  );
});

test('what the user does not set is no error', () => {
  expect(errorsOf({ ...FOLLOWED, database: { ...FOLLOWED.database, builtIn: { ...BUILT_IN, image: 'REASON' } } })).toEqual([]);
});

function errorsOf(followed: FollowedProps, input: object = {}): string[] {
  const validator = new PropValidator(new Construct(new App(), 'test'));
  validateFollowed({ ...INPUT, ...input, validator } as object as DistributionInput, followed);
  return validator.errors;
}
