import { REDIS_IMAGE } from '../../data-stores/redis';
import { defined } from '../../kubernetes/defined';
import type { Json } from '../../kubernetes/json';
import type { ImageProps } from '../../props/image';
import { userParts } from '../shared/component-settings';
import type { OfficialContext } from './context';

/** Images of the chart's own choice: where they are published, and how their tags begin where others are published there too. */
const CHART_IMAGES: { readonly [value: string]: readonly [repository: string, tagPrefix?: string] } = {
  statsd: ['quay.io/prometheus/statsd-exporter'],
  pgbouncer: ['docker.io/apache/airflow', 'airflow-pgbouncer-2'],
  pgbouncerExporter: ['docker.io/apache/airflow', 'airflow-pgbouncer-exporter-'],
};

/** Values of images: one for all components of Airflow, Redis', those of the chart's choice, and the Secrets for registries of any of them. */
export function imageValues(context: OfficialContext): Json {
  const { image, images, features } = context;
  const redis = redisImage(context);
  const secrets = pullSecrets(context);
  const ofChart = Object.entries(CHART_IMAGES).map(([value, [repository, tagPrefix]]) => {
    return [value, serviceImage(images.ofChart(repository, {}, tagPrefix))] as const;
  });
  return {
    defaultAirflowRepository: image.repository,
    defaultAirflowTag: image.tag,
    defaultAirflowDigest: image.digest,
    images: {
      airflow: { pullPolicy: image.pullPolicy },
      ...(redis && { redis: serviceImage(redis) }),
      ...Object.fromEntries(ofChart.filter(([, value]) => Object.keys(value).length > 0)),
      // A pod whose wait ends too early starts again and again, each time later.
      migrationsWaitTimeout: 900,
    },
    ...(features.hasImagePullSecrets ? { imagePullSecrets: secrets.map((name) => ({ name })) } : { registry: { secretName: secrets[0] } }),
  };
}

/** The chart knows no digest of it, and puts what it takes for the tag behind a colon. */
function serviceImage({ repository, tag, digest, pullPolicy }: ImageProps): Json {
  return defined({ repository, tag: digest ? `${tag}@${digest}` : tag, pullPolicy });
}

/** The names of the Secrets for registries: the chart has one list for all its pods. */
export function pullSecrets(context: OfficialContext): string[] {
  const ofParts = [context.dagsPart, ...userParts(context)].flatMap((part) => part.imagePullSecrets ?? []).map(({ name }) => name);
  return [...new Set([...(context.image.pullSecrets ?? []), ...ofParts, ...(redisImage(context)?.pullSecrets ?? [])])];
}

function redisImage({ images, executor: { broker }, isExternal }: OfficialContext): ImageProps | undefined {
  return broker?.server && !isExternal.broker ? images.of(REDIS_IMAGE, broker.server.image) : undefined;
}
