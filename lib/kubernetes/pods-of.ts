import type { Json } from './json';
import { parseYamlDocument } from './kubernetes-yaml';
import { podTemplateOf } from './pod-part';

/** The key by which Airflow keeps from what it makes the pods of tasks. */
export const TASK_POD_FILE = 'pod_template.yaml';

/** The template of an object's pods (with `metadata` and `spec`), also where it is a file in a ConfigMap; undefined where there is none. */
export function podOf(manifest: Json): Json {
  const file = manifest.kind === 'ConfigMap' && manifest.data?.[TASK_POD_FILE];
  return podTemplateOf(typeof file === 'string' ? (parseYamlDocument(file, TASK_POD_FILE) ?? {}) : manifest);
}

/** The images of the containers of an object's pods. */
export function imagesOf(manifest: Json): string[] {
  const { initContainers = [], containers = [] } = podOf(manifest)?.spec ?? {};
  return [...initContainers, ...containers].flatMap(({ image }: Json) => image ?? []);
}
