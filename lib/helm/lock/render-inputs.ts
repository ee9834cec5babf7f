import { createHash, scryptSync } from 'node:crypto';
import { hashOf } from '../../kubernetes/hash';
import type { Json } from '../../kubernetes/json';
import { differingPaths, pathText, valueAt } from '../../kubernetes/object-path';
import { withoutSecrets } from '../values/secret-values';

/** All that the objects of a chart depend on. */
export interface RenderInputs {
  /** Where the chart comes from, as HelmChart describes it. */
  readonly chart: Json;
  /** The digest of the chart's files. */
  readonly chartDigest: string;
  readonly helmMajor: number;
  readonly releaseName: string;
  readonly namespace: string;
  readonly kubeVersion: string;
  readonly apiVersions?: readonly string[];
  readonly includeCrds: boolean;
  readonly crdDescriptions?: boolean;
  readonly includeUpgradeHooks?: boolean;
  readonly isUpgrade?: boolean;
  readonly exclude?: readonly string[];
  readonly keepFirstValueOf?: readonly string[];
  readonly values?: Json;
}

/** Inputs as the lock keeps them, where everybody can read them: to tell whether others are the same, and else what has changed. */
export interface LockedInputs extends RenderInputs {
  /** Of the inputs as they were given. */
  readonly digest: string;
  /** How this library makes objects plain. */
  readonly format: number;
}

/** To be raised when the same output of helm comes to other objects than before. */
const FORMAT = 6;
const HIDDEN = '(not shown)';
const MAX_SHOWN = 200; // characters

/** What tells inputs from others. */
export function inputsDigest(inputs: RenderInputs): string {
  const { values, secrets } = withoutSecrets(inputs.values ?? {}, HIDDEN);
  return hashOf({ ...withoutEmpty(inputs), values, secrets: slowDigest(secrets, inputs), format: FORMAT });
}

/**
 * The digest is in git with all inputs but the secrets. So that these can't be found out by trying many, theirs is one that takes long
 * to compute.
 */
function slowDigest(secrets: readonly Json[], { releaseName, namespace }: RenderInputs): string {
  return secrets.length === 0 ? '' : scryptSync(JSON.stringify(secrets), `cdk8s-airflow/${namespace}/${releaseName}`, 32).toString('hex');
}

/** Secrets are not kept, and of long texts, in which one may stand, the digest alone. */
export function lockedInputs(inputs: RenderInputs): LockedInputs {
  const { values } = withoutSecrets(inputs.values ?? {}, HIDDEN);
  return { digest: inputsDigest(inputs), format: FORMAT, ...withoutEmpty(inputs), values: shortened(values) };
}

function shortened(value: Json): Json {
  if (typeof value === 'string') {
    if (value.length <= MAX_SHOWN && !value.includes('\n')) return value;
    return `(${value.length} characters, SHA-256 ${createHash('sha256').update(value).digest('hex').slice(0, 16)})`;
  }
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) return value.map(shortened);
  return Object.fromEntries(Object.entries(value).map(([key, child]) => [key, shortened(child)]));
}

/** What is not given is the same as an empty list. */
function withoutEmpty(inputs: RenderInputs): RenderInputs {
  const isEmpty = (input: unknown) => input === undefined || (Array.isArray(input) && input.length === 0);
  return Object.fromEntries(Object.entries(inputs).filter(([, input]) => !isEmpty(input))) as unknown as RenderInputs;
}

/** In what inputs differ from those of the lock, each as `values.workers.replicas: 2 → 3`; nothing if they are the same. */
export function describeChanges(locked: LockedInputs, now: RenderInputs): string[] {
  const { digest, format, ...inputs } = lockedInputs(now);
  if (digest === locked.digest) return [];
  const { digest: _, format: lockedFormat, ...lockedOnes } = locked;
  const changes = differingPaths(lockedOnes, inputs).map((path) => {
    const text = pathText(path);
    if (text === 'chartDigest') return 'the files of the chart have changed';
    return `${text}: ${shown(valueAt(locked, path))} → ${shown(valueAt(inputs, path))}`;
  });
  if (format !== lockedFormat) changes.push('another version of cdk8s-airflow has written the lock');
  if (changes.length === 0) changes.push(`of the values one has changed that is not shown: ${secretPaths(now.values).join(', ')}`);
  return changes;
}

/** Where the secrets are: what is put there in their place can differ nowhere else. */
function secretPaths(values: Json): string[] {
  const [one, other] = ['', HIDDEN].map((put) => withoutSecrets(values, put).values);
  return differingPaths(one, other, ['values']).map(pathText);
}

function shown(value: Json): string {
  return value === undefined ? 'not given' : JSON.stringify(value);
}
