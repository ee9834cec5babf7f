import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { resolve } from 'node:path';

// Writes by which names Airflow sends metrics, and of which kind each is, as its own metrics_template.yaml says. Arguments: that file of each version, as
// the package apache-airflow-core has it in airflow/_shared/observability/metrics. It is read line by line, as its descriptions are no YAML that all
// readers take.

const FILE = resolve(__dirname, '../lib/metrics/airflow-metrics.ts');
const METRIC = /^ {2}- name: "(?<name>[^"]+)"$[\s\S]*?^ {4}type: "(?<kind>counter|gauge|timer)"$/gm;

const kinds = new Map<string, string>();
for (const path of process.argv.slice(2)) {
  for (const { groups } of readFileSync(path, 'utf8').matchAll(METRIC)) kinds.set(groups?.name ?? '', groups?.kind ?? '');
}

const sorted = [...kinds].sort(([a], [b]) => (a < b ? -1 : 1));
const text = `/** The metrics of Airflow 3.2 and later, and of which kind each is; made by scripts/airflow-metrics.ts. */
export const AIRFLOW_METRICS = ${JSON.stringify(Object.fromEntries(sorted), null, 2)} as const;
`;
writeFileSync(FILE, text);
execFileSync('npx', ['biome', 'format', '--write', FILE]);
