import { CaCertificates, DatabaseEngine, TlsMode } from '../../lib';
import { tlsQuery } from '../../lib/data-stores/database-engine';

const { POSTGRESQL, MYSQL } = DatabaseEngine;
const CA = CaCertificates.fromConfigMap('company-ca');

test('without TLS the drivers are told nothing', () => {
  expect(tlsQuery(POSTGRESQL, undefined, '/f')).toEqual({});
  expect(tlsQuery(MYSQL, undefined, '/f')).toEqual({});
});

test('the server is verified, by the authorities that the image trusts, unless others are given', () => {
  expect(tlsQuery(POSTGRESQL, {}, '/f')).toEqual({ sslmode: 'verify-full', sslrootcert: '/etc/ssl/certs/ca-certificates.crt' });
  expect(tlsQuery(POSTGRESQL, { ca: CA }, '/f')).toEqual({ sslmode: 'verify-full', sslrootcert: '/f/database-ca.crt' });
  expect(tlsQuery(MYSQL, { ca: CA }, '/f')).toEqual({ ssl_mode: 'VERIFY_IDENTITY', ssl_ca: '/f/database-ca.crt' });
});

test.each([
  [TlsMode.DISABLE, 'disable', 'DISABLED'],
  [TlsMode.PREFER, 'prefer', 'PREFERRED'],
  [TlsMode.REQUIRE, 'require', 'REQUIRED'],
])('under %s nobody asks for authorities', (mode, ofPostgresql, ofMysql) => {
  expect(tlsQuery(POSTGRESQL, { mode }, '/f')).toEqual({ sslmode: ofPostgresql });
  expect(tlsQuery(MYSQL, { mode }, '/f')).toEqual({ ssl_mode: ofMysql });
});

test('a certificate of the client goes with its key', () => {
  // GIVEN
  const tls = { mode: TlsMode.VERIFY_CA, clientCertificateSecretName: 'airflow-client' };

  // THEN
  expect(tlsQuery(POSTGRESQL, tls, '/f')).toMatchObject({ sslcert: '/f/database-tls.crt', sslkey: '/f/database-tls.key' });
  expect(tlsQuery(MYSQL, tls, '/f')).toMatchObject({
    ssl_mode: 'VERIFY_CA',
    ssl_cert: '/f/database-tls.crt',
    ssl_key: '/f/database-tls.key',
  });
});
