import { eventually } from '../../support/eventually';
import type { Response } from './http';
import type { Site } from './site';

export interface DagRun {
  readonly dag_run_id: string;
  readonly state: string;
  readonly queued_at: string;
  readonly start_date: string;
  readonly end_date: string;
}

export interface TaskInstance {
  readonly task_id: string;
  readonly state: string | null;
  readonly try_number: number;
  readonly start_date: string;
}

/** The user that the tests sign in as: the password is read when it is needed. */
export interface User {
  readonly username: string;
  readonly password: () => Promise<string>;
}

const FINISHED = ['success', 'failed'];

/** Airflow's REST API, version 2. */
export class Airflow {
  private token?: string;

  constructor(
    private readonly site: Site,
    private readonly user: User,
  ) {}

  /** A new token for user and password. */
  async signIn(): Promise<void> {
    const credentials = { username: this.user.username, password: await this.user.password() };
    const response = await this.site.request({ path: '/auth/token', method: 'POST', ...json(credentials) });
    this.token = okay(response, 'POST /auth/token').access_token;
  }

  /** A DAG as the web interface has it; an error while it is not there. */
  dag(dagId: string): Promise<{ description: string | null; is_paused: boolean }> {
    return this.call('GET', `/dags/${dagId}`);
  }

  /** The tasks that the next run of a DAG will have. */
  async tasksOfDag(dagId: string): Promise<string[]> {
    return (await this.call('GET', `/dags/${dagId}/tasks`)).tasks.map((task: { task_id: string }) => task.task_id);
  }

  async setVariable(key: string, value: string): Promise<void> {
    await this.call('POST', '/variables', { key, value });
  }

  /** The value of a variable, which the database has encrypted with the Fernet key. */
  async variable(key: string): Promise<string | null> {
    return (await this.call('GET', `/variables/${key}`)).value;
  }

  async importErrors(): Promise<string[]> {
    const { import_errors } = await this.call('GET', '/importErrors');
    return import_errors.map((error: { stack_trace: string }) => error.stack_trace);
  }

  async runs(dagId: string): Promise<DagRun[]> {
    return (await this.call('GET', `/dags/${dagId}/dagRuns?limit=100`)).dag_runs;
  }

  run(dagId: string, runId: string): Promise<DagRun> {
    return this.call('GET', `/dags/${dagId}/dagRuns/${encodeURIComponent(runId)}`);
  }

  async tasks(dagId: string, runId: string): Promise<TaskInstance[]> {
    return (await this.call('GET', `/dags/${dagId}/dagRuns/${encodeURIComponent(runId)}/taskInstances`)).task_instances;
  }

  /** What a task has returned, of JSON what it stands for. */
  async result(dagId: string, runId: string, taskId: string): Promise<unknown> {
    const path = `/dags/${dagId}/dagRuns/${encodeURIComponent(runId)}/taskInstances/${taskId}/xcomEntries/return_value`;
    return (await this.call('GET', `${path}?deserialize=true`)).value;
  }

  /** The log of a task's last try, as the API hands it out. */
  async log(dagId: string, runId: string, task: TaskInstance): Promise<string> {
    const path = `/dags/${dagId}/dagRuns/${encodeURIComponent(runId)}/taskInstances/${task.task_id}/logs/${task.try_number}`;
    return JSON.stringify(await this.call('GET', `${path}?full_content=true`));
  }

  /** Wait until a DAG is known; fails with the import errors. */
  async knows(dagId: string): Promise<void> {
    await eventually({ what: `the DAG ${dagId}`, minutes: 8, everySeconds: 3 }, async () => {
      try {
        await this.dag(dagId);
      } catch (error) {
        throw new Error(`${(error as Error).message} ${(await this.importErrors()).join('\n').slice(-2000)}`);
      }
    });
  }

  /** Trigger a DAG and wait until the run is over; its id, if it was a success. */
  async runToSuccess(dagId: string): Promise<string> {
    const runId = await this.start(dagId);
    await this.succeeds(dagId, runId);
    return runId;
  }

  /** Trigger a DAG; the id of the run. */
  async start(dagId: string): Promise<string> {
    const { dag_run_id: runId } = await eventually({ what: `a run of ${dagId} to start`, minutes: 3 }, async () => {
      await this.call('PATCH', `/dags/${dagId}?update_mask=is_paused`, { is_paused: false });
      return this.call('POST', `/dags/${dagId}/dagRuns`, { logical_date: null });
    });
    return runId;
  }

  /** Wait until a run is over, which has to be a success. */
  async succeeds(dagId: string, runId: string, minutes = 10): Promise<void> {
    const run = await eventually({ what: `the run ${runId} of ${dagId} to end`, minutes }, async () => {
      const found = await this.run(dagId, runId);
      if (!FINISHED.includes(found.state)) throw new Error(`it is ${found.state}: ${await this.taskStates(dagId, runId)}`);
      return found;
    });
    if (run.state !== 'success') throw new Error(`the run ${runId} of ${dagId} failed:\n${await this.logs(dagId, runId)}`);
  }

  /** The state of a run as the API tells it that waits for the end. */
  async stateAtEnd(dagId: string, runId: string): Promise<string> {
    return (await this.call('GET', `/dags/${dagId}/dagRuns/${encodeURIComponent(runId)}/wait?interval=1`)).state;
  }

  private async taskStates(dagId: string, runId: string): Promise<string> {
    return (await this.tasks(dagId, runId)).map((task) => `${task.task_id} ${task.state}`).join(', ');
  }

  private async logs(dagId: string, runId: string): Promise<string> {
    const tasks = await this.tasks(dagId, runId);
    const texts = tasks.map(async (task) => {
      const log = await this.log(dagId, runId, task).catch((error) => `no log: ${error.message}`);
      return `--- ${task.task_id}, ${task.state}, try ${task.try_number}\n${log.slice(-3000)}`;
    });
    return (await Promise.all(texts)).join('\n');
  }

  // biome-ignore lint/suspicious/noExplicitAny: the API's own types
  private async call(method: string, path: string, body?: object): Promise<any> {
    if (!this.token) await this.signIn();
    const sent = body ? json(body) : { headers: { Accept: 'application/json' } };
    const headers = { ...sent.headers, Authorization: `Bearer ${this.token}` };
    const response = await this.site.request({ path: `/api/v2${path}`, method, ...sent, headers });
    // A token of a former JWT secret is answered with the second.
    if ([401, 403].includes(response.status)) this.token = undefined;
    return okay(response, `${method} ${path}`);
  }
}

function json(body: object) {
  return { body: JSON.stringify(body), headers: { Accept: 'application/json', 'Content-Type': 'application/json' } };
}

function okay({ status, body }: Response, what: string) {
  if (status < 200 || status > 299) throw new Error(`${what} was answered ${status}: ${body.slice(0, 500)}`);
  return JSON.parse(body);
}
