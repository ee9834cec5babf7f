import type { Json } from '../kubernetes/json';
import type { ManifestObject } from './manifests';

/** A Secret that a controller makes from an object. */
export interface MadeSecret {
  readonly name: string;
  /** The keys that it has, undefined where only the controller knows. */
  readonly keys?: readonly string[];
  /** What makes it. */
  readonly maker: ManifestObject;
}

/** Kinds whose controllers make a Secret, and what comes of them. */
const MAKERS: { readonly [kind: string]: (manifest: Json) => Omit<MadeSecret, 'maker'> | undefined } = {
  Certificate: ({ spec }) => (spec?.secretName === undefined ? undefined : { name: spec.secretName }),
  ExternalSecret: ({ metadata, spec }) => {
    const { name = metadata.name, creationPolicy = 'Owner', template } = spec?.target ?? {};
    if (creationPolicy === 'None') return undefined;
    return { name, keys: creationPolicy === 'Merge' || spec?.dataFrom?.length ? undefined : externalKeys(spec?.data ?? [], template) };
  },
  SealedSecret: ({ metadata, spec }) => ({
    name: spec?.template?.metadata?.name ?? metadata.name,
    keys: Object.keys({ ...spec?.encryptedData, ...spec?.template?.data }),
  }),
};

/** A template takes the place of what is read, unless it says that it is merged with it. */
function externalKeys(data: readonly Json[], template: Json): string[] | undefined {
  if (template?.templateFrom?.length) return undefined;
  const read = data.map(({ secretKey }) => secretKey);
  const written = Object.keys(template?.data ?? {});
  return written.length > 0 && template.mergePolicy !== 'Merge' ? written : [...read, ...written];
}

/** The Secrets that controllers make from objects, by `namespace/name`. */
export function madeSecrets(objects: readonly ManifestObject[]): Map<string, MadeSecret> {
  const made = objects.flatMap((maker): [string, MadeSecret][] => {
    const secret = MAKERS[maker.kind]?.(maker.manifest);
    return secret ? [[`${maker.namespace}/${secret.name}`, { ...secret, maker }]] : [];
  });
  return new Map(made);
}
