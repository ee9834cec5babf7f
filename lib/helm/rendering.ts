import { existsSync } from 'node:fs';
import type { Duration } from 'cdk8s';
import { hashOf } from '../kubernetes/hash';
import type { Json } from '../kubernetes/json';
import { isReferredTo } from '../kubernetes/object-reference';
import { type ChartFiles, readChart } from './chart/chart-files';
import type { HelmChart } from './chart/helm-chart';
import { pullChart } from './chart/pull-chart';
import { ChartError, throwAll } from './chart-error';
import type { Render } from './compared-renders';
import { describeChanges, inputsDigest, type RenderInputs } from './lock/render-inputs';
import { type LockFile, type LockSide, readLock, writeLock, writeSide } from './lock/render-lock';
import { DEFAULT_KUBE_VERSION } from './plain/not-served';
import type { PlainObject } from './plain/plain-objects';
import { findHelm } from './run/find-helm';
import { HelmThread } from './run/helm-thread';
import { helmVersion } from './run/helm-version';
import { withRemedy } from './run/remedy';
import { checkValues } from './values/strict-values';

/** What is to be rendered: the props of HelmChartInclude, with what it adds. */
export interface RenderRequest {
  readonly chart: HelmChart;
  readonly releaseName: string;
  readonly namespace: string;
  readonly values?: Json;
  readonly strict?: boolean;
  readonly kubeVersion?: string;
  readonly apiVersions?: readonly string[];
  readonly includeCrds?: boolean;
  readonly crdDescriptions?: boolean;
  readonly includeUpgradeHooks?: boolean;
  readonly isUpgrade?: boolean;
  readonly exclude?: readonly string[];
  readonly keepFirstValueOf?: readonly string[];
  readonly lockPath: string;
  readonly frozen?: boolean;
  readonly helm?: string;
  readonly timeout?: Duration;
}

export interface RenderResult {
  readonly objects: readonly PlainObject[];
  /** What a user should know, though it is no error. */
  readonly warnings: readonly string[];
}

/** Render a chart in the background, unless the lock has it; the function waits for what comes of it. */
export function render(given: RenderRequest): () => RenderResult {
  const { lockPath } = given;
  const lock = readLock(lockPath, (sides) => oneSide(sides, given));
  const request = { ...given, chart: inOneVersion(given, lock) };
  const local = lock && localChart(request);
  const changes = lock ? describeChanges(lock.inputs, inputsOfLock(lock, local, request)) : ['it is not there'];
  if (lock && changes.length === 0) return () => lock;
  if (isFrozen(request)) {
    throw new ChartError(`${lockPath} does not match (${changes.join('; ')}); synth on a machine where locks are written, and commit it`);
  }

  const helm = findHelm(request.helm);
  HelmThread.get(); // starts while the chart is read
  // A lock that matches needs none of it.
  const { startRender } = require('./compared-renders') as typeof import('./compared-renders');
  const timeoutMs = request.timeout?.toMilliseconds() ?? DEFAULT_TIMEOUT_MS;
  const chart = local ?? fetchedChart(helm, request.chart, timeoutMs);
  const inputs = inputsOf(request, chart.digest, Number.parseInt(helmVersion(helm, timeoutMs), 10));
  const job = { helm, chart, inputs, timeoutMs };
  const outcome = startOnce([helm, timeoutMs, inputsDigest(inputs)], () => startRender(job));
  if (request.strict !== false) throwAll(checkValues(request.values ?? {}, chart)); // while helm runs
  return () => {
    const { objects, differences, warnings } = outcome(lock?.objects);
    writeLock(lockPath, inputs, { objects, warnings }, differences);
    return { objects, warnings };
  };
}

/**
 * What counts of a lock in which git has left a conflict: the side that is of these inputs, which takes the place of both, else what is kept from
 * the first, if the other has the same.
 */
function oneSide(sides: readonly LockSide[], request: RenderRequest): LockFile {
  const { lockPath, keepFirstValueOf = [] } = request;
  const isOfInputs = (side: LockSide) => {
    const chart = side.isWhole ? request.chart._inOneVersion(side.inputs.chart) : undefined;
    if (!chart) return false;
    const ofSide = { ...request, chart };
    return describeChanges(side.inputs, inputsOfLock(side, localChart(ofSide), ofSide)).length === 0;
  };
  const found = sides.find(isOfInputs);
  if (found && !isFrozen(request)) {
    writeSide(lockPath, found);
    return found;
  }
  const [ours, theirs] = sides.map(({ objects }) =>
    hashOf(objects.filter((each) => isKept(each, keepFirstValueOf)).map((each) => each.manifest)),
  );
  if (ours !== theirs) {
    throw new ChartError(
      `${lockPath}: git has left a conflict in it, and what keepFirstValueOf keeps differs between the two; ` +
        `take one (\`git checkout --ours -- ${lockPath}\`, or --theirs), and synth writes what is right`,
    );
  }
  return { ...sides[0], inputs: { ...sides[0].inputs, digest: 'of a conflict' } };
}

