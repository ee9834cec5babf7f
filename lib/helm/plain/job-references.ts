import type { Json } from '../../kubernetes/json';
import { isMap } from '../../kubernetes/object-path';
import { isJob, NAME_LABELS, repeatableJob } from './job-names';
import type { RenderedDocument } from './rendered-documents';

/** How commands call the kind before the name, as in `kubectl wait job/NAME` and `wait_for.sh job-wr NAME`. */
const KIND = 'jobs?(?:-w[re]|\\.batch|\\.v1\\.batch)?';
const IS_KIND = new RegExp(`^(?:${KIND}|--?[\\w-]*job[\\w-]*)$`);
const FLAG = '--?[\\w-]+(?:=\\S*|\\s+[^\\s-]\\S*)?';
/** The name of another Job that was followed already. */
const FOLLOWED = '[a-z0-9][a-z0-9.-]*-[0-9a-f]{8}';
/** What stands before the name of a Job, and of nothing else. */
const BEFORE = [
  `(?<![\\w.-])${KIND}(?:/|\\s+(?:(?:${FLAG}|${FOLLOWED})\\s+)*)`,
  '(?<!\\w)job[-_]name["\']?\\s*=~?\\s*["\']?', // of labels, flags and metrics
  '(?<!\\w)jobName["\']?\\s*:\\s*["\']?',
  '(?<!\\w)[A-Z\\d_]*JOB[A-Z\\d_]*=["\']?',
].join('|');

/** Names of Jobs of one namespace, and what they become. */
type Renaming = { readonly from: string; readonly to: () => string; readonly pattern: RegExp };

/**
 * Jobs under names that follow what they do, and objects that name them in places that are known for it: commands, scripts, labels, the rights
 * of a Role. Other places job-mentions.ts finds.
 */
export function withRepeatableJobs(documents: readonly RenderedDocument[]): RenderedDocument[] {
  const jobs = documents.filter(({ manifest }) => isJob(manifest));
  if (jobs.length === 0) return [...documents];
  const done = new Map<RenderedDocument, Json>();
  const open = new Set<RenderedDocument>();
  const repeatable = (job: RenderedDocument): Json => {
    const known = done.get(job);
    // Jobs that name each other in a circle can't follow, nor one that names itself.
    if (known || open.has(job)) return known ?? job.manifest;
    open.add(job);
    const made = repeatableJob(followed(job.manifest, others(job.manifest, job)));
    done.set(job, made);
    return made;
  };
  const others = (manifest: Json, self?: RenderedDocument): Renaming[] =>
    jobs
      .filter((job) => job !== self && isNear(manifest, job.manifest))
      .map((job) => ({
        from: job.manifest.metadata.name,
        to: () => repeatable(job).metadata.name,
        pattern: nameOfJob(job.manifest.metadata.name),
      }));

  return documents.map((document) => {
    const { manifest, source } = document;
    return { manifest: jobs.includes(document) ? repeatable(document) : followed(manifest, others(manifest)), source };
  });
}

/** What is in no namespace, as a ClusterRole, may name Jobs of all. */
function isNear(manifest: Json, job: Json): boolean {
  return manifest.metadata.namespace === undefined || manifest.metadata.namespace === job.metadata.namespace;
}

/** Finds the name of a Job in a text, with what stands before it there. */
export function nameOfJob(name: string): RegExp {
  return new RegExp(`(${BEFORE})${name.replaceAll('.', '\\.')}(?![\\w-]|\\.\\w)`, 'g');
}

function followed(value: Json, renamings: readonly Renaming[]): Json {
  if (renamings.length === 0) return value;
  if (typeof value === 'string') return followedText(value, renamings);
  if (Array.isArray(value)) return followedList(value, renamings);
  if (!isMap(value)) return value;
  return Object.fromEntries(
    Object.entries<Json>(value).map(([key, child]) => {
      const isNamed = isName(key, value);
      if (!isNamed || !Array.isArray(child)) return [key, renamed(child, isNamed)];
      const names = child.map((item) => renamed(item, true));
      return [key, mayNameOthers(value) ? [...new Set([...child, ...names])] : names];
    }),
  );

  function renamed(child: Json, isNamed: boolean): Json {
    return (isNamed ? renamings.find(({ from }) => from === child)?.to() : undefined) ?? followed(child, renamings);
  }
}

/** Whether what stands under a key is the name of a Job, or names of some, if it is one at all. */
function isName(key: string, { kind, name, key: label, resources }: Json): boolean {
  if (key === 'name') return kind === 'Job';
  if (key === 'value') return /job/i.test(name); // a variable
  if (key === 'values') return NAME_LABELS.includes(label);
  if (key === 'resourceNames') return Array.isArray(resources) && resources.some((resource) => /^(?:jobs|\*)(?:\/|$)/.test(resource));
  return NAME_LABELS.includes(key);
}

/** Whether the names in a rule of a Role may be those of anything. */
function mayNameOthers({ resources }: Json): boolean {
  return Array.isArray(resources) && resources.some((resource) => /^\*(?:\/|$)/.test(resource));
}

/** Of several Jobs behind one kind the first has to be followed before the next is found. */
function followedText(text: string, renamings: readonly Renaming[]): string {
  const next = renamings.reduce((soFar, { to, pattern }) => soFar.replace(pattern, (_, before) => `${before}${to()}`), text);
  return next === text ? text : followedText(next, renamings);
}

/** In a command the kind may be an argument of its own, with others between it and the name. */
function followedList(list: readonly Json[], renamings: readonly Renaming[]): Json[] {
  let isExpected = false;
  return list.map((item) => {
    const renaming = isExpected ? renamings.find(({ from }) => from === item) : undefined;
    isExpected ||= typeof item === 'string' && IS_KIND.test(item);
    return renaming ? renaming.to() : followed(item, renamings);
  });
}
