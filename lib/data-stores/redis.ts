import { Construct } from 'constructs';
import { secretsVolume } from '../credentials/secrets-volume';
import type { ImageProps } from '../props/image';
import { addStatefulServer, type Deployment, type StoreServer } from './stateful-server';

/** 7.4, as `redis:7` was: an older one can't read its files. */
export const REDIS_IMAGE: ImageProps = { repository: 'docker.io/library/redis', tag: '7.4.9-bookworm', pullPolicy: 'IfNotPresent' };

const PASSWORD_PATH = '/etc/redis-password';

// Redis takes a password from its configuration or its arguments only, and everybody on the node can read arguments.
const START = `umask 077
printf 'requirepass "%s"\\n' "$(sed 's/["\\\\]/\\\\&/g' ${PASSWORD_PATH}/broker)" > /tmp/redis.conf
exec redis-server /tmp/redis.conf --dir /data --appendonly yes --protected-mode no`;

const PING = `REDISCLI_AUTH="$(cat ${PASSWORD_PATH}/broker)" redis-cli ping | grep -q PONG`;

/** The Celery broker. Tasks that wait are on its volume too. */
export class Redis extends Construct {
  constructor(scope: Construct, id: string, deployment: Deployment, server: StoreServer) {
    super(scope, id);
    const exec = { command: ['sh', '-c', PING] };
    addStatefulServer(this, deployment, {
      server,
      defaultImage: REDIS_IMAGE,
      dataPath: '/data',
      scratchPaths: { tmp: '/tmp' },
      secret: { volume: secretsVolume('password', deployment.secrets, ['broker']), mountPath: PASSWORD_PATH },
      container: {
        command: ['sh', '-c', START],
        readinessProbe: { exec, periodSeconds: 10, timeoutSeconds: 5 },
        livenessProbe: { exec, periodSeconds: 20, timeoutSeconds: 5, failureThreshold: 6 },
      },
    });
  }
}
