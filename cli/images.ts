import { allImagesOf } from '../lib/kubernetes/pods-of';
import { objectsOfFolder } from './objects/folder';

export interface ImagesOptions {
  readonly json?: boolean;
}

/** All images that the manifests name, sorted, each once: one a line, or as JSON. */
export function images(dist: string, { json }: ImagesOptions): string {
  const found = [...new Set(objectsOfFolder(dist).flatMap(allImagesOf))].sort();
  return json ? JSON.stringify(found, null, 2) : found.join('\n');
}
