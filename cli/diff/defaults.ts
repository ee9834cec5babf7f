import type { Json } from '../../lib/kubernetes/json';
import { isMap } from '../../lib/kubernetes/object-path';

/** What the API server takes for a field that is not there, where that is the same wherever the field stands. */
const DEFAULTS: { readonly [field: string]: Json } = {
  completionMode: 'NonIndexed',
  defaultMode: 420,
  dnsPolicy: 'ClusterFirst',
  enableServiceLinks: true,
  failureThreshold: 3,
  periodSeconds: 10,
  podManagementPolicy: 'OrderedReady',
  protocol: 'TCP',
  reclaimPolicy: 'Delete',
  schedulerName: 'default-scheduler',
  scheme: 'HTTP',
  successThreshold: 1,
  terminationGracePeriodSeconds: 30,
  terminationMessagePath: '/dev/termination-log',
  terminationMessagePolicy: 'File',
  timeoutSeconds: 1,
  value: '',
  volumeBindingMode: 'Immediate',
  volumeMode: 'Filesystem',
};

/** A part of an object without what says nothing: defaults of the API server, empty lists and maps. */
export function withoutDefaults(value: Json): Json {
  if (Array.isArray(value)) return value.length === 0 ? undefined : value.map(withoutDefaults);
  if (!isMap(value)) return value ?? undefined;
  const entries = Object.entries(value)
    .filter(([key, field]) => !(key in DEFAULTS && DEFAULTS[key] === field))
    .map(([key, field]) => [key, withoutDefaults(field)])
    .filter(([, field]) => field !== undefined);
  return entries.length === 0 ? undefined : Object.fromEntries(entries);
}
