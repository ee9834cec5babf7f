import { ApiObject, Lazy } from 'cdk8s';
import { Construct } from 'constructs';
import { addDisruptionBudget } from '../components/add-disruption-budget';
import { addService } from '../components/add-service';
import { COMPONENTS, PORTS } from '../components/components';
import { objectLabels, objectName, selectorLabels } from '../components/names';
import { secretsVolume } from '../credentials/secrets-volume';
import { hashOf } from '../kubernetes/hash';
import type { ImageProps } from '../props/image';
import type { PgBouncerProps } from '../props/pgbouncer-props';
import { containerResources } from '../props/resources';
import type { ImageIds } from '../props/security-context';
import { type DataStore, hostsOf } from './data-store';
import { type Deployment, storePod } from './store-pod';

/** That of the Airflow project, which its chart runs too: where Airflow's own image can be pulled from, this one can. */
export const PGBOUNCER_IMAGE: ImageProps = {
  repository: 'docker.io/apache/airflow',
  tag: 'airflow-pgbouncer-2025.03.05-1.23.1',
  pullPolicy: 'IfNotPresent',
};

/** Of its user `nobody`. */
const PGBOUNCER_IDS: ImageIds = { user: 65534, group: 65534, fsGroup: 65534 };

const CONFIG_FILE = 'pgbouncer.ini';
const CONFIG_PATH = '/etc/pgbouncer';
const LOGIN_PATH = '/etc/pgbouncer-login';
const USERS_PATH = '/run/pgbouncer';
/** How long transactions may take that run when it is to stop, beside what it takes until no connection comes any more. */
const GRACE_PERIOD_SECONDS = 60;

/**
 * Who may log in, and with what PgBouncer logs in: PgBouncer reads it from a file alone, which is in memory. Told to end, it would wait until Airflow
 * has closed its connections; so it is told to wait for transactions, when the Service sends it no more connections.
 */
const START = `umask 077
user=\${DATABASE_USER-$(cat ${LOGIN_PATH}/database-user)} && password=$(cat ${LOGIN_PATH}/database) || exit 1
case $user$password in
*[[:cntrl:]]*) echo 'The user or the password in the Secret has control characters, as an end of a line of Windows. Expected texts of one line.'; exit 1 ;;
esac
quoted() { printf '"%s"' "$(printf %s "$1" | sed 's/"/""/g')"; }
printf '%s %s\\n' "$(quoted "$user")" "$(quoted "$password")" > ${USERS_PATH}/users.txt
unset password
trap 'sleep 5; kill -INT $server' TERM
pgbouncer ${CONFIG_PATH}/${CONFIG_FILE} &
server=$!
until wait $server; do kill -0 $server 2> /dev/null || exit 1; done`;

/** The settings that what is made rests on, each with what to do instead of setting it. */
export const OWNED_SETTINGS: { readonly [setting: string]: string } = {
  ...Object.fromEntries(
    ['listen_addr', 'listen_port', 'unix_socket_dir', 'auth_type', 'auth_file', 'pool_mode'].map((name) => [name, 'leave it out']),
  ),
  ...Object.fromEntries(
    ['sslmode', 'ca_file', 'cert_file', 'key_file'].map((name) => [`server_tls_${name}`, 'use tls of the prop database']),
  ),
  default_pool_size: 'use poolSize',
  max_client_conn: 'use maxClientConnections',
};

