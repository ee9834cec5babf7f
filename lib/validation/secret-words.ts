/** How a name ends whose value is secret. What comes behind (`_FILE`, `_CMD`) makes another thing of it. */
const SECRET = new RegExp(
  '(?:password|passwd|passphrase|token|secret|credentials?|webhook(?:[_.-]?url)?|basic_?auth|requirepass|masterauth|' +
    '(?:^|[_.-])(?:pass|pwd|dsn)|(?:secret|private|access|api|fernet|encryption|signing|jwt|license)[_.-]?key)$',
);
/** How one ends below which all is secret. */
const SECRETS = /(?:passwords|secrets|credentials|tokens|string_data)$/;
/** What only says where a secret is, as Airflow's `…_SECRET` options do. */
const PLACE = /^existing|(?:key|conn|connection|password|url|backend|token|existing|tls|pull)_?secrets?$/;

/** Whether the name of an option, a variable, a flag or a key says that its value is secret. */
export function isSecretName(name: string): boolean {
  return says(SECRET, name);
}

/** Whether the key of a map or a list says that all in it is secret. */
export function holdsSecrets(key: string): boolean {
  return says(SECRETS, key);
}

function says(pattern: RegExp, name: string): boolean {
  const words = name.replace(/(?<=[a-z\d])(?=[A-Z])/g, '_').toLowerCase();
  return pattern.test(words) && !PLACE.test(words);
}
