import { COMPONENTS } from '../../components/components';
import type { Json } from '../../kubernetes/json';
import { canonicalQuantity } from '../../kubernetes/quantity';
import { podPlacement } from '../../props/placement';
import { containerResources } from '../../props/resources';
import type { OfficialContext } from './context';
import { givenServiceAccount, SMALL_RESOURCES } from './pod-values';
import { hasCollector } from './pods';
import { securityContexts } from './security-contexts';

const REDIS_USER = 999; // of the image
const COLLECTOR_USER = 10001; // of the image
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
    ...(hasCollector(context) && {
      otelCollector: { ...smallPodValues(context), securityContexts: securityContexts({ user: COLLECTOR_USER, group: COLLECTOR_USER }) },
    }),
    ...(context.userValues.pgbouncer?.enabled && { pgbouncer: pgbouncerValues(context) }),
  };
}

function redisValues({ name, executor: { broker }, isExternal }: OfficialContext): Json {
  if (!broker?.server || isExternal.broker) return { enabled: false };
  const { resources, placement, storageSize, storageClassName, volumeRetention } = broker.server;
  return {
    resources: containerResources(resources, COMPONENTS.redis.resources),
    persistence: {
      size: canonicalQuantity(storageSize),
      ...(storageClassName !== undefined && { storageClassName }),
      ...(volumeRetention && { persistentVolumeClaimRetentionPolicy: { whenDeleted: volumeRetention, whenScaled: 'Retain' } }),
    },
    securityContexts: securityContexts({ user: REDIS_USER, group: REDIS_USER }),
    serviceAccount: givenServiceAccount(name),
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
function smallPodValues({ name, components }: OfficialContext): Json {
  return {
    resources: containerResources(undefined, SMALL_RESOURCES),
    serviceAccount: givenServiceAccount(name),
    ...podPlacement(components.all?.placement),
  };
}
