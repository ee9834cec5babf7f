import { Construct } from 'constructs';
import { secretsVolume } from '../credentials/secrets-volume';
import { addStatefulServer, type Deployment, type StoreServer } from './stateful-server';

const PASSWORD_PATH = '/etc/postgresql-password';
const DATA_PATH = '/var/lib/postgresql/data';

/** The metadata database. */
export class Postgresql extends Construct {
  constructor(scope: Construct, id: string, deployment: Deployment, server: StoreServer) {
    super(scope, id);
    const parameters = Object.entries(server.parameters ?? {});
    // Over TCP: while the image sets the database up, its server answers at the socket only.
    const exec = { command: ['pg_isready', '--quiet', '--host=127.0.0.1', '--username=airflow', '--dbname=airflow'] };
    addStatefulServer(this, deployment, {
      server,
      // A new major version can't read the files of the old one.
      defaultImage: { repository: 'docker.io/library/postgres', tag: '15.18-bookworm', pullPolicy: 'IfNotPresent' },
      dataPath: DATA_PATH,
      scratchPaths: { run: '/var/run/postgresql', tmp: '/tmp' },
      secret: { volume: secretsVolume('password', deployment.secrets, ['database']), mountPath: PASSWORD_PATH },
      container: {
        ...(parameters.length > 0 && { args: parameters.flatMap(([setting, value]) => ['-c', `${setting}=${value}`]) }),
        env: [
          { name: 'POSTGRES_USER', value: 'airflow' },
          { name: 'POSTGRES_DB', value: 'airflow' },
          { name: 'POSTGRES_PASSWORD_FILE', value: `${PASSWORD_PATH}/database` },
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
