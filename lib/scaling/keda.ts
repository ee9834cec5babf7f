import { ApiObject, Duration } from 'cdk8s';
import { wholeSeconds } from '../kubernetes/whole-seconds';
import type { ScalingPlan } from './scaling-plan';

/**
 * Pods whose number follows the work that there is for them, down to none.
 * @see https://keda.sh/docs/latest/reference/scaledobject-spec/
 */
export interface KedaAutoscalingProps {
  /**
   * The least number of pods, 0 or more.
   * @default 0
   */
  readonly minReplicas?: number;
  /** The greatest number of pods. */
  readonly maxReplicas: number;
  /**
   * How often KEDA asks how much work there is while there is no pod, in whole seconds. From one pod on Kubernetes asks, every 15 seconds. With `minReplicas` of 1 or more it
   * is an error, as it would not count.
   * @default Duration.seconds(5)
   * @see KEDA field pollingInterval
   */
  readonly pollingInterval?: Duration;
  /**
   * How long there must be no work until the last pod is stopped, in whole seconds. With `minReplicas` of 1 or more it is an error, as it would not count.
   * @default Duration.seconds(30)
   * @see KEDA field cooldownPeriod
   */
  readonly cooldownPeriod?: Duration;
  /**
   * The namespace of KEDA, whose operator asks the metadata database: the NetworkPolicies let it in.
   * @default "keda"
   */
  readonly operatorNamespace?: string;
}

/** A ScaledObject, and a TriggerAuthentication that tells it the Secret with the database's password. */
export function kedaScaling(props: KedaAutoscalingProps): ScalingPlan {
  const {
    minReplicas = 0,
    maxReplicas,
    pollingInterval = Duration.seconds(5),
    cooldownPeriod = Duration.seconds(30),
    operatorNamespace = 'keda',
  } = props;
  // They are for the way between none and one pod. KEDA warns of what does not count, at each apply.
  const toNone = minReplicas === 0 && { pollingInterval: wholeSeconds(pollingInterval), cooldownPeriod: wholeSeconds(cooldownPeriod) };
  return {
    minReplicas,
    maxReplicas,
    databaseClient: operatorNamespace,
    addTo: (scope, { name, labels, work }) => {
      if (!work) return;
      const { known, secrets } = work.database;
      new ApiObject(scope, 'trigger-authentication', {
        apiVersion: 'keda.sh/v1alpha1',
        kind: 'TriggerAuthentication',
        metadata: { name, labels },
        spec: {
          secretTargetRef: Object.entries(secrets).map(([parameter, { secretName, key }]) => ({ parameter, name: secretName, key })),
        },
      });
      new ApiObject(scope, 'scaled-object', {
        apiVersion: 'keda.sh/v1alpha1',
        kind: 'ScaledObject',
        metadata: { name, labels },
        spec: {
          scaleTargetRef: { name },
          minReplicaCount: minReplicas,
          maxReplicaCount: maxReplicas,
          ...toNone,
          triggers: [
            {
              type: 'postgresql',
              metadata: {
                ...known,
                query: work.query,
                targetQueryValue: `${work.perPod}`,
              },
              authenticationRef: { name },
            },
          ],
        },
      });
    },
    validate: (validator, prop) => {
      validator.wholeNumber(`${prop}.minReplicas`, minReplicas, 0);
      validator.replicas(`${prop}.maxReplicas`, maxReplicas, Math.max(minReplicas, 1));
      validator.wholeSeconds(`${prop}.pollingInterval`, pollingInterval);
      validator.wholeSeconds(`${prop}.cooldownPeriod`, cooldownPeriod);
      for (const name of ['pollingInterval', 'cooldownPeriod'] as const) {
        if (minReplicas > 0 && props[name]) {
          validator.reportHidden(`${prop}.${name}`, 'KEDA heeds it only where there may be no pod; leave it out, or leave out minReplicas');
        }
      }
      validator.dnsLabel(`${prop}.operatorNamespace`, operatorNamespace);
    },
  };
}
