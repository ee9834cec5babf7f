import { textsIn, withTexts } from '../kubernetes/texts';
import { asksForApis, CAPABILITIES_TEMPLATE, capabilitiesTemplate } from './chart/capabilities-template';
import type { ChartFiles } from './chart/chart-files';
import { canBeProven, mayVary, PROOF, type Probe, probesFor } from './chart/probe';
import { stagedChart } from './chart/staged-chart';
import { ChartError } from './chart-error';
import type { RenderInputs } from './lock/render-inputs';
import { exponentWarnings } from './plain/exponents';
import { checksumWarnings, keepFirstValues, withoutChecksums } from './plain/kept-values';
import { leftOutDiffers } from './plain/left-out';
import { apisOf } from './plain/not-served';
import { type PlainObject, plainObjects } from './plain/plain-objects';
import { type Difference, describeDifferences, findDifferences, notKept } from './plain/random-values';
import { renderedDocuments } from './plain/rendered-documents';
import { randomSecrets } from './plain/repeated-secrets';
import { type HelmRun, startHelm } from './run/helm-runner';
import { type Remedies, withRemedy } from './run/remedy';

const MAX_BYTES = 64 * 1024 * 1024;
/** In so many even two keys of a map have hardly always the same order. */
const RENDERS_WITHOUT_PROBES = 8;

/** What helm is to render. */
export interface RenderJob {
  readonly helm: string;
  readonly chart: ChartFiles;
  readonly inputs: RenderInputs;
  readonly timeoutMs: number;
}

/** What a chart came to, with the values of the locked objects where the chart makes them anew each time. Throws a ChartError if it may not. */
export type Render = (locked: readonly PlainObject[] | undefined) => {
  readonly objects: readonly PlainObject[];
  readonly differences: readonly Difference[];
  readonly warnings: readonly string[];
};

/**
 * Render a chart, and unless that tells what it comes to each time, do so twice or more at the same time: where two differ, the chart makes
 * something anew each time. Where two may well be the same by chance, the others are probes.
 */
export function startRender(job: RenderJob): Render {
  const { inputs } = job;
  const runs = startRuns(job);
  let compared: Compared | undefined;
  return (locked) => {
    compared ??= compare(runs.wait(), job);
    const { first, others, differences, warnings } = compared;
    const open = notKept(differences, inputs.keepFirstValueOf ?? [], compared.isFromOthers);
    if (open.length > 0) throw new ChartError(describeDifferences(open));
    const objects = locked ? others.reduce((kept, other) => keepFirstValues(kept, other, locked), first) : first;
    return { objects, differences, warnings };
  };
}

interface Compared {
  readonly first: PlainObject[];
  readonly others: readonly PlainObject[][];
  readonly differences: readonly Difference[];
  readonly isFromOthers: boolean;
  readonly warnings: readonly string[];
}

function compare([output, ...otherOutputs]: readonly string[], { chart, inputs }: RenderJob): Compared {
  const warnings = [...chart.warnings];
  const documents = renderedDocuments(output, (text) => warnings.push(text));
  const otherDocuments = otherOutputs.filter((each) => each !== output).map((each) => renderedDocuments(each));
  const first = plainObjects(documents, { ...inputs, warn: (text) => warnings.push(text) });
  warnings.push(...exponentWarnings(first, inputs.values));
  const others = otherDocuments.map((each) => plainObjects(each, inputs));
  const differences = allDifferences(
    others.map((other, index) => findDifferences(first, other, randomSecrets(documents, otherDocuments[index]))),
  );
  const isFromOthers = otherDocuments.some((other) => leftOutDiffers(documents, other, first, inputs.namespace));
  const plain = (objects: PlainObject[]) => (isFromOthers ? withoutChecksums(objects, differences) : objects);
  if (isFromOthers) warnings.push(...checksumWarnings(differences));
  return { first: plain(first), others: others.map(plain), differences, isFromOthers, warnings };
}

/** Those of one comparison, and what others have found beside them. */
function allDifferences(found: readonly Difference[][]): Difference[] {
  const places = new Map(found.flat().map((each) => [JSON.stringify([each.id, each.path]), each]));
  return [...places.values()];
}

/** Helm at work on a chart, as it is or as a probe. */
type Start = (probe?: Probe) => HelmRun;

/** Helm at work on a chart: once where that is a proof, else as often as tells what is another each time. */
function startRuns({ helm, chart, inputs, timeoutMs }: RenderJob): { wait(): readonly string[] } {
  const start: Start = (probe) => {
    const values = probe ? withTexts(inputs.values, probe.change) : inputs.values;
    return startHelm({ helm, args: templateArgs(chart, inputs, probe), values, timeoutMs, maxBytes: MAX_BYTES });
  };
  const proof = !mayVary(chart.texts) && canBeProven(chart.templates) ? start(PROOF) : undefined; // runs while values.yaml is parsed
  const valueTexts = [...chart.valueTexts, ...textsIn(inputs.values)];
  const texts = [...chart.templates, ...chart.texts, ...valueTexts];
  if (!proof || mayVary(valueTexts)) return startSeveral(texts, start);
  return {
    wait: () => {
      const output = outputOf(proof);
      return output === undefined ? startSeveral(texts, start).wait() : [output];
    },
  };
}

/** Helm at work on a chart, and on others that tell what of it is another each time. */
function startSeveral(texts: readonly string[], start: Start): { wait(): readonly string[] } {
  const first = start();
  if (!mayVary(texts)) return { wait: () => [renderedBy(first)] };
  const probes = probesFor(texts);
  const others = probes.length > 0 ? probes.map((probe) => start(probe)) : [start()];
  return {
    wait: () => {
      const rendered = renderedBy(first);
      // What the chart itself is rendered from, it may refuse of a probe.
      const outputs = others.map((run) => (probes.length > 0 ? outputOf(run) : run.wait()));
      const ofProbes = outputs.filter((each) => each !== undefined);
      if (ofProbes.length === outputs.length) return [rendered, ...ofProbes];
      const more = Array.from({ length: RENDERS_WITHOUT_PROBES }, () => start());
      return [rendered, ...ofProbes, ...more.map((run) => run.wait())];
    },
  };
}

/** Undefined if the chart is not rendered so. */
function outputOf(run: HelmRun): string | undefined {
  try {
    return run.wait();
  } catch {
    return undefined;
  }
}

function renderedBy(run: HelmRun): string {
  try {
    return run.wait();
  } catch (error) {
    throw withRemedy(error, REMEDIES);
  }
}

/** What helm says of a chart that it does not render names no way out. */
const REMEDIES: Remedies = [
  [
    /incompatible with Kubernetes/,
    "expected kubeVersion, if there is such a cluster, as in kubeVersion: '1.34.0', or a version of the chart for it",
  ],
];

function templateArgs(chart: ChartFiles, inputs: RenderInputs, probe?: Probe): string[] {
  const { releaseName, namespace, kubeVersion, isUpgrade, values } = inputs;
  const apis = chart.asksForApis || asksForApis(JSON.stringify(values ?? {})) ? apisOf(inputs) : [];
  return [
    'template',
    `--namespace=${namespace}`,
    `--kube-version=${kubeVersion}`,
    ...(apis.length > 0 ? [`--api-versions=${apis.join(',')}`] : []),
    '--include-crds', // those that are left out tell the scope of their objects
    ...(isUpgrade ? ['--is-upgrade'] : []),
    '--',
    releaseName,
    stagedChart(chart, { added: apis.length > 0 ? { [CAPABILITIES_TEMPLATE]: capabilitiesTemplate(apis.length) } : {}, probe, values }),
  ];
}
