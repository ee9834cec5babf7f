import type { EnvValue } from 'cdk8s-plus-27';
import { cdk8sPlus, envVars } from '../kubernetes/env';
import type { PodPart } from '../kubernetes/pod-part';
import type { CaCertificates } from './ca-certificates';
import { containerResources, type ResourcesProps, scratchVolume } from './resources';

/** What the containers of a pod have in common that run its image. */
export interface CertificatesContainer {
  readonly image: string;
  readonly imagePullPolicy?: string;
  readonly securityContext: object;
}

/** What the image has, be it Debian's or one made from it. */
const IMAGE_BUNDLE = '/etc/ssl/certs/ca-certificates.crt';
const SOURCE_PATH = '/etc/ca-source';
const BUNDLE_PATH = '/etc/ca-bundle';
/** The file with all certificates. */
export const CA_BUNDLE = `${BUNDLE_PATH}/ca-certificates.crt`;
/** By which programs find certificates. With most of them no others hold: so the file has those of the image too. */
const VARIABLES = [
  'SSL_CERT_FILE',
  'REQUESTS_CA_BUNDLE',
  'CURL_CA_BUNDLE',
  'PIP_CERT',
  'AWS_CA_BUNDLE',
  'GIT_SSL_CAINFO',
  'HTTPLIB2_CA_CERTS',
  'GRPC_DEFAULT_SSL_ROOTS_FILE_PATH',
];
/** Of the init container that puts them together, where users say nothing. */
export const CA_BUNDLE_RESOURCES: ResourcesProps = { requests: { cpu: '10m', memory: '16Mi' }, limits: { cpu: '500m', memory: '64Mi' } };

/** The variables by which programs find the file. */
export function caBundleVariables(): { readonly [name: string]: EnvValue } {
  return Object.fromEntries(VARIABLES.map((name) => [name, cdk8sPlus().EnvValue.fromValue(CA_BUNDLE)]));
}

/** The mount of the file that the variables name. */
export const CA_BUNDLE_MOUNT = { name: 'ca-bundle', mountPath: BUNDLE_PATH, readOnly: true };

/** What a pod has whose containers know certificates of one's own beside those of the image; it comes before what needs them. */
export function caBundlePart(certificates: CaCertificates, container: CertificatesContainer, resources?: ResourcesProps): PodPart {
  const items = [{ key: certificates._key, path: 'ca.crt' }];
  return {
    initContainers: [
      {
        ...container,
        name: 'ca-certificates',
        command: ['sh', '-c', `cat ${IMAGE_BUNDLE} ${SOURCE_PATH}/ca.crt > ${CA_BUNDLE}`],
        resources: containerResources(resources, CA_BUNDLE_RESOURCES),
        volumeMounts: [
          { name: 'ca-source', mountPath: SOURCE_PATH, readOnly: true },
          { name: 'ca-bundle', mountPath: BUNDLE_PATH },
        ],
      },
    ],
    volumes: [
      {
        name: 'ca-source',
        // Pods have users and groups of several kinds.
        ...(certificates._kind === 'Secret'
          ? { secret: { secretName: certificates._name, items, defaultMode: 0o444 } }
          : { configMap: { name: certificates._name, items } }),
      },
      scratchVolume('ca-bundle'),
    ],
    volumeMounts: [CA_BUNDLE_MOUNT],
    env: envVars(caBundleVariables()),
  };
}
