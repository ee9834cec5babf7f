import { Connection, type ConnectionProps } from '../../lib';
import { airflowErrors } from '../support/synth-objects';

const PLACE = '[airflow/airflow] connections["warehouse"]';

test('files stand for what is in Secrets, whose keys are the names of the parts unless they are given', () => {
  // GIVEN
  const connection = Connection.fromParts({
    type: 'postgres',
    host: 'db',
    port: 5432,
    extra: { sslmode: 'require', keepalives: 1 },
    secrets: {
      login: { secretName: 'warehouse', key: 'username' },
      password: { secretName: 'warehouse' },
      extra: { sslkey: { secretName: 'tls' } },
    },
  });

  // WHEN
  const entry = connection._entry(({ secretName, key }) => `${secretName}/${key}`);

  // THEN
  expect(JSON.parse(JSON.stringify(entry))).toEqual({
    parts: {
      conn_type: 'postgres',
      host: 'db',
      port: 5432,
      login: { file: 'warehouse/username' },
      password: { file: 'warehouse/password' },
    },
    extra: { sslmode: 'require', keepalives: 1 },
    extraFiles: { sslkey: { file: 'tls/sslkey' } },
  });
});

test.each<[ConnectionProps, string]>([
  [{ type: 'my type' }, '.type: "my type" given; expected the type of a connection'],
  [{ type: 'http', port: 0 }, '.port: 0 given; expected a whole number from 1 to 65535'],
  [{ type: 'http', host: 'a', secrets: { host: { secretName: 'b' } } }, '.host: expected either this or secrets.host'],
  [
    { type: 'http', extra: { a: 1 }, secrets: { extra: { a: { secretName: 'b' } } } },
    '.extra["a"]: expected either this or secrets.extra["a"]',
  ],
  [{ type: 'aws', extra: { aws_secret_access_key: 'x' } }, '.extra["aws_secret_access_key"]: its name says that it is secret'],
  [{ type: 'http', secrets: { password: { secretName: 'A B' } } }, '.secrets.password.secretName: "A B" given; expected a DNS name'],
  [{ type: 'http', secrets: { extra: { a: { secretName: 'a', key: 'b c' } } } }, '.secrets.extra["a"].key: "b c" given; expected a key'],
])('%j is an error that names the prop', (props, error) => {
  expect(airflowErrors({ connections: { warehouse: Connection.fromParts(props) } })).toEqual([expect.stringContaining(`${PLACE}${error}`)]);
});

test('a whole connection needs the key in the Secret', () => {
  expect(airflowErrors({ connections: { warehouse: Connection.fromSecret({ secretName: 'warehouse' }) } })).toEqual([
    `${PLACE}.key: it is missing; expected the key in the Secret, as in "uri"`,
  ]);
});

test('what a factory is given is checked', () => {
  // GIVEN
  const wrong = { type: 'http', secrets: { passwort: { secretName: 'a' } } } as unknown as ConnectionProps;

  // THEN
  expect(airflowErrors({ connections: { a: Connection.fromParts(wrong) } })).toEqual([
    expect.stringContaining('connections.a.secrets.passwort: there is no such prop; did you mean "password"?'),
  ]);
});
