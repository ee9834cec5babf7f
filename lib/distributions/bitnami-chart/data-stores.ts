import type { Construct } from 'constructs';
import { COMPONENTS } from '../../components/components';
import type { DataStore } from '../../data-stores/data-store';
import type { Json } from '../../kubernetes/json';
import { canonicalQuantity } from '../../kubernetes/quantity';
import { podPlacement } from '../../props/placement';
import { containerResources } from '../../props/resources';
import { verbatim } from '../shared-by-charts/verbatim';
import type { BitnamiContext } from './context';
import { imageValues } from './images';
import { BROKER_KEY, DATABASE_KEY } from './secrets';

/** Values of the metadata database: the chart's, or what it has to know of the user's. */
export function databaseValues(scope: Construct, context: BitnamiContext): Json {
  const { name, database, chartSecrets, isExternal } = context;
  const existingSecret = chartSecrets.database;
  if (isExternal.database) return { externalDatabase: { existingSecret, existingSecretPasswordKey: DATABASE_KEY } };
  return {
    postgresql: {
      fullnameOverride: `${name}-postgresql`,
      // A superuser would need a password of its own, and nobody logs in as one.
      auth: { existingSecret, enablePostgresUser: false },
      image: imageValues(scope, context, 'postgresql', database._store.image),
      primary: { ...serverValues(database._store), networkPolicy: { enabled: false } },
    },
  };
}

/** Values of the Celery broker: the chart's, or what it has to know of the user's. */
export function brokerValues(scope: Construct, context: BitnamiContext): Json {
  const { name, executor, chartSecrets, isExternal } = context;
  const broker = executor.broker?._store;
  // Without a broker the chart would still make a Secret for one, with an empty password.
  if (!broker) return { redis: { enabled: false }, externalRedis: { existingSecret: chartSecrets.auth } };
  const existingSecret = chartSecrets.broker;
  if (isExternal.broker) return { externalRedis: { existingSecret, existingSecretPasswordKey: BROKER_KEY } };
  return {
    redis: {
      fullnameOverride: `${name}-redis`,
      auth: { existingSecret, existingSecretPasswordKey: BROKER_KEY },
      image: imageValues(scope, context, 'redis', broker.image),
      master: serverValues(broker),
      networkPolicy: { enabled: false },
    },
  };
}

function serverValues({ component, resources, storageSize, storageClassName, placement }: DataStore): Json {
  return {
    resources: containerResources(resources, COMPONENTS[component].resources),
    persistence: { size: canonicalQuantity(storageSize), ...(storageClassName !== undefined && { storageClass: storageClassName }) },
    ...verbatim(podPlacement(placement)),
    pdb: { create: false },
  };
}
