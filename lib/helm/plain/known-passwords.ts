import type { Json } from '../../kubernetes/json';
import { isMap, type Path, pathText } from '../../kubernetes/object-path';
import { isSecretName } from '../../validation/secret-words';
import type { PlainObject } from './plain-objects';

/** Passwords that charts have unless told of others. */
const KNOWN = new Set(
  (
    '1234 12345 123456 admin admin123 airflow bitnami changeme changeit default example grafana guest minio minio123 minioadmin ' +
    'mongo mysql pass passw0rd password postgres prom-operator rabbitmq redis root secret strongpassword supersecret test user welcome'
  ).split(' '),
);
const LOGIN = /:\/\/[^\s/:@]*:([^\s/@]+)@/g;

/** Passwords in objects that everybody knows, as the warning of them. */
export function passwordWarnings(objects: readonly PlainObject[]): string[] {
  const places = objects.flatMap(({ manifest }) => {
    const paths = knownIn(manifest, [], '', manifest.kind === 'Secret');
    return paths.map((path) => `${manifest.kind}/${manifest.metadata.name}: ${pathText(path)}`);
  });
  if (places.length === 0) return [];
  return [
    `a password that everybody knows, as the chart has it unless told of another (${places.join(', ')}); give one by a value, as the name of a Secret`,
  ];
}

function knownIn(value: Json, path: Path, name: string, isSecret: boolean): Path[] {
  if (typeof value === 'string') return isKnown(value, name, isSecret && path[0] === 'data') ? [path] : [];
  if (Array.isArray(value)) return value.flatMap((item, index) => knownIn(item, [...path, index], name, isSecret));
  if (!isMap(value)) return [];
  return Object.entries<Json>(value).flatMap(([key, child]) => {
    // In a list of variables the name stands beside the value.
    const called = key === 'value' && typeof value.name === 'string' ? value.name : key;
    return knownIn(child, [...path, key], called, isSecret);
  });
}

function isKnown(value: string, name: string, isEncoded: boolean): boolean {
  const text = isEncoded ? Buffer.from(value, 'base64').toString('utf8').trim() : value;
  if (isSecretName(name) && KNOWN.has(text.toLowerCase())) return true;
  return [...text.matchAll(LOGIN)].some(([, password]) => KNOWN.has(password.toLowerCase()));
}
