import { objectName } from '../../components/names';
import { Executor } from '../../executors/executor';
import type { DistributionInput } from '../contract';
import { joinComponentProps } from '../shared/component-props';

/** Tasks speak plain http to the API server, by a name without dots: `NO_PROXY=.svc,.cluster.local` does not keep that from the proxy. */
export function validateProxy(input: DistributionInput): void {
  const { validator, settings, executor } = input;
  const tasks = executor === Executor.CELERY ? 'workers' : 'scheduler';
  const service = objectName(input, 'api-server');
  const env = Object.entries(joinComponentProps(settings.allComponents, settings[tasks]).env ?? {});
  const exceptions = env
    .filter(([name]) => /^no_proxy$/i.test(name))
    .map(([, { value }]) => value?.split(',').map((host: string) => host.trim()));
  // What a Secret or a ConfigMap has can't be known.
  if (exceptions.some((hosts) => !hosts || hosts.includes(service) || hosts.includes('*'))) return;
  for (const [name] of env.filter(([variable]) => /^(?:http|all)_proxy$/i.test(variable))) {
    const prop = settings[tasks]?.env?.[name] ? tasks : 'allComponents';
    validator.reportHidden(
      `${prop}.env["${name}"]`,
      `tasks would look for Airflow's API at the proxy; expected NO_PROXY too, with "${service}" and the addresses of pods in it`,
    );
  }
}
