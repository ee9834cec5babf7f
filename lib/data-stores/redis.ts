import { Construct } from 'constructs';
import { BROKER_RESOURCES } from '../components/default-resources';
import { PORTS } from '../components/names';
import { secretsVolume } from '../credentials/secrets-volume';
import type { DistributionInput } from '../distributions/contract';
import { addDataStore } from './data-store';

const PASSWORD_PATH = '/etc/redis-password';

// Redis takes a password from its configuration or its arguments only, and everybody on the node can read arguments.
const START = `umask 077
printf 'requirepass "%s"\\n' "$(sed 's/["\\\\]/\\\\&/g' ${PASSWORD_PATH}/broker)" > /tmp/redis.conf
exec redis-server /tmp/redis.conf --dir /data --appendonly yes --protected-mode no`;

const PING = `REDISCLI_AUTH="$(cat ${PASSWORD_PATH}/broker)" redis-cli ping | grep -q PONG`;

/** The Celery broker. Tasks that wait are on its volume too. */
export class Redis extends Construct {
  constructor(scope: Construct, id: string, input: DistributionInput) {
    super(scope, id);
    const exec = { command: ['sh', '-c', PING] };
    addDataStore(this, input, {
      component: 'redis',
      props: input.settings.broker,
      defaultImage: { repository: 'docker.io/library/redis', tag: '7', pullPolicy: 'IfNotPresent' },
      defaultResources: BROKER_RESOURCES,
      defaultStorageSize: '1Gi',
      port: { name: 'redis', number: PORTS.redis },
      dataPath: '/data',
      scratchPaths: { tmp: '/tmp' },
      secret: { volume: secretsVolume('password', input.secrets, ['broker']), mountPath: PASSWORD_PATH },
      container: {
        command: ['sh', '-c', START],
        readinessProbe: { exec, periodSeconds: 10, timeoutSeconds: 5 },
        livenessProbe: { exec, periodSeconds: 20, timeoutSeconds: 5, failureThreshold: 6 },
      },
    });
  }
}
