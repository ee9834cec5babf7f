import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { Chart } from 'cdk8s';
import { HelmChart, HelmChartInclude, type HelmChartIncludeProps, HelmCrds } from '../../lib';
import { servedApis } from '../../lib/kubernetes/served-apis';
import { restoreEnvironment } from '../support/environment';
import { kubectl, requireCluster, tryKubectl } from '../support/kubectl';
import { clearNamespace, freshNamespace } from '../support/namespaces';
import { useHelmIn } from '../support/real-charts';
import { synthApp } from '../support/synth';
import { removeTemporaryFolders, temporaryFolder } from '../support/temporary-folder';

// What HelmChartInclude makes of small charts, applied to a real API server.

const NAMESPACE = 'helm-include';
const GROUP = 'include.cdk8s-airflow.example.com';

beforeAll(async () => {
  await requireCluster();
  useHelmIn(temporaryFolder());
  jest.spyOn(console, 'warn').mockImplementation();
  await freshNamespace(NAMESPACE);
}, 120_000);

afterAll(async () => {
  await kubectl(['delete', 'crd', '--ignore-not-found', `widgets.${GROUP}`]);
  await clearNamespace(NAMESPACE);
  restoreEnvironment();
  removeTemporaryFolders();
}, 120_000);

/** The dist of a chart with these files. */
function synthesised(files: { readonly [path: string]: string }, props: Partial<HelmChartIncludeProps> = {}): string {
  const folder = temporaryFolder();
  for (const [path, text] of Object.entries({ 'Chart.yaml': 'apiVersion: v2\nname: made\nversion: 1.0.0\n', ...files })) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  }
  const lockFolder = join(folder, 'locks');
  return synthApp((app) => {
    const chart = new Chart(app, 'made', { namespace: NAMESPACE });
    new HelmChartInclude(chart, 'rel', { chart: HelmChart.folder(folder), lockFolder, ...props });
  });
}

describe('a large CustomResourceDefinition, and an object of its kind', () => {
  const description = 'What it is for. '.repeat(20_000);
  const schema = { type: 'object', properties: { spec: { type: 'object', description, 'x-kubernetes-preserve-unknown-fields': true } } };
  const definition = {
    apiVersion: 'apiextensions.k8s.io/v1',
    kind: 'CustomResourceDefinition',
    metadata: { name: `widgets.${GROUP}` },
    spec: {
      group: GROUP,
      scope: 'Namespaced',
      names: { kind: 'Widget', plural: 'widgets', singular: 'widget', listKind: 'WidgetList' },
      versions: [{ name: 'v1', served: true, storage: true, schema: { openAPIV3Schema: schema } }],
    },
  };
  const files = {
    'crds/widgets.yaml': JSON.stringify(definition),
    'templates/widget.yaml': `apiVersion: ${GROUP}/v1\nkind: Widget\nmetadata: {name: one}\nspec: {size: 1}\n`,
  };

  test('are applied by the two commands that the documentation has, and then by one', async () => {
    // GIVEN
    const dist = synthesised(files);
    const first = join(dist, '0000-*');

    // WHEN
    const atOnce = await tryKubectl(['apply', '--filename', dist]);
    const definitions = await kubectl(['apply', '--server-side', '--filename', first]);
    await kubectl(['wait', '--for=condition=established', 'crd', `widgets.${GROUP}`, '--timeout=30s']);
    const again = await tryKubectl(['apply', '--server-side', '--filename', dist]);

    // THEN
    expect(atOnce.code).not.toBe(0);
    expect(definitions).toContain('serverside-applied');
    expect(again).toMatchObject({ code: 0 });
    await kubectl(['delete', 'crd', `widgets.${GROUP}`]);
  }, 120_000);

  test('are small enough for the usual command without descriptions', async () => {
    // GIVEN
    const dist = synthesised(files, { crds: HelmCrds.apart({ descriptions: false }) });

    // WHEN
    await kubectl(['apply', '--filename', join(dist, '0000-*')]);
    await kubectl(['wait', '--for=condition=established', 'crd', `widgets.${GROUP}`, '--timeout=30s']);
    await kubectl(['apply', '--filename', dist]);

    // THEN
    expect(await kubectl(['apply', '--filename', dist])).not.toMatch(/created|configured/);
  }, 120_000);
});

