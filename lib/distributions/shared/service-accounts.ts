import type { Construct } from 'constructs';
import { addServiceAccount } from '../../cdk8s/add-service-account';
import { type AirflowPodsName, propOf } from '../../components/components';
import { objectLabels, objectName } from '../../components/names';
import { componentOf } from '../../executors/executor-plan';
import { declareExisting } from '../../kubernetes/existing-objects';
import { hashOf } from '../../kubernetes/hash';
import { plainServiceAccountName } from '../../props/plain-service-account';
import { ServiceAccount } from '../../props/service-account';
import type { DistributionInput } from '../contract';
import { possiblePods } from './deployed-components';

/** That of all pods for which there is no other: it has no rights and no token. */
export function addPlainServiceAccount(scope: Construct, input: DistributionInput): void {
  addOwnServiceAccount(scope, 'service-account', input, plainServiceAccountName(input), {});
}

/** Those that the user asks for, and those of what talks to Kubernetes. */
export function addServiceAccounts(scope: Construct, input: DistributionInput): void {
  const asked = [
    { pods: 'components', prop: 'allComponents', account: input.components.all?.serviceAccount, name: serviceAccountName(input) },
    ...possiblePods(input).map((pods) => {
      return { pods, prop: propOf(pods), account: ownAccount(input, pods), name: serviceAccountName(input, pods) };
    }),
  ];
  const made = new Map<string, { readonly prop: string; readonly account: ServiceAccount }>();
  for (const { pods, prop, account, name } of asked) {
    const first = made.get(name);
    if (!account) continue;
    if (!account._isMade) {
      declareExisting(scope, 'ServiceAccount', name);
    } else if (!first) {
      addOwnServiceAccount(scope, `service-account-${pods}`, input, name, account._props);
      made.set(name, { prop, account });
    } else if (hashOf(account._props) !== hashOf(first.account._props)) {
      const instead = 'expected another name for one of them, or the same name, annotations and labels in both';
      input.validator.report(
        `${prop}.serviceAccount`,
        name,
        `that of ${first.prop}.serviceAccount has this name, and is another; ${instead}`,
      );
    }
  }
}

function addOwnServiceAccount(
  scope: Construct,
  id: string,
  input: DistributionInput,
  name: string,
  { labels, annotations }: ServiceAccount['_props'],
): void {
  addServiceAccount(scope, id, { name, labels: { ...labels, ...objectLabels(input) }, ...(annotations && { annotations }) });
}

/** The ServiceAccount of a component alone. What talks to Kubernetes has one, with what is said of that for all, so that no other has its rights. */
function ownAccount(input: DistributionInput, component: AirflowPodsName): ServiceAccount | undefined {
  const { components, executor, hasOneServiceAccount } = input;
  if (hasOneServiceAccount) return undefined;
  const own = components[component]?.serviceAccount;
  if (own || !componentOf(executor, component).uses.includes('kubernetes')) return own;
  const { annotations, labels } = components.all?.serviceAccount?._props ?? {};
  return components.all?.serviceAccount?._isMade === false ? undefined : ServiceAccount.create({ annotations, labels });
}

/** The name of the ServiceAccount of a component's pods; without a component that of Jobs. */
export function serviceAccountName(input: DistributionInput, component?: AirflowPodsName): string {
  const own = component && ownAccount(input, component);
  if (component && own) return own._props.name ?? objectName(input, component);
  const all = input.components.all?.serviceAccount;
  return all ? (all._props.name ?? `${input.name}-components`) : plainServiceAccountName(input);
}

export function serviceAccountNames(input: DistributionInput): { readonly [Name in AirflowPodsName]: string } {
  const entries = possiblePods(input).map((component) => [component, serviceAccountName(input, component)]);
  return Object.fromEntries(entries);
}
