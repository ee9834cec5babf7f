import { ApiObject, Duration } from 'cdk8s';
import { Construct } from 'constructs';
import { AppSynth } from '../cdk8s/app-synth';
import { defined } from '../kubernetes/defined';
import { wholeSeconds } from '../kubernetes/whole-seconds';
import { checkedProps } from '../validation/checked-props';
import { PropValidator } from '../validation/prop-validator';

/** What kind of object tells External Secrets how to reach a store. */
export enum SecretStoreKind {
  /** One of the namespace. */
  SECRET_STORE = 'SecretStore',
  /** One for all namespaces. */
  CLUSTER_SECRET_STORE = 'ClusterSecretStore',
}

/** The object that tells External Secrets how to reach a store: Vault, or that of a cloud. */
export interface SecretStoreProps {
  /** Its name. */
  readonly name: string;
  /**
   * Its kind.
   * @default SecretStoreKind.SECRET_STORE
   */
  readonly kind?: SecretStoreKind;
}

/** Where a value is in a store. */
export interface RemoteKey {
  /** The name of the secret in the store. */
  readonly key: string;
  /**
   * The member of it, where it has several.
   * @default - the whole secret
   */
  readonly property?: string;
  /**
   * Its version, in stores that have versions.
   * @default - the newest
   */
  readonly version?: string;
}

/** How External Secrets reads from a store. */
export interface ExternalSecretOptions {
  /** The store. */
  readonly store: SecretStoreProps;
  /**
   * How often the store is read anew, in whole seconds.
   * @default Duration.hours(1)
   * @see https://external-secrets.io/latest/api/externalsecret/, refreshInterval
   */
  readonly refreshInterval?: Duration;
}

/** What an ExternalSecret is made from. */
export interface ExternalSecretProps extends ExternalSecretOptions {
  /**
   * The name of the ExternalSecret, and of the Secret that it makes.
   * @default - the id of the construct
   */
  readonly name?: string;
  /** What is in the Secret, by key, and where in the store it is. */
  readonly data: { readonly [key: string]: RemoteKey };
  /**
   * Labels of the ExternalSecret.
   * @default - none
   */
  readonly labels?: { readonly [name: string]: string };
}

/**
 * A Secret that the External Secrets operator makes from a store outside of the cluster, and keeps in step with it. The operator has to be in the cluster. Where an
 * object of the chart names a key of the Secret that is not among `data`, it is an error when the app is validated.
 * @see https://external-secrets.io
 * @example
 * import { App } from 'cdk8s';
 * import { AirflowChart, ExternalSecret, GitCredentials, SecretStoreKind } from 'cdk8s-airflow';
 *
 * const chart = new AirflowChart(new App(), 'airflow', {
 *   dags: [{ url: 'https://gitlab.example.com/data/dags.git', credentials: GitCredentials.token({ secretName: 'gitlab-dags' }) }],
 * });
 * new ExternalSecret(chart, 'gitlab-dags', {
 *   store: { name: 'vault', kind: SecretStoreKind.CLUSTER_SECRET_STORE },
 *   data: { username: { key: 'gitlab', property: 'user' }, token: { key: 'gitlab', property: 'token' } },
 * });
 */
export class ExternalSecret extends Construct {
  /** The name of the Secret. */
  readonly secretName: string;

  /** Wrong props are reported when the app is validated. */
  constructor(scope: Construct, id: string, props: ExternalSecretProps) {
    super(scope, id);
    AppSynth.of(this);
    const validator = new PropValidator(this);
    props = checkedProps(validator, 'ExternalSecretProps', props, { store: { name: '' }, data: {} });
    const { name = id, data } = props;
    validator.dnsSubdomain('name', name);
    validateExternalOptions(validator, props);
    validator.labels('labels', props.labels);
    if (Object.keys(data).length === 0) validator.reportHidden('data', 'it is empty; expected at least one key');
    for (const [key, remote] of Object.entries(data)) {
      validator.secretKey('data', key);
      validateRemoteKey(validator, `data.${key}`, remote);
    }
    this.secretName = name;
    addExternalSecret(this, 'external-secret', { ...props, name });
  }
}

/** They are in a list, where kubectl else would see a change at each apply. */
const REMOTE_DEFAULTS = { conversionStrategy: 'Default', decodingStrategy: 'None', metadataPolicy: 'None' };

/** An ExternalSecret for which it has been looked whether the props are right. */
export function addExternalSecret(scope: Construct, id: string, props: ExternalSecretProps & { readonly name: string }): void {
  const { name, store, data, labels, refreshInterval = Duration.hours(1) } = props;
  new ApiObject(scope, id, {
    apiVersion: 'external-secrets.io/v1',
    kind: 'ExternalSecret',
    metadata: { name, labels },
    spec: {
      refreshInterval: `${wholeSeconds(refreshInterval)}s`,
      secretStoreRef: { name: store.name, kind: store.kind ?? SecretStoreKind.SECRET_STORE },
      target: { name, creationPolicy: 'Owner' },
      data: Object.entries(data).map(([secretKey, { key, property, version }]) => ({
        secretKey,
        remoteRef: { ...REMOTE_DEFAULTS, ...defined({ key, property, version }) },
      })),
    },
  });
}

export function validateExternalOptions(validator: PropValidator, options: ExternalSecretOptions, prefix = ''): void {
  validator.dnsSubdomain(`${prefix}store.name`, options.store.name);
  validator.wholeSeconds(`${prefix}refreshInterval`, options.refreshInterval);
}

export function validateRemoteKey(validator: PropValidator, prop: string, { key, property, version }: RemoteKey): void {
  for (const [name, value] of Object.entries({ key, property, version })) {
    if (value !== undefined && value.trim() === '') validator.report(`${prop}.${name}`, value, 'expected a name in the store');
  }
}
