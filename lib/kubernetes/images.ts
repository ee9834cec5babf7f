import type { Json } from './json';
import { podTemplateOf } from './pod-part';

/** The images of the containers of an object's pods. */
export function imagesOf(manifest: Json): string[] {
  const { initContainers = [], containers = [] } = podTemplateOf(manifest)?.spec ?? {};
  return [...initContainers, ...containers].map(({ image }: Json) => image);
}
