import type { Construct } from 'constructs';
import type { Json } from '../../kubernetes/json';
import { scratchVolume } from '../../props/resources';
import { resolved, type TaskPodOptions, taskPod } from '../shared/task-pod';
import { verbatim } from '../shared-by-charts/verbatim';
import type { BitnamiContext } from './context';
import { AIRFLOW_HOME } from './files';
import { BITNAMI_IDS, CHART_IMAGE, webServiceName } from './packages';

/** The ConfigMap into which the chart puts from what the scheduler makes the pods of tasks. */
export function templateConfigMap({ name }: BitnamiContext): string {
  return `${name}-pod-template`;
}

export function taskPodsOptions(context: BitnamiContext): TaskPodOptions {
  return {
    config: context.config,
    webService: webServiceName(context),
    home: AIRFLOW_HOME,
    chartImage: {
      ...CHART_IMAGE,
      ids: BITNAMI_IDS,
      // It gives the user a name, without which SSH does not work, and writes it here.
      entrypoint: ['/opt/bitnami/scripts/airflow/entrypoint.sh'],
      part: {
        volumes: [scratchVolume('nss-wrapper')],
        volumeMounts: [{ name: 'nss-wrapper', mountPath: `${AIRFLOW_HOME}/nss-wrapper` }],
      },
    },
  };
}

/** The library's pods of tasks in the place of the chart's own, which hold all keys of Airflow. */
export function taskPodValues(scope: Construct, context: BitnamiContext): Json {
  if (!context.executor.tasks) return {};
  const pod = resolved(taskPod(scope, context, 'task', taskPodsOptions(context)));
  return { worker: { podTemplate: verbatim(pod, Object.values(CHART_IMAGE)) } };
}
