import { ApiObject } from 'cdk8s';
import type { IConstruct } from 'constructs';
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
    env: parts.flatMap((part) => part.env ?? []),
    envFrom: parts.flatMap((part) => part.envFrom ?? []),
    annotations: Object.assign({}, ...parts.map((part) => part.annotations ?? {})),
  };
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

/** What is attached to an object, in its order. */
const attached = new WeakMap<ApiObject, PodPart[]>();

/**
 * Add a part to the pods of a workload: an ApiObject with a pod template, or a construct whose default child is one, as the workloads of
 * cdk8s-plus are. It is done when the object is rendered, so the workload may still change after this call.
 */
export function attachPodPart(workload: IConstruct, part: PodPart): void {
  const object = objectOf(workload);
  const parts = object && attached.get(object);
  if (parts) {
    parts.push(part);
    return;
  }
  workload.node.addValidation({
    validate: () => {
      if (!object) return ["a pod part can't be attached: there is no object behind this construct"];
      const template = podTemplateOf(object.toJson());
      const problem = template ? whatIsTwice(template.spec) : 'it has no pod template';
      return problem ? [`a pod part can't be attached to ${object.kind}/${object.name}: ${problem}`] : [];
    },
  });
  if (!object) return;
  const own = [part];
  attached.set(object, own);
  // A JSON patch would not do: generated objects convert what they are rendered to, and lose quantities and ports that are plain already.
  const render = object.toJson.bind(object);
  object.toJson = () => withPart(render(), mergePodParts(own));
}

/** What the API server refuses, of what comes from more than one place. */
function whatIsTwice({ initContainers = [], containers = [], volumes = [] }: Json): string | undefined {
  const ids = [
    ...[...initContainers, ...containers].map(({ name }: Json) => `a container "${name}"`),
    ...volumes.map(({ name }: Json) => `a volume "${name}"`),
  ];
  const id = ids.find((candidate, index) => ids.indexOf(candidate) !== index);
  return id && `it would have ${id} twice; expected one part of each kind (a DagGitSync takes several repositories)`;
}

function objectOf(workload: IConstruct): ApiObject | undefined {
  try {
    return ApiObject.of(workload);
  } catch {
    return undefined;
  }
}

const COMES_TO_AN_END = ['Never', 'OnFailure'];

function withPart(manifest: Json, part: Required<PodPart>): Json {
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
