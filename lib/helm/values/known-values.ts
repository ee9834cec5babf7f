import type { Json } from '../../kubernetes/json';
import { isMap, type Path, valueAt, withValueAt } from '../../kubernetes/object-path';
import { patternProperties, type SchemaPart, subparts } from './json-schema';

/** What is looked at of a chart. */
export interface ValuesOfChart {
  readonly metadata: Json;
  readonly values: Json;
  /** The keys in comments of values.yaml. */
  readonly commented?: readonly Path[];
  readonly schema?: Json;
  readonly subcharts: readonly { readonly name: string; readonly files: ValuesOfChart }[];
}

/** What charts say of the values below one key. */
export interface KnownValues {
  /** What stands there in values.yaml: first in that of the chart itself, then in those of the charts around it. */
  readonly defaults: readonly Json[];
  readonly schemas: readonly SchemaPart[];
  /** The chart whose values begin here. */
  readonly chart?: ValuesOfChart;
  /** Whether it is a structure of Kubernetes, in which more may stand than the defaults have. */
  readonly isKubernetes?: boolean;
  /** Whether it is an item of a list, or in one. */
  readonly isInList?: boolean;
}

/** Of this nothing is known, so that all may be there. */
const ANYTHING: KnownValues = { defaults: [], schemas: [] };
const OF_KUBERNETES = /(?:annotations|labels|selector|resources|limits|requests|securityContext|strategy|affinity)$/i;

/** What a chart says of all its values. */
export function knownValues(chart: ValuesOfChart): KnownValues {
  return {
    chart,
    defaults: [withCommented(withConditions(chart), chart.commented)],
    schemas: chart.schema ? [{ schema: chart.schema, root: chart.schema, ofParent: false }] : [],
  };
}

/** The defaults, and the switches of dependencies, which need not be there. */
function withConditions({ values, metadata }: ValuesOfChart): Json {
  const conditions = dependenciesOf(metadata).flatMap(({ condition }) => (condition ? `${condition}`.split(',') : []));
  return conditions.reduce((defaults: Json, condition) => withSwitch(defaults, condition.trim().split('.')), values ?? {});
}

function withSwitch(defaults: Json, [key, ...rest]: string[]): Json {
  if (key === undefined) return defaults ?? null;
  return isMap(defaults) || defaults === undefined ? withValueAt(defaults ?? {}, [key], withSwitch(defaults?.[key], rest)) : defaults;
}

/** What stands in a comment has no default. */
function withCommented(values: Json, commented: readonly Path[] = []): Json {
  const defaults = structuredClone(values);
  for (const path of commented) {
    const around = valueAt(defaults, path.slice(0, -1));
    const key = path[path.length - 1];
    // A map that has nothing in it takes everything.
    if (isMap(around) && Object.keys(around).length > 0 && !Object.hasOwn(around, key)) around[key] = null;
  }
  return defaults;
}

function dependenciesOf(metadata: Json): Json[] {
  return metadata?.dependencies ?? [];
}

/** What is known of one key below, or undefined if the key is not. */
export function knownBelow(known: KnownValues, parts: readonly SchemaPart[], key: string): KnownValues | undefined {
  const defaults = known.defaults.filter((map) => isMap(map) && Object.hasOwn(map, key)).map((map) => map[key]);
  const schemas = parts.flatMap((part) => schemasOf(part, key));
  const below = { defaults, schemas, isInList: known.isInList, isKubernetes: OF_KUBERNETES.test(key) };
  const ofChart = known.chart && ofOtherChart(known.chart, key, below);
  if (ofChart) return ofChart;
  if (defaults.length > 0 || schemas.length > 0) return below;
  return parts.some(isOpen) || isFree(known, parts) ? ANYTHING : undefined;
}

function schemasOf(part: SchemaPart, key: string): SchemaPart[] {
  const { properties, additionalProperties } = part.schema;
  const named = isMap(properties) && Object.hasOwn(properties, key) ? subparts(part, [properties[key]]) : [];
  const declared = [...named, ...patternProperties(part, key)];
  return declared.length === 0 && isOpen(part) ? subparts(part, [additionalProperties]) : declared;
}

/** Of a chart in it, a chart need not say all. */
function isOpen({ schema: { additionalProperties }, ofParent }: SchemaPart): boolean {
  return !ofParent && additionalProperties !== undefined && additionalProperties !== false;
}

/** What is under a key of a chart's own: the values of a chart in it, or what helm itself gives a meaning. */
function ofOtherChart(chart: ValuesOfChart, key: string, below: KnownValues): KnownValues | undefined {
  if (key === 'global' || key === 'tags') return ANYTHING;
  const subchart = chart.subcharts.find(({ name }) => name === key);
  if (subchart) {
    const own = knownValues(subchart.files);
    const ofParent = below.schemas.map((part) => ({ ...part, ofParent: true }));
    return { ...own, defaults: [...own.defaults, ...below.defaults], schemas: [...own.schemas, ...ofParent] };
  }
  const isMissing = dependenciesOf(chart.metadata).some(({ name, alias }) => key === (alias || name));
  return isMissing ? ANYTHING : undefined;
}

/** Whether there may be keys of any name, where no schema says so. */
function isFree({ defaults: [value], isKubernetes, isInList }: KnownValues, parts: readonly SchemaPart[]): boolean {
  if (parts.some(({ schema }) => schema.additionalProperties === false)) return false;
  if (isInList) return true;
  if (parts.some(({ schema }) => isMap(schema.properties) || schema.patternProperties)) return false;
  const isDeclaredMap = parts.some(({ schema, ofParent }) => !ofParent && schema.type === 'object');
  return isKubernetes || isDeclaredMap || !isMap(value) || Object.keys(value).length === 0;
}

/** The keys that are known by name. */
export function knownKeys({ defaults, chart }: KnownValues, parts: readonly SchemaPart[]): string[] {
  const maps = [...defaults, ...parts.map(({ schema }) => schema.properties)].filter(isMap);
  return [...new Set([...maps.flatMap(Object.keys), ...(chart ? ['global', ...chart.subcharts.map(({ name }) => name)] : [])])];
}
