import type { Json } from './json';
import { parseYamlDocument } from './kubernetes-yaml';
import { podTemplateOf } from './pod-part';

/** The key by which Airflow keeps from what it makes the pods of tasks. */
export const TASK_POD_FILE = 'pod_template.yaml';

/** The template of an object's pods (with `metadata` and `spec`), also where it is a file in a ConfigMap; undefined where there is none. */
export function podOf(manifest: Json): Json {
  const file = manifest.kind === 'ConfigMap' && manifest.data?.[TASK_POD_FILE];
  if (typeof file === 'string') return podTemplateOf(parseYamlDocument(file, TASK_POD_FILE) ?? {});
  return podTemplateOf(manifest) ?? templateIn(manifest.kind === 'PodTemplate' ? manifest.template : manifest.spec);
}

/** Custom resources have one wherever they like. */
function templateIn(part: Json): Json {
  if (typeof part !== 'object' || part === null) return undefined;
  if (Array.isArray(part.spec?.containers)) return part;
  for (const child of Object.values(part)) {
    const found = templateIn(child);
    if (found) return found;
  }
  return undefined;
}

/** The images of the containers of an object's pods. */
export function imagesOf(manifest: Json): string[] {
  const { initContainers = [], containers = [] } = podOf(manifest)?.spec ?? {};
  return [...initContainers, ...containers].flatMap(({ image }: Json) => image ?? []);
}

/** All images that an object names: those of containers, of volumes that are images, and of a CloudNativePG cluster, whose pods the operator makes. */
export function allImagesOf(manifest: Json): string[] {
  const volumes: Json[] = podOf(manifest)?.spec.volumes ?? [];
  const { imageName } = manifest.kind === 'Cluster' ? (manifest.spec ?? {}) : {};
  return [...imagesOf(manifest), ...volumes.flatMap(({ image }) => image?.reference ?? []), ...(imageName ? [imageName] : [])];
}
