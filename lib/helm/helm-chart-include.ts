import { ApiObject, Chart, type Duration, JsonPatch } from 'cdk8s';
import { Construct } from 'constructs';
import { AppSynth } from '../cdk8s/app-synth';
import { findObject, patchObject } from '../cdk8s/find-object';
import { addLazyChildren } from '../cdk8s/lazy-children';
import { ObjectRendering } from '../cdk8s/object-rendering';
import { OBJECT_REFERENCE } from '../kubernetes/object-reference';
import { isKnownVersion, oldestKnownVersion, servedApis } from '../kubernetes/served-apis';
import { checkedProps } from '../validation/checked-props';
import { PropValidator } from '../validation/prop-validator';
import { warn } from '../validation/warnings';
import { HelmChart } from './chart/helm-chart';
import { givenValues } from './given-values';
import { HelmCrds } from './helm-crds';
import { checkJobMentions } from './job-mention-check';
import { lockPath, otherOwner } from './lock/lock-path';
import { applyWarnings } from './plain/apply-warnings';
import { isDefinition } from './plain/definitions';
import { isJob, jobBaseName, repeatableName } from './plain/job-names';
import { passwordWarnings } from './plain/known-passwords';
import { DEFAULT_KUBE_VERSION } from './plain/not-served';
import type { PlainObject } from './plain/plain-objects';
import { refusedFields } from './plain/refused-fields';
import { secretWarnings } from './plain/secret-warnings';
import { type Rendering, startRendering } from './start-rendering';

/** What HelmChartInclude needs to know. */
export interface HelmChartIncludeProps {
  /** The chart. */
  readonly chart: HelmChart;
  /**
   * The name of the release: a DNS name of at most 53 characters.
   * @default - the id of the construct
   */
  readonly releaseName?: string;
  /**
   * The namespace of the release, and of each namespaced object that names none. The kube context is never asked.
   * @default - the namespace of the cdk8s chart, else "default"
   */
  readonly namespace?: string;
  /**
   * The values. Secrets do not belong here: they would end up in `dist`.
   * @default - those of the chart
   */
  // biome-ignore lint/suspicious/noExplicitAny: values are of whatever type the chart says
  readonly values?: { readonly [key: string]: any };
  /**
   * YAML files with values, relative to the working directory, as `helm install --values` takes them: each goes over those before it, and `values`
   * over all of them.
   * @default - none
   */
  readonly valuesFiles?: string[];
  /**
   * Values that are the texts of files, as `helm install --set-file` takes them: by their place, as in `{ 'config.script': 'run.sh' }`. A dot in a
   * key has a backslash before it. They go over `values`.
   * @default - none
   */
  readonly setFiles?: { readonly [value: string]: string };
  /**
   * Whether a value that neither `values.yaml` nor `values.schema.json` of the chart knows is an error, as is one of a wrong type.
   * @default true
   */
  readonly strict?: boolean;
  /**
   * What the chart takes for the version of Kubernetes (`Capabilities.KubeVersion`). That of a vendor may have more behind it, as in
   * `v1.31.4-eks-2d5f260`. An object of Kubernetes' own that this version does not serve is an error; of versions before 1.28 that is not known, and
   * the chart is told of the APIs of 1.28.
   * @default "1.34.0"
   */
  readonly kubeVersion?: string;
  /**
   * What the chart takes for present (`Capabilities.APIVersions`) besides what that version of Kubernetes serves by default, as in
   * `cert-manager.io/v1`; with a hyphen before it, as in `-autoscaling/v2`, what is not.
   * @default - nothing
   */
  readonly apiVersions?: string[];
  /**
   * Where the CustomResourceDefinitions of the chart go.
   * @default HelmCrds.apart()
   */
  readonly crds?: HelmCrds;
  /**
   * Whether hooks of the chart that are for upgrades alone (`pre-upgrade`, `post-upgrade`) are there too. They run at the first apply then, as any
   * other object does.
   * @default false
   * @see https://helm.sh/docs/topics/charts_hooks/
   */
  readonly includeUpgradeHooks?: boolean;
  /**
   * What the chart takes for `.Release.IsUpgrade`. `.Release.IsInstall` is the opposite.
   * @default false
   */
  readonly isUpgrade?: boolean;
  /**
   * Objects to leave out, as `Kind/name`; for a Job the name is without its hash. Where several are called so, it is `Kind/namespace/name`, or
   * `Kind.group/name`. One that is not there is an error, as is one that may be several.
   * @default - none
   */
  readonly exclude?: string[];
  /**
   * Objects, as `Kind/name` or with more, as for `exclude`, in which the chart makes a value anew in each render, and whose first value the render
   * lock is to keep. A Secret can't be kept so, nor what repeats a value of one, even of one that is left out: it would be in git. One that is not
   * there is an error.
   * @default - such a value is an error
   */
  readonly keepFirstValueOf?: string[];
  /**
   * The folder of render locks. It is to be committed: with it, synth needs neither helm nor the network nor the chart.
   * @default "helm.lock"
   */
  readonly lockFolder?: string;
  /**
   * Whether a lock that is missing or does not match is an error, instead of being written.
   * @default - true where the environment variable CI is set, but for "0" and "false", or the program has the argument --frozen, else false
   */
  readonly frozen?: boolean;
  /**
   * The helm executable, 3.19 or later.
   * @default - $HELM_BIN, else helm on the PATH, else node_modules/.bin/helm
   */
  readonly helm?: string;
  /**
   * How long helm may take.
   * @default Duration.minutes(5)
   */
  readonly timeout?: Duration;
}

