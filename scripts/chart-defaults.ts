import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { list } from 'tar';
import { digestOf } from '../cli/import/chart-defaults';
import { leaves, type Tree } from '../cli/import/values';
import { parseYamlDocument } from '../lib/kubernetes/kubernetes-yaml';

// Writes what `import` knows of the charts' own values: digests, by which it sees that something is the default, of the charts in the folder of AIRFLOW_CHARTS.

export const FILE = resolve(__dirname, '../cli/import/chart-defaults.json');

/** What a deployment has by itself of these is not the same in the next version: who names it means that. */
const NAMED = /^(airflowVersion|defaultAirflowTag|image\.tag)$/;

export function chartDefaults(folder: string): string {
  const versions = readdirSync(folder).sort();
  const archives = versions.filter((name) => /^airflow-.*\.tgz$/.test(name)).map((name) => ofArchive(join(folder, name)));
  const folders = versions
    .filter((name) => name.startsWith('bitnami-'))
    .map((name) => readFileSync(join(folder, name, 'values.yaml'), 'utf8'));
  return `${JSON.stringify({ official: digests(archives), bitnami: digests(folders) }, null, 2)}\n`;
}

function digests(texts: readonly string[]): { [path: string]: string } {
  const found: { [path: string]: string } = {};
  for (const text of texts) {
    for (const [path, value] of leaves(parseYamlDocument(text, 'values.yaml') as Tree, '')) {
      const known = found[path]?.split(' ') ?? [];
      const digest = digestOf(value);
      if (value !== null && !NAMED.test(path) && !known.includes(digest)) found[path] = [...known, digest].join(' ');
    }
  }
  return Object.fromEntries(Object.entries(found).sort(([a], [b]) => (a < b ? -1 : 1)));
}

function ofArchive(file: string): string {
  const chunks: Buffer[] = [];
  list({
    file,
    sync: true,
    filter: (path) => path === 'airflow/values.yaml',
    onReadEntry: (entry) => entry.on('data', (chunk: Buffer) => chunks.push(chunk)),
  });
  return Buffer.concat(chunks).toString('utf8');
}

if (require.main === module) writeFileSync(FILE, chartDefaults(process.env.AIRFLOW_CHARTS ?? ''));
