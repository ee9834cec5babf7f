import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { importValues } from '../../cli/import';
import { BITNAMI_COMPONENT_ROWS, BITNAMI_ROWS } from '../../cli/import/bitnami-chart';
import { OFFICIAL_COMPONENT_ROWS, OFFICIAL_ROWS } from '../../cli/import/official-chart';
import type { Row } from '../../cli/import/row';
import { imported, importedText, manifestsOf, typeErrors, VALUES_FILES } from '../support/imported';
import type { Manifest } from '../support/manifests';
import { run } from '../support/process';
import { ROOT } from '../support/synth';
import { removeTemporaryFolders, temporaryFolder } from '../support/temporary-folder';

jest.setTimeout(180_000);
afterAll(removeTemporaryFolders);

const LANGUAGES = ['typescript', 'python'] as const;

function find(objects: readonly Manifest[], kind: string, name: string): Manifest {
  const found = objects.find((object) => object.kind === kind && object.metadata.name === name);
  if (!found) throw new Error(`there is no ${kind} ${name}`);
  return found;
}

function mainContainer(workload: Manifest): Manifest {
  return workload.spec.template.spec.containers[0];
}

test('all programs compile', () => {
  // GIVEN
  const programs = VALUES_FILES.map((name) => imported(name));

  // THEN
  expect(typeErrors(programs)).toEqual([]);
  expect(typeErrors([programs[0].replace("namespace: 'airflow'", 'namespace: 1')])).toEqual([expect.stringContaining("'number'")]);
});

test.each(VALUES_FILES)('Python takes the program of %s', async (name) => {
  // GIVEN
  const file = join(temporaryFolder(), 'main.py');
  writeFileSync(file, imported(name, { language: 'python' }));

  // THEN
  expect(await run('python3', ['-m', 'py_compile', file])).toEqual({ code: 0, stdout: '', stderr: '' });
});

test.each(VALUES_FILES)('the program of %s has no secret, and nothing to be mended', (name) => {
  // GIVEN
  const secrets = [
    ...['hunter2', '6cc8b52b3b7bd5f2dd4b', 's3cr3t', 'another-secret', 'lovelace', 'flowers', 'abcdef', 'admin-password'],
    ...['cGFzc3dvcmRwYXNz', 'glpat-', 'database-password', 'broker-password', 'bindpw: secret'],
  ];

  // THEN
  for (const language of LANGUAGES) {
    const program = imported(name, { language });
    expect(secrets.filter((secret) => program.includes(secret))).toEqual([]);
    expect(program).not.toContain('to be mended');
  }
});

