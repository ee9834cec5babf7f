import { ApiObject, App, Chart, DependencyGraph, Yaml } from 'cdk8s';
import type { IConstruct } from 'constructs';
import type { Json } from '../kubernetes/json';
import { isMap } from '../kubernetes/object-path';
import { writeYaml } from '../kubernetes/yaml-writer';

/** What begins with a synth and ends with it. */
export interface SynthListener {
  readonly begin: () => void;
  readonly end: () => void;
}

/**
 * The synth of an app that something of this library is in. What it writes is written by this library, as cdk8s writes texts that kubectl
 * reads otherwise or not at all. And it looks once at the whole app: cdk8s does that again for each chart, which takes the square of the work.
 *
 * It replaces `synth` and `synthYaml` of the one app, and while they run `Yaml.stringify` and `App._synthChart`: cdk8s has no hook for any
 * of them. The first two are replaced in the app's prototype, as jsii looks for a method there and not in the object, so that Python gets
 * what TypeScript gets.
 */
export class AppSynth {
  static of(construct: IConstruct): AppSynth {
    const { root } = construct.node;
    const synth = AppSynth.synths.get(root) ?? new AppSynth(root);
    AppSynth.synths.set(root, synth);
    return synth;
  }

  private static readonly synths = new WeakMap<IConstruct, AppSynth>();

  private readonly listeners: SynthListener[] = [];

  private constructor(private readonly root: IConstruct) {
    if (!(root instanceof App)) return;
    const around = <Result>(synth: () => Result) => this.around(synth);
    const OfCdk8s = root.constructor as typeof App;
    class Replaced extends OfCdk8s {
      override synth() {
        around(() => super.synth());
      }
      override synthYaml() {
        return around(() => super.synthYaml());
      }
    }
    Object.setPrototypeOf(root, Replaced.prototype);
  }

  listen(listener: SynthListener): void {
    this.listeners.push(listener);
  }

  private around<Result>(synth: () => Result): Result {
    for (const { begin } of this.listeners) begin();
    const { stringify } = Yaml;
    const synthChart = Reflect.get(App, '_synthChart');
    // Others may write YAML into what is rendered now.
    Yaml.stringify = (...documents) => (documents.every(isObject) ? writeYaml(...documents) : stringify.apply(Yaml, documents));
    // A synth validates all, and finds out what depends on what, before it renders the first chart.
    Reflect.set(App, '_synthChart', (chart: Chart) => (chart.node.root === this.root ? rendered(chart) : synthChart.call(App, chart)));
    try {
      return synth();
    } finally {
      Yaml.stringify = stringify;
      Reflect.set(App, '_synthChart', synthChart);
      for (const { end } of this.listeners) end();
    }
  }
}

/** The objects of a chart, but not of those in it, each behind what it depends on. */
function rendered(chart: Chart): Json[] {
  const constructs = new DependencyGraph(chart.node).topology();
  return constructs.flatMap((construct) => (construct instanceof ApiObject && Chart.of(construct) === chart ? [construct.toJson()] : []));
}

/** What `synth` passes over is undefined. */
function isObject(document: Json): boolean {
  return document === undefined || (isMap(document) && 'apiVersion' in document && 'kind' in document && 'metadata' in document);
}
