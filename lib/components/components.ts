import type { SecretPurpose } from '../credentials/airflow-secrets';
import { type NetworkPort, tcp, udp } from '../network/network-flow';
import type { ResourcesProps } from '../props/resources';
import { AirflowComponent } from './airflow-component';

/** Those that users set by a prop of their own. */
export type AirflowComponentName = `${AirflowComponent}`;

/** Those whose pods stay. */
export type LastingComponentName = Exclude<AirflowComponentName, 'task'>;

/** Those of them that each distribution has. */
export type CommonComponentName = Exclude<LastingComponentName, 'flower'>;

/** A further group of workers, which the component `worker` has in common with the first. */
export type WorkerGroupName = `worker-${string}`;

/** A further DAG processor, for bundles of its own. */
export type DagProcessorGroupName = `dag-processor-${string}`;

/** A further group of pods of a component. */
export type GroupName = WorkerGroupName | DagProcessorGroupName;

/** The pods of a team's tasks, which the component `task` has in common with those of tasks of no team. */
export type TaskGroupName = `task-team-${string}`;

/** Redis, or that of a team. */
export type RedisName = 'redis' | `redis-team-${string}`;

export const AIRFLOW_COMPONENTS: readonly AirflowComponentName[] = Object.values(AirflowComponent);

/** The Jobs in which Airflow runs, once or again and again. */
export const AIRFLOW_JOBS = ['migrate', 'create-user', 'pools', 'db-cleanup', 'rotate-fernet-key', 'pod-cleanup'] as const;

export type JobName = (typeof AIRFLOW_JOBS)[number];

/** The components, by the names that labels and objects have. */
export type ComponentName =
  | AirflowComponentName
  | JobName
  | 'postgresql'
  | 'pgbouncer'
  | 'db-backup'
  | 'db-restore'
  | 'redis'
  | 'statsd'
  | 'credentials';

/** Pods that are made alike: those of a component, or of a further group of it. */
export type PodsName = ComponentName | GroupName | TaskGroupName | RedisName;

/** Such pods in which Airflow runs. */
export type AirflowPodsName = AirflowComponentName | GroupName | TaskGroupName;

/** A component: something that a deployment has pods of. */
export interface Component {
  /** The prop of Airflow by which users set it. */
  readonly prop?: string;
  /** What its pods listen at. */
  readonly ports: { readonly [name: string]: NetworkPort };
  /** Requests and limits of the main container, where users say nothing. */
  readonly resources: ResourcesProps;
  /** What it reads, runs and reaches outside of the deployment. */
  readonly uses: readonly Use[];
  /** The secrets of Airflow that its main container has, as far as the deployment has them, and what for. */
  readonly secrets: SecretUses;
  /** Whom it connects to, as far as the deployment has them. */
  readonly connectsTo: readonly Connection[];
}

/** Secrets, and what each is for. */
export type SecretUses = { readonly [Purpose in SecretPurpose]?: string };

export type Use =
  /** The packages of requirements.txt, which what it runs may import. */
  | 'packages'
  /** The files of DAGs. */
  | 'dags'
  /** The logs of tasks, where they are kept. */
  | 'logs'
  /** Metrics and traces, where they go outside of the deployment. */
  | 'metrics'
  /** Connections and variables, where they are kept: other pods ask the API server for them. */
  | 'connections'
  /** Who tells which users there are. */
  | 'login'
  /** What the code of DAGs connects to. */
  | 'task-destinations'
  /** The API of Kubernetes, by a token. */
  | 'kubernetes'
  /** Names of hosts. */
  | 'names';

/**
 * A port of another component, or of what runs tasks beside other things, or a data store, wherever that is; and what for. The pool is what the database
 * is reached through by those who share its connections, or the database itself where there is none.
 */
export type Connection = { readonly reason: string } & (
  | { readonly to: ComponentName | 'tasks'; readonly port: NetworkPort }
  | { readonly to: 'database' | 'pool' | 'broker' }
);

/** Ports of the pods, and of their Services. */
export const PORTS = {
  apiServer: 8080,
  /** Logs of tasks, from where they run. */
  taskLogs: 8793,
  triggererLogs: 8794,
  schedulerHealth: 8974,
  flower: 5555,
  postgresql: 5432,
  pgBouncer: 6432,
  redis: 6379,
  statsd: 9125,
  metrics: 9102,
} as const;

const API: Connection = { to: 'api-server', port: tcp(PORTS.apiServer), reason: 'tasks tell their state' };
const DATABASE: Connection = { to: 'database', reason: 'metadata database' };
const POOL: Connection = { to: 'pool', reason: 'metadata database' };
const BROKER: Connection = { to: 'broker', reason: 'Celery broker' };
const TASK_LOGS: Connection = { to: 'tasks', port: tcp(PORTS.taskLogs), reason: 'logs of tasks' };
const TRIGGER_LOGS: Connection = { to: 'triggerer', port: tcp(PORTS.triggererLogs), reason: 'logs of triggers' };
const STATSD: NetworkPort = udp(PORTS.statsd);
const METRICS: Connection = { to: 'statsd', port: STATSD, reason: 'metrics' };

