import { ApiObject } from 'cdk8s';
import { declareExisting } from '../kubernetes/existing-objects';
import { KEPT } from '../kubernetes/kept-data';
import { canonicalQuantity } from '../kubernetes/quantity';
import type { LogsPlan } from './logs-plan';

/** The volume that is made for logs. */
export interface LogsVolumeProps {
  /** The name of the PersistentVolumeClaim. It can be mounted by many nodes (ReadWriteMany). */
  readonly claimName: string;
  /**
   * The size, as a Kubernetes quantity.
   * @default "8Gi"
   */
  readonly storageSize?: string;
  /**
   * The StorageClass, whose volumes can be mounted by many nodes. It can't change later.
   * @default - the cluster's default
   */
  readonly storageClassName?: string;
}

/** Logs on a volume that is there. */
export function volumePlan(claimName: string): LogsPlan {
  return {
    options: [],
    destinations: [],
    claimName,
    addTo: (scope) => declareExisting(scope, 'PersistentVolumeClaim', claimName),
    validate: (validator, prop) => validator.dnsSubdomain(prop, claimName),
  };
}

/** Logs on a volume that is made. */
export function newVolumePlan({ claimName, storageSize = '8Gi', storageClassName }: LogsVolumeProps): LogsPlan {
  return {
    options: [],
    destinations: [],
    claimName,
    addTo: (scope, labels) => {
      new ApiObject(scope, 'claim', {
        apiVersion: 'v1',
        kind: 'PersistentVolumeClaim',
        metadata: { name: claimName, labels, annotations: KEPT },
        spec: {
          accessModes: ['ReadWriteMany'],
          ...(storageClassName !== undefined && { storageClassName }),
          resources: { requests: { storage: canonicalQuantity(storageSize) } },
        },
      });
    },
    validate: (validator, prop) => {
      validator.dnsSubdomain(`${prop}.claimName`, claimName);
      validator.bytes(`${prop}.storageSize`, storageSize);
      validator.dnsSubdomain(`${prop}.storageClassName`, storageClassName);
    },
  };
}
