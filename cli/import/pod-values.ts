import { parseYamlDocument } from '../../lib/kubernetes/kubernetes-yaml';
import { call, type Expression, type Fields, fields, Name } from './expression';
import { isSecret } from './secrets';
import { asText, isTree, type Json, type Tree, type Values } from './values';

// Values that are in the form of Kubernetes, as charts have them for their pods.

const AMOUNTS: { readonly [name: string]: string } = { cpu: 'cpu', memory: 'memory', 'ephemeral-storage': 'ephemeralStorage' };

/** ResourcesProps of `resources`. */
export function resources(values: Values, path = 'resources'): Fields | undefined {
  const given = values.map(path);
  if (!given) return undefined;
  const limits = amounts(given.limits);
  // As Kubernetes has it: what is not asked for is asked for as far as it may be used.
  const requests = inOrder({ ...limits, ...amounts(given.requests) });
  const extended = Object.entries(isTree(given.limits) ? given.limits : {}).filter(([name]) => !AMOUNTS[name]);
  return fields({
    requests,
    limits,
    extendedResources: extended.length > 0 ? Object.fromEntries(extended.map(([name, count]) => [name, Number(count)])) : undefined,
  });
}

function amounts(given: Json): Fields | undefined {
  const entries = Object.entries(isTree(given) ? given : {}).filter(([name]) => AMOUNTS[name]);
  return inOrder(Object.fromEntries(entries.map(([name, amount]) => [AMOUNTS[name], asText(amount) ?? ''])));
}

function inOrder(amounts: Fields): Fields | undefined {
  return fields(Object.fromEntries(Object.values(AMOUNTS).map((name) => [name, amounts[name]])));
}

/** PlacementProps; `names` are the values where they are, in the order of the props. */
export function placement(values: Values): Fields | undefined {
  return fields({
    nodeSelector: values.map('nodeSelector') as Fields | undefined,
    tolerations: values.list('tolerations') as Expression | undefined,
    affinity: values.map('affinity') as Fields | undefined,
    topologySpreadConstraints: values.list('topologySpreadConstraints') as Expression | undefined,
    priorityClassName: values.text('priorityClassName'),
  });
}

/** ProbesProps of `livenessProbe` and its like. */
export function probes(values: Values): Fields | undefined {
  return fields({
    startup: probe(values, 'startupProbe'),
    readiness: probe(values, 'readinessProbe'),
    liveness: probe(values, 'livenessProbe'),
  });
}

function probe(values: Values, path: string): Fields | undefined {
  const enabled = values.isOn(`${path}.enabled`);
  if (enabled === false) {
    values.tell(path);
    return { enabled };
  }
  return fields({
    initialDelay: seconds(values.number(`${path}.initialDelaySeconds`)),
    period: seconds(values.number(`${path}.periodSeconds`)),
    timeout: seconds(values.number(`${path}.timeoutSeconds`)),
    failureThreshold: values.number(`${path}.failureThreshold`),
  });
}

export function seconds(number: number | undefined): Expression | undefined {
  return number === undefined ? undefined : call('Duration.seconds', number);
}

/** The duration of a text as `30s` or `1m30s`. */
export function duration(text: string | undefined): Expression | undefined {
  const [, hours, minutes, rest, bare] = /^(?:(\d+)h)?(?:(\d+)m)?(?:(\d+)s)?$|^(\d+)$/.exec(text ?? '') ?? [];
  const total = Number(hours ?? 0) * 3600 + Number(minutes ?? 0) * 60 + Number(rest ?? bare ?? 0);
  return total > 0 ? call('Duration.seconds', total) : undefined;
}

