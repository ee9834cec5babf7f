import { type AirflowChartProps, Content, SecretsBackend } from '../../lib';
import type { Manifest } from '../support/manifests';
import { airflowErrors, synthAirflow } from '../support/synth-objects';

const READERS = ['api-server', 'dag-processor', 'triggerer'];

test.each<[SecretsBackend, string, object]>([
  [
    SecretsBackend.awsSecretsManager({ region: 'eu-central-1', connectionsPrefix: 'a/c' }),
    'airflow.providers.amazon.aws.secrets.secrets_manager.SecretsManagerBackend',
    { connections_prefix: 'a/c', region_name: 'eu-central-1' },
  ],
  [SecretsBackend.awsParameterStore(), 'airflow.providers.amazon.aws.secrets.systems_manager.SystemsManagerParameterStoreBackend', {}],
  [
    SecretsBackend.gcpSecretManager({ projectId: 'data', variablesPrefix: 'v' }),
    'airflow.providers.google.cloud.secrets.secret_manager.CloudSecretManagerBackend',
    { variables_prefix: 'v', project_id: 'data' },
  ],
  [
    SecretsBackend.azureKeyVault({ vaultUrl: 'https://a.vault.azure.net' }),
    'airflow.providers.microsoft.azure.secrets.key_vault.AzureKeyVaultBackend',
    { vault_url: 'https://a.vault.azure.net' },
  ],
  [
    SecretsBackend.vault({ url: 'https://vault.example.com:8200', kubernetesRole: 'airflow', mountPoint: 'kv' }),
    'airflow.providers.hashicorp.secrets.vault.VaultBackend',
    {
      url: 'https://vault.example.com:8200',
      auth_type: 'kubernetes',
      kubernetes_role: 'airflow',
      kubernetes_jwt_path: '/etc/airflow-vault/token',
      mount_point: 'kv',
    },
  ],
])('%#: only what asks it by itself knows of it and reaches it', (secretsBackend, backend, kwargs) => {
  // WHEN
  const objects = synthAirflow({ secretsBackend });

  // THEN
  for (const component of ['api-server', 'dag-processor', 'triggerer', 'scheduler', 'worker', 'migrate']) {
    const env = objects.env(component);
    const isReader = READERS.includes(component);
    expect(env.AIRFLOW__SECRETS__BACKEND).toBe(isReader ? backend : undefined);
    expect(env.AIRFLOW__SECRETS__BACKEND_KWARGS && JSON.parse(`${env.AIRFLOW__SECRETS__BACKEND_KWARGS}`)).toEqual(
      isReader ? kwargs : undefined,
    );
    const egress = JSON.stringify(objects.one('NetworkPolicy', `airflow-${component}`).spec.egress);
    expect(/"port":(443|8200)\b/.test(egress)).toBe(isReader);
  }
});

test('Vault is shown a token of Kubernetes that is for it alone, or one out of a Secret', () => {
  // GIVEN
  const url = 'https://vault.vault.svc:8200';
  const sourceOf = (secretsBackend: SecretsBackend) => {
    const { volumes } = synthAirflow({ secretsBackend }).pod('api-server').spec;
    return volumes.find(({ name }: Manifest) => name === 'vault').projected.sources;
  };

  // THEN
  expect(sourceOf(SecretsBackend.vault({ url, kubernetesRole: 'airflow', audience: 'v' }))).toEqual([
    { serviceAccountToken: { path: 'token', audience: 'v', expirationSeconds: 3600 } },
  ]);
  expect(sourceOf(SecretsBackend.vault({ url, token: { secretName: 'vault' } }))).toEqual([
    { secret: { name: 'vault', items: [{ key: 'token', path: 'token' }] } },
  ]);
});

test('beside connections or variables of the program it is asked for the rest', () => {
  // WHEN
  const objects = synthAirflow({ secretsBackend: SecretsBackend.gcpSecretManager(), variables: { a: Content.fromText('b') } });

  // THEN
  expect(objects.env('api-server').AIRFLOW__SECRETS__BACKEND).toBe('cdk8s_airflow_connections.FilesBackend');
  expect(objects.env('api-server')).not.toHaveProperty('AIRFLOW__SECRETS__BACKEND_KWARGS');
  expect(JSON.parse(objects.one('ConfigMap', 'airflow-connections').data['index.json']).next).toEqual({
    backend: 'airflow.providers.google.cloud.secrets.secret_manager.CloudSecretManagerBackend',
    kwargs: {},
  });
});

test.each<[AirflowChartProps, string]>([
  [{ secretsBackend: SecretsBackend.azureKeyVault({ vaultUrl: 'a' }) }, 'secretsBackend.vaultUrl: it is no address'],
  [{ secretsBackend: SecretsBackend.vault({ url: 'https://a:b@c', kubernetesRole: 'a' }) }, 'secretsBackend.url: it has a login in it'],
  [{ secretsBackend: SecretsBackend.vault({ url: 'https://c' }) }, 'secretsBackend: expected either kubernetesRole or token'],
  [
    { secretsBackend: SecretsBackend.vault({ url: 'https://c', token: { secretName: 'A B' } }) },
    'secretsBackend.token.secretName: "A B" given; expected a DNS name',
  ],
])('%#: what is wrong is told', (props, error) => {
  expect(airflowErrors(props)).toEqual([expect.stringContaining(`[airflow/airflow] ${error}`)]);
});
