import { tcp } from './network-flow';
import type { Destination } from './url-destinations';

/** Where a pod asks for the identity that its cloud gives it: AWS and Google, and GKE's own, whose second port is behind the first. */
export const POD_IDENTITY: readonly Destination[] = [
  { peer: { kind: 'cidr', cidr: '169.254.169.254/32' }, ports: [tcp(80)] },
  { peer: { kind: 'cidr', cidr: '169.254.169.252/32' }, ports: [tcp(988)] },
];
