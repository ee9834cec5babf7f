import type { Construct, IConstruct } from 'constructs';
import { type DataStore, placeOf } from '../../data-stores/data-store';
import { isBackedUp } from '../../data-stores/postgresql-backup';
import { hasTaskPods } from '../../executors/executor-plan';
import { exposuresOf } from '../../exposure/exposures';
import { backupStoreOf } from '../../props/database-backup-props';
import type { DistributionInput } from '../contract';

/** What belongs to one Airflow, or to one part of it, alone. */
interface Own {
  readonly prop: string;
  /** What it is, and where: what has the same is the same. */
  readonly place: unknown;
  /** What comes of it that another one has it too, and what would do. */
  readonly reason: string;
  /** Whether it may be meant. */
  readonly isHarmless?: boolean;
}

/** By app: who has a place. */
const OWNERS = new WeakMap<IConstruct, Map<string, string>>();

/** Reports what an Airflow has in common with one before it in the same app, or a part of it with another one, and what each needs for itself. */
export function validateSharing(scope: Construct, input: DistributionInput): void {
  const { root, path } = scope.node;
  const owners = OWNERS.get(root) ?? new Map<string, string>();
  OWNERS.set(root, owners);
  for (const { prop, place, reason, isHarmless } of ownOf(input)) {
    const key = JSON.stringify(place);
    const owner = owners.get(key);
    if (owner === undefined) owners.set(key, `${prop} of ${path}`);
    else input.validator[isHarmless ? 'warn' : 'reportHidden'](prop, `it is the same as ${owner.replace(` of ${path}`, '')}, ${reason}`);
  }
}

function ownOf(input: DistributionInput): Own[] {
  const { database, executor, logs, name, namespace, userOptions } = input;
  const stores = (kind: string, prop: string, store: DataStore | undefined, reason: string, ...further: unknown[]): Own[] => {
    const place = store && placeOf(store, input);
    return place === undefined ? [] : [{ prop, place: [kind, place, ...further], reason }];
  };
  const brokers = [
    { prop: 'executor.broker', broker: executor.broker },
    ...(executor.teams ?? []).map((team) => ({ prop: `teams.${team.name}.executor.broker`, broker: team.broker })),
  ];
  const addresses = [
    ...input.exposures.map(({ prop, url }) => ({ prop: `${prop}`, kind: prop, url })),
    ...exposuresOf(executor.flower).map(({ prop, url }) => ({ prop: `executor.flower.${prop}`, kind: prop, url })),
  ];
  const { bucket } = isBackedUp(database.server) ? backupStoreOf(database.server.backup) : {};
  return [
    ...stores(
      'database',
      'database',
      database,
      'and what one Airflow writes there the other would take for its own; expected another database',
    ),
    ...brokers.flatMap(({ prop, broker }) => {
      const reason = 'whose workers would take its tasks; expected another, or another database of it';
      return stores('broker', prop, broker, reason, userOptions.celery_broker_transport_options?.global_keyprefix);
    }),
    ...addresses.map(({ prop, kind, url }) => {
      return {
        prop,
        place: ['address', kind, url],
        reason: `${url}, and one of them would get all requests; expected another host or path`,
      };
    }),
    ...(hasTaskPods(executor) && namespace !== undefined
      ? [
          {
            prop: 'executor',
            place: ['pods of tasks', namespace],
            reason: 'whose scheduler would take the pods of its tasks for its own; expected another namespace, or Executor.celery(…)',
          },
        ]
      : []),
    ...(bucket
      ? [
          {
            prop: 'database.backup.store',
            place: ['dumps', bucket.variables.AWS_ENDPOINT_URL_S3, bucket.bucket, bucket.folder, name],
            reason: 'which would delete its dumps as older ones, and could be restored from them; expected another folder',
          },
        ]
      : []),
    ...(logs && (logs.options.length > 0 || logs.claimName !== undefined)
      ? [
          {
            prop: 'logs',
            place: ['logs', logs.options, logs.destinations, logs.claimName && [namespace, logs.claimName]],
            reason: 'and logs of DAGs that have the same name would be in the same files; expected another folder',
            isHarmless: true,
          },
        ]
      : []),
  ];
}
