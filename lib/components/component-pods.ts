import type { NetworkPeer } from '../network/network-flow';
import type { ComponentName } from './components';

/** The components that a deployment has pods of, with the labels by which those are selected. */
export type ComponentPods = ReadonlyMap<ComponentName, { readonly [name: string]: string }>;

/** The pods of these components, as far as there are any. */
export function podPeers(pods: ComponentPods, components: readonly ComponentName[]): NetworkPeer[] {
  return components.flatMap((component) => {
    const labels = pods.get(component);
    return labels ? [{ kind: 'pods' as const, labels }] : [];
  });
}
