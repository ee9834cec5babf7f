import { ApiObject } from 'cdk8s';
import type { Construct } from 'constructs';

/** How a ServiceAccount is called. */
export interface ServiceAccountMetadata {
  readonly name: string;
  readonly labels: { readonly [name: string]: string };
  readonly annotations?: { readonly [name: string]: string };
}

/** A ServiceAccount without a token: pods that need one mount it themselves. */
export function addServiceAccount(scope: Construct, id: string, metadata: ServiceAccountMetadata): void {
  new ApiObject(scope, id, { apiVersion: 'v1', kind: 'ServiceAccount', metadata, automountServiceAccountToken: false });
}
