import { Construct } from 'constructs';
import { COMPONENTS } from '../components/components';
import { secretsVolume } from '../credentials/secrets-volume';
import { quantityValue } from '../kubernetes/quantity';
import type { ImageProps } from '../props/image';
import { containerResources } from '../props/resources';
import { addStatefulServer, type StoreServer } from './stateful-server';
import type { Deployment } from './store-pod';

/** 7.4, as `redis:7` was: an older one can't read its files. */
export const REDIS_IMAGE: ImageProps = { repository: 'docker.io/library/redis', tag: '7.4.9-bookworm', pullPolicy: 'IfNotPresent' };

const PASSWORD_PATH = '/etc/redis-password';

// Redis takes a password from its configuration or its arguments only, and everybody on the node can read arguments.
const START = `umask 077
password=$(cat ${PASSWORD_PATH}/broker) || exit 1
case $password in
'') echo 'The password in the Secret is empty: anybody could log in. Expected a text of one line.'; exit 1 ;;
*[[:cntrl:]]*) echo 'The password in the Secret has control characters, as an end of a line of Windows: clients could not log in. Expected a text of one line.'; exit 1 ;;
esac
printf 'requirepass "%s"\\n' "$(printf %s "$password" | sed 's/["\\\\]/\\\\&/g')" > /tmp/redis.conf
unset password
exec redis-server /tmp/redis.conf --dir /data --appendonly yes --protected-mode no "$@"`;

const PING = `REDISCLI_AUTH="$(cat ${PASSWORD_PATH}/broker)" redis-cli ping | grep -q PONG`;

/** The Celery broker, which keeps the results of tasks too. Tasks that wait are on its volume. */
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
        command: ['sh', '-c', START, 'start'],
        args: memoryArguments(server),
        // So that it shows in the description of the pod why it does not start.
        terminationMessagePolicy: 'FallbackToLogsOnError',
        readinessProbe: { exec, periodSeconds: 10, timeoutSeconds: 5 },
        livenessProbe: { exec, periodSeconds: 20, timeoutSeconds: 5, failureThreshold: 6 },
      },
    });
  }
}

/**
 * What it may hold, below the limit of its container, so that the kernel does not kill it: it takes more while it writes its files anew. What gives
 * way first are results of tasks, which end after a day anyhow; tasks never do: when there is nothing else they are refused, and sent again.
 */
function memoryArguments({ resources }: StoreServer): string[] {
  const limit = quantityValue(containerResources(resources, COMPONENTS.redis.resources).limits.memory ?? '');
  return limit === undefined ? [] : ['--maxmemory', `${Math.floor(limit * 0.6)}`, '--maxmemory-policy', 'volatile-ttl'];
}