/** Of Jobs, which run an `airflow` command or two. */
const JOB: Component = {
  ports: {},
  resources: amounts('100m', '384Mi', '2', '1Gi'),
  // Options name classes that are in packages, and a package brings tables of its own.
  uses: ['packages', 'metrics', 'names'],
  secrets: { database: 'it changes tables' },
  connectsTo: [DATABASE],
};

/** Of what reads or writes dumps of the database. */
const DUMP = { ports: {}, resources: amounts('100m', '64Mi', '2', '512Mi'), uses: ['names'], connectsTo: [DATABASE] } as const;

/** Of what only answers. */
const SERVER = { uses: [], connectsTo: [] } as const;

/** Those of main.ts together ask for less than 2 cores and 6 GiB, so that a cluster on a laptop runs it. */
export const COMPONENTS: { readonly [Name in ComponentName]: Component } = {
  'api-server': {
    prop: 'apiServer',
    ports: { http: tcp(PORTS.apiServer) },
    resources: amounts('200m', '768Mi', '2', '2Gi'),
    // It runs no code of DAGs, but reads the logs of tasks from where they have put them.
    uses: ['packages', 'task-destinations', 'logs', 'connections', 'login', 'metrics', 'names'],
    secrets: {
      database: 'it answers from it',
      fernetKey: 'it hands out connections and variables, and encrypts what triggers are given',
      jwtSecret: 'it signs the tokens of users and of tasks, and knows them by it',
      apiSecretKey: 'it signs sessions, and its requests for logs',
    },
    connectsTo: [POOL, TASK_LOGS, TRIGGER_LOGS, METRICS],
  },
  scheduler: {
    prop: 'scheduler',
    ports: { health: tcp(PORTS.schedulerHealth) },
    resources: amounts('150m', '512Mi', '2', '1Gi'),
    uses: ['packages', 'metrics', 'names'],
    secrets: {
      database: 'it decides by it what runs',
      broker: 'it sends tasks to workers, and reads what came of them',
      // taskinstance.py and callback.py of Airflow's models.
      fernetKey: 'it encrypts what triggers of tasks and callbacks are given that start deferred',
      // base_executor.py.
      jwtSecret: 'it signs the tokens of tasks',
    },
    connectsTo: [POOL, BROKER, METRICS],
  },
  'dag-processor': {
    prop: 'dagProcessor',
    ports: {},
    resources: amounts('100m', '512Mi', '2', '1Gi'),
    uses: ['packages', 'dags', 'task-destinations', 'connections', 'metrics', 'names'],
    secrets: {
      // Airflow 3 has it write by itself what it has read: dag_processing/manager.py.
      database: 'it writes what it has read, and looks up connections and variables for the code of DAG files',
      // dag_processing/collection.py and bundles/manager.py.
      fernetKey: 'it encrypts what triggers of assets are given, and decrypts connections and variables for the code of DAG files',
    },
    connectsTo: [POOL, METRICS],
  },
  triggerer: {
    prop: 'triggerer',
    ports: { logs: tcp(PORTS.triggererLogs) },
    resources: amounts('100m', '384Mi', '2', '1Gi'),
    uses: ['packages', 'task-destinations', 'logs', 'connections', 'metrics', 'names'],
    secrets: {
      // Airflow 3 has it ask the database by itself: jobs/triggerer_job_runner.py.
      database: 'it looks up triggers there, and connections and variables for them',
      fernetKey: 'it decrypts what triggers are given, and connections and variables for them',
    },
    connectsTo: [POOL, METRICS],
  },
  worker: {
    prop: 'executor.workers',
    ports: {},
    resources: amounts('150m', '768Mi', '2', '2Gi'),
    uses: ['packages', 'metrics', 'names'],
    secrets: { broker: 'it fetches tasks there, and tells what came of them' },
    connectsTo: [BROKER, METRICS],
  },
  flower: {
    prop: 'executor.flower',
    ports: { http: tcp(PORTS.flower) },
    resources: amounts('50m', '256Mi', '1', '512Mi'),
    // Celery's options may be in a package.
    uses: ['packages', 'names'],
    secrets: { broker: 'it asks workers there what they do' },
    connectsTo: [BROKER],
  },
  task: {
    prop: 'executor.tasks',
    ports: {},
    resources: amounts('100m', '384Mi', '2', '2Gi'),
    uses: ['packages', 'dags', 'task-destinations', 'logs', 'metrics', 'names'],
    // What a task may know the API server tells it, by the token that came with it.
    secrets: {},
    connectsTo: [API, METRICS],
  },
  postgresql: {
    ...SERVER,
    ports: { postgresql: tcp(PORTS.postgresql) },
    resources: amounts('100m', '256Mi', '2', '1Gi'),
    secrets: { database: "it sets Airflow's password to it" },
  },
  'db-backup': { ...DUMP, secrets: { database: 'it reads all of it' } },
  'db-restore': { ...DUMP, secrets: { database: 'it puts a dump in its place' } },
  pgbouncer: {
    ports: { pgbouncer: tcp(PORTS.pgBouncer) },
    resources: amounts('50m', '32Mi', '1', '128Mi'),
    uses: ['names'],
    secrets: { database: 'it knows by it who may log in, and logs in with it' },
    connectsTo: [DATABASE],
  },
  redis: {
    ...SERVER,
    ports: { redis: tcp(PORTS.redis) },
    resources: amounts('50m', '64Mi', '1', '256Mi'),
    secrets: { broker: 'it asks for it' },
  },
  statsd: {
    ...SERVER,
    ports: { statsd: STATSD, metrics: tcp(PORTS.metrics) },
    resources: amounts('10m', '32Mi', '500m', '128Mi'),
    secrets: {},
  },
  credentials: { ports: {}, resources: amounts('50m', '64Mi', '1', '128Mi'), uses: ['kubernetes', 'names'], secrets: {}, connectsTo: [] },
  migrate: JOB,
  pools: JOB,
  'db-cleanup': JOB,
  'rotate-fernet-key': {
    ...JOB,
    secrets: { database: 'it encrypts anew what is there', fernetKey: 'it decrypts and encrypts by it' },
  },
  // It asks no database: what Airflow runs in the cluster Kubernetes knows.
  'pod-cleanup': { ...JOB, uses: [...JOB.uses, 'kubernetes'], secrets: {}, connectsTo: [] },
  'create-user': { ...JOB, secrets: { ...JOB.secrets, admin: 'it gives it to the user' } },
};