/**
 * A Helm chart as plain objects: no hooks, no random values, one namespace, the same bytes at each synth.
 *
 * Charts of one app are rendered side by side while the program goes on; what is wrong is reported when the app is validated.
 *
 * @see https://helm.sh/docs/helm/helm_template/
 * @example
 * import { App, Chart, JsonPatch } from 'cdk8s';
 * import { HelmChart, HelmChartInclude } from 'cdk8s-airflow';
 *
 * const chart = new Chart(new App(), 'podinfo', { namespace: 'web' });
 * const podinfo = new HelmChartInclude(chart, 'podinfo', {
 *   chart: HelmChart.oci('oci://ghcr.io/stefanprodan/charts/podinfo', '6.9.2'),
 *   values: { replicaCount: 2 },
 * });
 * podinfo.patch('Deployment', 'podinfo', JsonPatch.add('/spec/minReadySeconds', 10));
 */
export class HelmChartInclude extends Construct {
  /** The name of the release. */
  readonly releaseName: string;

  private readonly crds: HelmCrds;
  private readonly rendering: Rendering | undefined;
  /** Undefined once the objects are there. */
  private pendingPatches: (() => void)[] | undefined = [];
  /** What keeps the objects from being there counts as wrong props: the checks of a chart then have nothing to say. */
  private readonly validator = new PropValidator(this);

  /** Wrong props are reported when the app is validated. */
  constructor(scope: Construct, id: string, props: HelmChartIncludeProps) {
    super(scope, id);
    AppSynth.of(this);
    props = checkedProps(this.validator, 'HelmChartIncludeProps', props, { chart: HelmChart.folder('.') });
    this.releaseName = props.releaseName ?? id;
    this.crds = props.crds ?? HelmCrds.apart();
    const namespace = props.namespace ?? Chart.of(this).namespace ?? 'default';
    const values = givenValues(this.validator, props);
    if (this.validateProps(props, namespace)) {
      this.rendering = startRendering({
        ...props,
        values,
        includeCrds: this.crds._areIncluded,
        crdDescriptions: this.crds._haveDescriptions,
        releaseName: this.releaseName,
        namespace,
        lockPath: lockPath(this, props.lockFolder),
      });
    }
    addLazyChildren(this, () => this.addObjects());
  }

  /** The objects, in the order in which they are written. */
  get apiObjects(): ApiObject[] {
    return this.node.findAll().filter((child): child is ApiObject => child instanceof ApiObject);
  }

  /**
   * An object, to be depended on or to attach to. Where there is none of that name, the error that is thrown lists those of the kind, or tells why
   * the chart could not be rendered.
   * @param kind the kind, as in `Deployment`; where several groups have one of the name, as in `Cluster.postgresql.cnpg.io`.
   * @param name the name in the manifest; for a Job it is enough without the hash. Where it is in several namespaces, as in `web/settings`.
   */
  find(kind: string, name: string): ApiObject {
    if (this.apiObjects.length === 0 && this.validator.errors.length > 0) {
      throw new Error(`[${this.node.path}] ${this.validator.errors.join('\n')}`);
    }
    return findObject(this, kind, this.nameInManifest(kind, name));
  }

