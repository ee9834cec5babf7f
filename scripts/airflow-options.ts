import { readFileSync, writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { load } from 'js-yaml';

// Writes which options there are in Airflow 3, and of which kind, as its own config.yml says. Arguments: that file of each version, as the
// package apache-airflow-core has it in airflow/config_templates.

const FILE = resolve(__dirname, '../lib/config/airflow-options.json');

type Sections = { [section: string]: { options: { [key: string]: { type: string } } } };

const kinds: { [section: string]: { [key: string]: string } } = {};
for (const path of process.argv.slice(2)) {
  for (const [section, { options }] of Object.entries(load(readFileSync(path, 'utf8')) as Sections)) {
    kinds[section] ??= {};
    for (const [key, { type }] of Object.entries(options ?? {})) {
      const before = kinds[section][key];
      // One that became another kind is taken for any text.
      kinds[section][key] = before === undefined || before === type ? type : 'string';
    }
  }
}

const sorted = <Value>(map: { readonly [name: string]: Value }) =>
  Object.fromEntries(Object.entries(map).sort(([a], [b]) => (a < b ? -1 : 1)));
const text = JSON.stringify(sorted(Object.fromEntries(Object.entries(kinds).map(([section, keys]) => [section, sorted(keys)]))), null, 2);
writeFileSync(FILE, `${text}\n`);
