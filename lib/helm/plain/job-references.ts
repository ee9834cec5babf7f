import type { Json } from '../../kubernetes/json';
import { isMap } from '../../kubernetes/object-path';
import { podTemplateOf } from '../../kubernetes/pod-part';
import { isJob, repeatableJob } from './job-names';
import type { RenderedDocument } from './rendered-documents';

/** How commands call the kind before the name, as in `kubectl wait job/NAME` and `wait_for.sh job-wr NAME`. */
const KIND = 'jobs?(?:-w[re]|\\.batch|\\.v1\\.batch)?';
const IS_KIND = new RegExp(`^${KIND}$`);

/** Names of Jobs of one namespace, and what they become. */
type Renaming = { readonly from: string; readonly to: () => string; readonly pattern: RegExp };

/**
 * Jobs under names that follow what they do, and objects that name them in places that are known for it: commands, scripts, the rights of a
 * Role. Of other places, where a command may look for a Job by its old name, is told.
 */
export function withRepeatableJobs(documents: readonly RenderedDocument[], warn?: (text: string) => void): RenderedDocument[] {
  const jobs = documents.filter(({ manifest }) => isJob(manifest));
  if (jobs.length === 0) return [...documents];
  const done = new Map<RenderedDocument, Json>();
  const open = new Set<RenderedDocument>();
  const repeatable = (job: RenderedDocument): Json => {
    const known = done.get(job);
    // Jobs that name each other in a circle can't follow.
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
        pattern: patternOf(job.manifest.metadata.name),
      }));

  const taken = new Set(documents.filter((each) => !jobs.includes(each)).map(({ manifest }) => manifest.metadata.name));
  return documents.map((document) => {
    const { manifest, source } = document;
    const made = jobs.includes(document) ? repeatable(document) : followed(manifest, others(manifest));
    for (const { from } of others(manifest, document).filter(({ from }) => !taken.has(from))) {
      for (const place of leftIn(made, from)) {
        warn?.(
          `${manifest.kind}/${manifest.metadata.name} (${source}): ${place} may mean Job/${from}, which has a hash behind its name; ` +
            'expected a form that can be followed, as job/NAME, or a patch',
        );
      }
    }
    return { manifest: made, source };
  });
}

/** What is in no namespace, as a ClusterRole, may name Jobs of all. */
function isNear(manifest: Json, job: Json): boolean {
  return manifest.metadata.namespace === undefined || manifest.metadata.namespace === job.metadata.namespace;
}

function patternOf(name: string): RegExp {
  return new RegExp(`(?<![\\w.-])(${KIND}(?:/|\\s+))${name.replaceAll('.', '\\.')}(?![\\w-]|\\.\\w)`, 'g');
}

function followed(value: Json, renamings: readonly Renaming[]): Json {
  if (renamings.length === 0) return value;
  if (typeof value === 'string') {
    return renamings.reduce((text, { to, pattern }) => text.replace(pattern, (_, kind) => `${kind}${to()}`), value);
  }
  if (Array.isArray(value)) return followedList(value, renamings);
  if (!isMap(value)) return value;
  const named = (name: Json) => renamings.find(({ from }) => from === name)?.to() ?? name;
  if (isRuleForJobs(value)) return { ...value, resourceNames: value.resourceNames.map(named) };
  if (/job/i.test(value.name) && typeof value.value === 'string') {
    const text = named(value.value); // a variable
    if (text !== value.value) return { ...value, value: text };
  }
  return Object.fromEntries(Object.entries(value).map(([key, child]) => [key, followed(child, renamings)]));
}

/** In a command the kind may be an argument of its own, with flags between it and the name. */
function followedList(list: readonly Json[], renamings: readonly Renaming[]): Json[] {
  let isExpected = false;
  return list.map((item) => {
    const renaming = isExpected ? renamings.find(({ from }) => from === item) : undefined;
    isExpected = typeof item === 'string' && (IS_KIND.test(item) || (isExpected && item.startsWith('-')));
    return renaming ? renaming.to() : followed(item, renamings);
  });
}

function isRuleForJobs({ resources, resourceNames }: Json): boolean {
  return Array.isArray(resources) && Array.isArray(resourceNames) && resources.some((resource) => /^jobs(?:\/|$)/.test(resource));
}

/** Where pods that look after other objects still have the name. */
function leftIn(manifest: Json, name: string): string[] {
  const { initContainers = [], containers = [] } = podTemplateOf(manifest)?.spec ?? {};
  const word = new RegExp(`(?<![\\w.-])${name.replaceAll('.', '\\.')}(?![\\w-]|\\.\\w)`);
  return [...initContainers, ...containers].flatMap(({ name: container, command = [], args = [], env = [], image }: Json) => {
    const texts = [...command, ...args, ...env.map(({ value }: Json) => value)].map((text) => `${text}`);
    const looks = [image, ...texts].some((text) => /\bkubectl\b|wait-for/.test(`${text}`));
    return looks && texts.some((text) => word.test(text)) ? [`the container "${container}"`] : [];
  });
}
