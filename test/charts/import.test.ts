import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse, parseAllDocuments, stringify } from 'yaml';
import { importValues } from '../../cli/import';
import { isMeant } from '../../cli/import/chart-defaults';
import { isTree } from '../../cli/import/values';
import { chartDefaults, FILE } from '../../scripts/chart-defaults';
import { testHelm } from '../support/helm';
import { imported, importedText, manifestsOf, VALUES, VALUES_FILES } from '../support/imported';
import type { Manifest } from '../support/manifests';
import { runOrThrow } from '../support/process';
import { neededCharts } from '../support/real-charts';
import { removeTemporaryFolders, temporaryFolder } from '../support/temporary-folder';

jest.setTimeout(180_000);
afterAll(removeTemporaryFolders);

const charts = neededCharts();

function withoutMeant(value: unknown, path = ''): unknown {
  if (!isTree(value)) return value;
  const entries = Object.entries(value).map(([key, each]) => [key, path ? `${path}.${key}` : key, each] as const);
  return Object.fromEntries(entries.filter(([, at]) => !isMeant(at)).map(([key, at, each]) => [key, withoutMeant(each, at)]));
}

async function valuesOf(path: string): Promise<string> {
  return path.endsWith('.tgz') ? runOrThrow('tar', ['xzOf', path, 'airflow/values.yaml']) : readFileSync(join(path, 'values.yaml'), 'utf8');
}

test('what is known of the defaults of charts is that of these charts', () => {
  expect(readFileSync(FILE, 'utf8')).toBe(chartDefaults(process.env.AIRFLOW_CHARTS ?? ''));
});

test.each(charts)(
  'all values of $name, as they are, but for those that the library has otherwise, come to what comes of none',
  async ({ name, path }) => {
    // GIVEN
    const file = join(temporaryFolder(), 'values.yaml');
    // The versions that are named there are meant.
    const { airflowVersion, defaultAirflowTag, image, ...values } = parse(await valuesOf(path));
    writeFileSync(file, stringify(withoutMeant(values)));

    // WHEN
    const { text: program } = importValues(file, { language: 'typescript' });

    // THEN
    expect(`${airflowVersion ?? image.tag}${defaultAirflowTag ?? ''}`).toMatch(/^\d/);
    expect(program).toBe(importedText('executor: CeleryExecutor\n', { chart: name.startsWith('official') ? 'official' : 'bitnami' }));
  },
);

test.each(VALUES_FILES)('the newest chart takes the values of %s', async (name) => {
  expect((await rendered(name)).length).toBeGreaterThan(10);
});

test('the deployment of values has what the render of the chart has', async () => {
  // GIVEN
  const chart = await rendered('official-celery');

  // WHEN
  const own = await manifestsOf(imported('official-celery'));

  // THEN
  for (const component of ['worker', 'scheduler', 'triggerer']) {
    const [theirs, ours] = [chart, own].map((objects) => workload(objects, `airflow-${component}`));
    expect([component, replicas(ours)]).toEqual([component, replicas(theirs)]);
    expect([component, facts(ours)]).toEqual([component, facts(theirs)]);
    // The library has a limit in any case.
    const { requests = {}, limits = {} } = theirs.spec.template.spec.containers[0].resources;
    expect(quantities(ours.spec.template.spec.containers[0].resources)).toMatchObject(quantities({ requests, limits }));
  }
  expect(hosts(own)).toEqual(hosts(chart));
  expect(repository(own)).toEqual(repository(chart));
  expect(executor(own)).toBe(executor(chart));
});

/** What the newest chart makes of the values of a file. */
async function rendered(name: string): Promise<Manifest[]> {
  const [prefix] = name.split('-');
  const { path = '' } = charts.filter((chart) => chart.name.startsWith(prefix)).at(-1) ?? {};
  // Bitnami's refuses images from elsewhere otherwise.
  const args = ['template', 'airflow', path, '--values', join(VALUES, `${name}.yaml`), '--set', 'global.security.allowInsecureImages=true'];
  const text = await runOrThrow(testHelm(), args);
  return parseAllDocuments(text)
    .map((document) => document.toJS())
    .filter(Boolean);
}

function workload(objects: readonly Manifest[], name: string): Manifest {
  const found = objects.find(({ kind, metadata }) => ['Deployment', 'StatefulSet'].includes(kind) && metadata.name === name);
  if (!found) throw new Error(`there is no ${name}`);
  return found;
}

/** As text, as the charts write numbers too. */
function quantities(resources: Manifest): Manifest {
  return JSON.parse(JSON.stringify(resources, (_key, value) => (typeof value === 'number' ? `${value}` : value)));
}

function replicas({ spec }: Manifest): unknown {
  return spec.replicas;
}

/** What a pod has that both say in the same way. */
function facts({ spec }: Manifest): unknown {
  const { containers, nodeSelector, tolerations } = spec.template.spec;
  const [{ image, imagePullPolicy, env = [], envFrom = [] }] = containers;
  return {
    image,
    imagePullPolicy,
    zone: env.find(({ name }: Manifest) => name === 'TZ')?.value,
    slack: env.find(({ name }: Manifest) => name === 'SLACK_TOKEN')?.valueFrom,
    envFrom,
    nodeSelector,
    tolerations,
  };
}

function hosts(objects: readonly Manifest[]): string[] {
  const rules = objects
    .filter(({ kind, metadata }) => kind === 'Ingress' && !metadata.name.includes('flower'))
    .flatMap(({ spec }) => spec.rules);
  return rules.map(({ host }) => host);
}

/** Where git-sync fetches from. */
function repository(objects: readonly Manifest[]): unknown {
  const text = JSON.stringify(objects);
  return /https:\/\/gitlab\.example\.com\/[\w/]+\.git/.exec(text)?.[0];
}

function executor(objects: readonly Manifest[]): string | undefined {
  return objects.flatMap(({ data }) => /^executor = (\w+)$/m.exec(data?.['airflow.cfg'] ?? '')?.[1] ?? [])[0];
}
