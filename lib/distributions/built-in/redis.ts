import { Construct } from 'constructs';
import type { DistributionInput } from '../contract';
import { secretsVolume } from './airflow-pod';
import { addDataStore } from './data-store';
import { PORTS } from './names';

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
      prop: 'broker',
      props: input.settings.broker,
      defaultImage: { repository: 'docker.io/library/redis', tag: '7', pullPolicy: 'IfNotPresent' },
      defaultResources: { requests: { cpu: '50m', memory: '64Mi' }, limits: { cpu: '1', memory: '256Mi' } },
      defaultStorageSize: '1Gi',
      port: { name: 'redis', number: PORTS.redis },
      dataPath: '/data',
      scratchPaths: { tmp: '/tmp' },
      secret: { volume: secretsVolume('password', input, ['broker']), mountPath: PASSWORD_PATH },
      container: {
        command: ['sh', '-c', START],
        readinessProbe: { exec, periodSeconds: 10, timeoutSeconds: 5 },
        livenessProbe: { exec, periodSeconds: 20, timeoutSeconds: 5, failureThreshold: 6 },
      },
    });
  }
}
