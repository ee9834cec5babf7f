import type { Json } from '../../lib/kubernetes/json';
import { podTemplateOf } from '../../lib/kubernetes/pod-part';

/** An object that has a Secret read, and the keys that it must have; none where what reads it decides. */
export interface SecretUse {
  readonly secret: string;
  readonly namespace: string;
  readonly keys: readonly string[];
  /** `Kind/name` of the object. */
  readonly by: string;
}

/** Every use of a Secret: by pods as files, variables or for images, and by an Ingress. */
export function secretUses(objects: readonly Json[]): SecretUse[] {
  return objects.flatMap((object) => {
    const { kind, metadata, spec = {} } = object;
    const use = (secret: string, keys: string[] = []) => ({ secret, keys, namespace: metadata.namespace, by: `${kind}/${metadata.name}` });
    const { volumes = [], imagePullSecrets = [], containers = [], initContainers = [] } = podTemplateOf(object)?.spec ?? {};
    const sources = volumes.flatMap((volume: Json) => [volume, ...(volume.projected?.sources ?? [])]);
    return [
      ...sources.flatMap(({ secret }: Json) =>
        secret
          ? [
              use(
                secret.secretName ?? secret.name,
                secret.items?.map(({ key }: Json) => key),
              ),
            ]
          : [],
      ),
      ...[...initContainers, ...containers].flatMap(({ env = [] }: Json) =>
        env.flatMap(({ valueFrom }: Json) =>
          valueFrom?.secretKeyRef ? [use(valueFrom.secretKeyRef.name, [valueFrom.secretKeyRef.key])] : [],
        ),
      ),
      ...imagePullSecrets.map(({ name }: Json) => use(name, ['.dockerconfigjson'])),
      ...(kind === 'Ingress' ? (spec.tls ?? []).map(({ secretName }: Json) => use(secretName, ['tls.crt', 'tls.key'])) : []),
    ];
  });
}

/** A Secret that a Job makes in the cluster. */
export interface MadeSecret {
  readonly secret: string;
  readonly namespace: string;
  readonly keys: readonly string[];
  readonly by: string;
}

/** The Secrets that the credentials Job is told to make: see generate-secrets.py. */
export function madeSecrets(objects: readonly Json[]): MadeSecret[] {
  const jobs = objects.filter(({ kind, metadata }) => kind === 'Job' && metadata.labels?.['app.kubernetes.io/component'] === 'credentials');
  return jobs.flatMap(({ metadata, spec }) =>
    spec.template.spec.containers[0].args.map((argument: string) => {
      const derived = argument.startsWith('{') ? JSON.parse(argument) : undefined;
      const [secret, key] = argument.split(' ');
      const made = derived ? { secret: derived.name, keys: Object.keys(derived.data) } : { secret, keys: [key] };
      return { ...made, namespace: metadata.namespace, by: `Job/${metadata.name}` };
    }),
  );
}
