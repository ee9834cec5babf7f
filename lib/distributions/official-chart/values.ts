import type { Construct } from 'constructs';
import { variableOf } from '../../config/airflow-config';
import { executorOfNoTeam, hasTeamExecutors } from '../../executors/executor-plan';
import type { Json } from '../../kubernetes/json';
import { isMap } from '../../kubernetes/object-path';
import { mergePodParts } from '../../kubernetes/pod-part';
import { airflowVersionOf } from '../shared/airflow-image';
import { joinValues } from '../shared-by-charts/join-values';
import { certificatesPart } from '../shared-by-charts/store-connections';
import { componentValues } from './components';
import { configValues } from './configuration';
import type { OfficialContext } from './context';
import { imageValues } from './images';
import { jobValues } from './jobs';
import { airflowContexts } from './security-contexts';
import { serviceValues } from './services';

/** The values of the chart that the props come to. */
export function officialValues(scope: Construct, context: OfficialContext): Json {
  const { airflowVersion, executor, config, logs, chartSecrets } = context;
  const envFrom = mergePodParts(context.components.all?.podParts ?? []).envFrom;
  const { pod, container } = airflowContexts(context.components.all?.securityContext);
  const { volumes, volumeMounts } = certificatesPart([context.database, executor.broker]);
  const values = {
    airflowVersion: airflowVersionOf(airflowVersion),
    ...imageValues(context),
    executor: executorOfNoTeam(executor),
    // From the value before the chart makes a label too, which can't hold those of teams. A variable wins over airflow.cfg.
    ...(hasTeamExecutors(executor) && { env: [{ name: variableOf('core', 'executor'), value: executor.name }] }),
    // The chart takes it as a text in YAML, of which JSON is a part.
    ...(envFrom.length > 0 && { extraEnvFrom: JSON.stringify(envFrom) }),
    ...(volumes && { volumes, volumeMounts }),
    securityContexts: { pod, containers: container },
    // Nothing in these pods talks to Kubernetes.
    rbac: { create: false },
    config: configValues(config),
    ...(logs?.claimName && { logs: { persistence: { enabled: true, existingClaim: logs.claimName } } }),
    // The chart would mount one of its own at the same place.
    ...(context.content.localSettings && { airflowLocalSettings: '' }),
    ...componentValues(context),
    ...serviceValues(context),
  };
  return withoutEmpty([values, jobValues(scope, context), chartSecrets.values].reduce(joinValues));
}

/** An empty list or map is what the chart has anyway, for components too; what is in a field of theirs is the user's. With null it has nothing. */
function withoutEmpty(values: Json, depth = 2): Json {
  if (!isMap(values) || depth === 0) return values;
  const fields = Object.entries(values).map(([key, field]) => [key, withoutEmpty(field, depth - 1)]);
  return Object.fromEntries(fields.filter(([, field]) => !isEmpty(field)));
}

function isEmpty(field: Json): boolean {
  return field === undefined || (typeof field === 'object' && field !== null && Object.keys(field).length === 0);
}
