import { createHash } from 'node:crypto';
import { readFileSync, statSync } from 'node:fs';
import type { Json } from '../../kubernetes/json';
import { parseYamlDocuments, type WarnOfYaml } from '../../kubernetes/kubernetes-yaml';
import type { Path } from '../../kubernetes/object-path';
import { textsIn, withTexts } from '../../kubernetes/texts';
import { yamlOfJson } from '../../kubernetes/yaml-writer';
import { ChartError, throwAll } from '../chart-error';
import { commentedKeys } from '../values/commented-keys';
import { mergedValues } from '../values/merged-values';
import { PROTO, reservedKeys } from '../values/reserved-keys';
import { APIS, asksForApis } from './capabilities-template';
import { readArchive } from './chart-archive';
import { readFolder } from './chart-folder';
import { FileBudget } from './file-budget';
import { filesRead } from './files-read';

/** A chart in another, under the name that values have for it. */
export interface Subchart {
  readonly name: string;
  readonly files: ChartFiles;
}

/** Archives that this program has read, by path, size and time of the file: many releases of one chart read it once. */
const archives = new Map<string, ChartFiles>();

/** Read a chart from a folder or a .tgz file. */
export function readChart(path: string): ChartFiles {
  const budget = new FileBudget(path);
  try {
    const file = statSync(path);
    if (file.isDirectory()) return new ChartFiles(readFolder(path, path, budget), path, budget);
    const key = JSON.stringify([path, file.size, file.mtimeMs]);
    const chart = archives.get(key) ?? new ChartFiles(readArchive(readFileSync(path), path, budget), path, budget);
    archives.set(key, chart);
    return chart;
  } catch (error) {
    if (error instanceof ChartError) throw error;
    throw new ChartError(`${path}: the chart can't be read: ${(error as Error).message}`);
  }
}

/** What is in a chart. Only what is asked for is parsed, once. */
export class ChartFiles {
  private readonly parsed = new Map<string, unknown>();

  /** Not from outside: `readChart` makes it. */
  constructor(
    private readonly files: ReadonlyMap<string, Buffer>,
    private readonly name: string,
    private readonly budget: FileBudget,
  ) {
    if (!files.has('Chart.yaml')) throw new ChartError(`${name}: no chart, as there is no Chart.yaml in it`);
  }

  /** The files by their path. */
  get all(): ReadonlyMap<string, Buffer> {
    return this.files;
  }

  /**
   * A digest of the names and the bytes of all files. When and by whom they were written does not count, nor the line ends of texts, which git
   * makes others of on Windows.
   */
  get digest(): string {
    return this.once('digest', () => {
      const hash = createHash('sha256');
      for (const path of [...this.files.keys()].sort()) {
        const content = withUnixLines(this.files.get(path) as Buffer);
        hash.update(`${path}\0${content.length}\0`).update(content);
      }
      return hash.digest('hex');
    });
  }

  /** Chart.yaml. */
  get metadata(): Json {
    return this.yaml('Chart.yaml');
  }

  /** values.yaml: of several documents each adds to those before it, as helm has it. */
  get values(): Json {
    return this.once('values', () => {
      const { documents } = this.valuesYaml;
      throwAll(documents.flatMap((each) => reservedKeys(each, [PROTO])).map((problem) => `${this.name}: values.yaml: ${problem}`));
      return documents.reduce(mergedValues, {});
    });
  }

  /** The keys in comments of values.yaml. */
  get commented(): readonly Path[] {
    return this.once('commented', () => commentedKeys(`${this.files.get('values.yaml') ?? ''}`));
  }

  /** What is sloppy in values.yaml of it and of the charts in it, though helm takes it. */
  get warnings(): readonly string[] {
    return this.once('warnings', () => {
      const own = this.valuesYaml.warnings.map((text) => `${this.metadata.name}/${text.slice(`${this.name}: `.length)}`);
      return [...own, ...this.inner.flatMap(({ chart }) => chart.warnings)];
    });
  }

  private get valuesYaml(): { readonly documents: readonly Json[]; readonly warnings: readonly string[] } {
    return this.once('values.yaml', () => {
      const warnings: string[] = [];
      return { documents: this.documents('values.yaml', (text) => warnings.push(text)), warnings };
    });
  }

  /** values.schema.json, if there is one. */
  get schema(): Json | undefined {
    return this.once('schema', () => {
      const text = this.files.get('values.schema.json');
      try {
        return text && JSON.parse(`${text}`);
      } catch (error) {
        throw new ChartError(`${this.name}: values.schema.json is no JSON: ${(error as Error).message}`);
      }
    });
  }

  /** Whether a file of it, or of a chart in it, asks which APIs there are. Helm waits for it, so that values.yaml is parsed only where it has to be. */
  get asksForApis(): boolean {
    return this.once('asksForApis', () => {
      const mayAsk = [...this.files]
        .filter(([path, content]) => !path.startsWith('charts/') && content.includes(APIS))
        .map(([path]) => path);
      if (mayAsk.some((path) => path !== 'values.yaml') || this.inner.some(({ chart }) => chart.asksForApis)) return true;
      return mayAsk.length > 0 && textsIn(this.values).some(asksForApis);
    });
  }

  /** The templates of it and of the charts in it. */
  get templates(): readonly string[] {
    return this.once('templates', () => [...this.ownTexts(isTemplate), ...this.inner.flatMap(({ chart }) => chart.templates)]);
  }