test('the official chart with Celery does what the chart did', async () => {
  // WHEN
  const objects = await manifestsOf(imported('official-celery'));

  // THEN
  const worker = find(objects, 'Deployment', 'airflow-worker');
  expect(worker.spec).toMatchObject({ replicas: 4, template: { spec: { terminationGracePeriodSeconds: 1800 } } });
  expect(worker.spec.template.spec).toMatchObject({
    nodeSelector: { 'kubernetes.io/arch': 'amd64' },
    tolerations: [{ key: 'dedicated', operator: 'Equal', value: 'airflow', effect: 'NoSchedule' }],
    imagePullSecrets: [{ name: 'registry-login' }],
  });
  expect(mainContainer(worker)).toMatchObject({
    image: 'registry.example.com/data/airflow:3.1.0-company.4',
    imagePullPolicy: 'Always',
    resources: { requests: { cpu: '1', memory: '2Gi' }, limits: { cpu: '2', memory: '4Gi', 'ephemeral-storage': '20Gi' } },
    livenessProbe: { initialDelaySeconds: 30, periodSeconds: 90 },
    env: expect.arrayContaining([
      { name: 'TZ', value: 'Europe/Berlin' },
      { name: 'SLACK_TOKEN', valueFrom: { secretKeyRef: { name: 'slack', key: 'token' } } },
    ]),
    envFrom: [{ secretRef: { name: 'warehouse-login' } }],
    volumeMounts: expect.arrayContaining([
      { name: 'models', mountPath: '/models' },
      { name: 'company-ca', mountPath: '/etc/company-ca', readOnly: true },
    ]),
  });
  const gpu = find(objects, 'Deployment', 'airflow-worker-gpu');
  expect(mainContainer(gpu).resources.limits).toMatchObject({ 'nvidia.com/gpu': '1', memory: '8Gi' });
  expect(JSON.stringify(mainContainer(gpu))).toContain('gpu,training');
  expect(find(objects, 'ScaledObject', 'airflow-worker-small').spec.maxReplicaCount).toBe(6);
  expect(find(objects, 'Deployment', 'airflow-scheduler').spec.replicas).toBe(2);
  expect(find(objects, 'HorizontalPodAutoscaler', 'airflow-api-server').spec).toMatchObject({ minReplicas: 2, maxReplicas: 4 });
  expect(find(objects, 'Ingress', 'airflow-api-server').spec).toMatchObject({
    ingressClassName: 'nginx',
    rules: [{ host: 'airflow.example.com' }],
    tls: [{ hosts: ['airflow.example.com'], secretName: 'airflow-tls' }],
  });
  const dags = find(objects, 'Deployment', 'airflow-dag-processor').spec.template.spec;
  expect(JSON.stringify(dags)).toContain('--repo=https://gitlab.example.com/data/dags.git');
  const config = find(objects, 'ConfigMap', 'airflow-config').data['airflow.cfg'];
  expect(config).toMatch(/^remote_base_log_folder = s3:\/\/airflow-logs\/production$/m);
  expect(config).toMatch(/^parallelism = 64$/m);
  expect(config).toMatch(/^worker_concurrency = 8$/m);
  expect(find(objects, 'StatefulSet', 'airflow-redis').spec.volumeClaimTemplates[0].spec).toMatchObject({
    storageClassName: 'fast',
    resources: { requests: { storage: '2Gi' } },
  });
  expect(objects.filter(({ kind, metadata }) => kind === 'StatefulSet' && metadata.name === 'airflow-postgresql')).toEqual([]);
});

test('the official chart with Kubernetes does what the chart did', async () => {
  // WHEN
  const objects = await manifestsOf(imported('official-kubernetes'));

  // THEN
  const config = find(objects, 'ConfigMap', 'airflow-config').data['airflow.cfg'];
  expect(config).toMatch(/^executor = KubernetesExecutor$/m);
  expect(config).toMatch(/^worker_pods_creation_batch_size = 32$/m);
  expect(find(objects, 'Ingress', 'airflow-api-server').spec.tls).toEqual([
    { hosts: ['airflow.example.com'], secretName: 'one' },
    { hosts: ['airflow.example.org'], secretName: 'two' },
  ]);
  expect(find(objects, 'Deployment', 'airflow-scheduler').spec.strategy).toEqual({ type: 'Recreate' });
  expect(mainContainer(find(objects, 'Deployment', 'airflow-dag-processor')).livenessProbe.periodSeconds).toBe(90);
  expect(find(objects, 'Deployment', 'airflow-api-server').spec.template.spec.containers[0].securityContext.runAsUser).toBe(1000);
  expect(objects.filter(({ kind, metadata }) => kind === 'Deployment' && metadata.name === 'airflow-triggerer')).toEqual([]);
});

