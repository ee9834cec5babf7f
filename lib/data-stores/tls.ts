import type { ProjectedFile } from '../credentials/secrets-volume';
import type { CaCertificates } from '../props/ca-certificates';
import type { PropValidator } from '../validation/prop-validator';

/** How the connection to a server is encrypted. */
export interface TlsProps {
  /**
   * The authorities by whose certificates the server is known.
   * @default - those that the image trusts, among them all public ones
   */
  readonly ca?: CaCertificates;
  /**
   * The name of a Secret of the type kubernetes.io/tls in the namespace of the pods, with the certificate and the key by which the server knows
   * Airflow.
   * @default - none
   */
  readonly clientCertificateSecretName?: string;
}

/** Where Debian, and Airflow's image, has the certificates of all authorities that it trusts. */
const TRUSTED = '/etc/ssl/certs/ca-certificates.crt';

/** The files of a connection, each with a name that begins with that of what is connected to. */
export function tlsFiles(store: string, { ca, clientCertificateSecretName: name }: TlsProps): ProjectedFile[] {
  return [
    ...(ca ? [{ path: `${store}-ca.crt`, kind: ca._kind, name: ca._name, key: ca._key }] : []),
    ...(name === undefined ? [] : ['tls.crt', 'tls.key'].map((key) => ({ path: `${store}-${key}`, kind: 'Secret' as const, name, key }))),
  ];
}

/** Their paths where they are in a folder. */
export function tlsPaths(store: string, folder: string, { ca, clientCertificateSecretName }: TlsProps) {
  const path = (file: string) => `${folder}/${store}-${file}`;
  return {
    ca: ca ? path('ca.crt') : TRUSTED,
    ...(clientCertificateSecretName !== undefined && { certificate: path('tls.crt'), key: path('tls.key') }),
  };
}

export function validateTls(validator: PropValidator, prop: string, { ca, clientCertificateSecretName }: TlsProps): void {
  ca?._validate(validator, `${prop}.ca`);
  validator.dnsSubdomain(`${prop}.clientCertificateSecretName`, clientCertificateSecretName);
}
