import { looksSecret } from '../../lib/checks/secrets';
import { holdsSecrets, isSecretName } from '../../lib/validation/secret-words';

/** Values of the charts and options of Airflow that hold a secret, though their name does not say so. */
const SECRETS =
  /^(pass|bindpw|sshKey|gitSshKey|fernet_?key|\w*secretKey|jwtSecret(Key)?|\w*accountKey|keytab\w*Content|sqlConnection|brokerUrl|sql_alchemy_conn\w*|broker_url|result_backend|flower_basic_auth|backend_kwargs|AIRFLOW_CONN_\w+|AIRFLOW__(DATABASE__SQL_ALCHEMY_CONN|CELERY__BROKER_URL|CELERY__RESULT_BACKEND|SECRETS__BACKEND_KWARGS)\w*)$/i;
/** A login in an address, one that is secret itself or signed, a Secret of Kubernetes, and the password of a user of Airflow. */
const SECRET_TEXT = new RegExp(
  [
    ':\\/\\/[^/\\s@]*:[^/\\s@]+@|https?:\\/\\/[^/\\s@]+@|hooks\\.slack\\.com\\/services\\/|[?&]sig=',
    '(?:^|[\\n{,])[\\s-]*["\']?kind["\']?:\\s*["\']?Secret\\b',
    '\\busers\\s+(?:create|reset-password)\\s(?:[^|;&]{0,300}\\s)?-p\\s*["\']?[^\\s"\'${]',
  ].join('|'),
);
/** Keys of a chart that name a Secret. */
const NAMES_SECRET = /^(?!jwtSecret$|clientSecret$).*[a-z]Secret(Name)?$|^secretName$|^existing/;
/** Where a secret is, and a connection that says a type, and where at most. */
const NO_SECRET = /^(?:\/[\w.-]+){2,}\/?$|^[\w+-]+:\/\/(?:\/?\?(?:region_name|region)=[\w-]+)?$/;
const HIDDEN = '(not shown)';

/** Whether the value of a key must not be written into a program. What only names a Secret may. */
export function isSecret(key: string, value: unknown): boolean {
  if (typeof value === 'object' || value === '' || typeof value === 'boolean') return false;
  if (NAMES_SECRET.test(key) || NO_SECRET.test(`${value}`)) return false;
  return isSecretKey(key) || SECRET_TEXT.test(`${value}`) || looksSecret(`${value}`) || saysSecret(`${value}`);
}

function isSecretKey(key: string): boolean {
  return !NAMES_SECRET.test(key) && (SECRETS.test(key) || isSecretName(key));
}

/** In Python, in YAML and in the shell: a name and a literal behind it; in YAML also as the variable of a container. */
const ASSIGNED = /([\w-]+)['"]?\]?\s*[:=]\s*['"]?([^\s'"#,;&]+)/g;
const VARIABLE = /name:\s*['"]?([\w-]+)['"]?\s+value:\s*['"]?([^\s'"]+)/g;
/** What is looked up elsewhere, called, or no text. */
const NO_LITERAL = /^(os\.|\$|\{|\[|\(|None$|True$|False$|null$)|\(/;

/** Whether a text gives something secret a value, as a webserver_config.py may. */
function saysSecret(text: string): boolean {
  const pairs = [...text.matchAll(ASSIGNED), ...text.matchAll(VARIABLE)];
  return pairs.some(([, name, value]) => isSecretKey(name) && !NO_LITERAL.test(value));
}

/** The same with what is secret in it left out. */
export function withoutSecrets(value: unknown, key = ''): unknown {
  if (Array.isArray(value)) return value.map((item, index) => (isAfterFlag(item, value[index - 1]) ? HIDDEN : withoutSecrets(item, key)));
  if (typeof value === 'object' && value !== null) {
    const { name, kind } = value as { name?: unknown; kind?: unknown };
    return Object.fromEntries(
      Object.entries(value).map(([each, inside]) => {
        // As variables of a container are given.
        const says = each === 'value' && typeof name === 'string' ? name : each;
        const isHeld = holdsSecrets(key) || (kind === 'Secret' && each === 'data');
        return [each, withoutSecrets(inside, isHeld ? 'secrets' : says)];
      }),
    );
  }
  return isSecret(key, value) || (holdsSecrets(key) && value !== '') ? HIDDEN : value;
}

/** Whether a word of a command is what a flag before it gives to something secret. */
function isAfterFlag(word: unknown, flag: unknown): boolean {
  return typeof word === 'string' && typeof flag === 'string' && looksSecret(`${flag}\n${word}`);
}

/** The key that says of a value whether it is secret: its own, or that of a map in which all is. */
export function tellingKey(path: string): string {
  const keys = path.replace(/\[\d+\]$/, '').split('.');
  // A section of airflow.cfg is called so.
  const holder = keys.find((key, index) => holdsSecrets(key) && keys[index - 1] !== 'config');
  return holder ?? keys.at(-1) ?? '';
}

/** Whether there is anything secret in it. */
export function hasSecrets(value: unknown, key = ''): boolean {
  return JSON.stringify(withoutSecrets(value, key)) !== JSON.stringify(value);
}
