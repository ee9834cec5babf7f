import type { Json } from '../kubernetes/json';
import { parseYamlDocument } from '../kubernetes/kubernetes-yaml';
import type { ManifestObject } from './manifests';

/** A value of a Helm chart that is no map and no list, and not null. */
export interface ChartValue {
  /** As in `workers.env[0].value`. */
  readonly path: string;
  /** What the value is called: its key, or the name of a variable. */
  readonly name: string;
  readonly value: string | number | boolean;
}

/** Where a custom resource that releases a chart has its values. */
const VALUES: { readonly [kind: string]: (spec: Json) => Json } = {
  Application: (spec) => spec?.source?.helm?.valuesObject,
  HelmChart: (spec) => parseYamlDocument(spec?.valuesContent ?? '', 'spec.valuesContent'),
  HelmRelease: (spec) => spec?.values,
};

/** The values that a custom resource gives a Helm chart. */
export function chartValues({ kind, manifest }: ManifestObject): ChartValue[] {
  return leaves('', '', VALUES[kind]?.(manifest.spec));
}

function leaves(path: string, name: string, value: Json): ChartValue[] {
  if (value === undefined || value === null) return [];
  if (typeof value !== 'object') return [{ path, name, value }];
  if (Array.isArray(value)) return value.flatMap((item, index) => leaves(`${path}[${index}]`, name, item));
  return Object.entries(value).flatMap(([key, child]) => leaves(path ? `${path}.${key}` : key, nameOf(key, value), child));
}

/** A variable is called by its name. What a Secret is called, or a key of it, is no secret. */
function nameOf(key: string, map: Json): string {
  if (key === 'value' && typeof map.name === 'string') return map.name;
  return key.startsWith('existing') || (key === 'secretKey' && 'secretName' in map) ? '' : key;
}
