import { COMPONENTS } from '../../components/components';
import { DATA_STORE_IDS } from '../../data-stores/stateful-server';
import { hashOf } from '../../kubernetes/hash';
import type { Json } from '../../kubernetes/json';
import { canonicalQuantity } from '../../kubernetes/quantity';
import { deploymentLabel } from '../../metrics/monitored';
import { statsdMappings } from '../../metrics/statsd-mapping';
import { podPlacement } from '../../props/placement';
import { containerResources } from '../../props/resources';
import type { ImageIds, SecurityContext } from '../../props/security-context';
import type { OfficialContext } from './context';
import { annotationValues, givenServiceAccount, SMALL_RESOURCES } from './pod-values';
import { hasCollector } from './pods';
import { securityContexts } from './security-contexts';

const COLLECTOR: ImageIds = { user: 10001, group: 10001 }; // of the image
const NOBODY: ImageIds = { user: 65534, group: 65534 }; // of the images of StatsD and PgBouncer

/** Values of what Airflow uses: the chart's Redis, StatsD and PgBouncer. PostgreSQL is not the chart's. */
export function serviceValues(context: OfficialContext): Json {
  return {
    postgresql: { enabled: false },
    redis: redisValues(context),
    statsd: {
      ...metricsValues(context),
      ...smallPodValues(context),
      securityContexts: securityContexts({ ...NOBODY, context: platformContext(context) }),
    },
    ...(hasCollector(context) && {
      otelCollector: {
        ...smallPodValues(context),
        securityContexts: securityContexts({ ...COLLECTOR, context: platformContext(context) }),
      },
    }),
    ...(context.userValues.pgbouncer?.enabled && { pgbouncer: pgbouncerValues(context) }),
  };
}

/** The rules by which its exporter names metrics. The chart would have Airflow send them there, and not to a collector. */
function metricsValues({ metrics, name, namespace }: OfficialContext): Json {
  if (!metrics) return {};
  if (!metrics.exporter) return { enabled: false };
  const overrideMappings = statsdMappings(deploymentLabel({ name, namespace }));
  // By which its pod starts anew with other rules.
  return { enabled: true, overrideMappings, podAnnotations: { 'cdk8s-airflow/mapping-checksum': hashOf(overrideMappings) } };
}

function redisValues(context: OfficialContext): Json {
  const { name, executor, isExternal } = context;
  const { broker } = executor;
  if (!broker?.server || isExternal.broker) return { enabled: false };
  const { resources, placement, labels, annotations, storageSize, storageClassName, volumeRetention, securityContext } = broker.server;
  return {
    resources: containerResources(resources, COMPONENTS.redis.resources),
    persistence: {
      size: canonicalQuantity(storageSize),
      ...(storageClassName !== undefined && { storageClassName }),
      ...(volumeRetention && { persistentVolumeClaimRetentionPolicy: { whenDeleted: volumeRetention, whenScaled: 'Retain' } }),
    },
    securityContexts: securityContexts({ ...DATA_STORE_IDS, context: securityContext ?? platformContext(context) }),
    ...(labels && { labels }),
    ...(annotations && { podAnnotations: annotationValues(context, annotations) }),
    serviceAccount: givenServiceAccount(name),
    ...podPlacement(placement),
  };
}

function pgbouncerValues(context: OfficialContext): Json {
  // Its socket is in /tmp.
  const contexts = securityContexts({ ...NOBODY, context: platformContext(context), writesToRoot: true });
  return {
    ...smallPodValues(context),
    securityContexts: contexts,
    metricsExporterSidecar: {
      resources: containerResources(undefined, SMALL_RESOURCES),
      securityContexts: { container: contexts.container },
    },
  };
}

/** Where the platform assigns the ids, that holds for what no prop stands for too. */
function platformContext({ components }: OfficialContext): SecurityContext | undefined {
  const context = components.all?.securityContext;
  return context?._isAssigned ? context : undefined;
}

/** What no prop stands for is placed as Airflow's components are. */
function smallPodValues({ name, components }: OfficialContext): Json {
  return {
    resources: containerResources(undefined, SMALL_RESOURCES),
    serviceAccount: givenServiceAccount(name),
    ...podPlacement(components.all?.placement),
  };
}