  /**
   * Change an object: the changes come last, after all that is attached to it, and a Job gets another name for them. An object that is not
   * there is an error when the app is validated, as is a path in it that is not.
   * @param kind the kind, as in `Deployment`; where several groups have one of the name, as in `Cluster.postgresql.cnpg.io`.
   * @param name the name in the manifest; for a Job it is enough without the hash. Where it is in several namespaces, as in `web/settings`.
   * @param operations the changes, as in `JsonPatch.replace('/spec/replicas', 2)`.
   */
  patch(kind: string, name: string, ...operations: JsonPatch[]): void {
    const patch = () => patchObject(this, this.validator, kind, this.nameInManifest(kind, name), operations);
    if (this.pendingPatches) this.pendingPatches.push(patch);
    else patch();
  }

  /** Render the objects; what keeps them from being there is reported with the props. */
  private addObjects(): void {
    if (!this.rendering) return;
    try {
      const { objects, warnings } = this.rendering.result();
      this.addPlainObjects(objects);
      if (objects.length === 0) warn(this, 'the chart makes no object with these values');
      for (const text of [...warnings, ...applyWarnings(objects), ...secretWarnings(objects), ...passwordWarnings(objects)])
        warn(this, text);
    } catch (error) {
      for (const message of messagesOf(error)) this.validator.add(message);
      return;
    }
    const patches = this.pendingPatches ?? [];
    this.pendingPatches = undefined;
    for (const patch of patches) patch();
  }

  private addPlainObjects(plain: readonly PlainObject[]): void {
    const objects = plain.map((each) => this.addObject(each));
    for (const [index, each] of plain.entries()) this.checkObject(objects[index], each);
    const jobs = objects.filter((object) => ObjectRendering.of(object).jobNaming);
    if (jobs.length === 0) return;
    checkJobMentions(this, objects, plain);
    // What is changed of a Job changes its name, which others may have in them.
    for (const [index, { manifest }] of plain.entries()) {
      if (isDefinition(manifest)) continue;
      const text = JSON.stringify(manifest);
      const named = jobs.filter((job) => job !== objects[index] && text.includes(job.name));
      ObjectRendering.of(objects[index]).namedJobs.push(...named);
    }
  }

  private checkObject(object: ApiObject, { manifest, source }: PlainObject): void {
    const { kind, name } = object;
    const other = otherMaker(object, this);
    if (other) this.validator.add(`${kind}/${name} (${source}): ${other.node.path} makes it too, and one would overwrite the other`);
    if (refusedFields(manifest).length === 0) return;
    // A patch may mend it.
    this.node.addValidation({
      validate: () => refusedFields(object.toJson()).map((problem) => `${kind}/${name} (${source}): ${problem}, by a value or a patch`),
    });
  }

  private addObject({ manifest, baseName }: PlainObject): ApiObject {
    const { kind, metadata } = manifest;
    const scope = isDefinition(manifest) ? this.scopeOfCrds() : this;
    const id = [`${kind}-${baseName}`, `${kind}-${metadata.namespace}-${baseName}`, `${kind}.${manifest.apiVersion}-${baseName}`];
    const object = new ApiObject(scope, id.find((candidate) => !scope.node.tryFindChild(candidate)) ?? id[0], manifest);
    // cdk8s puts every object of a chart into its namespace, those too that are in none.
    if (metadata.namespace === undefined && object.chart.namespace !== undefined) {
      object.addJsonPatch(JsonPatch.remove('/metadata/namespace'));
    }
    if (isJob(manifest)) ObjectRendering.of(object).jobNaming = { baseName, nameFor: (spec) => repeatableName(baseName, spec) };
    return object;
  }

  /** A cdk8s chart becomes a file, and that of another which depends on it comes after it. */
  private scopeOfCrds(): Construct {
    if (!this.crds._areApart) return this;
    const existing = this.node.tryFindChild('crds');
    if (existing) return existing as Construct;
    const around = Chart.of(this);
    const crds = new Chart(this, 'crds', { labels: around.labels });
    around.addDependency(crds);
    return crds;
  }

  /** The name of a Job may be too long to be all there. */
  private nameInManifest(kind: string, name: string): string {
    return kind === 'Job' && !this.apiObjects.some((object) => object.name === name) ? jobBaseName(name) : name;
  }

