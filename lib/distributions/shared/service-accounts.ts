import { ApiObject } from 'cdk8s';
import type { Construct } from 'constructs';
import { AIRFLOW_COMPONENTS, type AirflowComponentName } from '../../components/components';
import { objectLabels, objectName } from '../../components/names';
import { declareExisting } from '../../kubernetes/existing-objects';
import type { ServiceAccount } from '../../props/service-account';
import type { DistributionInput } from '../contract';

/** What is named where no component has one of its own. */
type Owner = AirflowComponentName | 'components';

/** That of all pods for which the user asks for no other: it has the name of the deployment, no rights and no token. */
export function addPlainServiceAccount(scope: Construct, input: DistributionInput): void {
  addServiceAccount(scope, 'service-account', input, { name: input.name });
}

/** Those that the user asks for. */
export function addServiceAccounts(scope: Construct, input: DistributionInput): void {
  const { all, ...each } = input.components;
  const owners = Object.entries({ components: all, ...each }) as [Owner, { readonly serviceAccount?: ServiceAccount } | undefined][];
  for (const [owner, props] of owners) {
    const account = props?.serviceAccount;
    if (account?._isMade) {
      addServiceAccount(scope, `service-account-${owner}`, input, { ...account._props, name: nameOf(input, owner, account) });
    } else if (account) declareExisting(scope, 'ServiceAccount', nameOf(input, owner, account));
  }
}

function addServiceAccount(
  scope: Construct,
  id: string,
  input: DistributionInput,
  { name, labels, annotations }: ServiceAccount['_props'],
): void {
  new ApiObject(scope, id, {
    apiVersion: 'v1',
    kind: 'ServiceAccount',
    metadata: { name, labels: { ...labels, ...objectLabels(input) }, ...(annotations && { annotations }) },
    automountServiceAccountToken: false,
  });
}

/** The name of the ServiceAccount of a component's pods; without a component that of Jobs. */
export function serviceAccountName(input: DistributionInput, component?: AirflowComponentName): string {
  const { all } = input.components;
  const own = component && input.components[component]?.serviceAccount;
  if (component && own) return nameOf(input, component, own);
  return all?.serviceAccount ? nameOf(input, 'components', all.serviceAccount) : input.name;
}

export function serviceAccountNames(input: DistributionInput): { readonly [Name in AirflowComponentName]: string } {
  const entries = AIRFLOW_COMPONENTS.map((component) => [component, serviceAccountName(input, component)]);
  return Object.fromEntries(entries);
}

function nameOf(input: DistributionInput, owner: Owner, { _props: { name } }: ServiceAccount): string {
  return name ?? (owner === 'components' ? `${input.name}-components` : objectName(input, owner));
}
