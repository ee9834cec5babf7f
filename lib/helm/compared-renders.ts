import { asksForApis, CAPABILITIES_TEMPLATE, capabilitiesTemplate } from './chart/capabilities-template';
import type { ChartFiles } from './chart/chart-files';
import { asksForTime, NEXT_SECOND_MS } from './chart/clock';
import { stagedChart } from './chart/staged-chart';
import { ChartError } from './chart-error';
import type { RenderInputs } from './lock/render-inputs';
import { keepFirstValues } from './plain/kept-values';
import { apisOf } from './plain/not-served';
import { type PlainObject, plainObjects } from './plain/plain-objects';
import { type Difference, describeDifferences, findDifferences, notKept } from './plain/random-values';
import { renderedDocuments } from './plain/rendered-documents';
import { randomSecrets } from './plain/repeated-secrets';
import { startHelm } from './run/helm-runner';

const MAX_BYTES = 64 * 1024 * 1024;
const DEFAULT_TIMEOUT_MS = 5 * 60 * 1000;

/** What helm is to render. */
export interface RenderJob {
  readonly helm: string;
  readonly chart: ChartFiles;
  readonly inputs: RenderInputs;
  readonly timeoutMs?: number;
  readonly isCompared?: boolean;
}

/** What a chart came to, with the values of the locked objects where the chart makes them anew each time. Throws a ChartError if it may not. */
export type Render = (locked: readonly PlainObject[] | undefined) => {
  readonly objects: readonly PlainObject[];
  readonly differences: readonly Difference[];
  readonly warnings: readonly string[];
};

/**
 * Render a chart twice at the same time: where the two differ, the chart makes something anew each time. If it asks for the time, the second
 * begins when that is another.
 */
export function startRender(job: RenderJob): Render {
  const { inputs } = job;
  const runs = startRuns(job);
  const warnings: string[] = [];
  let compared: { first: PlainObject[]; second: PlainObject[]; differences: Difference[] } | undefined;
  return (locked) => {
    if (!compared) {
      const documents = runs.map((run) => renderedDocuments(run.wait()));
      const warn = (text: string) => warnings.push(text);
      const [first, second = first] = documents.map((each, index) => plainObjects(each, { ...inputs, ...(index === 0 && { warn }) }));
      compared = { first, second, differences: findDifferences(first, second, randomSecrets(documents[0], documents.at(-1) ?? [])) };
    }
    const { first, second, differences } = compared;
    const open = notKept(differences, inputs.keepFirstValueOf ?? []);
    if (open.length > 0) throw new ChartError(describeDifferences(open));
    return { objects: differences.length > 0 && locked ? keepFirstValues(first, second, locked) : first, differences, warnings };
  };
}

function startRuns({ helm, chart, inputs, timeoutMs = DEFAULT_TIMEOUT_MS, isCompared = true }: RenderJob) {
  const { values } = inputs;
  const command = { helm, args: templateArgs(chart, inputs), values, timeoutMs, maxBytes: MAX_BYTES };
  const first = startHelm(command); // runs while the chart is searched
  if (!isCompared) return [first];
  const delayMs = chart.asksForTime || asksForTime(JSON.stringify(values ?? {})) ? NEXT_SECOND_MS : 0;
  return [first, startHelm({ ...command, delayMs })];
}

function templateArgs(chart: ChartFiles, inputs: RenderInputs): string[] {
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
    stagedChart(chart, apis.length > 0 ? { [CAPABILITIES_TEMPLATE]: capabilitiesTemplate(apis.length) } : {}),
  ];
}
