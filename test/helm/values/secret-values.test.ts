import { withoutSecrets } from '../../../lib/helm/values/secret-values';

test('secrets are taken out, wherever they stand, and all else stays', () => {
  // GIVEN
  const values = {
    image: { repository: 'registry.example.com/web', pullSecrets: ['registry-login'] },
    auth: { username: 'admin', password: 'one', fernetKey: 'two', existingSecret: 'logins', pin: 1 },
    data: { metadataConnection: { user: 'airflow', pass: 'three', port: 5432 }, brokerUrl: 'redis://:four@redis:6379/0' },
    env: [
      { name: 'API_TOKEN', value: 'five' },
      { name: 'MODE', value: 'plain' },
      { name: 'DB_PASSWORD', valueFrom: { secretKeyRef: { name: 'db', key: 'password' } } },
    ],
    extraSecrets: { git: { data: 'user: six', labels: ['seven'] } },
    passwords: ['eight'],
    token: '',
    tls: { crt: '-----BEGIN CERTIFICATE-----', pem: ['-----BEGIN PRIVATE', 'KEY-----'].join(' ') },
    license_key: 9,
    nothing: null,
    enabled: true,
  };
  // WHEN
  const { values: shown, secrets } = withoutSecrets(values, '-');
  // THEN
  expect(secrets).toEqual(['one', 'two', 'three', 'redis://:four@redis:6379/0', 'five', 'user: six', 'seven', 'eight', values.tls.pem, 9]);
  expect(shown).toEqual({
    ...values,
    auth: { ...values.auth, password: '-', fernetKey: '-' },
    data: { metadataConnection: { user: 'airflow', pass: '-', port: 5432 }, brokerUrl: '-' },
    env: [{ name: 'API_TOKEN', value: '-' }, values.env[1], values.env[2]],
    extraSecrets: { git: { data: '-', labels: ['-'] } },
    passwords: ['-'],
    tls: { crt: values.tls.crt, pem: '-' },
    license_key: '-',
  });
});