  private validateProps(props: HelmChartIncludeProps, namespace: string): boolean {
    const { validator } = this;
    props.chart._validate(validator, 'chart');
    validator.dnsLabel('namespace', namespace);
    validator.dnsSubdomain('releaseName', this.releaseName);
    for (const [prop, name] of Object.entries({ releaseName: this.releaseName, namespace })) {
      if (NO_TEXT.test(name))
        warn(this, `${prop}: "${name}" given, which YAML takes for no text where a chart writes it without quotes, as in labels`);
    }
    if (this.releaseName.length > 53) validator.report('releaseName', this.releaseName, 'expected at most 53 characters, as helm does');
    if (props.kubeVersion !== undefined && !KUBE_VERSION.test(props.kubeVersion)) {
      validator.report('kubeVersion', props.kubeVersion, 'expected a version of Kubernetes, as in "1.34.0"');
    } else this.validateApis(props);
    for (const [index, entry] of (props.exclude ?? []).entries()) this.validateObject(`exclude[${index}]`, entry);
    for (const [index, entry] of (props.keepFirstValueOf ?? []).entries()) {
      const prop = `keepFirstValueOf[${index}]`;
      this.validateObject(prop, entry);
      if (!entry.startsWith('Secret/')) continue;
      validator.report(prop, entry, 'a Secret can not be kept: its value would be in the lock; expected a value that pins it, or exclude');
    }
    validator.wholeSeconds('timeout', props.timeout);
    const other = otherOwner(lockPath(this, props.lockFolder), this);
    if (other) {
      validator.add(`its render lock would be the file of ${other.node.path} where upper and lower case are the same; expected another id`);
    }
    return !PropValidator.hasErrors(this);
  }

  private validateApis({ kubeVersion = DEFAULT_KUBE_VERSION, apiVersions = [] }: HelmChartIncludeProps): void {
    if (!isKnownVersion(kubeVersion)) {
      warn(
        this,
        `kubeVersion: ${kubeVersion} given; what it serves is not known, so that the chart is told of the APIs of ${oldestKnownVersion()} ` +
          'and of what apiVersions adds, and no object is an error for its version',
      );
    }
    const served = new Set(servedApis(kubeVersion));
    for (const [index, api] of apiVersions.entries()) {
      const prop = `apiVersions[${index}]`;
      if (!API_VERSION.test(api)) {
        this.validator.report(prop, api, 'expected group, version and perhaps kind, as in "cert-manager.io/v1"');
      } else if (api.startsWith('-') && !served.has(api.slice(1))) {
        this.validator.report(
          prop,
          api,
          `Kubernetes ${kubeVersion} has none to take away; expected what it serves, as in "-autoscaling/v2"`,
        );
      }
    }
  }

  private validateObject(prop: string, entry: string): void {
    if (!OBJECT_REFERENCE.test(entry)) this.validator.report(prop, entry, 'expected kind and name, as in "ConfigMap/settings"');
  }
}

/** What YAML takes for something else than text where a chart writes it without quotes. */
const NO_TEXT = /^(?:y|n|yes|no|on|off|true|false|null|\d+(?:\.\d+)?(?:e\d+)?|0x[\da-f]+|0[bo]\d+)$/;
const KUBE_VERSION = /^v?\d+\.\d+(\.\d+)?([-+][\w.+-]+)?$/;
const API_VERSION = /^-?\w[\w.-]*(\/[\w.-]+){0,2}$/;

function messagesOf(error: unknown): string[] {
  if (error instanceof AggregateError) return error.errors.flatMap(messagesOf);
  if (error instanceof Error) return [error.message];
  throw error;
}

/** The includes of a cdk8s chart by the objects that they make. Other cdk8s charts may well be for other clusters. */
const makers = new WeakMap<Chart, Map<string, HelmChartInclude>>();

function otherMaker(object: ApiObject, include: HelmChartInclude): HelmChartInclude | undefined {
  const chart = Chart.of(include);
  const ofChart = makers.get(chart) ?? new Map<string, HelmChartInclude>();
  makers.set(chart, ofChart);
  const id = [object.apiGroup, object.kind, object.metadata.namespace, object.name].join('/');
  const maker = ofChart.get(id) ?? include;
  ofChart.set(id, maker);
  return maker === include ? undefined : maker;
}
