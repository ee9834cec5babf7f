import type { Json } from '../kubernetes/json';
import { type Path, pathText } from '../kubernetes/object-path';
import { yamlProblem } from '../kubernetes/yaml-text';
import type { Finding } from './finding';
import type { Manifests } from './manifests';

/** Every text, and every key, is such that kubectl reads it from the YAML in dist as it was given. */
export function checkTexts(manifests: Manifests): Finding[] {
  return manifests.checked.flatMap((object) =>
    textsOf(object.manifest, []).flatMap(([path, text]) => {
      const problem = yamlProblem(text);
      if (problem === undefined) return [];
      return [{ object, problem: `YAML does not carry the text at ${pathText(path)}: ${problem}`, remedy: 'expected another text' }];
    }),
  );
}

function textsOf(value: Json, path: Path): [Path, string][] {
  if (typeof value === 'string') return [[path, value]];
  if (Array.isArray(value)) return value.flatMap((item, index) => textsOf(item, [...path, index]));
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, item]) => [[[...path, key], key] as [Path, string], ...textsOf(item, [...path, key])]);
}
