import type { Json } from '../kubernetes/json';
import type { Finding } from './finding';
import { isEmptySelector, type LabelSelector } from './label-selector';
import type { Manifests } from './manifests';

/** How the objects that select pods of others say so; one that selects none of the chart does nothing. */
const SELECTORS: { readonly [kind: string]: (spec: Json) => LabelSelector | undefined } = {
  NetworkPolicy: (spec) => spec?.podSelector,
  PodDisruptionBudget: (spec) => spec?.selector,
  Service: (spec) => (spec?.selector ? { matchLabels: spec.selector } : undefined),
};

/** Every Service, NetworkPolicy and PodDisruptionBudget with a selector selects a pod of the chart. */
export function checkSelections(manifests: Manifests): Finding[] {
  return manifests.checked.flatMap((object) => {
    const selector = SELECTORS[object.kind]?.(object.manifest.spec);
    // An empty one is meant for all pods, whichever there are.
    if (!selector || isEmptySelector(selector) || manifests.arePodsDeclared(selector)) return [];
    if (manifests.podsOf(selector, object.namespace).length > 0) return [];
    return {
      object,
      problem: `its selector ${JSON.stringify(selector)} selects no pod of the chart`,
      remedy: 'expected the labels of a pod template in the same namespace',
    };
  });
}
