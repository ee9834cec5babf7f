import type { Json } from '../../kubernetes/json';
import { holdsSecrets, isSecretName } from '../../validation/secret-words';

/** In an address. */
export const LOGIN = /:\/\/[^\s/?#"'<>]*@/;
const SHAPE = new RegExp(`${LOGIN.source}|-----BEGIN [A-Z ]*PRIVATE KEY-----`);

/**
 * Values as everybody may read them, and what was taken out of them, in their order: texts whose keys say that they are secret, or whose
 * shape does, as that of an address with a login.
 * @param put what stands there instead.
 */
export function withoutSecrets(values: Json, put: string): { values: Json; secrets: Json[] } {
  const secrets: Json[] = [];
  const shown = shownValue(values, '', false, (secret) => {
    secrets.push(secret);
    return put;
  });
  return { values: shown, secrets };
}

function shownValue(value: Json, key: string, inSecrets: boolean, hide: (secret: Json) => string): Json {
  if (typeof value === 'string' || typeof value === 'number') {
    return value !== '' && (inSecrets || isSecretName(key) || SHAPE.test(`${value}`)) ? hide(value) : value;
  }
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) return value.map((item) => shownValue(item, key, inSecrets, hide));
  return Object.fromEntries(
    Object.entries(value).map(([child, item]) => {
      // In a list of variables the name stands beside the value.
      const name = child === 'value' && typeof value.name === 'string' ? value.name : child;
      return [child, shownValue(item, name, inSecrets || holdsSecrets(child), hide)];
    }),
  );
}
