import type { Construct } from 'constructs';
import { BROKER_RESOURCES, DATABASE_RESOURCES } from '../../components/default-resources';
import { Executor } from '../../executors/executor';
import type { Json } from '../../kubernetes/json';
import { canonicalQuantity } from '../../kubernetes/quantity';
import type { DataStoreProps } from '../../props/component-props';
import { containerResources, type ResourcesProps } from '../../props/resources';
import { podPlacement } from '../shared/placement';
import { verbatim } from '../shared-by-charts/verbatim';
import type { BitnamiContext } from './context';
import { imageValues } from './images';
import { BROKER_KEY, DATABASE_KEY } from './secrets';

/** Values of the metadata database: the chart's, or what it has to know of the user's. */
export function databaseValues(scope: Construct, { name, settings, chartSecrets, isExternal }: BitnamiContext): Json {
  const existingSecret = chartSecrets.database;
  if (isExternal.database) return { externalDatabase: { existingSecret, existingSecretPasswordKey: DATABASE_KEY } };
  return {
    postgresql: {
      fullnameOverride: `${name}-postgresql`,
      // A superuser would need a password of its own, and nobody logs in as one.
      auth: { existingSecret, enablePostgresUser: false },
      image: imageValues(scope, settings.database?.image),
      primary: { ...serverValues(settings.database, DATABASE_RESOURCES, '8Gi'), networkPolicy: { enabled: false } },
    },
  };
}

/** Values of the Celery broker: the chart's, or what it has to know of the user's. */
export function brokerValues(scope: Construct, context: BitnamiContext): Json {
  const { name, settings, executor, chartSecrets, isExternal } = context;
  // Without a broker the chart would still make a Secret for one, with an empty password.
  if (executor !== Executor.CELERY) return { redis: { enabled: false }, externalRedis: { existingSecret: chartSecrets.auth } };
  const existingSecret = chartSecrets.broker;
  if (isExternal.broker) return { externalRedis: { existingSecret, existingSecretPasswordKey: BROKER_KEY } };
  return {
    redis: {
      fullnameOverride: `${name}-redis`,
      auth: { existingSecret, existingSecretPasswordKey: BROKER_KEY },
      image: imageValues(scope, settings.broker?.image),
      master: serverValues(settings.broker, BROKER_RESOURCES, '1Gi'),
      networkPolicy: { enabled: false },
    },
  };
}

function serverValues(props: DataStoreProps = {}, defaultResources: ResourcesProps, defaultSize: string): Json {
  const { resources, storageSize = defaultSize, storageClassName, placement } = props;
  return {
    resources: containerResources(resources, defaultResources),
    persistence: { size: canonicalQuantity(storageSize), ...(storageClassName !== undefined && { storageClass: storageClassName }) },
    ...verbatim(podPlacement(placement)),
    pdb: { create: false },
  };
}