describe('what a chart makes that is an error at synth', () => {
  const pod = (container: string) =>
    `apiVersion: v1\nkind: Pod\nmetadata: {name: a}\nspec: {containers: [{name: a, image: "a:1", ${container}}]}\n`;

  test.each([
    ['a label that is a number', 'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: a, labels: {n: 1}}\n'],
    ['data that are no text', 'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: a}\ndata: {port: 80}\n'],
    ['a variable that is a number', pod('env: [{name: A, value: 1}]')],
    ['no quantity', pod('resources: {limits: {memory: 128mb}}')],
    ['an argument that is a number', pod('args: [--port, 80]')],
    ['a selector that is a number', 'apiVersion: v1\nkind: Service\nmetadata: {name: a}\nspec: {ports: [{port: 80}], selector: {n: 1}}\n'],
    ['no quantity of a volume', pod('}], volumes: [{name: a, emptyDir: {sizeLimit: 1gb}')],
    ['no quantity of a quota', 'apiVersion: v1\nkind: ResourceQuota\nmetadata: {name: a}\nspec: {hard: {cpu: two}}\n'],
    [
      'no quantity of a range',
      'apiVersion: v1\nkind: LimitRange\nmetadata: {name: a}\nspec: {limits: [{type: Container, default: {cpu: 1x}}]}\n',
    ],
    ['an API that is gone', 'apiVersion: policy/v1beta1\nkind: PodDisruptionBudget\nmetadata: {name: a}\nspec: {minAvailable: 1}\n'],
    [
      'another name in the labels of a Job',
      `apiVersion: batch/v1\nkind: Job\nmetadata: {name: a}\nspec: {template: {metadata: {labels: {job-name: b}}, spec: {restartPolicy: Never, containers: [{name: a, image: "a:1"}]}}}\n`,
    ],
  ])('is refused by the API server: %s', async (_, manifest) => {
    const { code } = await tryKubectl(['apply', '--dry-run=server', '--namespace', NAMESPACE, '--filename', '-'], { input: manifest });
    expect(code).not.toBe(0);
  });

  test('the server takes a Job whose pods had its name as a label, and what looks for it finds it', async () => {
    // GIVEN
    const dist = synthesised({
      'templates/job.yaml':
        'apiVersion: batch/v1\nkind: Job\nmetadata: {name: seed}\nspec: {suspend: true, template: {metadata: {labels: {job-name: seed, app: seed}}, ' +
        'spec: {restartPolicy: Never, containers: [{name: a, image: "a:1"}]}}}\n',
      'templates/script.yaml': 'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: script}\ndata: {JOB: "job/seed"}\n',
    });

    // WHEN
    await kubectl(['apply', '--filename', dist]);
    const name = await kubectl(['get', 'configmap', 'script', '--namespace', NAMESPACE, '--output=jsonpath={.data.JOB}']);

    // THEN
    expect(await kubectl(['get', '--namespace', NAMESPACE, name.trim(), '--output=name'])).toMatch(/^job.batch\/seed-[0-9a-f]{8}$/m);
  }, 60_000);
});

test('of the version of the server, all is known that it serves of Kubernetes’ own', async () => {
  // GIVEN
  const { gitVersion } = JSON.parse(await kubectl(['get', '--raw', '/version']));
  const groups = JSON.parse(await kubectl(['get', '--raw', '/apis'])).groups.flatMap(
    ({ versions }: { versions: { groupVersion: string }[] }) => versions,
  );
  const known = servedApis(gitVersion);
  const own = new Set(known.map((api) => api.split('/')[0]));

  // WHEN
  const served: string[] = [];
  for (const { groupVersion, path } of [
    { groupVersion: 'v1', path: 'api' },
    ...groups.map((each: object) => ({ ...each, path: 'apis' })),
  ]) {
    if (!own.has(groupVersion.split('/')[0])) continue;
    const { resources } = JSON.parse(await kubectl(['get', '--raw', `/${path}/${groupVersion}`]));
    served.push(groupVersion, ...resources.map(({ kind }: { kind: string }) => `${groupVersion}/${kind}`));
  }

  // THEN
  expect([...new Set(served)].sort()).toEqual([...known].sort());
}, 120_000);
