import type { NetworkDestination } from '../network/network-destination';
import { ANYWHERE, tcp } from '../network/network-flow';
import { AWS_IDENTITY } from '../network/pod-identity';
import type { Target } from '../network/url-destinations';
import type { PropValidator } from '../validation/prop-validator';
import type { BackupStorePlan } from './backup-store-plan';
import { BUCKET_FOLDER, S3_BUCKET } from './bucket-names';
import type { SecretKey } from './secret-key';

/** Dumps of the database in a bucket of S3, or of a store that speaks its language. */
export interface S3BackupProps {
  /** The name of the bucket, which is there. Who brings dumps there may list, read, write and delete in the folder. */
  readonly bucket: string;
  /**
   * The folder in it.
   * @default "airflow-backups"
   */
  readonly folder?: string;
  /**
   * The address of a store of one's own, as in `https://minio.example.com`.
   * @default - Amazon's
   */
  readonly endpointUrl?: string;
  /**
   * The region of the bucket, as in `eu-central-1`.
   * @default - what the identity of the pods says, or `us-east-1`
   */
  readonly region?: string;
  /**
   * Where the access key is, in a Secret; the key there is `access-key-id` unless it is given.
   * @default - none: the cloud knows the pods by the ServiceAccount of `allComponents`
   */
  readonly accessKeyId?: SecretKey;
  /**
   * Where the secret access key is, which belongs to it; the key there is `secret-access-key` unless it is given.
   * @default - none
   */
  readonly secretAccessKey?: SecretKey;
  /**
   * Where the store is, for the NetworkPolicies.
   * @default - where `endpointUrl` leads, or port 443 of any address; without an access key also where AWS tells pods who they are
   */
  readonly destination?: NetworkDestination;
}

const REGION = /^[a-z0-9-]+$/;
/** Stores of one's own may not know the checksums that boto3 sends by default. */
const ONLY_REQUIRED_CHECKSUMS = { AWS_REQUEST_CHECKSUM_CALCULATION: 'when_required', AWS_RESPONSE_CHECKSUM_VALIDATION: 'when_required' };

export function s3Backups(props: S3BackupProps): BackupStorePlan {
  const { bucket, folder = 'airflow-backups', endpointUrl, region, accessKeyId, secretAccessKey } = props;
  return {
    bucket: {
      bucket,
      folder,
      variables: {
        ...(endpointUrl !== undefined && { AWS_ENDPOINT_URL_S3: endpointUrl, ...ONLY_REQUIRED_CHECKSUMS }),
        ...(region !== undefined && { AWS_DEFAULT_REGION: region }),
      },
      keys: {
        ...(accessKeyId && { aws_access_key_id: { key: 'access-key-id', ...accessKeyId } }),
        ...(secretAccessKey && { aws_secret_access_key: { key: 'secret-access-key', ...secretAccessKey } }),
      },
    },
    destinations: destinationsOf(props),
    validate: (validator, prop) => validateS3(validator, prop, props),
  };
}

function destinationsOf({ endpointUrl, destination, accessKeyId }: S3BackupProps): Target[] {
  const ofStore: Target = endpointUrl && URL.canParse(endpointUrl) ? new URL(endpointUrl) : { peer: ANYWHERE, ports: [tcp(443)] };
  return [destination?._destination ?? ofStore, ...(accessKeyId ? [] : AWS_IDENTITY)];
}

function validateS3(validator: PropValidator, prop: string, props: S3BackupProps): void {
  const { bucket, folder, endpointUrl, region, accessKeyId, secretAccessKey, destination } = props;
  if (!S3_BUCKET.test(bucket)) validator.report(`${prop}.bucket`, bucket, 'expected the name of a bucket, as in "airflow-backups"');
  if (folder !== undefined && !BUCKET_FOLDER.test(folder)) {
    validator.report(`${prop}.folder`, folder, 'expected a folder in the bucket, as in "airflow/backups"');
  }
  if (endpointUrl !== undefined) validateEndpoint(validator, `${prop}.endpointUrl`, endpointUrl);
  if (region !== undefined && !REGION.test(region)) validator.report(`${prop}.region`, region, 'expected a region, as in "eu-central-1"');
  validator.secret(`${prop}.accessKeyId`, accessKeyId);
  validator.secret(`${prop}.secretAccessKey`, secretAccessKey);
  if (!accessKeyId !== !secretAccessKey) {
    validator.reportHidden(`${prop}.${accessKeyId ? 'secretAccessKey' : 'accessKeyId'}`, 'it is missing; expected both keys or none');
  }
  destination?._validate(validator, `${prop}.destination`);
}

function validateEndpoint(validator: PropValidator, prop: string, text: string): void {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (url?.username || url?.password) {
    validator.reportHidden(prop, 'it has a login in it; expected accessKeyId and secretAccessKey');
  } else if (!url || !/^https?:$/.test(url.protocol) || url.search || url.hash) {
    validator.report(prop, text, 'expected the address of a store, as in "https://minio.example.com"');
  }
}
