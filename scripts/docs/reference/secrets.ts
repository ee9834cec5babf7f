import { madeSecrets, secretUses } from '../../../cli/objects/secret-uses';
import { type AirflowChartProps, Credentials, GitCredentials, Requirements } from '../../../lib';
import { COMPONENT_NAMES, COMPONENTS, LOG_SERVER_SECRETS, type SecretUses, WAIT_SECRETS } from '../../../lib/components/components';
import { SECRET_PURPOSES, type SecretPurpose } from '../../../lib/credentials/airflow-secrets';
import type { Manifest } from '../../../test/support/manifests';
import { CASES, CHARTS, code, objectsOf, table } from './cases';

const PURPOSES: { readonly [Purpose in SecretPurpose]: string } = {
  fernetKey: 'encrypts connections and variables in the database; 32 bytes in URL-safe base64',
  apiSecretKey: 'signs sessions and requests for logs',
  jwtSecret: 'signs the tokens of tasks and users',
  database: 'the password of the metadata database',
  broker: 'the password of the Celery broker; not with `Executor.local()`',
  admin: 'the password of the admin user',
};

/** What names a Secret of the user's, its name in the props behind it, and those. */
const YOURS: readonly (readonly [string, string, AirflowChartProps])[] = [
  ['`GitCredentials.token` of a repository', 'gitlab-dags', CASES.dags],
  [
    '`GitCredentials.sshKey` of a repository',
    'ssh',
    {
      dags: [
        {
          url: 'git@gitlab.example.com:data/dags.git',
          credentials: GitCredentials.sshKey({ secretName: 'ssh', knownHostsKey: 'known_hosts' }),
        },
      ],
    },
  ],
  ['`pipConfig` of Requirements', 'pip', CASES.requirements],
  ['`netrc` of Requirements', 'netrc', { requirements: Requirements.fromList(['python-slugify>=8'], { netrc: { secretName: 'netrc' } }) }],
  ['`flower.basicAuth` of `Executor.celery`', 'flower-login', CASES['flower of Executor.celery']],
  ['`IngressTls.secret`', 'airflow-tls', CASES.ingress],
  ['`pullSecrets` of `allComponents.image`', 'registry', { allComponents: { image: { pullSecrets: ['registry'] } } }],
];

export function secretsPage(): string {
  const plain = objectsOf({});
  const secrets = Credentials.generated()._resolve('airflow');
  const made = madeSecrets(plain);
  return `# Secrets

\`npm run docs:reference\` writes this page from what synth makes. No value of a Secret is in a manifest. Names begin with the id of the construct, or
with the prop \`name\`; here it is \`airflow\`.

## Made in the cluster

The Job \`airflow-credentials-…\` makes those that are missing, once. It never changes or deletes one. To have one of your own, name it in
\`Credentials.existing\`; how is told in [Secrets](../how-to/secrets.md).

${table(
  ['Secret', 'key', 'prop of `Credentials.existing`', 'for', 'read by'],
  SECRET_PURPOSES.map((purpose) => {
    const { secretName, key } = secrets[purpose];
    if (!made.some(({ secret, keys }) => secret === secretName && keys.includes(key))) throw new Error(`no Job makes ${secretName}`);
    return [code(secretName), code(key), code(purpose), PURPOSES[purpose], readers(plain, secretName)];
  }),
)}
With a Helm chart it also makes these from them, once, with the keys that the chart wants:

${table(
  ['distribution', 'Secret', 'keys'],
  Object.entries(CHARTS).flatMap(([factory, distribution]) => {
    const derived = madeSecrets(objectsOf({ distribution })).filter(({ secret }) => !made.some((other) => other.secret === secret));
    return derived.map(({ secret, keys }) => [code(`Distribution.${factory}`), code(secret), keys.map(code).join(', ')]);
  }),
)}
## Yours

Those that props name. Pods wait for them; each prop lets you say other keys.

${table(
  ['prop', 'keys, unless you say others', 'read by'],
  YOURS.map(([prop, secret, props]) => {
    const objects = objectsOf(props);
    const keys = secretUses(objects).flatMap((use) => (use.secret === secret ? use.keys : []));
    return [prop, [...new Set(keys)].map(code).join(', '), readers(objects, secret)];
  }),
)}
With \`IngressTls.certManager\`, cert-manager makes the Secret.

## Who has which, and what for

Of the built-in distribution, by container. What installs packages or fetches DAGs has none of them.

${table(
  ['component', 'secret', 'because'],
  [
    ...COMPONENT_NAMES.flatMap((name) => rowsOf(code(name), COMPONENTS[name].secrets)),
    ...rowsOf('the log server beside workers and triggerer', LOG_SERVER_SECRETS),
    ...rowsOf('init containers that wait for the database', WAIT_SECRETS),
  ],
)}
Under the Local executor tasks run in the scheduler, and can read what it has. With a broker that keeps no results (RabbitMQ, or an address that only a
Secret has) workers have the password of the database too.

## How values reach Airflow

As files, below \`/etc/airflow-secrets\`: Airflow reads options from them by commands (\`AIRFLOW__CORE__FERNET_KEY_CMD=cat …\`), so that no environment
variable holds them. git-sync and pip get theirs as files too. A Helm chart hands them on in its own way: the official one as environment variables.
`;
}

function rowsOf(component: string, secrets: SecretUses): string[][] {
  return Object.entries(secrets).map(([purpose, why]) => [component, code(purpose), why]);
}

/** The components that read a Secret. */
function readers(objects: readonly Manifest[], secret: string): string {
  const uses = secretUses(objects).filter((use) => use.secret === secret);
  const readers = objects.filter((object) => uses.some(({ by }) => by === `${object.kind}/${object.metadata.name}`));
  return readers
    .map(({ kind, metadata }) => (kind === 'Ingress' ? 'the Ingress' : metadata.labels['app.kubernetes.io/component']))
    .join(', ');
}
