import { relative, resolve, sep } from 'node:path';
import satisfies from 'semver/functions/satisfies';
import valid from 'semver/functions/valid';
import validRange from 'semver/ranges/valid';
import { hashOf } from '../../kubernetes/hash';
import type { Json } from '../../kubernetes/json';
import type { Given } from '../../validation/checked-props';
import type { PropValidator } from '../../validation/prop-validator';

/** A chart in a repository. */
export interface HelmRepositoryChartProps {
  /** The address of the repository, http or https, as in `https://airflow.apache.org`. A login comes from helm: `helm repo add --username …`. */
  readonly url: string;
  /** The name of the chart, as in `airflow`. */
  readonly name: string;
  /**
   * The version of the chart, as in `1.20.0`. A range such as `^1.18.0` stands for the version that the render lock has, and is an error
   * where that has none of the range: give one version first.
   */
  readonly version: string;
  /**
   * A file with the certificate of who has signed that of the repository, in PEM format.
   * @default - those that the machine trusts
   */
  readonly caFile?: string;
}

/** How to reach a registry. */
export interface HelmRegistryOptions {
  /**
   * Whether the registry has no TLS.
   * @default false
   */
  readonly plainHttp?: boolean;
  /**
   * A file with the certificate of who has signed that of the registry, in PEM format.
   * @default - those that the machine trusts
   */
  readonly caFile?: string;
}

/** Where a chart is, in a form that the render lock can keep. */
export type ChartSource =
  | { readonly kind: 'folder' | 'archive'; readonly path: string }
  | { readonly kind: 'repository'; readonly url: string; readonly name: string; readonly version: string }
  | { readonly kind: 'oci'; readonly reference: string; readonly version: string };

const CHART_NAME = /^[a-z0-9][\w.-]*$/i;
const OCI_REFERENCE = /^oci:\/\/[a-z0-9][a-z0-9.-]*(:\d+)?(\/[a-z0-9]+([._-]+[a-z0-9]+)*)+$/i;

/** Where a Helm chart comes from. */
export class HelmChart {
  /**
   * From a folder with a `Chart.yaml` and, in `charts/`, with what it depends on (`helm dependency build` puts it there).
   * @param path the folder, relative to the working directory.
   */
  static folder(path: string): HelmChart {
    return new HelmChart({ kind: 'folder', path }, ['folder', path]);
  }

  /**
   * From a file that `helm package` or `helm pull` has made.
   * @param path the file, as in `airflow-1.20.0.tgz`, relative to the working directory.
   */
  static archive(path: string): HelmChart {
    return new HelmChart({ kind: 'archive', path }, ['archive', path]);
  }

  /**
   * From a chart repository. The chart is fetched once and kept in the user's cache.
   * @param props the address of the repository, the name of the chart and its version.
   */
  static repository(props: HelmRepositoryChartProps): HelmChart {
    const { url, name, version, caFile } = props ?? {};
    return new HelmChart({ kind: 'repository', url, name, version }, ['repository', props], { caFile });
  }

  /**
   * From an OCI registry. The chart is fetched once and kept in the user's cache. A login comes from helm: `helm registry login`.
   * @param reference the address of the chart, as in `oci://registry-1.docker.io/bitnamicharts/airflow`.
   * @param version the version of the chart, as in `25.1.0`, or a range such as `^25.1.0` that stands for the version that the render lock has.
   * @param options how to reach the registry.
   */
  static oci(reference: string, version: string, options?: HelmRegistryOptions): HelmChart {
    return new HelmChart({ kind: 'oci', reference, version }, ['oci', reference, version, options], options);
  }

  private constructor(
    /** @internal */
    readonly _source: ChartSource,
    /** @internal */
    readonly _given?: Given,
    /** How it is fetched, which makes no other chart of it. */
    private readonly access: HelmRegistryOptions = {},
  ) {}

  /**
   * What `helm pull` is told of how to reach it.
   * @internal
   */
  _pullFlags(): string[] {
    const { plainHttp, caFile } = this.access;
    return [...(plainHttp ? ['--plain-http'] : []), ...(caFile === undefined ? [] : [`--ca-file=${resolve(caFile)}`])];
  }

