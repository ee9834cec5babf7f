import { ApiObject } from 'cdk8s';
import { Construct } from 'constructs';
import { objectLabels, objectName } from '../components/names';
import { secretsVolume } from '../credentials/secrets-volume';
import type { ImageProps } from '../props/image';
import { addStatefulServer, type StoreServer } from './stateful-server';
import type { Deployment } from './store-pod';

/** A new major version can't read the files of the old one. */
export const POSTGRESQL_IMAGE: ImageProps = {
  repository: 'docker.io/library/postgres',
  tag: '17.10-bookworm',
  pullPolicy: 'IfNotPresent',
};

/** Where the password of Airflow's user is in a container. */
export const PASSWORD_PATH = '/etc/postgresql-password';
const DATA_PATH = '/var/lib/postgresql/data';
const SETUP_FILE = 'airflow.sql';

/**
 * What the image runs once, when the volume is empty. Airflow owns its database and is nothing else; the superuser has no password, so that it can't be
 * anybody who connects over the network.
 */
const SETUP = `\\set password \`cat ${PASSWORD_PATH}/database\`
CREATE ROLE airflow LOGIN PASSWORD :'password';
CREATE DATABASE airflow OWNER airflow;
REVOKE ALL ON DATABASE postgres, template1 FROM PUBLIC;
ALTER ROLE postgres PASSWORD NULL;
`;

/** The server itself says no more than that the files are not compatible. */
const START = `have=$(cat "$PGDATA/PG_VERSION" 2>/dev/null)
runs=$(postgres --version | sed 's/[^0-9]*\\([0-9]*\\).*/\\1/')
if [ -n "$have" ] && [ "$have" != "$runs" ]; then
  echo "The volume has the files of PostgreSQL $have, which PostgreSQL $runs can't read. They are as they were." \\
    "Keep that version: database: Database.builtIn({ image: { tag: '$have.…' } }). Or move to $runs by a dump:" \\
    "see the page Back up and restore, section Another major version of PostgreSQL."
  exit 1
fi
exec docker-entrypoint.sh postgres "$@"`;

/** The metadata database. */
export class Postgresql extends Construct {
  constructor(scope: Construct, id: string, deployment: Deployment, server: StoreServer) {
    super(scope, id);
    const parameters = Object.entries(server.parameters ?? {});
    // Over TCP: while the image sets the database up, its server answers at the socket only.
    const exec = { command: ['pg_isready', '--quiet', '--host=127.0.0.1', '--username=airflow', '--dbname=airflow'] };
    const setup = new ApiObject(this, 'config-map', {
      apiVersion: 'v1',
      kind: 'ConfigMap',
      metadata: { name: objectName(deployment, 'postgresql'), labels: objectLabels(deployment, 'postgresql') },
      data: { [SETUP_FILE]: SETUP },
    });
    addStatefulServer(this, deployment, {
      server,
      defaultImage: POSTGRESQL_IMAGE,
      dataPath: DATA_PATH,
      scratchPaths: { run: '/var/run/postgresql', tmp: '/tmp' },
      secret: { volume: secretsVolume('password', deployment.secrets, ['database']), mountPath: PASSWORD_PATH },
      setup: { configMapName: setup.name, mountPath: '/docker-entrypoint-initdb.d' },
      container: {
        command: ['sh', '-c', START, 'start'],
        ...(parameters.length > 0 && { args: parameters.flatMap(([setting, value]) => ['-c', `${setting}=${value}`]) }),
        // So that it shows in the description of the pod why it does not start.
        terminationMessagePolicy: 'FallbackToLogsOnError',
        env: [
          // The image wants a password for the superuser, which loses it when all is set up.
          { name: 'POSTGRES_PASSWORD_FILE', value: `${PASSWORD_PATH}/database` },
          // The socket is for who may run commands in the pod; by default anybody in it could be anybody over TCP too.
          { name: 'POSTGRES_INITDB_ARGS', value: '--auth-local=trust --auth-host=scram-sha-256' },
          // The root of a volume may have a folder lost+found, which initdb refuses.
          { name: 'PGDATA', value: `${DATA_PATH}/pgdata` },
        ],
        startupProbe: { exec, periodSeconds: 1, timeoutSeconds: 5, failureThreshold: 300 },
        readinessProbe: { exec, periodSeconds: 10, timeoutSeconds: 5 },
        livenessProbe: { exec, periodSeconds: 20, timeoutSeconds: 5, failureThreshold: 6 },
      },
    });
  }
}
