import { MODULE, PACKAGE_VERSION } from './package-index';

export interface DagProps {
  readonly dagId: string;
  readonly description: string;
  /** Further tasks, which do nothing. */
  readonly extraTasks?: readonly string[];
}

/** What the log of the task `greet` has in it. */
export const GREETING = `greetings from ${MODULE} ${PACKAGE_VERSION}`;

/** A DAG that imports the package of the tests, and has a task for a worker and one for the triggerer. */
export function dagSource({ dagId, description, extraTasks = [] }: DagProps): string {
  return `from datetime import timedelta

import ${MODULE}
from airflow.providers.standard.operators.empty import EmptyOperator
from airflow.providers.standard.sensors.time_delta import TimeDeltaSensor
from airflow.sdk import dag, task


@dag(dag_id="${dagId}", description="${description}", schedule=None)
def build():
    @task
    def greet():
        assert ${MODULE}.__version__ == "${PACKAGE_VERSION}"
        print("greetings from", ${MODULE}.__name__, ${MODULE}.__version__)

    greeted = greet()
    greeted >> TimeDeltaSensor(task_id="wait", delta=timedelta(seconds=1), deferrable=True)
${extraTasks.map((name) => `    greeted >> EmptyOperator(task_id="${name}")\n`).join('')}

build()
`;
}
