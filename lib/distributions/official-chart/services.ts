import { BROKER_RESOURCES } from '../../components/default-resources';
import { Executor } from '../../executors/executor';
import type { Json } from '../../kubernetes/json';
import { canonicalQuantity } from '../../kubernetes/quantity';
import { containerResources } from '../../props/resources';
import { podPlacement } from '../shared/placement';
import type { OfficialContext } from './context';
import { ownServiceAccount, SMALL_RESOURCES } from './pod-values';
import { securityContexts } from './security-contexts';

const REDIS_USER = 999; // of the image
const NOBODY = 65534; // of the images of StatsD and PgBouncer

/** Values of what Airflow uses: the chart's Redis, StatsD and PgBouncer. PostgreSQL is not the chart's. */
export function serviceValues(context: OfficialContext): Json {
  return {
    postgresql: { enabled: false },
    redis: redisValues(context),
    statsd: {
      ...smallPodValues(context),
      securityContexts: securityContexts({ user: NOBODY, group: NOBODY }),
    },
    ...(context.userValues.pgbouncer?.enabled && { pgbouncer: pgbouncerValues(context) }),
  };
}

function redisValues({ name, executor, isExternal, settings }: OfficialContext): Json {
  if (executor !== Executor.CELERY || isExternal.broker) return { enabled: false };
  const { resources, placement, storageSize = '1Gi', storageClassName } = settings.broker ?? {};
  return {
    resources: containerResources(resources, BROKER_RESOURCES),
    persistence: { size: canonicalQuantity(storageSize), ...(storageClassName !== undefined && { storageClassName }) },
    securityContexts: securityContexts({ user: REDIS_USER, group: REDIS_USER }),
    serviceAccount: ownServiceAccount(name),
    ...podPlacement(placement),
  };
}

function pgbouncerValues(context: OfficialContext): Json {
  // Its socket is in /tmp.
  const contexts = securityContexts({ user: NOBODY, group: NOBODY, writesToRoot: true });
  return {
    ...smallPodValues(context),
    securityContexts: contexts,
    metricsExporterSidecar: {
      resources: containerResources(undefined, SMALL_RESOURCES),
      securityContexts: { container: contexts.container },
    },
  };
}

/** What no prop stands for is placed as Airflow's components are. */
function smallPodValues({ name, settings }: OfficialContext): Json {
  return {
    resources: containerResources(undefined, SMALL_RESOURCES),
    serviceAccount: ownServiceAccount(name),
    ...podPlacement(settings.allComponents?.placement),
  };
}
