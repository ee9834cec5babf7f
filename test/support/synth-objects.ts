import { App, Testing } from 'cdk8s';
import { type Airflow, AirflowChart, type AirflowChartProps } from '../../lib';
import { podTemplateOf } from '../../lib/kubernetes/pod-part';
import type { Manifest } from './manifests';

/** The objects that a synth made, with what tests look up in them. */
export class SynthObjects {
  constructor(readonly all: readonly Manifest[]) {}

  ofKind(kind: string): Manifest[] {
    return this.all.filter((object) => object.kind === kind);
  }

  names(kind: string): string[] {
    return this.ofKind(kind).map((object) => object.metadata.name);
  }

  /** The one object of this kind and name; for a Job the name is without its hash. */
  one(kind: string, name: string): Manifest {
    const found = this.ofKind(kind).filter(({ metadata }) => metadata.name === name || metadata.name.replace(/-[0-9a-f]{8}$/, '') === name);
    if (found.length !== 1) throw new Error(`${found.length} objects are ${kind}/${name}; there is ${this.names(kind)}`);
    return found[0];
  }

  /** Everything that makes pods. */
  get workloads(): Manifest[] {
    return this.all.filter(podTemplateOf);
  }

  /** The workload of a component, as `worker`. */
  workload(component: string): Manifest {
    const found = this.workloads.filter(({ metadata }) => metadata.labels['app.kubernetes.io/component'] === component);
    if (found.length !== 1) throw new Error(`${found.length} workloads are ${component}`);
    return found[0];
  }

  /** The pod template of a component. */
  pod(component: string): Manifest {
    return podTemplateOf(this.workload(component));
  }

  /** The main container of a component. */
  container(component: string): Manifest {
    return this.pod(component).spec.containers[0];
  }

  /** The init containers of a component, by name. */
  initContainers(component: string): { readonly [name: string]: Manifest } {
    return Object.fromEntries((this.pod(component).spec.initContainers ?? []).map((container: Manifest) => [container.name, container]));
  }

  /** The environment of a component's main container: values, or where they come from. */
  env(component: string): { readonly [name: string]: Manifest } {
    const env: Manifest[] = this.container(component).env ?? [];
    return Object.fromEntries(env.map(({ name, value, valueFrom }) => [name, valueFrom ?? value]));
  }

  /** The pod templates of the components for which `select` is true, by component. */
  podTemplates(select: (component: string) => boolean = () => true): { readonly [component: string]: Manifest } {
    const entries = this.workloads.map((workload) => [workload.metadata.labels['app.kubernetes.io/component'], podTemplateOf(workload)]);
    return Object.fromEntries(entries.filter(([component]) => select(component)));
  }

  /** airflow.cfg, as it is rendered: values by section and key. */
  get airflowConfig(): { readonly [section: string]: { readonly [key: string]: string } } {
    const text: string = this.ofKind('ConfigMap').find(({ data }) => data['airflow.cfg']).data['airflow.cfg'];
    const sections = text.split(/^\[(.*)\]\n/m).slice(1);
    return Object.fromEntries(sections.flatMap((name, index) => (index % 2 === 0 ? [[name, optionsOf(sections[index + 1])]] : [])));
  }
}

function optionsOf(section: string): { readonly [key: string]: string } {
  const lines = section.split('\n').filter((line) => line.includes(' = '));
  return Object.fromEntries(lines.map((line) => [line.slice(0, line.indexOf(' = ')), line.slice(line.indexOf(' = ') + 3)]));
}

/** What an AirflowChart with the id `airflow` makes. */
export function synthAirflow(props: AirflowChartProps = {}, change: (airflow: Airflow) => void = () => {}): SynthObjects {
  const chart = new AirflowChart(new App(), 'airflow', props);
  change(chart.airflow);
  return new SynthObjects(Testing.synth(chart));
}

/** The lines of the one error that a synth ends with, `[construct path] …` each; none if it succeeds. */
export function synthErrors(build: (app: App) => void): string[] {
  const app = new App();
  try {
    build(app);
    app.synthYaml();
  } catch (error) {
    const [head, ...lines] = (error as Error).message.split('\n');
    return head.startsWith('Validation failed') ? lines.map((line) => line.trim()) : [`thrown at once: ${(error as Error).message}`];
  }
  return [];
}

/** The same for an AirflowChart with the id `airflow`. */
export function airflowErrors(props: AirflowChartProps): string[] {
  return synthErrors((app) => new AirflowChart(app, 'airflow', props));
}