export const COMPONENT_NAMES = Object.keys(COMPONENTS) as ComponentName[];

/** Those of which there may be further groups of pods, whose names begin with theirs. */
const GROUPED = ['dag-processor', 'worker', 'task', 'redis'] as const;

/** The component that pods belong to. */
export function componentNameOf(name: PodsName): ComponentName {
  if (name in COMPONENTS) return name as ComponentName;
  return GROUPED.find((component) => name.startsWith(`${component}-`)) as ComponentName;
}

/** The prop by which users set pods in which Airflow runs. */
export function propOf(name: AirflowPodsName): string {
  const { prop = name } = COMPONENTS[componentNameOf(name)];
  if (name in COMPONENTS) return prop;
  const team = teamNameOf(name);
  if (team !== undefined) return `teams.${team}.${prop}`;
  return isDagProcessorGroup(name)
    ? `dagProcessorGroups.${name.replace(/^dag-processor-/, '')}`
    : `executor.workerGroups.${name.replace(/^worker-/, '')}`;
}

export function isJob(name: PodsName): name is JobName {
  return AIRFLOW_JOBS.some((job) => job === name);
}

/** What the names of groups of pods end with that are a team's. */
export function teamGroup<Team extends string>(team: Team): `team-${Team}` {
  return `team-${team}`;
}

/** The team whose tasks run in pods, and in no other; undefined where there is no such team. */
export function teamNameOf(name: PodsName): string | undefined {
  return /^(?:worker|task|redis)-team-(.+)$/.exec(name)?.[1];
}

export function isDagProcessorGroup(name: string): name is DagProcessorGroupName {
  return name.startsWith('dag-processor-');
}

/** A component that runs tasks beside what it does by itself. */
export function withTasks(component: Component, resources = component.resources): Component {
  return {
    ...component,
    ports: { ...component.ports, logs: tcp(PORTS.taskLogs) },
    resources,
    uses: [...component.uses, 'dags', 'task-destinations', 'logs'],
    connectsTo: [API, ...component.connectsTo],
  };
}

/** Workers whose results the database keeps, as the broker keeps none. */
export function withResultsInDatabase(component: Component): Component {
  return {
    ...component,
    secrets: { ...component.secrets, database: 'it tells there what came of tasks, as the broker keeps no results' },
    connectsTo: [...component.connectsTo, { ...POOL, reason: 'results of Celery' }],
  };
}

/** Whether it shares connections to the database with others, where there is what they are shared through. */
export function isPooled({ connectsTo }: Component): boolean {
  return connectsTo.some(({ to }) => to === 'pool');
}

/** The secrets of what hands out logs, which is a container of its own beside whatever has the port for them. */
export const LOG_SERVER_SECRETS: SecretUses = { apiSecretKey: 'it knows by it who may read logs' };

/** Of what waits for the database. */
export const WAIT_SECRETS: SecretUses = { database: 'it asks whether its tables are there' };

/** Requests of CPU and memory, and limits of both. */
function amounts(cpu: string, memory: string, cpuLimit: string, memoryLimit: string): ResourcesProps {
  return { requests: { cpu, memory }, limits: { cpu: cpuLimit, memory: memoryLimit } };
}
