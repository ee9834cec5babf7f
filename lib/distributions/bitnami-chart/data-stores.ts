import type { Construct } from 'constructs';
import { COMPONENTS, componentNameOf } from '../../components/components';
import { hostsOf } from '../../data-stores/data-store';
import type { StoreServer } from '../../data-stores/stateful-server';
import { defined } from '../../kubernetes/defined';
import type { Json } from '../../kubernetes/json';
import { canonicalQuantity } from '../../kubernetes/quantity';
import { podPlacement } from '../../props/placement';
import { containerResources } from '../../props/resources';
import { URL_KEY } from '../shared-by-charts/store-connections';
import { verbatim } from '../shared-by-charts/verbatim';
import type { BitnamiContext } from './context';
import { imageValues } from './images';
import { BROKER_KEY, DATABASE_KEY } from './secrets';
import { securityValues } from './security-contexts';

/** Values of the metadata database: the chart's, or what it has to know of the user's. */
export function databaseValues(scope: Construct, context: BitnamiContext): Json {
  const { name, database, chartSecrets, isExternal } = context;
  const existingSecret = chartSecrets.database;
  const { server } = database;
  // By the user's values.
  if (isExternal.database) return { externalDatabase: { existingSecret, existingSecretPasswordKey: DATABASE_KEY } };
  // Only as the whole address the chart takes all that there can be in it.
  if (!server) return { postgresql: { enabled: false }, externalDatabase: { existingSecret, existingSecretSqlConnectionKey: URL_KEY } };
  const parameters = Object.entries(server.parameters ?? {}).map(([setting, value]) => `${setting} = '${value.replaceAll("'", "''")}'\n`);
  return {
    postgresql: {
      fullnameOverride: `${name}-postgresql`,
      // A superuser would need a password of its own, and nobody logs in as one.
      auth: { existingSecret, enablePostgresUser: false },
      image: imageValues(scope, context, 'postgresql', server.image),
      primary: {
        ...serverValues(server),
        ...(parameters.length > 0 && { extendedConfiguration: verbatim(parameters.join('')) }),
        networkPolicy: { enabled: false },
      },
    },
  };
}

/** Values of the Celery broker: the chart's, or what it has to know of the user's. */
export function brokerValues(scope: Construct, context: BitnamiContext): Json {
  const { name, executor, chartSecrets, isExternal } = context;
  const { broker } = executor;
  // Without a broker the chart would still make a Secret for one, with an empty password.
  if (!broker) return { redis: { enabled: false }, externalRedis: { existingSecret: chartSecrets.auth } };
  const existingSecret = chartSecrets.broker;
  if (isExternal.broker) return { externalRedis: { existingSecret, existingSecretPasswordKey: BROKER_KEY } };
  const { server } = broker;
  if (!server) {
    // Of a URL in a Secret it is not known: that this chart can't take one is told.
    const [{ host, port } = { host: '', port: 6379 }] = hostsOf(context, broker);
    return { redis: { enabled: false }, externalRedis: { host, port, existingSecret, existingSecretPasswordKey: BROKER_KEY } };
  }
  return {
    redis: {
      fullnameOverride: `${name}-redis`,
      auth: { existingSecret, existingSecretPasswordKey: BROKER_KEY },
      image: imageValues(scope, context, 'redis', server.image),
      master: serverValues(server),
      networkPolicy: { enabled: false },
    },
  };
}

function serverValues(server: StoreServer): Json {
  const { component, resources, storageSize, storageClassName, placement, volumeRetention, securityContext, labels, annotations } = server;
  return {
    resources: containerResources(resources, COMPONENTS[componentNameOf(component)].resources),
    persistence: { size: canonicalQuantity(storageSize), ...(storageClassName !== undefined && { storageClass: storageClassName }) },
    ...(volumeRetention && {
      persistentVolumeClaimRetentionPolicy: { enabled: true, whenDeleted: volumeRetention, whenScaled: 'Retain' },
    }),
    ...verbatim(defined({ podLabels: labels, podAnnotations: annotations })),
    ...verbatim(podPlacement(placement)),
    ...securityValues(securityContext),
    pdb: { create: false },
  };
}
