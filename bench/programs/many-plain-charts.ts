// The peer of many-charts.ts: the same objects, given to cdk8s as they are. Arguments: how many charts, a folder with manifests.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ApiObject, App, Chart } from 'cdk8s';
import { parseAllDocuments } from 'yaml';
import { measure } from './measure';

const [count, folder] = process.argv.slice(2);
const objects = readdirSync(folder).flatMap((file) =>
  parseAllDocuments(readFileSync(join(folder, file), 'utf8')).map((document) => document.toJS()),
);

measure(new App({ outdir: 'out' }), Number(count), (app, index) => {
  const chart = new Chart(app, `airflow-${index}`);
  for (const [id, object] of objects.entries()) new ApiObject(chart, `object-${id}`, object);
});