function isKept({ manifest, baseName }: PlainObject, keepFirstValueOf: readonly string[]): boolean {
  return keepFirstValueOf.some((entry) => isReferredTo(entry, manifest, baseName));
}

/** A range of versions stands for the one that is locked: which others there are is not looked up. */
function inOneVersion({ chart, lockPath }: RenderRequest, lock: LockFile | undefined): HelmChart {
  const found = chart._inOneVersion(lock?.inputs.chart);
  if (found) return found;
  const { version } = chart._describe() as { version: string };
  throw new ChartError(
    `chart.version: ${JSON.stringify(version)} given; a range, which stands for the version that the render lock has, and ${lockPath} ` +
      `${lock ? `has ${JSON.stringify(lock.inputs.chart)}` : 'is not there'}; expected one version first, as in "1.20.0": ` +
      'when synth has written the lock, the range will do',
  );
}

const DEFAULT_TIMEOUT_MS = 5 * 60 * 1000;
const rendersOfProgram = new Map<string, Render>();

/** The same inputs are rendered once in a program, by the same helm and in the same time. */
function startOnce(job: readonly unknown[], start: () => Render): Render {
  const key = JSON.stringify(job);
  const render = rendersOfProgram.get(key) ?? start();
  rendersOfProgram.set(key, render);
  return render;
}

function inputsOf(request: RenderRequest, chartDigest: string, helmMajor: number): RenderInputs {
  const {
    chart,
    releaseName,
    namespace,
    kubeVersion = DEFAULT_KUBE_VERSION,
    apiVersions,
    includeCrds = true,
    crdDescriptions = true,
    includeUpgradeHooks = false,
    isUpgrade = false,
    exclude,
    keepFirstValueOf,
    values,
  } = request;
  return {
    chart: chart._describe(),
    chartDigest,
    helmMajor,
    releaseName,
    namespace,
    kubeVersion,
    apiVersions,
    includeCrds,
    // What is as it is unless told, a lock need not say.
    ...(!crdDescriptions && { crdDescriptions }),
    ...(includeUpgradeHooks && { includeUpgradeHooks }),
    ...(isUpgrade && { isUpgrade }),
    exclude,
    keepFirstValueOf,
    values,
  };
}

/** The inputs as they would be with the helm of the lock, and with its chart where that is not on this machine. */
function inputsOfLock({ inputs }: LockFile, local: ChartFiles | undefined, request: RenderRequest): RenderInputs {
  return inputsOf(request, local?.digest ?? inputs.chartDigest, inputs.helmMajor);
}

function localChart({ chart }: RenderRequest): ChartFiles | undefined {
  const path = chart._localPath();
  return path !== undefined && existsSync(path) ? readChart(path) : undefined;
}

function isFrozen({ frozen }: RenderRequest): boolean {
  return frozen ?? (isCi() || process.argv.includes('--frozen'));
}

/** As the services for CI set it: "true", or "1". */
function isCi(): boolean {
  return !['', '0', 'false'].includes((process.env.CI ?? '').toLowerCase());
}

/** A chart from elsewhere, which must be the one that was asked for: what stands behind a plus, helm may take for the same. */
function fetchedChart(helm: string, chart: HelmChart, timeoutMs: number): ChartFiles {
  const path = chart._localPath();
  if (path !== undefined) return readChart(path);
  const fetched = cachedChart(pullChart(helm, chart, timeoutMs));
  const { version } = chart._describe() as { version: string };
  const found = `${fetched.metadata.version}`;
  if (found.replace(/^v/, '') === version.replace(/^v/, '')) return fetched;
  throw new ChartError(
    `chart.version: ${JSON.stringify(version)} given, and helm has fetched ${JSON.stringify(found)}; expected a version that is there, as that is`,
  );
}

function cachedChart(path: string): ChartFiles {
  try {
    return readChart(path);
  } catch (error) {
    throw withRemedy(error, [[/./, 'it is in the cache of the user: delete it, and synth fetches it anew']]);
  }
}
