import { type ComponentPods, podPeers } from '../../components/component-pods';
import { PORTS } from '../../components/components';
import type { Json } from '../../kubernetes/json';
import { ANYWHERE, flowsBetween, type NetworkFlow, tcp } from '../../network/network-flow';

/** Who comes in by a Service that is open to the outside, which may be anybody: no NetworkPolicy knows the address of who has come by a node. */
export function outsideFlows(pods: ComponentPods, service: Json): NetworkFlow[] {
  if (!['LoadBalancer', 'NodePort'].includes(service?.type)) return [];
  return flowsBetween('web interface, through its Service', [ANYWHERE], podPeers(pods, ['api-server']), [tcp(PORTS.apiServer)]);
}
