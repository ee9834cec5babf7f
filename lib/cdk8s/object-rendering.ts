import { type ApiObject, JsonPatch } from 'cdk8s';
import type { Json } from '../kubernetes/json';
import { mergePodParts, type PodPart, withPodPart } from '../kubernetes/pod-part';
import { AppSynth } from './app-synth';
import { patchProblem } from './patch-problem';

/** The name of a Job, which follows what the Job does. */
export interface JobNaming {
  /** The name before the hash. */
  readonly baseName: string;
  readonly nameFor: (spec: Json) => string;
}

/**
 * How an object is rendered: as cdk8s does it, then with what was attached to its pods, patched, and, if it is a Job, under the name of what it
 * has come to do.
 *
 * This alone replaces `ApiObject.toJson`, and reads the private `patches` of an object. cdk8s resolves tokens and applies patches in one go, and
 * the classes of cdk8s-plus convert what comes of it, which loses quantities and ports that are plain already: a part can be added
 * behind that only, and the patches, which may name what is in the part, are held back until it is there.
 */
export class ObjectRendering {
  static of(object: ApiObject): ObjectRendering {
    const rendering = ObjectRendering.renderings.get(object) ?? new ObjectRendering(object);
    ObjectRendering.renderings.set(object, rendering);
    return rendering;
  }

  private static readonly renderings = new WeakMap<ApiObject, ObjectRendering>();

  readonly parts: PodPart[] = [];
  jobNaming: JobNaming | undefined;
  /** Jobs that the object names: it follows when they come to have another name. */
  readonly namedJobs: ApiObject[] = [];
  /** Patches that must hit something, and why they did not when the object was last rendered. */
  private readonly problems = new Map<JsonPatch, string | undefined>();

  private readonly byCdk8s: () => Json;
  /** What the object is rendered to, while nothing changes. */
  private memo: Json;

  private constructor(private readonly object: ApiObject) {
    AppSynth.of(object);
    this.byCdk8s = object.toJson.bind(object);
    object.toJson = () => this.memo ?? this.render();
  }

  /** Render the object for all who ask until it is to be forgotten. */
  remember(): void {
    this.memo ??= this.render();
  }

  forget(): void {
    this.memo = undefined;
  }

  /** Patches of which each is left out if it hits nothing. */
  addCheckedPatches(patches: readonly JsonPatch[]): void {
    for (const patch of patches) this.problems.set(patch, undefined);
    this.object.addJsonPatch(...patches);
  }

  /** Why patches hit nothing. */
  problemsOf(patches: readonly JsonPatch[]): string[] {
    this.object.toJson();
    return patches.flatMap((patch) => this.problems.get(patch) ?? []);
  }

  private render(): Json {
    const isCdk8sEnough = this.parts.length === 0 && this.problems.size === 0;
    const manifest = this.namedJobs.reduce(followName, isCdk8sEnough ? this.byCdk8s() : this.withPartsAndPatches());
    // A name that is patched stays.
    if (this.jobNaming && manifest.metadata.name === this.object.name) manifest.metadata.name = this.jobNaming.nameFor(manifest.spec);
    return manifest;
  }

  private withPartsAndPatches(): Json {
    const patches: JsonPatch[] = Reflect.get(this.object, 'patches');
    const heldBack = patches.splice(0);
    try {
      return heldBack.reduce((manifest, patch) => this.apply(manifest, patch), withPodPart(this.byCdk8s(), mergePodParts(this.parts)));
    } finally {
      patches.push(...heldBack);
    }
  }

  private apply(manifest: Json, patch: JsonPatch): Json {
    if (this.problems.has(patch)) {
      const problem = patchProblem(manifest, patch);
      this.problems.set(patch, problem);
      if (problem) return manifest;
    }
    try {
      return JsonPatch.apply(manifest, patch);
    } catch (error) {
      throw new Error(`[${this.object.node.path}] a patch can't be applied: ${error}`);
    }
  }
}

/** With the name that a Job has come to have in all texts with the one that it was made with: as that has a hash, it stands for nothing else. */
function followName(manifest: Json, job: ApiObject): Json {
  const { name } = job.toJson().metadata;
  return name === job.name ? manifest : JSON.parse(JSON.stringify(manifest).replaceAll(job.name, name));
}
