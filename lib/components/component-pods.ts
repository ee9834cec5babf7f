import type { NetworkPeer } from '../network/network-flow';
import { type ComponentName, componentNameOf, type PodsName } from './components';

/** The pods that a deployment has, with the labels by which they are selected. */
export type ComponentPods = ReadonlyMap<PodsName, { readonly [name: string]: string }>;

/** The pods of these components, as far as there are any, those of further groups among them. */
export function podPeers(pods: ComponentPods, components: readonly ComponentName[]): NetworkPeer[] {
  return [...pods].filter(([name]) => components.includes(componentNameOf(name))).map(([, labels]) => ({ kind: 'pods', labels }));
}
