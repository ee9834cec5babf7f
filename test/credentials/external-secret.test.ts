import { Chart, Duration, Testing } from 'cdk8s';
import { AirflowChart, ExternalSecret, type ExternalSecretProps, GitCredentials, SecretStoreKind } from '../../lib';
import type { Manifest } from '../support/manifests';
import { synthErrors } from '../support/synth-objects';

const DEFAULTS = { conversionStrategy: 'Default', decodingStrategy: 'None', metadataPolicy: 'None' };
const PROPS: ExternalSecretProps = { store: { name: 'vault' }, data: { token: { key: 'gitlab' } } };

test('an ExternalSecret makes a Secret from a store', () => {
  // WHEN
  const { manifest, secret } = make(PROPS);

  // THEN
  expect(manifest).toEqual({
    apiVersion: 'external-secrets.io/v1',
    kind: 'ExternalSecret',
    metadata: { name: 'gitlab-dags' },
    spec: {
      refreshInterval: '3600s',
      secretStoreRef: { name: 'vault', kind: 'SecretStore' },
      target: { name: 'gitlab-dags', creationPolicy: 'Owner' },
      data: [{ secretKey: 'token', remoteRef: { ...DEFAULTS, key: 'gitlab' } }],
    },
  });
  expect(secret.secretName).toBe('gitlab-dags');
});

test('name, labels, kind of store, interval, members and versions can be set', () => {
  // WHEN
  const { manifest, secret } = make({
    name: 'login',
    labels: { team: 'data' },
    store: { name: 'vault', kind: SecretStoreKind.CLUSTER_SECRET_STORE },
    refreshInterval: Duration.minutes(5),
    data: { username: { key: 'gitlab', property: 'user' }, token: { key: 'gitlab', property: 'token', version: '7' } },
  });

  // THEN
  expect(manifest.metadata).toEqual({ name: 'login', labels: { team: 'data' } });
  expect(manifest.spec).toEqual({
    refreshInterval: '300s',
    secretStoreRef: { name: 'vault', kind: 'ClusterSecretStore' },
    target: { name: 'login', creationPolicy: 'Owner' },
    data: [
      { secretKey: 'username', remoteRef: { ...DEFAULTS, key: 'gitlab', property: 'user' } },
      { secretKey: 'token', remoteRef: { ...DEFAULTS, key: 'gitlab', property: 'token', version: '7' } },
    ],
  });
  expect(secret.secretName).toBe('login');
});

test.each<[Partial<ExternalSecretProps>, string]>([
  [{ name: 'A B' }, 'name: "A B" given; expected a DNS name'],
  [{ store: { name: '' } }, 'store.name: "" given; expected a DNS name'],
  [{ data: {} }, 'data: it is empty; expected at least one key'],
  [{ data: { 'a b': { key: 'x' } } }, 'data: "a b" given; expected a key of a Secret'],
  [{ data: { token: { key: ' ' } } }, 'data.token.key: " " given; expected a name in the store'],
  [{ data: { token: { key: 'x', property: '' } } }, 'data.token.property: "" given; expected a name in the store'],
  [{ refreshInterval: Duration.millis(1500) }, 'refreshInterval: "1500 millis" given; expected one second or more, in whole seconds'],
])('%j is an error', (props, message) => {
  // WHEN
  const errors = synthErrors((app) => new ExternalSecret(new Chart(app, 'chart'), 'it', { ...PROPS, ...props }));

  // THEN
  expect(errors).toEqual([expect.stringContaining(`[chart/it] ${message}`)]);
});

test.each([
  ['token', []],
  [
    'password',
    [expect.stringContaining('names the key "token" of Secret "gitlab-dags", which ExternalSecret "gitlab-dags" does not put there')],
  ],
])('with the key %s for the token of DAGs the errors are %j', (key, expected) => {
  // WHEN
  const errors = synthErrors((app) => {
    const credentials = GitCredentials.token({ secretName: 'gitlab-dags' });
    const chart = new AirflowChart(app, 'airflow', { dags: [{ url: 'https://gitlab.example.com/data/dags.git', credentials }] });
    new ExternalSecret(chart, 'gitlab-dags', { store: { name: 'vault' }, data: { username: { key: 'user' }, [key]: { key: 'gitlab' } } });
  });

  // THEN
  expect(errors).toEqual(expected);
});

function make(props: ExternalSecretProps): { manifest: Manifest; secret: ExternalSecret } {
  const chart = Testing.chart();
  const secret = new ExternalSecret(chart, 'gitlab-dags', props);
  return { manifest: Testing.synth(chart)[0], secret };
}
