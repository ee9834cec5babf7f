import { readFileSync } from 'node:fs';
import { parseYamlDocuments } from '../lib/kubernetes/kubernetes-yaml';
import { BITNAMI_NOTES, BITNAMI_ROWS } from './import/bitnami-chart';
import { isChartDefault } from './import/chart-defaults';
import { finished } from './import/finished';
import { OFFICIAL_NOTES, OFFICIAL_ROWS } from './import/official-chart';
import { withVariablesAsOptions } from './import/option-variables';
import { python } from './import/python';
import { instead, propsOfRows, type Row } from './import/row';
import { typeScript } from './import/typescript';
import { isTree, type Tree, Values } from './import/values';

export interface ImportOptions {
  /** What the program is written in. */
  readonly language: 'typescript' | 'python';
  /** Whose values they are; told from them where nothing is said. */
  readonly chart?: ChartName;
}

export type ChartName = 'official' | 'bitnami';

interface Chart {
  readonly title: string;
  readonly rows: readonly Row[];
  readonly notes: readonly Row[];
  /** The values as the rows read them. */
  readonly read?: (tree: Tree) => Tree;
}

const CHARTS: { readonly [Name in ChartName]: Chart } = {
  official: {
    title: 'the Apache Airflow chart',
    rows: OFFICIAL_ROWS,
    notes: OFFICIAL_NOTES,
    read: (tree) => withVariablesAsOptions(tree, 'env', 'extraEnv'),
  },
  bitnami: { title: "Bitnami's chart", rows: BITNAMI_ROWS, notes: BITNAMI_NOTES },
};

export interface Imported {
  readonly text: string;
  /** In how many places synth stops at it. */
  readonly toMend: number;
}

/** A program that deploys what a values.yaml of a chart says. */
export function importValues(file: string, { language, chart }: ImportOptions): Imported {
  const { tree, below, others } = placeOf(readValues(file));
  if (isOfCommunity(tree))
    throw new Error(
      `${file} has values of the community's chart (airflow-helm/charts); expected those of the Apache Airflow chart, or of Bitnami's`,
    );
  const name = chart ?? chartOf(file, tree);
  const { title, rows, notes, read = (given: Tree) => given } = CHARTS[name];
  const values = Values.of(read(tree), (path, value) => isChartDefault(name, path, value));
  const props = propsOfRows(rows, values, 'AirflowChartProps');
  const told = values.notes().map((note) => ({ ...note, path: `${below}${note.path}`, instead: instead(notes, note) }));
  const ofOthers = others.map((path) => ({ path, instead: 'nothing: it is not for Airflow, whose values are below another key' }));
  const { program, toMend } = finished({ props, title, told: [...told, ...ofOthers] });
  return { text: language === 'python' ? python(program) : typeScript(program), toMend };
}

function readValues(file: string): Tree {
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch (error) {
    throw new Error(`${file} can't be read: ${(error as Error).message}`);
  }
  const [values, ...others] = parseYamlDocuments(text, file, (warning) => console.warn(`warning: ${warning}`));
  if (others.length > 0) throw new Error(`${file} holds ${others.length + 1} YAML documents; expected one`);
  if (!isTree(values)) throw new Error(`${file} holds no values of a chart`);
  return values;
}

const CHART_NAMES = Object.keys(CHARTS) as ChartName[];

/** What values of a chart begin with. */
function rootsOf(name: ChartName): string[] {
  return CHARTS[name].rows.flatMap(({ values }) => values.map((value) => value.split('.')[0]));
}

/** What the values of a chart for Airflow have, of which others have none. */
const TELLING = ['executor', 'scheduler', 'workers', 'worker', 'webserver', 'web', 'apiServer', 'triggerer', 'dags'];

function isWhole(values: unknown): values is Tree {
  return isTree(values) && TELLING.some((key) => Object.hasOwn(values, key));
}

/** The values of the chart, which may be below a key, as in a chart that depends on it; with the keys beside that. */
function placeOf(tree: Tree): { tree: Tree; below: string; others: string[] } {
  const keys = Object.keys(tree).filter((key) => isWhole(tree[key]) && !CHART_NAMES.some((name) => rootsOf(name).includes(key)));
  if (isWhole(tree) || keys.length !== 1) return { tree, below: '', others: [] };
  const [key] = keys;
  return { tree: tree[key] as Tree, below: `${key}.`, others: Object.keys(tree).filter((each) => each !== key) };
}

/** The chart of the community has Airflow's options in a map of variables. */
function isOfCommunity({ airflow, web }: Tree): boolean {
  if (!isTree(airflow)) return false;
  const options = Object.keys(isTree(airflow.config) ? airflow.config : {});
  return isTree(web) || options.some((name) => name.startsWith('AIRFLOW__'));
}

/** The chart whose values these are: the other one does not have all of them. */
function chartOf(file: string, tree: Tree): ChartName {
  const known = (name: ChartName) => Object.keys(tree).filter((key) => rootsOf(name).includes(key)).length;
  const [official, bitnami] = [known('official'), known('bitnami')];
  if (official !== bitnami) return official > bitnami ? 'official' : 'bitnami';
  throw new Error(`${file} may be of either chart: say which one by --chart official or --chart bitnami`);
}
