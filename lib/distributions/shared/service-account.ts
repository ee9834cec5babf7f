import { ApiObject } from 'cdk8s';
import type { Construct } from 'constructs';
import { objectLabels } from '../../components/names';
import type { DistributionInput } from '../contract';

/** The ServiceAccount of the pods, which has the name of the deployment: it has no rights, and no token of it is mounted. */
export function addServiceAccount(scope: Construct, input: DistributionInput): void {
  new ApiObject(scope, 'service-account', {
    apiVersion: 'v1',
    kind: 'ServiceAccount',
    metadata: { name: input.name, labels: objectLabels(input) },
    automountServiceAccountToken: false,
  });
}
