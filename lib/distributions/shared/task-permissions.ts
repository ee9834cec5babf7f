import { Construct } from 'constructs';
import { addRole } from '../../cdk8s/add-role';
import { objectLabels } from '../../components/names';
import { hasTaskPermissions } from '../../executors/executor-plan';
import type { DistributionInput, DistributionOutput } from '../contract';

/** What the code of DAGs may do with the API of Kubernetes: a Role in each namespace, for the pods that have such code. */
export function addTaskPermissions(scope: Construct, input: DistributionInput, { pods, serviceAccounts }: DistributionOutput): void {
  const { name, namespace: own, executor, validator } = input;
  const permissions = executor.taskPermissions ?? [];
  for (const [index, permission] of permissions.entries()) permission._validate(validator, `taskPermissions[${index}]`);
  if (permissions.length === 0) return;
  if (own === undefined) {
    validator.reportHidden(
      'taskPermissions',
      'a ServiceAccount gets rights by its name and its namespace; give the chart one: new Chart(app, id, { namespace })',
    );
  }
  const entries = permissions.flatMap(({ _namespaces, _rules }) => {
    return (_namespaces.length > 0 ? _namespaces : [own]).map((namespace) => ({ namespace, _rules }));
  });
  const accounts = Object.entries(serviceAccounts).filter(
    ([each]) => pods.has(each as never) && hasTaskPermissions(executor, each as never),
  );
  const roles = new Construct(scope, 'task-permissions');
  for (const namespace of new Set(entries.map((entry) => entry.namespace))) {
    const rules = entries.filter((entry) => entry.namespace === namespace).flatMap(({ _rules }) => _rules);
    addRole(roles, `role-${namespace ?? ''}`, {
      // A deployment of the same name in another namespace may have rights there too.
      name: namespace === own ? `${name}-tasks` : `${own}-${name}-tasks`,
      labels: objectLabels({ name }),
      namespace: namespace === own ? undefined : namespace,
      rules: [...new Map(rules.map((rule) => [JSON.stringify(rule), rule])).values()],
      accounts: accounts.map(([, account]) => account),
      accountNamespace: own,
    });
  }
}