test("Bitnami's chart does what the chart did", async () => {
  // WHEN
  const objects = await manifestsOf(imported('bitnami-gitlab'));

  // THEN
  const worker = find(objects, 'Deployment', 'airflow-worker');
  expect(find(objects, 'HorizontalPodAutoscaler', 'airflow-worker').spec).toMatchObject({ minReplicas: 3, maxReplicas: 8 });
  expect(mainContainer(worker).resources.limits).toMatchObject({ cpu: '2', memory: '3Gi' });
  expect(mainContainer(worker).env).toEqual(expect.arrayContaining([{ name: 'TZ', value: 'Europe/Berlin' }]));
  expect(worker.spec.template.spec.serviceAccountName).toBe('airflow');
  expect(find(objects, 'Deployment', 'airflow-api-server').spec.replicas).toBe(2);
  expect(find(objects, 'Ingress', 'airflow-api-server').spec.rules[0].host).toBe('airflow.yourdomain.com');
  expect(find(objects, 'StatefulSet', 'airflow-postgresql').spec.volumeClaimTemplates[0].spec.resources.requests.storage).toBe('20Gi');
  const config = find(objects, 'ConfigMap', 'airflow-config').data['airflow.cfg'];
  expect(config).toMatch(/^base_url = https:\/\/airflow\.yourdomain\.com:8443$/m);
  const dags = JSON.stringify(find(objects, 'Deployment', 'airflow-dag-processor').spec.template.spec);
  expect(dags).toContain('--repo=http://gitlab-webservice.gitlab.svc.cluster.local:8181/airflow/airflow.git');
  expect(dags).toContain('--period=45s');
});

test("what Bitnami's chart had of others is had of them", async () => {
  // WHEN
  const objects = await manifestsOf(imported('bitnami-external'));

  // THEN
  const config = find(objects, 'ConfigMap', 'flows-config').data['airflow.cfg'];
  expect(config).toMatch(/^executor = LocalExecutor$/m);
  expect(JSON.stringify(objects)).toContain('postgres.example.com');
  expect(find(objects, 'Service', 'flows-external').spec.type).toBe('LoadBalancer');
  expect(objects.filter(({ kind }) => kind === 'StatefulSet')).toEqual([]);
});

test.each(LANGUAGES)('what no prop says is a comment with the value, and with what there is instead, in %s', (language) => {
  // WHEN
  const program = imported('official-celery', { language });

  // THEN
  const mark = language === 'python' ? '#' : '//';
  expect(program).toContain(`${mark}   schedulerName: "volcano"\n${mark}     a patch\n`);
  expect(program).toContain(`${mark}   somethingElse.entirely: 1\n${mark}     no prop is known for it\n`);
  expect(program).toContain(`${mark}   workers.celery.sets[gpu].args: [`);
  expect(program).toMatch(
    / {3}redis\.password\n.* {5}it is secret, and not written here; put it into the Secret airflow-broker, key password\n/,
  );
});

test('what the library refuses is a comment with its reason', () => {
  // WHEN
  const program = imported('official-kubernetes');

  // THEN
  expect(program).toContain('//   config.core.parallelism: "many"\n//     "many" given; expected a whole number, as in "32"\n');
  expect(program).not.toContain('parallelism:  ');
});

test('a chart that has nothing but its defaults is a program that says next to nothing', () => {
  expect(importedText('workers:\n  replicas: 1\ndags:\n  gitSync:\n    enabled: false\n')).toBe(
    [
      "import { App } from 'cdk8s';\nimport { AirflowChart, Executor } from 'cdk8s-airflow';\n",
      '// Made by `cdk8s-airflow import` from values of the Apache Airflow chart.\n',
      "const app = new App();\n\nnew AirflowChart(app, 'airflow', {\n  namespace: 'airflow',\n  executor: Executor.celery(),\n});\n",
      'app.synth();\n',
    ].join('\n'),
  );
});

test.each([
  ['values of both', 'executor: LocalExecutor\n', 'may be of either chart: say which one by --chart official or --chart bitnami'],
  ['a list', '- a\n', 'holds no values of a chart'],
  ['what is no YAML', 'a: [\n', 'no YAML that Kubernetes would take'],
  ['more than one document', 'a: 1\n---\nb: 2\n', 'holds 2 YAML documents; expected one'],
  [
    'values of another chart',
    'airflow: { config: { AIRFLOW__CORE__LOAD_EXAMPLES: "False" } }\nscheduler: { replicas: 1 }\n',
    "has values of the community's chart (airflow-helm/charts); expected those of the Apache Airflow chart, or of Bitnami's",
  ],
  ['a list within itself', 'env: &env\n  - *env\n', 'an alias of what it stands in'],
])('%s is told', (_what, yaml, problem) => {
  expect(() => importedText(yaml, { chart: undefined })).toThrow(problem);
});