  /** What templates can read as templates, of it and of the charts in it, but for values. */
  get texts(): readonly string[] {
    const isOther = (path: string) => !isTemplate(path) && path !== 'values.yaml';
    return this.once('texts', () => [...this.ownTexts(isOther), ...this.inner.flatMap(({ chart }) => chart.texts)]);
  }

  /** How the names of all files begin that its templates, and those of the charts in it, read; undefined where only helm can tell. */
  get filesRead(): readonly string[] | undefined {
    return this.once('filesRead', () => filesRead([...this.templates, ...this.texts, ...this.valuesFiles]));
  }

  /** As they are written. */
  private get valuesFiles(): readonly string[] {
    return [...this.ownTexts((path) => path === 'values.yaml'), ...this.inner.flatMap(({ chart }) => chart.valuesFiles)];
  }

  /** The texts in values.yaml of it and of the charts in it. */
  get valueTexts(): readonly string[] {
    return this.once('valueTexts', () => [...textsIn(this.values), ...this.inner.flatMap(({ chart }) => chart.valueTexts)]);
  }

  /**
   * The files with other texts. The charts in it are unpacked.
   * @param changesValues whether the texts in values.yaml are others too.
   */
  changed(change: (text: string, path: string) => string, changesValues: boolean): Map<string, Buffer> {
    const own = [...this.files].filter(([path]) => !path.startsWith('charts/'));
    const ofSubcharts = this.inner.flatMap(({ place, chart }) => {
      const folder = place.replace(/\.tgz$/, '');
      return [...chart.changed(change, changesValues)].map(([path, content]): [string, Buffer] => [`${folder}/${path}`, content]);
    });
    // Each byte is a character of Latin-1, so that files that are no text stay what they are.
    return new Map([
      ...own.map(([path, content]): [string, Buffer] => {
        if (path === 'values.yaml') return [path, changesValues ? this.withOtherValues(content, change) : content];
        return [path, Buffer.from(change(content.toString('latin1'), path), 'latin1')];
      }),
      ...ofSubcharts,
    ]);
  }

  /** In the file they may be quoted, and a quote of a template be escaped. */
  private withOtherValues(content: Buffer, change: (text: string, path: string) => string): Buffer {
    const changeText = (text: string) => change(text, 'values.yaml');
    const isChanged = content.includes('{{') && textsIn(this.values).some((text) => changeText(text) !== text);
    return isChanged ? Buffer.from(yamlOfJson(withTexts(this.values, changeText))) : content;
  }

  /** The charts in charts/, in the order of their names. One that Chart.yaml has under several aliases is there several times. */
  get subcharts(): readonly Subchart[] {
    return this.once('subcharts', () =>
      this.inner
        .flatMap(({ chart }) => this.namesOf(chart).map((name) => ({ name, files: chart })))
        .sort((a, b) => (a.name < b.name ? -1 : 1)),
    );
  }

  /** The charts in it, by folder or file. What begins with a dot or an underscore is none, as for helm. */
  private get inner(): readonly { readonly place: string; readonly chart: ChartFiles }[] {
    return this.once('inner', () =>
      [...this.filesOfSubcharts()].map(([place, files]) => ({
        place,
        chart: new ChartFiles(files, `${this.name}: ${place}`, this.budget),
      })),
    );
  }

  private ownTexts(isWanted: (path: string) => boolean): string[] {
    return [...this.files].filter(([path]) => !path.startsWith('charts/') && isWanted(path)).map(([, content]) => `${content}`);
  }

  private filesOfSubcharts(): Map<string, Map<string, Buffer>> {
    const charts = new Map<string, Map<string, Buffer>>();
    for (const [path, content] of this.files) {
      const [, name, rest] = /^charts\/([^._/][^/]*)(?:\/(.+))?$/.exec(path) ?? [];
      if (name === undefined) continue;
      const key = `charts/${name}`;
      if (rest !== undefined) charts.set(key, (charts.get(key) ?? new Map()).set(rest, content));
      else if (name.endsWith('.tgz')) charts.set(key, readArchive(content, `${this.name}: ${key}`, this.budget));
    }
    return charts;
  }

  private namesOf(chart: ChartFiles): string[] {
    const { name } = chart.metadata;
    // Charts of the first version have the dependencies in a file of their own.
    const dependencies: Json[] = this.metadata.dependencies ?? this.yaml('requirements.yaml').dependencies ?? [];
    const aliases = dependencies.filter((dependency) => dependency.name === name).map(({ alias }) => alias || name);
    return aliases.length > 0 ? aliases : [name];
  }

  private yaml(path: string): Json {
    return this.once(path, () => this.documents(path)[0] ?? {});
  }

  private documents(path: string, warn?: WarnOfYaml): Json[] {
    return parseYamlDocuments(`${this.files.get(path) ?? ''}`, `${this.name}: ${path}`, warn);
  }

  private once<T>(what: string, make: () => T): T {
    if (!this.parsed.has(what)) this.parsed.set(what, make());
    return this.parsed.get(what) as T;
  }
}

/** Whether a file of a chart is rendered. A template can't read it otherwise. */
export function isTemplate(path: string): boolean {
  return path.startsWith('templates/');
}

/** What has a zero byte in it is no text. */
function withUnixLines(content: Buffer): Buffer {
  return content.includes('\r\n') && !content.includes(0)
    ? Buffer.from(content.toString('latin1').replaceAll('\r\n', '\n'), 'latin1')
    : content;
}
