import { JsonPatch } from 'cdk8s';
import type { ComponentPods } from '../../components/component-pods';
import { type CommonComponentName, PORTS } from '../../components/components';
import { serviceAccountName } from '../shared/service-accounts';
import type { AirflowRelease } from '../shared-by-charts/deploy-chart';
import type { BitnamiContext } from './context';

/** What the chart gets wrong, or has no value for, where its objects are at hand. */
export function mended(context: BitnamiContext, pods: ComponentPods): Pick<AirflowRelease, 'exclude' | 'mend'> {
  return {
    // It makes a Service for workers also where there are none.
    ...(!context.executor.workers && { exclude: [`Service/${context.name}-worker-hl`] }),
    mend: (include) => {
      for (const [component, [kind, name]] of workloads(context)) {
        const patches = pods.has(component) ? [...accountPatches(context, component), ...localPatches(context, component)] : [];
        if (patches.length > 0) include.patch(kind, name, ...patches);
      }
    },
  };
}

/** The kinds and names of the chart's workloads. */
function workloads({ name, executor, features }: BitnamiContext): [CommonComponentName, [kind: string, name: string]][] {
  return [
    ['api-server', ['Deployment', `${name}-web`]],
    ['scheduler', [executor.recreated ? features.localScheduler : 'Deployment', `${name}-scheduler`]],
    ['dag-processor', ['Deployment', `${name}-dag-processor`]],
    ['triggerer', ['StatefulSet', `${name}-triggerer`]],
    ['worker', ['StatefulSet', `${name}-worker`]],
  ];
}

/** It has one for all pods. */
function accountPatches(context: BitnamiContext, component: CommonComponentName): JsonPatch[] {
  const account = serviceAccountName(context, component);
  return account === serviceAccountName(context) ? [] : [JsonPatch.replace('/spec/template/spec/serviceAccountName', account)];
}

/** Under LocalExecutor it makes a Service for a port that the scheduler does not name. */
function localPatches({ executor, features }: BitnamiContext, component: CommonComponentName): JsonPatch[] {
  if (component !== executor.recreated) return [];
  return [
    JsonPatch.add('/spec/template/spec/containers/0/ports', [{ name: 'task-logs', containerPort: PORTS.taskLogs }]),
    // Of two schedulers the next would run again what the first has not finished.
    ...(features.localScheduler === 'Deployment' ? [JsonPatch.add('/spec/strategy', { type: 'Recreate' })] : []),
  ];
}