/** The variables of a list in the form of Kubernetes: `env`, and for what that does not take, `podParts`. */
export function variables(values: Values, path: string): Fields | undefined {
  const given = listOf(values.peek(path), path);
  if (!given) return undefined;
  values.tell(path);
  const env: { [name: string]: Expression } = {};
  const others: Expression[] = [];
  given.forEach((item: Json, index) => {
    const { name, value, valueFrom } = isTree(item) ? item : {};
    const place = `${path}[${index}]`;
    if (typeof name !== 'string') values.note(place, item, 'a variable has a name');
    else if (isTree(valueFrom)) {
      const said = fromElsewhere(valueFrom);
      if (said) env[name] = said;
      else others.push(item as Expression);
    } else if (JSON.stringify(item).includes('{{')) values.note(place, item, 'helm fills it in; say what comes of it');
    else if (isSecret(name, value))
      values.note(
        place,
        item,
        `it is secret, and not written here; put it into ${placeOfVariable(name) ?? `a Secret, and that into env: { ${name}: EnvValue.fromSecretValue(…) }`}`,
      );
    else if (typeof value === 'object' && value !== null) values.note(place, item, 'the value of a variable is a text');
    else env[name] = call('EnvValue.fromValue', `${value ?? ''}`);
  });
  return fields({ env: fields(env), podParts: others.length > 0 ? [{ env: others }] : undefined });
}

/** A list, or the text of one, as older values of charts are. */
export function yamlList(values: Values, path: string): Expression | undefined {
  const given = listOf(values.peek(path), path);
  return given && values.get(path) !== undefined ? (given as Expression[]) : undefined;
}

function listOf(given: Json, path: string): Json[] | undefined {
  const list = typeof given === 'string' && !given.includes('{{') ? parseYamlDocument(given, path) : given;
  return Array.isArray(list) && list.length > 0 ? list : undefined;
}

/** A variable out of a Secret or a ConfigMap. The name of the variable that stands for it in the program tells which. */
function fromElsewhere({ secretKeyRef, configMapKeyRef }: Tree): Expression | undefined {
  const reference = secretKeyRef ?? configMapKeyRef;
  if (!isTree(reference)) return undefined;
  const options = reference.optional === true ? [{ optional: true }] : [];
  return secretKeyRef
    ? fromSecret(`${reference.name}`, `${reference.key}`, options)
    : call('EnvValue.fromConfigMap', new Name(objectVariable('ConfigMap', `${reference.name}`)), `${reference.key}`, ...options);
}

export function fromSecret(name: string, key: string, options: readonly Expression[] = []): Expression {
  return call('EnvValue.fromSecretValue', { secret: new Name(objectVariable('Secret', name)), key }, ...options);
}

/** What an object is called in a program: its name is told by it. */
export function objectVariable(kind: string, name: string): string {
  return `${kind}:${name}`;
}

/** ImageProps of a map with repository, tag and so on. */
export function image(values: Values, path: string): Fields | undefined {
  const at = (key: string) => values.text(`${path}.${key}`);
  const registry = at('registry');
  const repository = at('repository');
  // Some put the digest behind the tag.
  const [tag, digest] = at('tag')?.split('@') ?? [];
  return fields({
    repository: registry && repository ? `${registry}/${repository}` : repository,
    tag: tag || undefined,
    digest: at('digest') ?? digest,
    pullPolicy: at('pullPolicy'),
  });
}

/** Names of Secrets from a list of names, or of maps with a name. */
export function names(values: Values, path: string): string[] | undefined {
  return values.list(path)?.map((item) => `${isTree(item) ? item.name : item}`);
}

/** A part of pods. */
export function podPart(values: Values, paths: { readonly [field: string]: string }): Fields | undefined {
  const part = fields(
    Object.fromEntries(Object.entries(paths).map(([field, path]) => [field, values.list(path) as Expression | undefined])),
  );
  return part && { podParts: [part] };
}

/** What each pod and container of the library has by itself, by the keys of a security context of Kubernetes. */
const HARDENED: { readonly [key: string]: string } = {
  runAsNonRoot: 'true',
  privileged: 'false',
  allowPrivilegeEscalation: 'false',
  readOnlyRootFilesystem: 'true',
  'capabilities.drop': 'ALL',
  'seccompProfile.type': 'RuntimeDefault',
};

/** SecurityContext of the ids in a security context of Kubernetes. */
export function securityContext(values: Values, ...paths: readonly string[]): Expression | undefined {
  for (const path of paths) {
    for (const [key, value] of Object.entries(HARDENED)) if (`${values.peek(`${path}.${key}`)}` === value) values.tell(`${path}.${key}`);
  }
  const ids = fields({
    runAsUser: first(paths, (path) => values.number(`${path}.runAsUser`)),
    runAsGroup: first(paths, (path) => values.number(`${path}.runAsGroup`)),
    fsGroup: first(paths, (path) => values.number(`${path}.fsGroup`)),
    supplementalGroups: first(paths, (path) => values.list(`${path}.supplementalGroups`) as number[] | undefined),
  });
  return ids && call('SecurityContext.withIds', ids);
}

