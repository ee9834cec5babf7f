import { type AirflowPodsName, componentNameOf, propOf } from '../../components/components';
import { objectName } from '../../components/names';
import type { DistributionInput } from '../contract';
import { settingsOf } from '../shared/component-settings';
import { possiblePods } from '../shared/deployed-components';

/** Tasks speak plain http to the API server, by a name without dots: `NO_PROXY=.svc,.cluster.local` does not keep that from the proxy. */
export function validateProxy(input: DistributionInput): void {
  const { runsTasks } = input.executor;
  for (const pods of possiblePods(input)) {
    if (runsTasks.some((component) => component === componentNameOf(pods))) validateProxyOf(input, pods);
  }
}

function validateProxyOf(input: DistributionInput, component: AirflowPodsName): void {
  const { validator, components } = input;
  const service = objectName(input, 'api-server');
  const env = Object.entries(settingsOf(input, component).env ?? {});
  const exceptions = env
    .filter(([name]) => /^no_proxy$/i.test(name))
    .map(([, { value }]) => value?.split(',').map((host: string) => host.trim()));
  // The prop leaves it out; what a Secret or a ConfigMap has can't be known.
  if (input.proxy && exceptions.length === 0) return;
  if (exceptions.some((hosts) => !hosts || hosts.includes(service) || hosts.includes('*'))) return;
  for (const [name] of env.filter(([variable]) => /^(?:http|all)_proxy$/i.test(variable))) {
    const prop = components[component]?.env?.[name] ? propOf(component) : 'allComponents';
    validator.reportHidden(
      `${prop}.env["${name}"]`,
      `tasks would look for Airflow's API at the proxy; use the prop proxy, or NO_PROXY too, with "${service}" and the addresses of pods in it`,
    );
  }
}