test('values below a key are found there, as a chart has them that depends on that of Airflow', () => {
  // WHEN
  const program = importedText('minio: { replicas: 1 }\nairflow:\n  executor: KubernetesExecutor\n  schedulerName: a\n', {
    chart: undefined,
  });

  // THEN
  expect(program).toContain('executor: Executor.kubernetes()');
  expect(program).toContain('//   airflow.schedulerName: "a"\n//     a patch\n');
  expect(program).toContain('//   minio\n//     nothing: it is not for Airflow');
});

test('a file that is not there is told', () => {
  expect(() => importValues('/nowhere/values.yaml', { language: 'typescript' })).toThrow("/nowhere/values.yaml can't be read: ENOENT");
});

describe.each([
  ['move-from-official-chart.md', OFFICIAL_ROWS, OFFICIAL_COMPONENT_ROWS],
  ['move-from-bitnami.md', BITNAMI_ROWS, BITNAMI_COMPONENT_ROWS],
])('%s', (page, rows, componentRows) => {
  const [ofAll, ofComponents] = readFileSync(join(ROOT, 'docs/how-to', page), 'utf8').split('### Of each component');
  const tableOf = (given: readonly Row[]) =>
    given.map(({ values, becomes }) => [values.map((value) => `\`${value}\``).join(', '), becomes]);
  const cellsIn = (text: string) => {
    const lines = text.split('\n').filter((line) => line.startsWith('| ') && !/^\| (`values\.yaml`|below) /.test(line));
    return lines
      .map((line) =>
        line
          .slice(2, -2)
          .split(' | ')
          .map((cell) => cell.trim()),
      )
      .filter(([first]) => !/^-+$/.test(first));
  };

  test('says of each value what the command makes of it', () => {
    expect(cellsIn(ofAll)).toEqual(tableOf(rows));
    expect(cellsIn(ofComponents)).toEqual(tableOf(componentRows));
  });
});

test('nothing of the Secrets that a chart is to make is in the program', () => {
  // WHEN
  const program = importedText('extraSecrets:\n  a:\n    data: |\n      user: aHVudGVyMg==\n    stringData: { b: hunter2 }\n');

  // THEN
  expect(program).toContain('extraSecrets.a.data');
  expect(program).not.toMatch(/hunter2|aHVudGVyMg/);
});

test('variables that name no Secret, or whose value is none, are told', () => {
  // WHEN
  const program = importedText('secret: [{ envName: A }, { envName: C, secretName: shop }]\nenv: [{ name: B, value: { c: 1 } }]\n');

  // THEN
  expect(program).toContain('secret[0]: {"envName":"A"}');
  expect(program).toContain('env[0]: {"name":"B","value":{"c":1}}');
  expect(program).toContain("env: { C: EnvValue.fromSecretValue({ secret: shopSecret, key: 'value' }) }");
});

test('a section that is called as what all objects have does no harm', () => {
  expect(importedText('config: { constructor: { a: 1 } }\n')).toContain('config.constructor');
});

test('values are read as helm reads them', () => {
  // GIVEN
  const yaml = `
small: &small { cpu: 100m }
workers:
  resources: { limits: { <<: *small, memory: 1Gi } }
env:
  - { name: FLAG, value: yes }
  - { name: DAY, value: 2026-01-02 }
`;

  // WHEN
  const program = importedText(yaml);

  // THEN
  expect(program).toContain("limits: { cpu: '100m', memory: '1Gi' }");
  expect(program).toContain("FLAG: EnvValue.fromValue('true')");
  expect(program).toContain("DAY: EnvValue.fromValue('2026-01-02')");
});