function first<Result>(paths: readonly string[], read: (path: string) => Result | undefined): Result | undefined {
  return paths.map(read).find((each) => each !== undefined);
}

/** DeploymentStrategy of a strategy of Kubernetes. */
export function strategy(values: Values, ...paths: readonly string[]): Expression | undefined {
  const given = first(paths, (path) => values.map(path));
  if (!given) return undefined;
  if (given.type === 'Recreate') return call('DeploymentStrategy.recreate');
  const { maxSurge, maxUnavailable } = isTree(given.rollingUpdate) ? given.rollingUpdate : {};
  const amounts = fields({ maxSurge: asText(maxSurge), maxUnavailable: asText(maxUnavailable) });
  return call('DeploymentStrategy.rollingUpdate', ...(amounts ? [amounts] : []));
}

/** ServiceAccount, made or there. */
export function serviceAccount(values: Values): Expression | undefined {
  const isMade = values.isOn('serviceAccount.create') !== false;
  const name = values.text('serviceAccount.name');
  const annotations = values.map('serviceAccount.annotations') as Fields | undefined;
  if (!isMade) return name === undefined ? undefined : call('ServiceAccount.existing', name);
  const given = fields({ name, annotations });
  return given && call('ServiceAccount.create', given);
}

/** A map whose values are text, as labels and annotations are. */
export function texts(values: Values, path: string): Fields | undefined {
  const given = values.map(path);
  return given && fields(Object.fromEntries(Object.entries(given).map(([name, value]) => [name, asText(value)])));
}

/** When something is done, by the five fields of a CronJob. */
export function schedule(text: string | undefined): Expression | undefined {
  const parts = text?.trim().split(/\s+/) ?? [];
  if (parts.length !== 5) return undefined;
  const [minute, hour, day, month, weekDay] = parts;
  return call('Cron.schedule', { minute, hour, day, month, weekDay });
}

/** Options of Airflow by section and key, as text. */
export function options(values: Values, path: string): Fields | undefined {
  const sections = values.peek(path);
  if (!isTree(sections)) return undefined;
  const read = Object.keys(sections).map((section) => {
    const keys = Object.keys(isTree(sections[section]) ? (sections[section] as Tree) : {});
    return [section, fields(Object.fromEntries(keys.map((key) => [key, option(values, `${path}.${section}.${key}`)])))] as const;
  });
  return fields(Object.fromEntries(read));
}

const KEYS = 'the Secret of Credentials.existing(…)';
/** Where secrets of options belong that the library sets itself. */
const OPTION_PLACES: { readonly [key: string]: string } = {
  sql_alchemy_conn: 'the Secret of Database.fromUrl(…)',
  broker_url: 'the Secret of Broker.fromUrl(…)',
  result_backend: 'nothing: the broker keeps the results of tasks',
  fernet_key: KEYS,
  secret_key: KEYS,
  jwt_secret: KEYS,
  flower_basic_auth: 'the Secret of flower: { basicAuth }',
};

/** The same for the variable of an option, which a prop takes in its place. */
function placeOfVariable(name: string): string | undefined {
  const [, key = ''] = /^AIRFLOW__\w+?__(\w+)$/.exec(name) ?? [];
  const option = key.toLowerCase();
  return OPTION_PLACES[option] ?? OPTION_PLACES[option.replace(/_(async|cmd|secret)$/, '')];
}

/** Nothing where it is read already. */
function option(values: Values, path: string): string | undefined {
  if (values.isTold(path)) return undefined;
  const value = values.get(path);
  if (value === undefined && values.isSecret(path)) {
    const [section, key] = path.split('.').slice(-2);
    values.secret(
      path,
      OPTION_PLACES[key] ??
        `a Secret, and that into allComponents.env: { AIRFLOW__${section.toUpperCase()}__${key.toUpperCase()}: EnvValue.fromSecretValue(…) }`,
    );
  }
  if (typeof value === 'boolean') return value ? 'True' : 'False';
  return isTree(value) || Array.isArray(value) ? JSON.stringify(value) : asText(value);
}
