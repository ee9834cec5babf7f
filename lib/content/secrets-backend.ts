import type { PodPart } from '../kubernetes/pod-part';
import type { NetworkPort } from '../network/network-flow';
import { ANYWHERE, tcp } from '../network/network-flow';
import { POD_IDENTITY } from '../network/pod-identity';
import type { Destination, Target } from '../network/url-destinations';
import type { SecretKey } from '../props/secret-key';
import type { Given } from '../validation/checked-props';
import type { PropValidator } from '../validation/prop-validator';

/** By which names connections and variables are found. */
export interface SecretsBackendProps {
  /**
   * What the names of connections begin with.
   * @default - that of Airflow's provider, as "airflow/connections" or "airflow-connections"
   */
  readonly connectionsPrefix?: string;
  /**
   * What the names of variables begin with.
   * @default - that of Airflow's provider, as "airflow/variables" or "airflow-variables"
   */
  readonly variablesPrefix?: string;
}

/** AWS Secrets Manager, or the parameter store of AWS Systems Manager. */
export interface AwsSecretsBackendProps extends SecretsBackendProps {
  /**
   * The region, as in `eu-central-1`.
   * @default - that of the pods, as AWS tells it
   */
  readonly region?: string;
}

/** Google Secret Manager. */
export interface GcpSecretsBackendProps extends SecretsBackendProps {
  /**
   * The project that has the secrets.
   * @default - that of the pods' account
   */
  readonly projectId?: string;
}

/** Azure Key Vault. */
export interface AzureSecretsBackendProps extends SecretsBackendProps {
  /** The address of the vault, as in `https://airflow.vault.azure.net`. */
  readonly vaultUrl: string;
}

/** HashiCorp Vault, or OpenBao. */
export interface VaultSecretsBackendProps {
  /** The address, as in `https://vault.example.com:8200`. */
  readonly url: string;
  /**
   * The role of Vault's Kubernetes auth method that the ServiceAccounts of API server, DAG processor and triggerer have. They log in by a token of
   * theirs, which is for Vault alone.
   * @default - none: there is a token
   */
  readonly kubernetesRole?: string;
  /**
   * For whom that token is.
   * @default "vault"
   */
  readonly audience?: string;
  /**
   * A token of Vault in a Secret; the key is `token` unless it is given.
   * @default - none: there is a role
   */
  readonly token?: SecretKey;
  /**
   * Where the engine with the secrets is mounted.
   * @default "secret"
   */
  readonly mountPoint?: string;
  /**
   * The path of connections in it.
   * @default "connections"
   */
  readonly connectionsPath?: string;
  /**
   * The path of variables in it.
   * @default "variables"
   */
  readonly variablesPath?: string;
}

/** What pods have that look for connections and variables by themselves, and whom they reach for that. */
export interface ConnectionLookup {
  readonly podPart: PodPart;
  readonly destinations: readonly Target[];
}

/** What a secrets backend comes to. */
export interface SecretsBackendPlan {
  readonly backend: string;
  readonly kwargs: { readonly [name: string]: unknown };
  readonly destinations: readonly Target[];
  /** What the pods have by which they log in, where it is no identity of the cloud. */
  readonly part?: PodPart;
  readonly secretName?: string;
  validate(validator: PropValidator, prop: string): void;
}

const HTTPS: readonly NetworkPort[] = [tcp(443)];
const CLOUD: readonly Destination[] = [{ peer: ANYWHERE, ports: HTTPS }, ...POD_IDENTITY];
const VAULT_PATH = '/etc/airflow-vault';

/**
 * Where Airflow looks for connections and variables, before its database. API server, DAG processor and triggerer do, and tasks ask the API server:
 * only those three have a way to it, and need the rights to read there.
 * @see https://airflow.apache.org/docs/apache-airflow/stable/security/secrets/secrets-backend/index.html
 * @example
 * import { App } from 'cdk8s';
 * import { AirflowChart, SecretsBackend, ServiceAccount } from 'cdk8s-airflow';
 *
 * const annotations = { 'eks.amazonaws.com/role-arn': 'arn:aws:iam::111122223333:role/airflow-secrets' };
 * const serviceAccount = ServiceAccount.create({ annotations });
 * new AirflowChart(new App(), 'airflow', {
 *   secretsBackend: SecretsBackend.awsSecretsManager({ region: 'eu-central-1' }),
 *   apiServer: { serviceAccount },
 *   dagProcessor: { serviceAccount },
 *   triggerer: { serviceAccount },
 * });
 */
export class SecretsBackend {
  /**
   * AWS Secrets Manager.
   * @param props names and region.
   */
  static awsSecretsManager(props: AwsSecretsBackendProps = {}): SecretsBackend {
    return new SecretsBackend(() => awsPlan('secrets_manager.SecretsManagerBackend', props), ['awsSecretsManager', props]);
  }

