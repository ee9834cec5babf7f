import type { Json } from '../../kubernetes/json';
import { type ImageProps, joinImages } from '../../props/image';
import { userParts } from '../shared/component-settings';
import type { OfficialContext } from './context';

/** Values of images: one for all components of Airflow, Redis', and the Secrets for registries of any of them. */
export function imageValues(context: OfficialContext): Json {
  const { image, features } = context;
  const redis = redisImage(context);
  const secrets = pullSecrets(context);
  return {
    defaultAirflowRepository: image.repository,
    defaultAirflowTag: image.tag,
    defaultAirflowDigest: image.digest,
    images: {
      airflow: { pullPolicy: image.pullPolicy },
      // The chart knows no digest of it, and puts what it takes for the tag behind a colon.
      redis: { repository: redis.repository, tag: redis.digest ? `${redis.tag}@${redis.digest}` : redis.tag, pullPolicy: redis.pullPolicy },
      // A pod whose wait ends too early starts again and again, each time later.
      migrationsWaitTimeout: 900,
    },
    ...(features.hasImagePullSecrets ? { imagePullSecrets: secrets.map((name) => ({ name })) } : { registry: { secretName: secrets[0] } }),
  };
}

/** The names of the Secrets for registries: the chart has one list for all its pods. */
export function pullSecrets(context: OfficialContext): string[] {
  const ofParts = [context.dagsPart, ...userParts(context)].flatMap((part) => part.imagePullSecrets ?? []).map(({ name }) => name);
  return [...new Set([...(context.image.pullSecrets ?? []), ...ofParts, ...(redisImage(context).pullSecrets ?? [])])];
}

function redisImage({ executor }: OfficialContext): ImageProps {
  return joinImages({ repository: 'docker.io/library/redis', tag: '7', pullPolicy: 'IfNotPresent' }, executor.broker?._store.image);
}
