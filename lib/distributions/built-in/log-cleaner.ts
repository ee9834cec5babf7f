import { Duration } from 'cdk8s';
import { componentNameOf, type PodsName } from '../../components/components';
import { componentOf } from '../../executors/executor-plan';
import type { Json } from '../../kubernetes/json';
import type { PodPart } from '../../kubernetes/pod-part';
import { containerResources, type ResourcesProps } from '../../props/resources';
import { LOG_CLEANER_RESOURCES } from '../shared/init-resources';
import { logRetention } from '../shared/log-retention';
import { LOGS_PATH } from './configuration';
import type { BuiltInContext } from './context';

const PERIOD = Duration.hours(1);

/**
 * A sidecar that deletes logs of tasks which are too old, in pods that write some; on a volume of the user's only if the user says when.
 * @param container what containers have in common that run Airflow's image.
 * @param resources those that users give to init containers.
 */
export function logCleanerPart(
  context: BuiltInContext,
  component: PodsName,
  container: Json,
  resources: ResourcesProps | undefined,
): PodPart {
  const isKept = context.logs?.claimName !== undefined && context.logRetention === undefined;
  if (isKept || !('logs' in componentOf(context.executor, componentNameOf(component)).ports)) return {};
  const minutes = Math.ceil(logRetention(context).toMinutes({ integral: false }));
  const clean = [
    // Another pod may delete them at the same time, where they are on a volume.
    `find ${LOGS_PATH} -type f -mmin +${minutes} -delete 2>/dev/null`,
    `find ${LOGS_PATH} -mindepth 1 -type d -empty -mmin +${minutes} -delete 2>/dev/null`,
  ];
  // The first process of a container ends by SIGTERM only if it says so; else the pod would take all of its grace period.
  const script = `trap 'kill $! 2>/dev/null; exit 0' TERM; while :; do ${clean.join('; ')}; sleep ${PERIOD.toSeconds()} & wait $!; done`;
  return {
    containers: [
      {
        ...container,
        name: 'log-cleaner',
        command: ['bash', '-c', script],
        resources: containerResources(resources, LOG_CLEANER_RESOURCES),
        volumeMounts: [{ name: 'logs', mountPath: LOGS_PATH }],
      },
    ],
  };
}
