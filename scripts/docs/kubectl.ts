import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { madeSecrets, secretUses } from '../../cli/objects/secret-uses';
import type { Manifest } from '../../test/support/manifests';

/** Flags without a value. */
const SWITCHES = ['all', 'all-namespaces', 'follow', 'force-conflicts', 'ignore-not-found', 'server-side', 'stdin', 'tty', 'watch'];
const SHORT: { readonly [flag: string]: string } = { f: 'filename', l: 'selector', n: 'namespace', o: 'output' };
const KINDS = [
  'ConfigMap',
  'CronJob',
  'Deployment',
  'ExternalSecret',
  'HTTPRoute',
  'Ingress',
  'Job',
  'Namespace',
  'NetworkPolicy',
  'PersistentVolumeClaim',
  'Pod',
  'Secret',
  'Service',
];
const PLURALS: { readonly [word: string]: string } = Object.fromEntries(
  [...KINDS, 'StatefulSet', 'PodDisruptionBudget', 'HorizontalPodAutoscaler'].flatMap((kind) => {
    const word = kind.toLowerCase();
    return [word, `${word}s`, `${word}es`, word.replace(/y$/, 'ies')].map((name) => [name, kind]);
  }),
);

/** A kubectl command line, taken apart. */
interface Call {
  readonly verb: string;
  readonly words: readonly string[];
  readonly flags: { readonly [name: string]: readonly string[] };
}

/** Where a kubectl command is called. */
export interface Place {
  readonly folder: string;
  /** The objects that have been applied, where they are known. */
  readonly objects: readonly Manifest[] | undefined;
  /** Namespaces whose objects are not known. */
  readonly elsewhere: readonly string[];
}

/** What is wrong with a kubectl command: files, namespaces, names and keys that there are not, flags that kubectl does not know. */
export function judgeKubectl(args: readonly string[], { folder, objects, elsewhere }: Place): string[] {
  const call = parseCall(args);
  const files = [...(call.flags.filename ?? []), ...filesOf(call)].filter((file) => file !== '-');
  const missing = files.filter((file) => !existsSync(join(folder, file))).map((file) => `there is no file ${file}`);
  if (missing.length > 0) return missing;
  const namespace = call.words[0] === 'namespace' ? call.words[1] : call.flags.namespace?.[0];
  const isKnown = objects && !elsewhere.includes(namespace ?? '');
  return [...(isKnown ? judgeNames(call, objects) : []), ...judgeSyntax(args, folder)];
}

function parseCall(args: readonly string[]): Call {
  const words: string[] = [];
  const flags: { [name: string]: string[] } = {};
  for (let index = 0; index < args.length && args[index] !== '--'; index++) {
    const [, name, value] = /^--?([a-z-]+)(?:=(.*))?$/s.exec(args[index]) ?? [];
    if (!name) {
      words.push(args[index]);
      continue;
    }
    const flag = SHORT[name] ?? name;
    flags[flag] ??= [];
    flags[flag].push(value ?? (SWITCHES.includes(flag) ? 'true' : args[++index]));
  }
  const [verb, ...rest] = words;
  return { verb, words: verb === 'rollout' ? rest.slice(1) : rest, flags };
}

/** The files of `--from-file=key=file`. */
function filesOf({ flags }: Call): string[] {
  return (flags['from-file'] ?? []).map((value) => value.slice(value.indexOf('=') + 1));
}

function judgeNames(call: Call, objects: readonly Manifest[]): string[] {
  const { verb, flags } = call;
  // Behind the object stand annotations: `name=value`, or `name-` to take one away.
  const words = verb === 'annotate' ? call.words.filter((word) => !word.includes('=') && !word.endsWith('-')) : call.words;
  if (flags.filename || words.length === 0) return [];
  const namespace = flags.namespace?.[0];
  const [first, second] = words;
  if (verb === 'create' && first === 'namespace') return [];
  const references = verb === 'create' ? [] : referencesOf(words, verb);
  if (references.every(({ kind }) => kind === 'Namespace') && references.length > 0) return unknownOf(references, objects);
  if (flags['all-namespaces']) return [];
  if (!namespace) return ['it says no --namespace'];
  const inNamespace = objects.filter(({ metadata }) => metadata.namespace === namespace);
  if (inNamespace.length === 0) return [`no object is in the namespace ${namespace}`];
  if (verb === 'create' && first === 'secret') return judgeNewSecret(words[2], call, inNamespace);
  if (verb === 'create' && first === 'configmap') return judgeNewConfigMap(second, inNamespace);
  if (verb === 'create' && first === 'job' && flags.from) return unknownOf(referencesOf(flags.from, verb), inNamespace);
  if (verb === 'create') return [`kubectl create ${first} ${second ?? ''} is not known to this check`];
  return [...unknownOf(references, inNamespace), ...judgeSelector(call, inNamespace), ...judgeSecretKeys(call, references, inNamespace)];
}

/** One that no object names would be made for nothing. */
function judgeNewConfigMap(name: string, objects: readonly Manifest[]): string[] {
  const isNamed = JSON.stringify(objects).includes(`"configMap":{"name":"${name}"`);
  return isNamed ? [] : [`no pod has a volume of the ConfigMap ${name}`];
}

interface Reference {
  readonly kind: string | undefined;
  readonly word: string;
  readonly name?: string;
}