/** What stands between Airflow's processes and the metadata database, so that they share its connections. */
export class PgBouncer extends Construct {
  constructor(scope: Construct, id: string, deployment: Deployment, database: DataStore, props: PgBouncerProps) {
    super(scope, id);
    const name = objectName(deployment, 'pgbouncer');
    const metadata = { name, labels: objectLabels(deployment, 'pgbouncer') };
    const { replicas = 1 } = props;
    const image = deployment.images.of(PGBOUNCER_IMAGE, props.image);
    const pod = storePod(this, deployment, { ...props, component: 'pgbouncer', image, ids: PGBOUNCER_IDS });
    const resources = containerResources(props.resources, COMPONENTS.pgbouncer.resources);
    const selector = selectorLabels(deployment, 'pgbouncer');
    const user = database.address?.user;
    const probe = { tcpSocket: { port: 'pgbouncer' } };
    const config = new ApiObject(this, 'config-map', {
      apiVersion: 'v1',
      kind: 'ConfigMap',
      metadata,
      data: { [CONFIG_FILE]: configuration(deployment, database, props) },
    });
    const checksum = Lazy.any({ produce: () => hashOf(config.toJson().data) });
    new ApiObject(this, 'deployment', {
      apiVersion: 'apps/v1',
      kind: 'Deployment',
      metadata,
      spec: {
        replicas,
        selector: { matchLabels: selector },
        template: {
          metadata: { ...pod.metadata, annotations: { ...props.annotations, 'cdk8s-airflow/config-checksum': checksum } },
          spec: {
            ...pod.spec,
            terminationGracePeriodSeconds: GRACE_PERIOD_SECONDS,
            containers: [
              {
                name: 'pgbouncer',
                ...pod.image,
                command: ['sh', '-c', START],
                ...(typeof user === 'string' && { env: [{ name: 'DATABASE_USER', value: user }] }),
                ports: [{ name: 'pgbouncer', containerPort: PORTS.pgBouncer }],
                readinessProbe: { ...probe, periodSeconds: 5 },
                livenessProbe: { ...probe, periodSeconds: 20, timeoutSeconds: 5 },
                resources,
                securityContext: pod.containerSecurity,
                volumeMounts: [
                  { name: 'config', mountPath: CONFIG_PATH, readOnly: true },
                  { name: 'login', mountPath: LOGIN_PATH, readOnly: true },
                  { name: 'users', mountPath: USERS_PATH },
                ],
              },
            ],
            volumes: [
              { name: 'config', configMap: { name } },
              secretsVolume('login', deployment.secrets, ['database'], database.files),
              { name: 'users', emptyDir: { medium: 'Memory', sizeLimit: '1Mi' } },
            ],
          },
        },
      },
    });
    addService(this, deployment, 'pgbouncer');
    if (replicas > 1) addDisruptionBudget(this, deployment, 'pgbouncer');
  }
}

/** pgbouncer.ini. Database and user are those that Airflow asks for. */
function configuration(deployment: Deployment, database: DataStore, props: PgBouncerProps): string {
  const [{ host, port }] = hostsOf(deployment, database);
  // By the names that libpq has for it.
  const { sslmode = 'prefer', sslrootcert, sslcert, sslkey } = database.query(LOGIN_PATH);
  const settings = {
    listen_addr: '*',
    listen_port: PORTS.pgBouncer,
    unix_socket_dir: '',
    auth_type: 'scram-sha-256',
    auth_file: `${USERS_PATH}/users.txt`,
    pool_mode: 'transaction',
    default_pool_size: props.poolSize ?? 20,
    max_client_conn: props.maxClientConnections ?? 1000,
    // Those of asyncpg, which Airflow's asynchronous connections have: PgBouncer makes them on the connection that a transaction gets.
    max_prepared_statements: 200,
    // A database that comes later than it, or comes back, is there soon.
    server_login_retry: 1,
    // Probes would fill the log.
    log_connections: 0,
    log_disconnections: 0,
    server_tls_sslmode: sslmode,
    server_tls_ca_file: sslrootcert,
    server_tls_cert_file: sslcert,
    server_tls_key_file: sslkey,
    ...props.parameters,
  };
  const lines = Object.entries(settings).filter(([, value]) => value !== undefined);
  return `[databases]\n* = host=${host} port=${port}\n\n[pgbouncer]\n${lines.map(([name, value]) => `${name} = ${value}\n`).join('')}`;
}
