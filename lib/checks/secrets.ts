import { isDeclaredInline } from '../kubernetes/inline-secrets';
import type { Json } from '../kubernetes/json';
import { isSecretName } from '../validation/secret-words';
import { chartValues } from './chart-values';
import type { Finding } from './finding';
import type { ManifestObject, Manifests, Pod } from './manifests';

const SWITCH = 'true|false|yes|no|none|null';
const PATH = '(?:\\/[\\w.-]+){2,}\\/?';
/** What is replaced where it is used, by Kubernetes, a shell, a template or the reader. */
const PLACEHOLDER = '\\$\\w+|\\$\\{.*|\\$\\(.*|`.*|\\{\\{?[^}]+\\}?\\}|<[^>]+>|%\\(\\w+\\)s|%\\w|\\*+|x+|\\.{3}|…';
const NO_SECRET = new RegExp(`^(?:|${SWITCH}|${PATH}|${PLACEHOLDER})$`, 'is');

const AUTHORIZATION = 'an Authorization header';
const SHAPES: readonly { readonly what: string; readonly pattern: RegExp }[] = [
  { what: 'a private key', pattern: /-----BEGIN [A-Z ]*PRIVATE KEY-----/ },
  { what: 'a GitLab token', pattern: /\bgl(?:pat|dt|rt|cbt|ptt|ft|soat|agent|imt)-[\w-]{20,}/ },
  { what: 'a GitHub token', pattern: /\b(?:gh[pousr]_[A-Za-z0-9]{36}|github_pat_\w{22})/ },
  { what: 'an AWS access key', pattern: /\b(?:AKIA|ASIA)[A-Z0-9]{16}\b/ },
  { what: 'a Slack token', pattern: /\bxox[a-z]-[A-Za-z0-9-]{10,}/ },
  { what: 'a Google API key', pattern: /\bAIza[\w-]{35}/ },
  { what: 'a package index token', pattern: /\b(?:npm_[A-Za-z0-9]{36}|pypi-[\w-]{50,})/ },
  { what: 'a JSON web token', pattern: /\beyJ[\w-]{10,}\.eyJ[\w-]{10,}\.[\w-]{10,}/ },
  { what: AUTHORIZATION, pattern: /authorization:\s*(?:bearer|basic)\s+[\w.~+/-]{16,}/i },
];
const URL_CREDENTIALS = /:\/\/[^\s/?#@:"'<>]*:([^\s/?#@"'<>]+)@/g;
const FLAG = /(?:^|\s)--?([a-z][\w-]*)(?:=|\s+)("[^"]*"|'[^']*'|[^\s"'-][^\s"']*)/gi;
const SHELL_ASSIGNMENT = /(?:^|[\s;&])([A-Z][A-Z0-9_]*)=("[^"]*"|'[^']*'|[^\s"';&]+)/g;
const JSON_MEMBER = /"(\w+)"\s*:\s*"((?:[^"\\]|\\.)*)"/g;
const PYTHON_ASSIGNMENT = /^[ \t]*(\w+)[ \t]*=[ \t]*("[^"\n]+"|'[^'\n]+')[ \t]*$/gm;
const FERNET_KEY = /(fernet_?key)["']?\s*[:=]\s*["']?([\w-]{43}=)/gi;
/** `curl -u user:password`. */
const CURL_LOGIN = /\b()curl\s(?:[^|;&]*\s)?(?:-u|--user)[\s=]*["']?[^\s:"']+:([^\s"']+)/g;
/** A machine's entry of a netrc. */
const NETRC = /(?:^|\s)(password)\s+(\S+)/g;
/** host:port:database:user:password. */
const PGPASS = /^()(?:(?:[^\n:#\\]|\\.)+:){4}(.+)$/gm;
const YAML_MEMBER = /^[ \t-]*["']?([\w.-]+)["']?[ \t]*:[ \t]+([^\s#|>&*!{[].*)$/gm;
const OPTION = /^[ \t]*([\w.-]+)[ \t]*[=:][ \t]*(\S.*)$/gm;

/** How names and values stand in a ConfigMap's file, by the end of its name. */
const FILE_FORMS: { readonly [extension: string]: RegExp } = {
  cfg: OPTION,
  conf: OPTION,
  env: OPTION,
  ini: OPTION,
  json: JSON_MEMBER,
  properties: OPTION,
  py: PYTHON_ASSIGNMENT,
  sh: SHELL_ASSIGNMENT,
  toml: OPTION,
  yaml: YAML_MEMBER,
  yml: YAML_MEMBER,
};
/** Files that are known by the end of their names, which may be all of it. */
const FILES: readonly (readonly [name: RegExp, form: RegExp])[] = [
  [/(?:^|[._-])netrc$/, NETRC],
  [/(?:^|[._-])pgpass(?:\.conf)?$/, PGPASS],
];

const NAMED = 'a value that its name says is secret';

/** No value of a secret is in dist, where everybody can read it who can read the repository. A finding never shows it. */
export function checkSecrets(manifests: Manifests): Finding[] {
  const findings: Finding[] = [];
  for (const object of manifests.checked) {
    checkAnnotations(object, object.manifest.metadata.annotations, findings);
    if (object.kind === 'Secret') checkSecretObject(object, findings);
    if (object.kind === 'ConfigMap') checkConfigMap(object, findings);
    checkChartValues(object, findings);
  }
  for (const pod of manifests.checkedPods) checkPod(pod, findings);
  return findings;
}

function checkSecretObject(object: ManifestObject, findings: Finding[]): void {
  if (isDeclaredInline(object.construct)) return;
  const { data, stringData } = object.manifest;
  const keys = Object.entries({ ...data, ...stringData }).flatMap(([key, value]) => (value === '' ? [] : [key]));
  if (keys.length === 0) return;
  const remedy = 'make the Secret in the cluster, or with a tool that encrypts it, and only name it here';
  findings.push({ object, problem: `the values of ${keys.join(', ')} are readable`, remedy });
}

function checkConfigMap(object: ManifestObject, findings: Finding[]): void {
  const data: { [key: string]: Json } = object.manifest.data ?? {};
  for (const [key, value] of Object.entries(data)) {
    if (typeof value !== 'string') continue;
    // All keys of a ConfigMap can be made variables.
    if (isSecret(key, value)) report(object, `the key "${key}"`, NAMED, findings);
    else checkText(object, `the key "${key}"`, value, [formOf(key)], findings);
  }
}

function formOf(file: string): RegExp {
  const extension = file.slice(file.lastIndexOf('.') + 1);
  const [, form] = FILES.find(([name]) => name.test(file)) ?? [];
  return form ?? (Object.hasOwn(FILE_FORMS, extension) ? FILE_FORMS[extension] : FERNET_KEY);
}

function checkChartValues(object: ManifestObject, findings: Finding[]): void {
  for (const { path, name, value } of chartValues(object)) {
    if (typeof value === 'boolean') continue;
    if (isSecret(name, `${value}`)) report(object, `values.${path}`, NAMED, findings);
    else checkText(object, `values.${path}`, `${value}`, [JSON_MEMBER], findings);
  }
}

function checkPod({ object, annotations, containers }: Pod, findings: Finding[]): void {
  if (object.kind !== 'Pod') checkAnnotations(object, annotations, findings);
  for (const container of containers) {
    const where = `of container "${container.name}"`;
    for (const { name, value } of container.env ?? []) {
      if (typeof value !== 'string') continue;
      if (isSecret(name, value)) report(object, `env ${name} ${where}`, NAMED, findings);
      else checkText(object, `env ${name} ${where}`, value, [JSON_MEMBER], findings);
    }
    const { startupProbe, readinessProbe, livenessProbe, lifecycle = {} } = container;
    const handlers = [startupProbe, readinessProbe, livenessProbe, lifecycle.postStart, lifecycle.preStop];
    for (const { name, value } of handlers.flatMap((handler) => handler?.httpGet?.httpHeaders ?? [])) {
      if (/^(?:proxy-)?authorization$/i.test(name) && !NO_SECRET.test(value)) report(object, `a header ${where}`, AUTHORIZATION, findings);
    }
    for (const command of [
      [...(container.command ?? []), ...(container.args ?? [])],
      ...handlers.map((handler) => handler?.exec?.command),
    ]) {
      if (!command?.length) continue;
      checkText(object, `a command ${where}`, command.join('\n'), [FLAG, CURL_LOGIN, SHELL_ASSIGNMENT, JSON_MEMBER], findings);
    }
  }
}

function checkAnnotations(object: ManifestObject, annotations: Json, findings: Finding[]): void {
  for (const name in annotations) {
    const value = annotations[name];
    if (typeof value === 'string') checkText(object, `the annotation "${name}"`, value, [JSON_MEMBER], findings);
  }
}

/** Look for what is secret by its shape, and by the name before it in one of the forms (a pattern with name and value). */
function checkText(object: ManifestObject, place: string, text: string, forms: readonly RegExp[], findings: Finding[]): void {
  for (const { what, pattern } of SHAPES) {
    if (pattern.test(text)) report(object, place, what, findings);
  }
  if (text.includes('://')) {
    for (const [, password] of text.matchAll(URL_CREDENTIALS)) {
      if (!NO_SECRET.test(password)) report(object, place, 'an address with a password', findings);
    }
  }
  for (const form of forms) {
    for (const [, name, value] of text.matchAll(form)) {
      // A form of which the place tells what it is has no name.
      const named = name || 'password';
      if (isSecret(named, value)) report(object, place, `a value of "${named}"`, findings);
    }
  }
}

/** Whether a text has what is secret by its shape, or behind a flag of a command, of which each word may be a line of its own. */
export function looksSecret(text: string): boolean {
  if (SHAPES.some(({ pattern }) => pattern.test(text))) return true;
  return [FLAG, CURL_LOGIN].some((form) => [...text.matchAll(form)].some(([, name, value]) => isSecret(name || 'password', value)));
}

function isSecret(name: string, value: string): boolean {
  return isSecretName(name) && !NO_SECRET.test(value.trim().replace(/^(["'])(.*)\1$/s, '$2'));
}

function report(object: ManifestObject, place: string, what: string, findings: Finding[]): void {
  findings.push({ object, problem: `${place} has ${what} in it, readable by all`, remedy: 'put it into a Secret, and name that here' });
}
