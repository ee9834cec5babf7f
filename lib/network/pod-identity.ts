import { tcp } from './network-flow';
import type { Destination } from './url-destinations';

/** Where the SDK of AWS asks who the pod is: the agent of EKS Pod Identity. IAM roles for service accounts go by port 443 of AWS. */
export const AWS_IDENTITY: readonly Destination[] = [{ peer: { kind: 'cidr', cidr: '169.254.170.23/32' }, ports: [tcp(80)] }];

/** Where that of Azure asks who the pod is, if it is no workload identity. */
export const METADATA_SERVER: readonly Destination[] = [{ peer: { kind: 'cidr', cidr: '169.254.169.254/32' }, ports: [tcp(80)] }];

/** Where that of Google asks: the same, and on GKE what is behind it. */
export const GOOGLE_IDENTITY: readonly Destination[] = [
  ...METADATA_SERVER,
  { peer: { kind: 'cidr', cidr: '169.254.169.252/32' }, ports: [tcp(988)] },
];

/** Where that of any cloud asks. */
export const POD_IDENTITY: readonly Destination[] = [...GOOGLE_IDENTITY, ...AWS_IDENTITY];