  /**
   * The parameter store of AWS Systems Manager.
   * @param props names and region.
   */
  static awsParameterStore(props: AwsSecretsBackendProps = {}): SecretsBackend {
    return new SecretsBackend(() => awsPlan('systems_manager.SystemsManagerParameterStoreBackend', props), ['awsParameterStore', props]);
  }

  /**
   * Google Secret Manager.
   * @param props names and project.
   */
  static gcpSecretManager(props: GcpSecretsBackendProps = {}): SecretsBackend {
    return new SecretsBackend(
      () => ({
        backend: 'airflow.providers.google.cloud.secrets.secret_manager.CloudSecretManagerBackend',
        kwargs: given({ ...prefixes(props), project_id: props.projectId }),
        destinations: CLOUD,
        validate: () => {},
      }),
      ['gcpSecretManager', props],
    );
  }

  /**
   * Azure Key Vault.
   * @param props names and address.
   */
  static azureKeyVault(props: AzureSecretsBackendProps): SecretsBackend {
    return new SecretsBackend(
      () => ({
        backend: 'airflow.providers.microsoft.azure.secrets.key_vault.AzureKeyVaultBackend',
        kwargs: given({ ...prefixes(props), vault_url: props.vaultUrl }),
        destinations: CLOUD,
        validate: (validator, prop) => validateUrl(validator, `${prop}.vaultUrl`, props.vaultUrl),
      }),
      ['azureKeyVault', props],
    );
  }

  /**
   * HashiCorp Vault, or OpenBao, with the KV engine in version 2.
   * @param props the address, and by what Airflow logs in.
   */
  static vault(props: VaultSecretsBackendProps): SecretsBackend {
    return new SecretsBackend(() => vaultPlan(props), ['vault', props]);
  }

  private constructor(
    private readonly planOf: () => SecretsBackendPlan,
    /** @internal */
    readonly _given: Given,
  ) {}

  /**
   * What pods have where there is nothing beside it.
   * @internal
   */
  get _lookup(): ConnectionLookup {
    const { backend, kwargs, destinations, part } = this._plan;
    const env = [
      { name: 'AIRFLOW__SECRETS__BACKEND', value: backend },
      { name: 'AIRFLOW__SECRETS__BACKEND_KWARGS', value: JSON.stringify(kwargs) },
    ];
    return { podPart: { ...part, env }, destinations };
  }

  /** @internal */
  get _plan(): SecretsBackendPlan {
    return this.planOf();
  }
}

function awsPlan(backend: string, props: AwsSecretsBackendProps): SecretsBackendPlan {
  return {
    backend: `airflow.providers.amazon.aws.secrets.${backend}`,
    kwargs: given({ ...prefixes(props), region_name: props.region }),
    destinations: CLOUD,
    validate: () => {},
  };
}

function vaultPlan(props: VaultSecretsBackendProps): SecretsBackendPlan {
  const { url, kubernetesRole, audience = 'vault', token, mountPoint, connectionsPath, variablesPath } = props;
  const login =
    kubernetesRole !== undefined
      ? { auth_type: 'kubernetes', kubernetes_role: kubernetesRole, kubernetes_jwt_path: `${VAULT_PATH}/token` }
      : { auth_type: 'token', token_path: `${VAULT_PATH}/token` };
  const source =
    kubernetesRole !== undefined
      ? { serviceAccountToken: { path: 'token', audience, expirationSeconds: 3600 } }
      : { secret: { name: token?.secretName, items: [{ key: token?.key ?? 'token', path: 'token' }] } };
  return {
    backend: 'airflow.providers.hashicorp.secrets.vault.VaultBackend',
    kwargs: given({ url, ...login, mount_point: mountPoint, connections_path: connectionsPath, variables_path: variablesPath }),
    destinations: URL.canParse(url) ? [new URL(url)] : [],
    part: {
      volumes: [{ name: 'vault', projected: { sources: [source], defaultMode: 0o440 } }],
      volumeMounts: [{ name: 'vault', mountPath: VAULT_PATH, readOnly: true }],
    },
    secretName: kubernetesRole === undefined ? token?.secretName : undefined,
    validate: (validator, prop) => {
      validateUrl(validator, `${prop}.url`, url);
      validator.secret(`${prop}.token`, token);
      if ((kubernetesRole === undefined) === (token === undefined)) {
        validator.reportHidden(prop, 'expected either kubernetesRole or token, by which Airflow logs in');
      }
    },
  };
}

function prefixes({ connectionsPrefix, variablesPrefix }: SecretsBackendProps) {
  return { connections_prefix: connectionsPrefix, variables_prefix: variablesPrefix };
}

function given(values: { readonly [name: string]: unknown }): { readonly [name: string]: unknown } {
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined));
}

function validateUrl(validator: PropValidator, prop: string, url: string): void {
  if (URL.canParse(url) && /^https?:$/.test(new URL(url).protocol)) {
    const { username, password } = new URL(url);
    if (username || password) validator.reportHidden(prop, 'it has a login in it; leave that out');
    return;
  }
  validator.reportHidden(prop, 'it is no address; expected one as "https://vault.example.com:8200"');
}
