import { ApiObject } from 'cdk8s';
import type { Construct } from 'constructs';

/** Rights of ServiceAccounts. */
export interface RoleOptions {
  readonly name: string;
  readonly labels: { readonly [name: string]: string };
  /** The namespace in which they hold, where it is not that of the chart. */
  readonly namespace?: string;
  readonly rules: readonly object[];
  /** The ServiceAccounts, and their namespace. */
  readonly accounts: readonly string[];
  readonly accountNamespace: string | undefined;
}

/** A Role, and a RoleBinding of the same name. */
export function addRole(scope: Construct, id: string, { name, labels, namespace, rules, accounts, accountNamespace }: RoleOptions): void {
  const metadata = { name, labels, namespace };
  new ApiObject(scope, id, { apiVersion: 'rbac.authorization.k8s.io/v1', kind: 'Role', metadata, rules });
  new ApiObject(scope, `${id}-binding`, {
    apiVersion: 'rbac.authorization.k8s.io/v1',
    kind: 'RoleBinding',
    metadata,
    roleRef: { apiGroup: 'rbac.authorization.k8s.io', kind: 'Role', name },
    subjects: [...new Set(accounts)].map((account) => ({ kind: 'ServiceAccount', name: account, namespace: accountNamespace })),
  });
}
