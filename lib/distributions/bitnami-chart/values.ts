import type { Construct } from 'constructs';
import { COMPONENTS } from '../../components/components';
import type { Json } from '../../kubernetes/json';
import { containerResources, type ResourcesProps } from '../../props/resources';
import { adminUser } from '../shared/admin-user';
import { userParts } from '../shared/component-settings';
import { serviceAccountName } from '../shared/service-accounts';
import { joinValues } from '../shared-by-charts/join-values';
import { certificatesPart } from '../shared-by-charts/store-connections';
import { componentValues } from './components';
import type { BitnamiContext } from './context';
import { brokerValues, databaseValues } from './data-stores';
import { settingsValues } from './files';
import { imageValues, otherImageValues, replacesImages } from './images';
import { PREPARE_RESOURCES } from './packages';
import { containerSecurityValues, platformValues } from './security-contexts';
import { setupJobValues } from './setup-job';
import { taskPodValues } from './task-pods';
import { sharedVariables } from './variables';

const PLAIN_TEXT = /^(?!(?:true|false|yes|no|on|off|y|n|null)$)[a-z][\w.@-]*$/i;

/** The values of the chart that the props come to. */
export function bitnamiValues(scope: Construct, context: BitnamiContext): Json {
  const { name, executor, components, features, chartSecrets, dagsPart } = context;
  const { image, serviceAccount } = components.all ?? {};
  const ofParts = [dagsPart, ...userParts(context)].flatMap((part) => part.imagePullSecrets ?? []).map((secret) => secret.name);
  const pullSecrets = [...(image?.pullSecrets ?? []), ...ofParts];
  const { volumes, volumeMounts } = certificatesPart([context.database, context.executor.broker]);
  const preparing = containerSecurityValues(components.all?.securityContext);
  const ofInit = (resources: ResourcesProps) => containerResources(components.all?.initContainerResources, resources);
  const values = {
    fullnameOverride: name,
    ...globalValues(context),
    image: imageValues(scope, context, 'airflow', { ...image, pullSecrets }),
    auth: { username: asYaml(adminUser(context.admin).username), existingSecret: chartSecrets.auth },
    executor: executor.name,
    ...(serviceAccount && { serviceAccount: { create: false, name: serviceAccountName(context) } }),
    extraEnvVars: sharedVariables(context),
    ...settingsValues(context),
    ...(volumes && { extraVolumes: volumes, extraVolumeMounts: volumeMounts }),
    ...componentValues(context),
    setupDBJob: setupJobValues(context),
    defaultInitContainers: {
      prepareConfig: { resources: ofInit(PREPARE_RESOURCES), ...preparing },
      ...(features.copiesVenv && { prepareVenv: { resources: ofInit(PREPARE_RESOURCES), ...preparing } }),
      waitForDBMigrations: { resources: ofInit(COMPONENTS.migrate.resources), ...preparing },
    },
    metrics: { networkPolicy: { enabled: false } },
    ...databaseValues(scope, context),
    ...brokerValues(scope, context),
  };
  return joinValues(joinValues(otherImageValues(scope, context), values), taskPodValues(scope, context));
}

function globalValues(context: BitnamiContext): Json {
  const global = {
    ...(replacesImages(context) && { security: { allowInsecureImages: true } }),
    ...platformValues(context.components.all?.securityContext),
  };
  return Object.keys(global).length > 0 ? { global } : {};
}

/** The chart puts the name into YAML as it is: it needs quotes where it would not come out as the same text. */
function asYaml(text: string): string {
  return PLAIN_TEXT.test(text) ? text : JSON.stringify(text);
}
