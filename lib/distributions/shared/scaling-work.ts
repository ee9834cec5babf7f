import { type PodsName, propOf } from '../../components/components';
import type { AirflowConfig } from '../../config/airflow-config';
import { hostsOf } from '../../data-stores/data-store';
import { groupsOfWorkers, type Workers } from '../../executors/executor-plan';
import type { ScalingWork } from '../../scaling/scaling-plan';
import type { DistributionInput } from '../contract';
import { defaultQueue } from './airflow-options';
import { possiblePods } from './deployed-components';

/** Airflow option [triggerer] capacity, where the user says nothing. */
const TRIGGERER_CAPACITY = '1000';

/**
 * What the metadata database tells of the work that pods have: nothing, but for workers and the triggerer.
 * @param options those of Airflow.
 */
export function scalingWork(input: DistributionInput, options: AirflowConfig, pods: PodsName): ScalingWork | undefined {
  const asked = queryFor(input, options, pods);
  return asked && { ...asked, database: databaseFor(input) };
}

function databaseFor(input: DistributionInput): ScalingWork['database'] {
  const { database, secrets, namespace } = input;
  if (!database.address) return { known: {}, secrets: { connection: secrets.database } };
  const [{ host, port }] = hostsOf(input, database);
  const { user = '', name } = database.address;
  const parts = Object.entries({ userName: user, dbName: name });
  const { sslmode = database.server ? 'disable' : 'prefer' } = database.query('');
  return {
    known: {
      // KEDA is in another namespace.
      host: /[.:]/.test(host) ? host : `${host}.${namespace}.svc`,
      port: `${port}`,
      ...Object.fromEntries(parts.filter(([, part]) => typeof part === 'string')),
      // It has no certificates of the user's authorities.
      sslmode: sslmode.startsWith('verify') ? 'require' : sslmode,
    },
    secrets: {
      password: secrets.database,
      ...Object.fromEntries(
        parts.flatMap(([parameter, part]) => (typeof part === 'object' ? [[parameter, { secretName: part.name, key: part.key }]] : [])),
      ),
    },
  };
}

/** What asks the database can scale only what the database tells the work of, and has to find it. */
export function validateScaling(input: DistributionInput, options: AirflowConfig): void {
  const { validator, components, namespace } = input;
  for (const name of possiblePods(input)) {
    if (!components[name]?.autoscaling?._plan.databaseClient) continue;
    const place = `${propOf(name)}.autoscaling`;
    if (!queryFor(input, options, name)) {
      validator.reportHidden(place, 'the database does not tell its work; use Autoscaling.cpu(…)');
    } else if (input.database.kind !== 'postgresql') {
      validator.reportHidden(place, 'KEDA is told how to ask PostgreSQL alone; use that, or Autoscaling.cpu(…)');
    } else if (namespace === undefined) {
      validator.reportHidden(
        place,
        'KEDA looks for the database from another namespace; give the chart one: new Chart(app, id, { namespace })',
      );
    } else if (input.database.query('').sslcert !== undefined) {
      // How KEDA's operator runs is not for synth to see, nor whom the server lets in without.
      const instead = 'let its user in without, give the operator files and PGSSLCERT and PGSSLKEY, or use Autoscaling.cpu(…)';
      validator.warn(
        place,
        `KEDA can't be given the client certificate of the database, as it takes files of its own pod alone; ${instead}`,
      );
    }
  }
}

function queryFor(
  { executor }: DistributionInput,
  options: AirflowConfig,
  pods: PodsName,
): Pick<ScalingWork, 'query' | 'perPod'> | undefined {
  if (pods === 'triggerer') {
    const { capacity = TRIGGERER_CAPACITY } = options.sections(['triggerer']).triggerer ?? {};
    return { query: 'SELECT COUNT(*) FROM trigger', perPod: Number(capacity) };
  }
  const [, workers] = groupsOfWorkers(executor).find(([name]) => name === pods) ?? [];
  return workers && { query: tasksQuery(workers, defaultQueue(options)), perPod: workers.concurrency };
}

/** Tasks that run count too: their worker has to stay. */
function tasksQuery({ queues, tasksCondition }: Workers, byDefault: string): string {
  const names = (queues ?? [byDefault]).map((queue) => `'${queue.replace(/'/g, "''")}'`);
  const conditions = [`state IN ('queued', 'running')`, `queue IN (${names.join(', ')})`, ...(tasksCondition ? [tasksCondition] : [])];
  return `SELECT COUNT(*) FROM task_instance WHERE ${conditions.join(' AND ')}`;
}
