import { SECRET_PURPOSES, type SecretPurpose } from '../credentials/airflow-secrets';
import type { DistributionInput } from '../distributions/contract';
import { Executor } from '../executors/executor';
import type { AirflowSettings } from '../props/airflow-settings';
import { type ImageProps, joinImages } from '../props/image';
import { airflowLabels } from './airflow-labels';

/** The components, by the names that labels and objects have. */
export type ComponentName =
  | 'api-server'
  | 'scheduler'
  | 'dag-processor'
  | 'triggerer'
  | 'worker'
  | 'postgresql'
  | 'redis'
  | 'statsd'
  | 'credentials'
  | 'migrate'
  | 'create-user';

/** Ports of the pods, and of their Services. */
export const PORTS = {
  apiServer: 8080,
  /** Logs of tasks, from workers and, under LocalExecutor, the scheduler. */
  taskLogs: 8793,
  triggererLogs: 8794,
  schedulerHealth: 8974,
  postgresql: 5432,
  redis: 6379,
  statsd: 9125,
} as const;

export function objectName(input: DistributionInput, component: ComponentName): string {
  return `${input.name}-${component}`;
}

/** The labels by which a component's pods are selected; they never change. */
export function selectorLabels(input: DistributionInput, component: ComponentName): { [name: string]: string } {
  return {
    'app.kubernetes.io/name': 'airflow',
    'app.kubernetes.io/instance': input.name,
    'app.kubernetes.io/component': component,
  };
}

export function objectLabels(input: DistributionInput, component?: ComponentName): { [name: string]: string } {
  return airflowLabels(input.name, component);
}

/** The version of Airflow that the settings ask for. */
export function airflowVersionOf(settings: AirflowSettings): string {
  return settings.airflowVersion ?? '3.3.2';
}

/** The image of Airflow's pods; one component's settings win over those of all. */
export function airflowImage(input: DistributionInput, component?: ImageProps): ImageProps {
  const image = { repository: 'docker.io/apache/airflow', tag: airflowVersionOf(input.settings), pullPolicy: 'IfNotPresent' };
  return joinImages(image, input.settings.allComponents?.image, component);
}

/** The secrets that are used, and that the user does not have. */
export function generatedSecrets({ executor, credentials }: DistributionInput): SecretPurpose[] {
  return credentials._missing(SECRET_PURPOSES.filter((purpose) => purpose !== 'broker' || executor === Executor.CELERY));
}
