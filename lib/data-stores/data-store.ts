import { ApiObject } from 'cdk8s';
import type { Construct } from 'constructs';
import { type ComponentName, objectLabels, objectName, selectorLabels } from '../components/names';
import type { DistributionInput } from '../distributions/contract';
import { podPlacement } from '../distributions/shared/placement';
import { canonicalQuantity } from '../kubernetes/quantity';
import { restrictedContainer } from '../kubernetes/security-context';
import type { DataStoreProps } from '../props/component-props';
import { type ImageProps, imageReference, joinImages, pullSecretsOf } from '../props/image';
import { containerResources, type ResourcesProps } from '../props/resources';

const DATA_STORE_USER = 999; // of both images

/** What PostgreSQL and Redis differ in. */
export interface DataStoreOptions {
  readonly component: ComponentName;
  readonly props: DataStoreProps | undefined;
  readonly defaultImage: ImageProps;
  readonly defaultResources: ResourcesProps;
  readonly defaultStorageSize: string;
  readonly port: { readonly name: string; readonly number: number };
  /** Where the volume is in the container. */
  readonly dataPath: string;
  /** Folders that the server writes to and that need not last. */
  readonly scratchPaths: { readonly [name: string]: string };
  /** The volume with the password, and where it is. */
  readonly secret: { readonly volume: unknown; readonly mountPath: string };
  /** The main container's own fields: command, env and probes. */
  readonly container: { readonly [field: string]: unknown };
}

/** A server with a volume: a StatefulSet of one pod, and a Service. */
export function addDataStore(scope: Construct, input: DistributionInput, options: DataStoreOptions): void {
  const { component, props = {}, port, scratchPaths, secret } = options;
  const image = joinImages(options.defaultImage, props.image);
  const name = objectName(input, component);
  const metadata = { name, labels: objectLabels(input, component) };
  const labels = selectorLabels(input, component);
  const scratch = Object.keys(scratchPaths);
  new ApiObject(scope, 'stateful-set', {
    apiVersion: 'apps/v1',
    kind: 'StatefulSet',
    metadata,
    spec: {
      replicas: 1,
      serviceName: name,
      selector: { matchLabels: labels },
      template: {
        metadata: { labels },
        spec: {
          serviceAccountName: input.name,
          automountServiceAccountToken: false,
          enableServiceLinks: false,
          ...podPlacement(props.placement),
          ...pullSecretsOf(scope, image),
          securityContext: { fsGroup: DATA_STORE_USER, fsGroupChangePolicy: 'OnRootMismatch' },
          containers: [
            {
              name: component,
              image: imageReference(image),
              imagePullPolicy: image.pullPolicy,
              ...options.container,
              ports: [{ name: port.name, containerPort: port.number }],
              resources: containerResources(props.resources, options.defaultResources),
              securityContext: { ...restrictedContainer(DATA_STORE_USER), runAsGroup: DATA_STORE_USER },
              volumeMounts: [
                { name: 'data', mountPath: options.dataPath },
                { name: 'password', mountPath: secret.mountPath, readOnly: true },
                ...scratch.map((volume) => ({ name: volume, mountPath: scratchPaths[volume] })),
              ],
            },
          ],
          volumes: [secret.volume, ...scratch.map((volume) => ({ name: volume, emptyDir: {} }))],
        },
      },
      volumeClaimTemplates: [
        {
          // kubectl and Argo CD compare the list as a whole with what the API server makes of it: with its defaults and its status.
          apiVersion: 'v1',
          kind: 'PersistentVolumeClaim',
          metadata: { name: 'data', labels },
          spec: {
            accessModes: ['ReadWriteOnce'],
            volumeMode: 'Filesystem',
            ...(props.storageClassName !== undefined && { storageClassName: props.storageClassName }),
            resources: { requests: { storage: canonicalQuantity(props.storageSize ?? options.defaultStorageSize) } },
          },
          status: { phase: 'Pending' },
        },
      ],
    },
  });
  new ApiObject(scope, 'service', {
    apiVersion: 'v1',
    kind: 'Service',
    metadata,
    spec: { selector: labels, ports: [{ name: port.name, port: port.number, targetPort: port.name, protocol: 'TCP' }] },
  });
}