/** `kind/name` each, or a kind (perhaps several, by commas) and names behind it. In front of a port or a command stands one object only. */
function referencesOf(words: readonly string[], verb: string): Reference[] {
  const objects = ['port-forward', 'exec', 'logs'].includes(verb) ? words.slice(0, 1) : words;
  const withSlash = objects
    .filter((word) => word.includes('/'))
    .map((word) => ({ word, kind: word.split('/')[0], name: word.split('/')[1] }));
  const [kinds, ...names] = objects.filter((word) => !word.includes('/'));
  const inWords = (kinds?.split(',') ?? []).flatMap((kind) =>
    names.length > 0 ? names.map((name) => ({ word: `${kind} ${name}`, kind, name })) : [{ word: kind, kind }],
  );
  // exec and logs take a pod's name without a kind.
  const bare = objects.length < words.length || ['exec', 'logs'].includes(verb);
  return [...withSlash, ...inWords].map((found) =>
    bare && !found.word.includes('/') ? { word: found.word, kind: 'Pod', name: found.word } : { ...found, kind: PLURALS[found.kind] },
  );
}

function unknownOf(references: readonly Reference[], objects: readonly Manifest[]): string[] {
  return references.flatMap(({ kind, word, name }) => {
    if (!kind) return [`no kind is called so: ${word}`];
    const names = namesOf(kind, objects);
    return name === undefined || names.includes(name) ? [] : [`there is no ${kind} ${name}, but ${names.join(', ') || 'none'}`];
  });
}

/** The names of objects of a kind that there are when all has been applied: also of those that controllers and Jobs make. */
function namesOf(kind: string, objects: readonly Manifest[]): string[] {
  const stateful = objects.filter((object) => object.kind === 'StatefulSet');
  switch (kind) {
    case 'Pod':
      return stateful.map(({ metadata }) => `${metadata.name}-0`);
    case 'PersistentVolumeClaim':
      return stateful.flatMap(({ metadata, spec }) =>
        (spec.volumeClaimTemplates ?? []).map((claim: Manifest) => `${claim.metadata.name}-${metadata.name}-0`),
      );
    case 'Secret':
      return [...secretUses(objects), ...madeSecrets(objects)].map(({ secret }) => secret);
    default:
      return objects.filter((object) => object.kind === kind).map(({ metadata }) => metadata.name);
  }
}

function judgeSelector({ flags }: Call, objects: readonly Manifest[]): string[] {
  return (flags.selector ?? []).flatMap((selector) => {
    const wanted = selector.split(',').map((part) => part.split('='));
    const labels = objects.map(({ metadata, spec }) => ({ ...metadata.labels, ...spec?.template?.metadata?.labels }));
    const isMet = labels.some((own) => wanted.every(([label, value]) => own[label] === value));
    return isMet ? [] : [`no object has the labels ${selector}`];
  });
}

/** `{.data.key}` of a Secret. */
function judgeSecretKeys({ flags }: Call, references: readonly Reference[], objects: readonly Manifest[]): string[] {
  const secrets = references.filter(({ kind, name }) => kind === 'Secret' && name).map(({ name }) => name);
  const keys = [...secretUses(objects), ...madeSecrets(objects)].flatMap((use) => (secrets.includes(use.secret) ? use.keys : []));
  const asked = [...(flags.output?.[0] ?? '').matchAll(/\{\.data\.([\w-]+)\}/g)].map(([, key]) => key);
  if (secrets.length === 0) return [];
  return asked.filter((key) => !keys.includes(key)).map((key) => `the Secret ${secrets} has no key ${key}, but ${keys.join(', ')}`);
}

/** A Secret that the user makes: some object reads it, and it has the keys that are read. */
function judgeNewSecret(name: string, { flags }: Call, objects: readonly Manifest[]): string[] {
  const uses = secretUses(objects).filter(({ secret }) => secret === name);
  if (uses.length === 0) return [`nothing reads a Secret ${name}`];
  const types: { readonly [flag: string]: string[] } = { cert: ['tls.crt', 'tls.key'], 'docker-server': ['.dockerconfigjson'] };
  const ofType = Object.keys(types).flatMap((flag) => (flags[flag] ? types[flag] : []));
  const given = [...(flags['from-literal'] ?? []), ...(flags['from-file'] ?? [])].map((value) => value.split('=')[0]);
  const missing = uses.flatMap(({ keys }) => keys).filter((key) => ![...given, ...ofType].includes(key));
  return [...new Set(missing)].map((key) => `the key ${key} is read from this Secret, and it is not given`);
}

let kubectlIsThere: boolean | undefined;

/** Whether kubectl is on the PATH: without it flags are not checked. */
export function hasKubectl(): boolean {
  kubectlIsThere ??= spawnSync('kubectl', ['version', '--client']).status === 0;
  return kubectlIsThere;
}

/** kubectl found nothing wrong before it missed the cluster, what a pipe would give it, or a certificate. */
const MISSED = /connection refused|was refused|no objects passed to apply|failed to find any PEM data/;

/** What kubectl itself has to say. */
function judgeSyntax(args: readonly string[], folder: string): string[] {
  if (!hasKubectl()) return [];
  const end = args.includes('--') ? args.indexOf('--') : args.length;
  const nowhere = ['--server=http://127.0.0.1:1', '--request-timeout=1s'];
  const env = { PATH: process.env.PATH, KUBECONFIG: '/dev/null' };
  const { status, stderr } = spawnSync('kubectl', [...args.slice(0, end), ...nowhere, ...args.slice(end)], {
    cwd: folder,
    encoding: 'utf8',
    env,
  });
  return status === 0 || MISSED.test(stderr) ? [] : [stderr.trim()];
}
