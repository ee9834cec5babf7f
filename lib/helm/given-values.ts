import { readFileSync } from 'node:fs';
import type { Json } from '../kubernetes/json';
import { parseYamlDocuments } from '../kubernetes/kubernetes-yaml';
import { isMap } from '../kubernetes/object-path';
import { fileProblem } from '../props/content';
import type { PropValidator } from '../validation/prop-validator';
import { mergedValues } from './values/merged-values';
import { PROTO, reservedKeys } from './values/reserved-keys';

/** Values, and files that have some. */
export interface ValuesSources {
  readonly valuesFiles?: readonly string[];
  readonly values?: Json;
  readonly setFiles?: { readonly [place: string]: string };
}

/** The values of a chart as helm puts them together: of files, each over those before it, then those that are given, then texts of files. */
export function givenValues(validator: PropValidator, { valuesFiles = [], values, setFiles = {} }: ValuesSources): Json {
  const ofFiles = valuesFiles.map((path, index) => valuesOf(validator, `valuesFiles[${index}]`, path));
  const texts = Object.entries(setFiles).map(([place, path]) => textAt(validator, `setFiles[${JSON.stringify(place)}]`, place, path));
  const all = [...ofFiles, ...(values ? [values] : []), ...texts];
  return all.length > 1 ? all.reduce(mergedValues, {}) : all[0];
}

function valuesOf(validator: PropValidator, prop: string, path: string): Json {
  const text = readText(validator, prop, path);
  try {
    const documents = parseYamlDocuments(text, path);
    const problems = documents.flatMap((document) => reservedKeys(document, [PROTO]));
    for (const problem of problems) validator.reportHidden(prop, `${path}: ${problem}`);
    if (documents.every(isMap)) return problems.length > 0 ? {} : documents.reduce(mergedValues, {});
    validator.reportHidden(prop, `${path} has something else in it than values; expected YAML with a map`);
  } catch (error) {
    validator.reportHidden(prop, (error as Error).message);
  }
  return {};
}

/** A map that leads to the text of a file. */
function textAt(validator: PropValidator, prop: string, place: string, path: string): Json {
  const keys = place.split(/(?<!\\)\./).map((key) => key.replaceAll('\\.', '.'));
  if (keys.some((key) => key === '' || key === PROTO || /\[\d*\]$/.test(key))) {
    validator.reportHidden(prop, 'expected the keys of maps with dots between them, as in "config.script"; a list can be given by values');
  }
  return keys.reduceRight<Json>((value, key) => ({ [key]: value }), readText(validator, prop, path));
}

function readText(validator: PropValidator, prop: string, path: string): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(readFileSync(path));
  } catch (error) {
    validator.reportHidden(prop, fileProblem(path, error));
    return '';
  }
}
