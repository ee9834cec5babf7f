import { ApiObject } from 'cdk8s';
import { COMPONENTS } from '../components/components';
import { objectLabels } from '../components/names';
import type { ProjectedFile } from '../credentials/secrets-volume';
import { defined } from '../kubernetes/defined';
import { declareExisting, declareExistingPods } from '../kubernetes/existing-objects';
import type { Json } from '../kubernetes/json';
import { KEPT } from '../kubernetes/kept-data';
import { canonicalQuantity } from '../kubernetes/quantity';
import { tcp } from '../network/network-flow';
import { CaCertificates } from '../props/ca-certificates';
import { type ImageProps, imageReference, pullSecretsOf, validateImage } from '../props/image';
import { type PlacementProps, validatePlacement } from '../props/placement';
import { containerResources, type ResourcesProps, validateResources } from '../props/resources';
import type { Given } from '../validation/checked-props';
import type { DataStore } from './data-store';
import { DatabaseEngine, DEFAULT_PORTS } from './database-engine';
import { databaseOf } from './external-database';
import { validateParameters } from './stateful-server';

/** Which Cluster of CloudNativePG is connected to. */
export interface CloudNativePgProps {
  /** The name of the Cluster, in the namespace of Airflow. Its Service for reading and writing is used, and the user of its application. */
  readonly cluster: string;
  /**
   * The authorities by whose certificates the server is known.
   * @default - the operator's own, in the Secret that has the name of the Cluster with "-ca" behind it
   */
  readonly ca?: CaCertificates;
}

/** What a Cluster of CloudNativePG is made from. */
export interface CloudNativePgClusterProps {
  /** The name of the Cluster: those of its pods, Services and Secrets begin with it. */
  readonly name: string;
  /**
   * How many instances there are: one that is written to, and others that follow it and take its place.
   * @default 1
   */
  readonly instances?: number;
  /**
   * The image, with an operand of CloudNativePG in it. A new major version is an upgrade that the operator does, with a downtime.
   * @default - that of the operator
   */
  readonly image?: ImageProps;
  /**
   * The size of each instance's volume, as a Kubernetes quantity.
   * @default "8Gi"
   */
  readonly storageSize?: string;
  /**
   * The StorageClass of the volumes.
   * @default - the cluster's default
   */
  readonly storageClassName?: string;
  /**
   * Requests and limits of each instance.
   * @default - requests of 100m and 256Mi, limits of 2 and 1Gi
   */
  readonly resources?: ResourcesProps;
  /**
   * Settings of the server, as in postgresql.conf, by name. Some are the operator's own.
   * @default - those of the operator
   * @see https://cloudnative-pg.io/documentation/current/postgresql_conf/
   */
  readonly parameters?: { readonly [name: string]: string };
  /**
   * Which nodes the instances run on.
   * @default - any node, each instance on another one where that can be
   */
  readonly placement?: PlacementProps;
}

export function cloudNativePg({ cluster, ca }: CloudNativePgProps, given: Given): DataStore {
  return {
    ...clusterStore(cluster, ca, given),
    validate(validator, prop) {
      validator.serviceName(`${prop}.cluster`, cluster);
      ca?._validate(validator, `${prop}.ca`);
    },
  };
}

export function cloudNativePgCluster(props: CloudNativePgClusterProps, given: Given): DataStore {
  const { name, instances = 1, image, storageSize = '8Gi', storageClassName, resources, parameters, placement } = props;
  const store = clusterStore(name, undefined, given);
  return {
    ...store,
    addTo(scope, deployment) {
      store.addTo(scope, deployment);
      const { images } = deployment;
      const pulled = image ? images.of(image, image) : { pullSecrets: images.pullSecretsWith({}) };
      new ApiObject(scope, 'cluster', {
        apiVersion: 'postgresql.cnpg.io/v1',
        kind: 'Cluster',
        metadata: { name, labels: objectLabels(deployment, 'postgresql'), annotations: KEPT },
        spec: {
          instances,
          ...(image && imageFields(pulled)),
          ...pullSecretsOf(scope, pulled),
          bootstrap: { initdb: { database: DATABASE, owner: DATABASE } },
          storage: { size: canonicalQuantity(storageSize), ...(storageClassName !== undefined && { storageClass: storageClassName }) },
          resources: containerResources(resources, COMPONENTS.postgresql.resources),
          ...(parameters && { postgresql: { parameters } }),
          ...placementFields(placement),
        },
      });
    },
    validate(validator, prop) {
      validator.serviceName(`${prop}.name`, name);
      validator.wholeNumber(`${prop}.instances`, instances, 1);
      validateImage(validator, `${prop}.image`, image);
      if (image && image.repository === undefined) {
        validator.reportHidden(`${prop}.image`, "it has no repository; expected one, as that of the operator's own image is not known");
      }
      validator.bytes(`${prop}.storageSize`, storageSize);
      validator.dnsSubdomain(`${prop}.storageClassName`, storageClassName);
      validateResources(validator, `${prop}.resources`, resources, COMPONENTS.postgresql.resources);
      validateParameters(validator, `${prop}.parameters`, parameters);
      validatePlacement(validator, `${prop}.placement`, placement);
    },
  };
}

/** The database that is made, and its owner. */
const DATABASE = 'airflow';

/** What the operator's Secrets and Services say. */
function clusterStore(cluster: string, ca: CaCertificates | undefined, given: Given): Omit<DataStore, 'validate'> {
  const port = DEFAULT_PORTS[DatabaseEngine.POSTGRESQL];
  const secretName = `${cluster}-app`;
  const file = (path: string, key: string): ProjectedFile => ({ path, kind: 'Secret', name: secretName, key });
  const [user, name] = [file('database-user', 'username'), file('database-name', 'dbname')];
  const tls = { ca: ca ?? CaCertificates.fromSecret({ secretName: `${cluster}-ca` }) };
  const pods = { 'cnpg.io/cluster': cluster };
  const store = databaseOf(DatabaseEngine.POSTGRESQL, tls, [user, name]);
  return {
    ...store,
    secret: { secretName, key: 'password' },
    address: { scheme: 'postgresql', user, hosts: [{ host: `${cluster}-rw`, port }], name },
    destinations: [{ peer: { kind: 'pods', labels: pods }, ports: [tcp(port)] }],
    given,
    addTo(scope, deployment) {
      store.addTo(scope, deployment);
      declareExisting(scope, 'Secret', secretName);
      declareExistingPods(scope, pods);
    },
  };
}

function imageFields(image: ImageProps): Json {
  return { imageName: imageReference(image), ...(image.pullPolicy !== undefined && { imagePullPolicy: image.pullPolicy }) };
}

/** The operator has fields of its own for most of it. */
function placementFields({ nodeSelector, tolerations, affinity, topologySpreadConstraints, priorityClassName }: PlacementProps = {}): Json {
  const own = defined({
    nodeSelector,
    tolerations,
    nodeAffinity: affinity?.nodeAffinity,
    additionalPodAffinity: affinity?.podAffinity,
    additionalPodAntiAffinity: affinity?.podAntiAffinity,
  });
  return {
    ...(Object.keys(own).length > 0 && { affinity: own }),
    ...(topologySpreadConstraints && { topologySpreadConstraints }),
    ...(priorityClassName !== undefined && { priorityClassName }),
  };
}
