import { ApiObject } from 'cdk8s';
import type { Construct } from 'constructs';
import { COMPONENTS } from '../components/components';
import { objectLabels, objectName, selectorLabels } from '../components/names';
import type { AirflowSecrets } from '../credentials/airflow-secrets';
import { canonicalQuantity } from '../kubernetes/quantity';
import type { PostgresqlProps } from '../props/data-store-props';
import { type ImageProps, imageReference, pullSecretsOf, validateImage } from '../props/image';
import type { Images } from '../props/images';
import { podPlacement, validatePlacement } from '../props/placement';
import { validatePodLabels } from '../props/pod-labels';
import { containerResources, scratchVolume, validateResources } from '../props/resources';
import { containerSecurity, type ImageIds, podSecurity, type SecurityContext } from '../props/security-context';
import type { PropValidator } from '../validation/prop-validator';

/** Of both images. */
export const DATA_STORE_IDS: ImageIds = { user: 999, group: 999, fsGroup: 999 };

/** The deployment that a data store belongs to. */
export interface Deployment {
  /** What the names of all objects begin with. */
  readonly name: string;
  readonly secrets: AirflowSecrets;
  readonly images: Images;
  readonly components: { readonly all: { readonly securityContext?: SecurityContext } | undefined };
}

/** A server as it is asked for, with the defaults. */
export interface StoreServer extends PostgresqlProps {
  readonly component: 'postgresql' | 'redis';
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
  const ofAll = deployment.components.all?.securityContext;
  const context = server.securityContext ?? (ofAll?._isAssigned ? ofAll : undefined);
  const volumes = podSecurity(context, DATA_STORE_IDS);
  const image = deployment.images.of(options.defaultImage, server.image);
  const name = objectName(deployment, component);
  const metadata = { name, labels: objectLabels(deployment, component) };
  const labels = selectorLabels(deployment, component);
  const ports = Object.entries(COMPONENTS[component].ports);
  const scratch = Object.keys(scratchPaths);
  const resources = containerResources(server.resources, COMPONENTS[component].resources);
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
        metadata: { labels: { ...server.labels, ...labels }, ...(server.annotations && { annotations: server.annotations }) },
        spec: {
          serviceAccountName: deployment.name,
          automountServiceAccountToken: false,
          enableServiceLinks: false,
          ...podPlacement(server.placement, labels),
          ...pullSecretsOf(scope, image),
          ...(volumes && { securityContext: { ...volumes, fsGroupChangePolicy: 'OnRootMismatch' } }),
          containers: [
            {
              name: component,
              image: imageReference(image),
              imagePullPolicy: image.pullPolicy,
              ...options.container,
              ports: ports.map(([port, { port: containerPort }]) => ({ name: port, containerPort })),
              resources,
              securityContext: containerSecurity(context, DATA_STORE_IDS),
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
          metadata: { name: 'data', labels },
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
  new ApiObject(scope, 'service', {
    apiVersion: 'v1',
    kind: 'Service',
    metadata,
    spec: {
      selector: labels,
      ports: ports.map(([port, { port: number, protocol }]) => ({ name: port, port: number, targetPort: port, protocol })),
    },
  });
}

export function validateServer(validator: PropValidator, prop: string, server: StoreServer): void {
  validateImage(validator, `${prop}.image`, server.image);
  validatePodLabels(validator, prop, server);
  validatePlacement(validator, `${prop}.placement`, server.placement);
  validateResources(validator, `${prop}.resources`, server.resources, COMPONENTS[server.component].resources);
  server.securityContext?._validate(validator, `${prop}.securityContext`);
  validator.bytes(`${prop}.storageSize`, server.storageSize);
  validator.dnsSubdomain(`${prop}.storageClassName`, server.storageClassName);
  validateParameters(validator, `${prop}.parameters`, server.parameters);
}

export function validateParameters(validator: PropValidator, prop: string, parameters: PostgresqlProps['parameters']): void {
  for (const name of Object.keys(parameters ?? {})) {
    if (/^[a-z_][\w.]*$/i.test(name)) continue;
    validator.report(`${prop}["${name}"]`, name, 'expected the name of a setting of PostgreSQL, as in "max_connections"');
  }
}