  /**
   * The source as the lock keeps it: the same on each machine, so paths are relative to the working directory.
   * @internal
   */
  _describe(): ChartSource {
    const source = this._source;
    if (!('path' in source)) return source;
    return { kind: source.kind, path: relative('', source.path).split(sep).join('/') || '.' };
  }

  /**
   * The absolute path of a chart that is on this machine.
   * @internal
   */
  _localPath(): string | undefined {
    return 'path' in this._source ? resolve(this._source.path) : undefined;
  }

  /**
   * The chart in one version; undefined if it was given a range and the lock has no version of that.
   * @param locked the chart as the lock has it.
   * @internal
   */
  _inOneVersion(locked: Json): HelmChart | undefined {
    const source = this._source;
    if (!('version' in source) || isVersion(source.version)) return this;
    if (typeof locked?.version !== 'string' || !satisfies(locked.version, source.version)) return undefined;
    const chart = new HelmChart({ ...source, version: locked.version }, undefined, this.access);
    return hashOf(chart._source) === hashOf(locked) ? chart : undefined;
  }

  /** @internal */
  _validate(validator: PropValidator, prop: string): void {
    const source = this._source;
    if (source.kind === 'folder') validatePath(validator, `${prop}.path`, source.path, /./, 'the path of a folder, as in "charts/web"');
    if (source.kind === 'archive') {
      validatePath(validator, `${prop}.path`, source.path, /\.(tgz|tar\.gz)$/, 'the path of a packed chart, as in "web-1.2.3.tgz"');
    }
    if (source.kind === 'repository') {
      validateUrl(validator, `${prop}.url`, source.url);
      if (!CHART_NAME.test(source.name)) validator.report(`${prop}.name`, source.name, 'expected the name of a chart, as in "airflow"');
    }
    if (source.kind === 'oci') validateReference(validator, `${prop}.reference`, source.reference);
    if ('version' in source && !isVersion(source.version) && !isRange(source.version)) {
      validator.report(`${prop}.version`, source.version, 'expected the version of a chart, as in "1.20.0"');
    }
  }

  /**
   * Reports what `_validate` does, and a range of versions.
   * @internal
   */
  _validateInOneVersion(validator: PropValidator, prop: string): void {
    this._validate(validator, prop);
    if ('version' in this._source && isRange(this._source.version)) {
      validator.report(
        `${prop}.version`,
        this._source.version,
        'a range, which gives another chart when a new one comes out; expected one version, as in "1.20.0"',
      );
    }
  }
}

function validatePath(validator: PropValidator, prop: string, path: string, form: RegExp, expected: string): void {
  if (/^[a-z]{2,}:\/\//i.test(path)) {
    validator.reportHidden(prop, `an address and no path; expected ${expected}, or HelmChart.repository({ … }) or HelmChart.oci(…)`);
  } else if (path.startsWith('-') || !form.test(path)) validator.report(prop, path, `expected ${expected}`);
}

function validateUrl(validator: PropValidator, prop: string, text: string): void {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (!url || !/^https?:$/.test(url.protocol)) {
    const remedy = url?.protocol === 'oci:' ? 'HelmChart.oci(reference, version)' : 'one as "https://airflow.apache.org"';
    validator.reportHidden(prop, `not the address of a chart repository, which is http or https; expected ${remedy}`);
  } else if (url.username !== '' || url.password !== '' || url.search !== '') {
    validator.reportHidden(
      prop,
      'there is a login or a token in the address, which would be readable in git; expected the address without it, ' +
        'and `helm repo add --username … --password-stdin NAME URL` on the machine that renders',
    );
  }
}

function validateReference(validator: PropValidator, prop: string, reference: string): void {
  if (OCI_REFERENCE.test(reference)) return;
  const expected = 'expected the address of a chart without a tag, as in "oci://registry-1.docker.io/bitnamicharts/airflow"';
  // There may be a login before an @, a token behind a ?.
  if (/[@?]/.test(reference)) validator.reportHidden(prop, `there is a login, a token or a digest in it; ${expected}`);
  else validator.report(prop, reference, `${expected}; the version stands beside it`);
}

function isVersion(text: string): boolean {
  return /^v?\d\S*$/.test(text) && valid(text) !== null;
}

function isRange(text: string): boolean {
  return !isVersion(text) && text !== '' && validRange(text) !== null;
}
