import { Construct } from 'constructs';
import { DATABASE_RESOURCES } from '../components/default-resources';
import { PORTS } from '../components/names';
import { secretsVolume } from '../credentials/secrets-volume';
import type { DistributionInput } from '../distributions/contract';
import { addDataStore } from './data-store';

const PASSWORD_PATH = '/etc/postgresql-password';
const DATA_PATH = '/var/lib/postgresql/data';

/** The metadata database. */
export class Postgresql extends Construct {
  constructor(scope: Construct, id: string, input: DistributionInput) {
    super(scope, id);
    // Over TCP: while the image sets the database up, its server answers at the socket only.
    const exec = { command: ['pg_isready', '--quiet', '--host=127.0.0.1', '--username=airflow', '--dbname=airflow'] };
    addDataStore(this, input, {
      component: 'postgresql',
      props: input.settings.database,
      // A new major version can't read the files of the old one; minor ones bring security fixes.
      defaultImage: { repository: 'docker.io/library/postgres', tag: '15', pullPolicy: 'IfNotPresent' },
      defaultResources: DATABASE_RESOURCES,
      defaultStorageSize: '8Gi',
      port: { name: 'postgresql', number: PORTS.postgresql },
      dataPath: DATA_PATH,
      scratchPaths: { run: '/var/run/postgresql', tmp: '/tmp' },
      secret: { volume: secretsVolume('password', input.secrets, ['database']), mountPath: PASSWORD_PATH },
      container: {
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
