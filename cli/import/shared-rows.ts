import { type Fields, fields } from './expression';
import * as pod from './pod-values';
import { propsOfRows, type Row } from './row';
import type { Values } from './values';

// Rows of components that both charts have, and what is done with the rows of any.

export const RESOURCES: Row = {
  values: ['resources'],
  becomes: '`resources`',
  props: (values) => fields({ resources: pod.resources(values) }),
};

export const PLACEMENT: Row = {
  values: ['nodeSelector', 'affinity', 'tolerations', 'topologySpreadConstraints', 'priorityClassName'],
  becomes: '`placement`',
  props: (values) => fields({ placement: pod.placement(values) }),
};

export const PROBES: Row = {
  values: ['livenessProbe', 'readinessProbe', 'startupProbe'],
  becomes: "`probes`: when they ask; what they ask is the library's",
  props: (values) => fields({ probes: pod.probes(values) }),
};

export const GRACE_PERIOD: Row = {
  values: ['terminationGracePeriodSeconds'],
  becomes: '`terminationGracePeriod`; of workers `gracePeriod`',
  props: (values) => fields({ terminationGracePeriod: pod.seconds(values.number('terminationGracePeriodSeconds')) }),
};

export const ENABLED: Row = {
  values: ['enabled'],
  becomes: '`triggerer.enabled`; the others are always there',
  // What is on is there without a word.
  props: (values) => (values.isOn('enabled') ? {} : fields({ enabled: values.isOn('enabled') })),
};

/** The rows of a component behind the name of each, for notes. */
export function rowsBelow(components: readonly string[], rows: readonly Row[]): Row[] {
  return components.flatMap((component) => rows.map((row) => ({ ...row, values: row.values.map((value) => `${component}.${value}`) })));
}

/** The props of a component. An autoscaler counts before a number. */
export function componentProps(rows: readonly Row[], values: Values, struct: string): Fields | undefined {
  const { replicas, ...props } = propsOfRows(rows, values, struct);
  return fields({ ...(props.autoscaling === undefined && { replicas }), ...props });
}
