import type { Json } from './json';

/**
 * What a construct adds to a pod, as plain Kubernetes objects (core/v1), so that it fits a manifest, a Helm value and a patch alike.
 */
export interface PodPart {
  /**
   * Init containers, in the order in which they run.
   * @default - none
   * @see https://kubernetes.io/docs/concepts/workloads/pods/init-containers/
   */
  readonly initContainers?: Json[];
  /**
   * Containers that run beside those of the pod. Attached to a Job they are sidecar containers, for which Kubernetes must be 1.29 or later.
   * @default - none
   */
  readonly containers?: Json[];
  /**
   * Volumes of the pod.
   * @default - none
   */
  readonly volumes?: Json[];
  /**
   * Secrets with the credentials of registries, for images of the containers above.
   * @default - none
   */
  readonly imagePullSecrets?: Json[];
  /**
   * Volume mounts for each of the pod's own containers.
   * @default - none
   */
  readonly volumeMounts?: Json[];
  /**
   * Environment variables for each of the pod's own containers.
   * @default - none
   */
  readonly env?: Json[];
  /**
   * Secrets and ConfigMaps whose keys are environment variables of each of the pod's own containers.
   * @default - none
   */
  readonly envFrom?: Json[];
  /**
   * Annotations of the pod.
   * @default - none
   */
  readonly annotations?: { readonly [name: string]: string };
}

/** One part from several, in their order. */
export function mergePodParts(parts: readonly PodPart[]): Required<PodPart> {
  return {
    initContainers: parts.flatMap((part) => part.initContainers ?? []),
    containers: parts.flatMap((part) => part.containers ?? []),
    volumes: parts.flatMap((part) => part.volumes ?? []),
    imagePullSecrets: uniqueNames(parts.flatMap((part) => part.imagePullSecrets ?? [])),
    volumeMounts: parts.flatMap((part) => part.volumeMounts ?? []),
    env: withJoinedPath(parts.flatMap((part) => part.env ?? [])),
    envFrom: parts.flatMap((part) => part.envFrom ?? []),
    annotations: Object.assign({}, ...parts.map((part) => part.annotations ?? {})),
  };
}

/** Where Python looks for modules, from several parts: it is one variable. */
function withJoinedPath(env: readonly Json[]): Json[] {
  const paths = env.filter(({ name }) => name === 'PYTHONPATH');
  if (paths.length < 2) return [...env];
  const joined = { name: 'PYTHONPATH', value: paths.map(({ value }) => value).join(':') };
  return env
    .filter((variable) => !paths.includes(variable) || variable === paths[0])
    .map((variable) => (variable === paths[0] ? joined : variable));
}

/** Images often share a Secret, and a server-side apply refuses a name that is there twice. */
function uniqueNames(items: readonly Json[]): Json[] {
  return [...new Map(items.map((item) => [item.name, item])).values()];
}

/** The pod template of a manifest (an object with `metadata` and `spec`), or undefined where there is none. */
export function podTemplateOf(manifest: Json): Json {
  const template = templateOf(manifest);
  return template?.spec?.containers ? template : undefined;
}

function templateOf(manifest: Json): Json {
  if (manifest.kind === 'Pod') return manifest;
  const spec = manifest.kind === 'CronJob' ? manifest.spec?.jobTemplate?.spec : manifest.spec;
  return spec?.template;
}

const COMES_TO_AN_END = ['Never', 'OnFailure'];

/** A manifest whose pods have a part. */
export function withPodPart(manifest: Json, part: Required<PodPart>): Json {
  const result = structuredClone(manifest);
  const template = podTemplateOf(result);
  if (!template) return result;
  const { spec } = template;
  for (const container of spec.containers) {
    extend(container, 'volumeMounts', part.volumeMounts);
    extend(container, 'env', part.env);
    extend(container, 'envFrom', part.envFrom);
  }
  const { initContainers, containers } = COMES_TO_AN_END.includes(spec.restartPolicy) ? partOfJob(part) : part;
  extend(spec, 'initContainers', initContainers);
  extend(spec, 'containers', containers);
  extend(spec, 'volumes', part.volumes);
  extend(spec, 'imagePullSecrets', part.imagePullSecrets);
  if (spec.imagePullSecrets) spec.imagePullSecrets = uniqueNames(spec.imagePullSecrets);
  if (Object.keys(part.annotations).length > 0) {
    template.metadata = { ...template.metadata, annotations: { ...template.metadata?.annotations, ...part.annotations } };
  }
  // Containers share objects of the part, which would be anchors and aliases in YAML.
  return JSON.parse(JSON.stringify(result));
}

/**
 * A part as the pod of a Job has it, which would never end: its containers are sidecars, which Kubernetes stops after the pod's own containers.
 * @see https://kubernetes.io/docs/concepts/workloads/pods/sidecar-containers/
 */
export function partOfJob(part: Required<PodPart>): Required<PodPart> {
  const sidecars = part.containers.map((container) => ({ ...container, restartPolicy: 'Always' }));
  return { ...part, initContainers: [...part.initContainers, ...sidecars], containers: [] };
}

function extend(target: Json, key: string, items: readonly Json[]): void {
  if (items.length > 0) target[key] = [...(target[key] ?? []), ...items];
}
