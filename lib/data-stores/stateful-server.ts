import { ApiObject } from 'cdk8s';
import type { Construct } from 'constructs';
import { addService } from '../components/add-service';
import { COMPONENTS, componentNameOf, type RedisName } from '../components/components';
import { objectLabels, objectName, selectorLabels, validateNameLength } from '../components/names';
import { KEPT_IN_CLUSTER } from '../kubernetes/kept-data';
import { canonicalQuantity } from '../kubernetes/quantity';
import type { PostgresqlProps } from '../props/data-store-props';
import { validateDatabaseBackup } from '../props/database-backup-props';
import { type ImageProps, validateImage } from '../props/image';
import { validatePlacement } from '../props/placement';
import { validatePodLabels } from '../props/pod-labels';
import { containerResources, scratchVolume, validateResources } from '../props/resources';
import type { ImageIds } from '../props/security-context';
import type { PropValidator } from '../validation/prop-validator';
import { type Deployment, storePod } from './store-pod';

/** Of both images. */
export const DATA_STORE_IDS: ImageIds = { user: 999, group: 999, fsGroup: 999 };

/** A server as it is asked for, with the defaults. */
export interface StoreServer extends PostgresqlProps {
  readonly component: 'postgresql' | RedisName;
  readonly storageSize: string;
}

/** What PostgreSQL and Redis differ in. */
export interface StatefulServerOptions {
  readonly server: StoreServer;
  readonly defaultImage: ImageProps;
  /** Where the volume is in the container. */
  readonly dataPath: string;
  /** Folders that the server writes to and that need not last. */
  readonly scratchPaths: { readonly [name: string]: string };
  /** The volume with the password, and where it is. */
  readonly secret: { readonly volume: unknown; readonly mountPath: string };
  /** A ConfigMap with what is run once, when the volume is empty, and where the image looks for it. */
  readonly setup?: { readonly configMapName: string; readonly mountPath: string };
  /** The main container's own fields: command, env and probes. */
  readonly container: { readonly [field: string]: unknown };
}

/** A server with a volume: a StatefulSet of one pod, and a Service. */
export function addStatefulServer(scope: Construct, deployment: Deployment, options: StatefulServerOptions): void {
  const { server, scratchPaths, secret, setup } = options;
  const { component, volumeRetention } = server;
  validateNameLength(deployment, component);
  const image = deployment.images.of(options.defaultImage, server.image);
  const pod = storePod(scope, deployment, { ...server, image, ids: DATA_STORE_IDS });
  const name = objectName(deployment, component);
  const metadata = { name, labels: objectLabels(deployment, component) };
  const labels = selectorLabels(deployment, component);
  const kind = componentNameOf(component);
  const ports = Object.entries(COMPONENTS[kind].ports);
  const scratch = Object.keys(scratchPaths);
  const resources = containerResources(server.resources, COMPONENTS[kind].resources);
  new ApiObject(scope, 'stateful-set', {
    apiVersion: 'apps/v1',
    kind: 'StatefulSet',
    metadata,
    spec: {
      replicas: 1,
      serviceName: name,
      selector: { matchLabels: labels },
      ...(volumeRetention && { persistentVolumeClaimRetentionPolicy: { whenDeleted: volumeRetention, whenScaled: 'Retain' } }),
      template: {
        metadata: pod.metadata,
        spec: {
          ...pod.spec,
          containers: [
            {
              name: kind,
              ...pod.image,
              ...options.container,
              ports: ports.map(([port, { port: containerPort }]) => ({ name: port, containerPort })),
              resources,
              securityContext: pod.containerSecurity,
              volumeMounts: [
                { name: 'data', mountPath: options.dataPath },
                { name: 'password', mountPath: secret.mountPath, readOnly: true },
                ...(setup ? [{ name: 'setup', mountPath: setup.mountPath, readOnly: true }] : []),
                ...scratch.map((volume) => ({ name: volume, mountPath: scratchPaths[volume] })),
              ],
            },
          ],
          volumes: [
            secret.volume,
            ...(setup ? [{ name: 'setup', configMap: { name: setup.configMapName } }] : []),
            ...scratch.map((volume) => scratchVolume(volume, resources)),
          ],
        },
      },
      volumeClaimTemplates: [
        {
          // kubectl and Argo CD compare the list as a whole with what the API server makes of it: with its defaults and its status.
          apiVersion: 'v1',
          kind: 'PersistentVolumeClaim',
          metadata: { name: 'data', labels, annotations: KEPT_IN_CLUSTER },
          spec: {
            accessModes: ['ReadWriteOnce'],
            volumeMode: 'Filesystem',
            ...(server.storageClassName !== undefined && { storageClassName: server.storageClassName }),
            resources: { requests: { storage: canonicalQuantity(server.storageSize) } },
          },
          status: { phase: 'Pending' },
        },
      ],
    },
  });
  addService(scope, deployment, component);
}

export function validateServer(validator: PropValidator, prop: string, server: StoreServer): void {
  validateImage(validator, `${prop}.image`, server.image);
  validatePodLabels(validator, prop, server);
  validatePlacement(validator, `${prop}.placement`, server.placement);
  validateResources(validator, `${prop}.resources`, server.resources, COMPONENTS[componentNameOf(server.component)].resources);
  server.securityContext?._validate(validator, `${prop}.securityContext`);
  validator.bytes(`${prop}.storageSize`, server.storageSize);
  validator.dnsSubdomain(`${prop}.storageClassName`, server.storageClassName);
  validateParameters(validator, `${prop}.parameters`, server.parameters);
  if (server.backup) validateDatabaseBackup(validator, `${prop}.backup`, server.backup, COMPONENTS['db-backup'].resources);
}

export function validateParameters(validator: PropValidator, prop: string, parameters: PostgresqlProps['parameters']): void {
  for (const name of Object.keys(parameters ?? {})) {
    if (/^[a-z_][\w.]*$/i.test(name)) continue;
    validator.report(`${prop}["${name}"]`, name, 'expected the name of a setting of PostgreSQL, as in "max_connections"');
  }
}
