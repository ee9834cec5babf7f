import type { Construct } from 'constructs';
import { defined } from '../../kubernetes/defined';
import type { Json } from '../../kubernetes/json';
import { type ImageProps, pullSecretsOf } from '../../props/image';

/** Bitnami moved its free images, with the tags that they had in 2025, to another organization of the same registry. */
const LEGACY = 'bitnamilegacy';

/** Values of an image: what the user gives, else the chart's own. The Secrets for registries are the user's. */
export function imageValues(scope: Construct, image: ImageProps | undefined): Json {
  const { repository, tag, digest, pullPolicy, pullSecrets } = image ?? {};
  pullSecretsOf(scope, image ?? {});
  return defined({ ...(repository !== undefined && splitRepository(repository)), tag, digest, pullPolicy, pullSecrets });
}

/** A first part with a dot or a port, or `localhost`, is a registry, as for any container runtime. */
function splitRepository(text: string): { registry?: string; repository: string } {
  const [first, ...rest] = text.split('/');
  return /[.:]|^localhost$/.test(first) && rest.length > 0 ? { registry: first, repository: rest.join('/') } : { repository: text };
}

/** Every image of the chart and of the charts in it, from where Bitnami's free images are now. */
export function legacyImageValues(): Json {
  const legacy = (name: string) => ({ repository: `${LEGACY}/${name}` });
  const image = (name: string) => ({ image: legacy(name) });
  return {
    ...image('airflow'),
    metrics: image('statsd-exporter'),
    postgresql: { ...image('postgresql'), metrics: image('postgres-exporter'), volumePermissions: image('os-shell') },
    redis: {
      ...image('redis'),
      sentinel: image('redis-sentinel'),
      metrics: image('redis-exporter'),
      volumePermissions: image('os-shell'),
      kubectl: image('kubectl'),
      sysctl: image('os-shell'),
    },
  };
}
