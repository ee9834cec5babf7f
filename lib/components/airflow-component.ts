/** A component in whose pods Airflow runs. */
export enum AirflowComponent {
  /** Web interface, REST API and the API that tasks use. */
  API_SERVER = 'api-server',
  /** Decides what runs when. */
  SCHEDULER = 'scheduler',
  /** Reads the DAG files. */
  DAG_PROCESSOR = 'dag-processor',
  /** Waits for deferred tasks. */
  TRIGGERER = 'triggerer',
  /** Celery workers, which run the tasks. */
  WORKER = 'worker',
  /** Flower, which shows what Celery workers do. */
  FLOWER = 'flower',
  /** The pods of tasks under the Kubernetes executor, each of which runs one. */
  TASK = 'task',
}
