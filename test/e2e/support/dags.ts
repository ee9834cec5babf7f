import { MODULE, PACKAGE, PACKAGE_VERSION } from './package-index';

export interface DagProps {
  readonly dagId: string;
  readonly description: string;
  /** Further tasks, which do nothing. */
  readonly extraTasks?: readonly string[];
}

/** What the log of the task `greet` has in it. */
export const GREETING = `greetings from ${MODULE} ${PACKAGE_VERSION}`;

/**
 * A DAG that imports the package of the tests, and has a task for a worker and one for the triggerer. The task for a worker runs the package's
 * command, and makes a virtual environment that does not see the package.
 */
export function dagSource({ dagId, description, extraTasks = [] }: DagProps): string {
  return `import subprocess
from datetime import timedelta
from tempfile import TemporaryDirectory
from venv import EnvBuilder

import ${MODULE}
from airflow.providers.standard.operators.empty import EmptyOperator
from airflow.providers.standard.sensors.time_delta import TimeDeltaSensor
from airflow.sdk import dag, task


@dag(dag_id="${dagId}", description="${description}", schedule=None)
def build():
    @task
    def greet():
        assert ${MODULE}.__version__ == "${PACKAGE_VERSION}"
        assert subprocess.check_output(["sh", "-c", "${PACKAGE}"], text=True).strip() == "${PACKAGE_VERSION}"
        with TemporaryDirectory() as folder:
            EnvBuilder(with_pip=False).create(folder)
            assert subprocess.run([f"{folder}/bin/python", "-c", "import ${MODULE}"]).returncode == 1
        print("greetings from", ${MODULE}.__name__, ${MODULE}.__version__)
        return ${MODULE}.__version__

    greeted = greet()
    greeted >> TimeDeltaSensor(task_id="wait", delta=timedelta(seconds=1), deferrable=True)
${extraTasks.map((name) => `    greeted >> EmptyOperator(task_id="${name}")\n`).join('')}

build()
`;
}
