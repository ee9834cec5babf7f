import type { Finding } from './finding';
import type { Manifests } from './manifests';

const MAX_BYTES = 1024 * 1024;
const KEY = /^(?!\.\.?$|\.\.)[-._a-zA-Z0-9]{1,253}$/;

/** The data of ConfigMaps and Secrets are such that the API server takes them. */
export function checkData(manifests: Manifests): Finding[] {
  const findings: Finding[] = [];
  for (const object of manifests.checked) {
    if (object.kind !== 'ConfigMap' && object.kind !== 'Secret') continue;
    const { data, binaryData, stringData } = object.manifest;
    let bytes = 0;
    for (const [key, value] of [data, binaryData, stringData].flatMap((part) => Object.entries(part ?? {}))) {
      if (!KEY.test(key)) {
        findings.push({ object, problem: `"${key}" can't be a key`, remedy: 'expected letters, digits, "-", "_" and ".", at most 253' });
      }
      if (typeof value === 'string') bytes += Buffer.byteLength(value);
      else findings.push({ object, problem: `the value of "${key}" is a ${typeof value}`, remedy: 'expected a string' });
    }
    if (bytes > MAX_BYTES) findings.push({ object, problem: `its data have ${bytes} bytes`, remedy: `expected at most ${MAX_BYTES}` });
  }
  return findings;
}
