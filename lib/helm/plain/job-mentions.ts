import type { Json } from '../../kubernetes/json';
import { isMap, type Path, pathText } from '../../kubernetes/object-path';
import { jobBaseName } from './job-names';
import { nameOfJob } from './job-references';

/** What looks after other objects, in a command or a script, or asks the API server for Jobs. */
const TOOL = /\bkubectl\b|\boc\b|wait[-_]for|\bbatch\/v1\b|namespaced_job/;
/** A name that stands alone: no path, no host, no part of another. */
const WORD = /(?<![\w.:/-])[a-z0-9](?:[a-z0-9.-]*[a-z0-9])?(?![\w/-]|:\d)/g;

/**
 * Where an object still has the names of Jobs without their hash, though something looks for objects there, and what would do.
 * @param jobs the names before the hash.
 */
export function jobMentions(manifest: Json, jobs: readonly string[]): string[] {
  const text = JSON.stringify(manifest);
  return jobs.length > 0 && (TOOL.test(text) || jobs.some((job) => text.includes(job))) ? mentionsIn(manifest, [], jobs) : [];
}

function mentionsIn(value: Json, path: Path, jobs: readonly string[]): string[] {
  if (typeof value === 'string') return mentions([value], path, jobs);
  if (Array.isArray(value)) return value.flatMap((item, index) => mentionsIn(item, [...path, index], jobs));
  if (!isMap(value)) return [];
  // A command is one thing, in however many texts it stands.
  if (isContainer(value)) {
    const { image, command = [], args = [], env = [] } = value;
    return mentions([image, ...command, ...args, ...env.map(({ name, value }: Json) => `${name}=${value}`)].map(String), path, jobs);
  }
  return Object.entries<Json>(value).flatMap(([key, child]) => mentionsIn(child, [...path, key], jobs));
}

function isContainer({ image, name, command = [], args = [], env = [] }: Json): boolean {
  return typeof image === 'string' && typeof name === 'string' && [command, args, env].every(Array.isArray);
}

function mentions(texts: readonly string[], path: Path, jobs: readonly string[]): string[] {
  const isTool = texts.some((text) => TOOL.test(text));
  const words = new Set(isTool ? texts.flatMap((text) => text.match(WORD) ?? []).map(jobBaseName) : []);
  return jobs
    .filter((job) => words.has(job) || texts.some((text) => nameOfJob(job).test(text)))
    .map(
      (job) =>
        `${pathText(path)} may mean Job/${job}, which has a hash behind its name; expected a form that can be followed, as job/NAME, the name that ` +
        `find('Job', '${job}') tells, or the Job without the hash: patch('Job', '${job}', JsonPatch.replace('/metadata/name', '${job}'))`,
    );
}
