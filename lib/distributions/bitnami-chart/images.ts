import type { Construct } from 'constructs';
import { defined } from '../../kubernetes/defined';
import type { Json } from '../../kubernetes/json';
import { type ImageProps, pullSecretsOf, splitRepository } from '../../props/image';
import { joinValues } from '../shared-by-charts/join-values';
import type { BitnamiContext } from './context';

/** Bitnami moved its free images, with the tags that they had in 2025, to another organization of the same registry. */
const LEGACY = 'bitnamilegacy';

/** Images of the chart and of the charts in it, by their values, beside those of Airflow, PostgreSQL and Redis themselves. */
const OTHERS: { readonly [path: string]: string } = {
  metrics: 'statsd-exporter',
  'postgresql.metrics': 'postgres-exporter',
  'postgresql.volumePermissions': 'os-shell',
  'redis.sentinel': 'redis-sentinel',
  'redis.metrics': 'redis-exporter',
  'redis.volumePermissions': 'os-shell',
  'redis.kubectl': 'kubectl',
  'redis.sysctl': 'os-shell',
};

/** Values of one of the chart's images: what the user gives, else the chart's own. The Secrets for registries are the user's. */
export function imageValues(scope: Construct, { images, legacyImages }: BitnamiContext, name: string, given?: ImageProps): Json {
  const moved = `${LEGACY}/${name}`;
  const image = images.ofChart(`docker.io/${legacyImages ? moved : `bitnami/${name}`}`, given);
  const { repository = legacyImages ? moved : undefined, tag, digest, pullPolicy, pullSecrets } = image;
  pullSecretsOf(scope, image);
  return defined({ ...(repository !== undefined && splitRepository(repository)), tag, digest, pullPolicy, pullSecrets });
}

/** Values of images that nobody gives: of what the user's values may switch on. */
export function otherImageValues(scope: Construct, context: BitnamiContext): Json {
  const values = Object.entries(OTHERS).map(([path, name]) => {
    const image = imageValues(scope, context, name);
    if (Object.keys(image).length === 0) return {};
    return path.split('.').reduceRight<Json>((value, key) => ({ [key]: value }), { image });
  });
  return values.reduce(joinValues, {});
}

/** Whether the chart is to take images from elsewhere than where its own are: it refuses them, unless it is told that they are meant. */
export function replacesImages({ components, database, executor, legacyImages, images }: BitnamiContext): boolean {
  const given = [components.all?.image, database.server?.image, executor.broker?.server?.image];
  return legacyImages || images.isMirrored || given.some((image) => image?.repository !== undefined);
}
