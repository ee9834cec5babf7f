import type { NetworkDestination } from '../network/network-destination';
import { ANYWHERE, tcp } from '../network/network-flow';
import { AWS_IDENTITY, GOOGLE_IDENTITY } from '../network/pod-identity';
import type { Destination } from '../network/url-destinations';
import {
  type BundlePlan,
  connectionIdOf,
  connectionVariable,
  type DagBundleOptions,
  nameOfPath,
  refreshOf,
  validateBundle,
  validateConnectionId,
} from './bundle-plan';
import { validateFolder } from './git-repository';

/** DAGs in a bucket. Airflow keeps no versions of them: a task runs what is there when it starts. */
export interface ObjectStoreDagBundleProps extends DagBundleOptions {
  /** The name of the bucket. */
  readonly bucket: string;
  /**
   * The folder of the DAGs in the bucket.
   * @default - all of the bucket
   */
  readonly prefix?: string;
  /**
   * A connection of Airflow that says who reads, and where: one of `connections`, or any other that Airflow finds.
   * @default - none: the cloud knows the pods by their ServiceAccount
   */
  readonly connectionId?: string;
  /**
   * Whom the NetworkPolicies let the pods reach in order to fetch, as in `[NetworkDestination.namespace('minio', [9000])]`.
   * @default - port 443 anywhere; without a connection also where the cloud tells pods who they are
   */
  readonly egress?: NetworkDestination[];
}

/** A bundle of the provider `amazon`. Without a connection the SDK of AWS finds out by itself who reads. */
export function s3Bundle(props: ObjectStoreDagBundleProps): BundlePlan {
  return objectStoreBundle(props, {
    classpath: 'airflow.providers.amazon.aws.bundles.s3.S3DagBundle',
    connection: { aws_conn_id: props.connectionId ?? null },
    part: {},
    identity: props.connectionId === undefined ? AWS_IDENTITY : [],
  });
}

/** A bundle of the provider `google`. A connection without any field is what the provider asks for where the pods themselves are known. */
export function gcsBundle(props: ObjectStoreDagBundleProps): BundlePlan {
  const { connectionId } = props;
  const name = nameOf(props);
  return objectStoreBundle(props, {
    classpath: 'airflow.providers.google.cloud.bundles.gcs.GCSDagBundle',
    connection: { gcp_conn_id: connectionId ?? connectionIdOf(name) },
    part: connectionId === undefined ? { env: [connectionVariable(name, { conn_type: 'google_cloud_platform' })] } : {},
    identity: connectionId === undefined ? GOOGLE_IDENTITY : [],
  });
}

interface Store extends Pick<BundlePlan, 'classpath' | 'part'> {
  readonly connection: object;
  /** Where the pods get to know who they are, besides at port 443. */
  readonly identity: readonly Destination[];
}

function nameOf({ name, bucket, prefix }: ObjectStoreDagBundleProps): string {
  return name ?? nameOfPath(bucket, prefix);
}

/** As S3 and Google have it, those with dots included. */
const BUCKET = /^[a-z0-9][a-z0-9._-]{1,220}[a-z0-9]$/;

function objectStoreBundle(props: ObjectStoreDagBundleProps, { classpath, connection, part, identity }: Store): BundlePlan {
  const { bucket, prefix, connectionId, egress } = props;
  const name = nameOf(props);
  return {
    name,
    classpath,
    kwargs: {
      ...connection,
      bucket_name: bucket,
      ...(prefix !== undefined && { prefix: prefix.split('/').filter(Boolean).join('/') }),
      ...refreshOf(props),
    },
    part,
    isFetched: true,
    destinations: egress?.map(({ _destination }) => _destination) ?? [{ peer: ANYWHERE, ports: [tcp(443)] }, ...identity],
    existing: [],
    validate: (validator, prop) => {
      validateBundle(validator, prop, name, props);
      if (!BUCKET.test(bucket)) validator.report(`${prop}.bucket`, bucket, 'expected the name of a bucket, as in "example-dags"');
      validateFolder(validator, `${prop}.prefix`, prefix);
      validateConnectionId(validator, prop, connectionId);
      for (const [index, destination] of (egress ?? []).entries()) destination._validate(validator, `${prop}.egress[${index}]`);
    },
  };
}
