import { ApiObject, Chart } from 'cdk8s';
import type { Construct } from 'constructs';
import { CheckedApp } from '../cdk8s/checked-app';
import { CLUSTER_CA, existingObjects, existingPods } from '../kubernetes/existing-objects';
import type { Json } from '../kubernetes/json';
import { podOf } from '../kubernetes/pods-of';
import { isClusterScoped } from '../kubernetes/scopes';
import { type LabelSelector, selects } from './label-selector';

/** An object as it will stand in dist. */
export interface ManifestObject {
  readonly construct: ApiObject;
  readonly kind: string;
  readonly name: string;
  /** Empty where the manifest names none, and for kinds that are in no namespace. */
  readonly namespace: string;
  readonly manifest: Json;
}

/** The pods that an object makes. */
export interface Pod {
  readonly object: ManifestObject;
  readonly labels: { readonly [name: string]: string };
  readonly annotations: { readonly [name: string]: string };
  readonly spec: Json;
  /** All containers: init containers, then containers, then ephemeral ones. */
  readonly containers: readonly Json[];
}

/** The objects of a chart, each rendered once, with what checks look up in them. */
export class Manifests {
  /** The objects below `scope` are checked; those of its whole chart are where references may lead. */
  static of(scope: Construct): Manifests {
    const chart = Chart.of(scope);
    const app = CheckedApp.of(scope);
    const objects = chart.node.findAll().filter((construct) => construct instanceof ApiObject);
    const checked = scope === chart ? objects : scope.node.findAll();
    return new Manifests(
      objects.flatMap((object) => manifestsOf(object, app)),
      new Set(checked),
      existingObjects(chart),
      existingPods(chart),
    );
  }

  /** The objects to be checked. */
  readonly checked: readonly ManifestObject[];
  /** The pods of the objects to be checked. */
  readonly checkedPods: readonly Pod[];

  private readonly pods: readonly Pod[];
  private readonly byId: ReadonlyMap<string, ManifestObject>;
  private readonly namespaces: ReadonlySet<string>;

  private constructor(
    /** All objects of the chart. */
    readonly objects: readonly ManifestObject[],
    checked: ReadonlySet<unknown>,
    private readonly existing: ReadonlySet<string>,
    private readonly existingPods: readonly { readonly [name: string]: string }[],
  ) {
    this.checked = objects.filter(({ construct }) => checked.has(construct));
    this.pods = objects.flatMap(podsOf);
    this.checkedPods = this.pods.filter(({ object }) => checked.has(object.construct));
    this.byId = new Map(objects.map((object) => [`${object.kind}/${object.namespace}/${object.name}`, object]));
    this.namespaces = new Set(objects.map(({ namespace }) => namespace));
  }

  find(kind: string, name: string, namespace: string): ManifestObject | undefined {
    return this.byId.get(`${kind}/${namespace}/${name}`) ?? this.byId.get(`${kind}//${name}`);
  }

  /** Whether it was said that the object is the user's own, and so need not be in the chart, or each namespace has it. */
  isDeclared(kind: string, name: string): boolean {
    return this.existing.has(`${kind}/${name}`) || (kind === 'ConfigMap' && name === CLUSTER_CA);
  }

  /** Whether it was said that such pods come from elsewhere. */
  arePodsDeclared(selector: LabelSelector): boolean {
    return this.existingPods.some((labels) => selects(selector, labels));
  }

  /** Whether anything of the chart is in this namespace; of another one nothing can be known. */
  isInhabited(namespace: string): boolean {
    return this.namespaces.has(namespace);
  }

  checkedOf(kind: string): ManifestObject[] {
    return this.checked.filter((object) => object.kind === kind);
  }

  podsOf(selector: LabelSelector, namespace: string): Pod[] {
    return this.pods.filter((pod) => pod.object.namespace === namespace && selects(selector, pod.labels));
  }
}

/** An object, or what is in it where it is a List. */
function manifestsOf(construct: ApiObject, app: CheckedApp): ManifestObject[] {
  const manifest = app.render(construct);
  const items: Json[] = manifest.kind === 'List' ? (manifest.items ?? []) : [manifest];
  return items.map((item) => manifestOf(construct, { ...item, metadata: item.metadata ?? {} }));
}

function manifestOf(construct: ApiObject, manifest: Json): ManifestObject {
  const { kind, metadata } = manifest;
  return { construct, kind, name: metadata.name, namespace: isClusterScoped(manifest) ? '' : (metadata.namespace ?? ''), manifest };
}

function podsOf(object: ManifestObject): Pod[] {
  const template = podOf(object.manifest);
  if (!template) return [];
  const { metadata, spec } = template;
  return [
    {
      object,
      labels: metadata?.labels ?? {},
      annotations: metadata?.annotations ?? {},
      spec,
      containers: [...(spec.initContainers ?? []), ...spec.containers, ...(spec.ephemeralContainers ?? [])],
    },
  ];
}
