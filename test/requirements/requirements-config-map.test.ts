import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ApiObject, App, Chart, Testing } from 'cdk8s';
import { EnvValue, ResourceFieldPaths } from 'cdk8s-plus-27';
import { existingObjects } from '../../lib/kubernetes/existing-objects';
import { Requirements } from '../../lib/requirements/requirements';
import { RequirementsConfigMap, type RequirementsConfigMapProps } from '../../lib/requirements/requirements-config-map';

const IMAGE = 'docker.io/apache/airflow:3.3.2';

let chart: Chart;

beforeEach(() => {
  chart = Testing.chart();
});

test('the ConfigMap "requirements" has the lines, without comments, and the script', () => {
  // GIVEN
  const requirements = Requirements.fromText('# tables\r\npandas>=2.2  # or later\r\n\r\nrequests\r\n');

  // WHEN
  const configMap = new RequirementsConfigMap(chart, 'requirements', { requirements });

  // THEN
  const [manifest] = Testing.synth(chart);
  expect(manifest).toMatchObject({ apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'requirements' } });
  expect(Object.keys(manifest.data)).toEqual(['install-requirements.py', 'requirements.txt', 'sitecustomize.py']);
  expect(manifest.data['requirements.txt']).toBe('pandas>=2.2\nrequests\n');
  expect(manifest.data['install-requirements.py']).toContain('pip');
  expect(configMap.configMapName).toBe('requirements');
});

test('the ConfigMap has the name that is given, and that of the requirements comes first', () => {
  // GIVEN
  const named = Requirements.fromList(['pandas'], { configMapName: 'packages' });

  // WHEN
  const plain = add({ requirements: Requirements.fromList(['pandas']), name: 'airflow-packages' }, 'plain');
  const asked = add({ requirements: named, name: 'airflow-packages' }, 'asked');

  // THEN
  expect([plain, asked].map(({ configMapName }) => configMapName)).toEqual(['airflow-packages', 'packages']);
});

test('text, list and file make the same', () => {
  // GIVEN
  const folder = mkdtempSync(join(tmpdir(), 'requirements-'));
  const path = join(folder, 'requirements.txt');
  writeFileSync(path, 'pandas\nrequests\n-c limits.txt\n');
  writeFileSync(join(folder, 'limits.txt'), 'pandas<3\n');

  // WHEN
  const file = add({ requirements: Requirements.fromFile(path) }, 'file');
  rmSync(folder, { recursive: true });

  // THEN
  const text = add({ requirements: Requirements.fromText('pandas\nrequests') }, 'text');
  const list = add({ requirements: Requirements.fromList(['pandas', 'requests']) }, 'list');
  const [fromFile, fromText, fromList] = Testing.synth(chart).map(({ data }) => data);
  expect(fromList).toEqual(fromText);
  expect(fromFile['requirements.txt']).toBe(`${fromText['requirements.txt']}--constraint constraints.txt\n`);
  expect(fromFile['constraints.txt']).toBe('pandas<3\n');
  expect(JSON.stringify(fromFile)).not.toContain(folder);
  expect(list.checksum).toBe(text.checksum);
  expect(file.checksum).not.toBe(text.checksum);
});

test('the checksum follows what is installed, not comments', () => {
  // GIVEN
  const before = add({ requirements: Requirements.fromText('pandas>=2.2') }, 'before');

  // WHEN
  const commented = add({ requirements: Requirements.fromText('# tables\npandas>=2.2') }, 'commented');
  const changed = add({ requirements: Requirements.fromText('pandas>=2.3') }, 'changed');

  // THEN
  expect(before.checksum).toMatch(/^[0-9a-f]{64}$/);
  expect(commented.checksum).toBe(before.checksum);
  expect(changed.checksum).not.toBe(before.checksum);
});

test('pods install in an init container, and have the packages on their Python path', () => {
  // GIVEN
  const configMap = add({ requirements: Requirements.fromText('pandas'), name: 'packages' });

  // WHEN
  const part = configMap.installPart({ image: IMAGE, imagePullPolicy: 'IfNotPresent' });

  // THEN
  expect(part).toEqual({
    initContainers: [
      {
        name: 'install-requirements',
        image: IMAGE,
        imagePullPolicy: 'IfNotPresent',
        command: [
          'python',
          '/etc/airflow/requirements/install-requirements.py',
          '/etc/airflow/requirements/requirements.txt',
          '/opt/airflow/python-packages',
        ],
        env: [{ name: 'TMPDIR', value: '/tmp' }],
        resources: {
          requests: { cpu: '100m', memory: '256Mi', 'ephemeral-storage': '64Mi' },
          limits: { cpu: '2', memory: '1Gi', 'ephemeral-storage': '10Gi' },
        },
        securityContext: {
          runAsUser: 50000,
          runAsGroup: 0,
          runAsNonRoot: true,
          allowPrivilegeEscalation: false,
          readOnlyRootFilesystem: true,
          capabilities: { drop: ['ALL'] },
          seccompProfile: { type: 'RuntimeDefault' },
        },
        volumeMounts: [
          { name: 'requirements', mountPath: '/etc/airflow/requirements', readOnly: true },
          { name: 'python-packages', mountPath: '/opt/airflow/python-packages' },
          { name: 'pip-temp', mountPath: '/tmp' },
        ],
      },
    ],
    containers: [],
    volumes: [
      { name: 'requirements', configMap: { name: 'packages' } },
      { name: 'python-packages', emptyDir: { sizeLimit: '10Gi' } },
      { name: 'pip-temp', emptyDir: { sizeLimit: '10Gi' } },
    ],
    envFrom: [],
    imagePullSecrets: [],
    volumeMounts: [{ name: 'python-packages', mountPath: '/opt/airflow/python-packages', readOnly: true }],
    env: [{ name: 'PYTHONPATH', value: '/opt/airflow/python-packages' }],
    annotations: { 'cdk8s-airflow/requirements-checksum': configMap.checksum },
  });
});

test('an SSH key comes out of a Secret with the servers that are known, and git is told', () => {
  // GIVEN
  const requirements = Requirements.fromText('tools @ git+ssh://git@gitlab.example.com/team/tools.git@v1\n', {
    sshKey: { secretName: 'tools' },
  });
  const configMap = add({ requirements });

  // WHEN
  const part = configMap.installPart({ image: IMAGE });

  // THEN
  const files = ['ssh-privatekey', 'known_hosts'].map((key) => ({ secret: { name: 'tools', items: [{ key, path: key }] } }));
  expect(part.volumes).toContainEqual({ name: 'pip-logins', projected: { sources: files, defaultMode: 0o440 } });
  expect(part.initContainers?.[0].env).toContainEqual({
    name: 'GIT_SSH_COMMAND',
    value:
      'ssh -i /etc/airflow/pip/ssh-privatekey -o IdentitiesOnly=yes -o BatchMode=yes -o StrictHostKeyChecking=yes ' +
      '-o UserKnownHostsFile=/etc/airflow/pip/known_hosts',
  });
  expect(JSON.stringify([part.volumeMounts, part.env])).not.toContain('pip');
  expect(configMap.indexUrls).toContain('ssh://gitlab.example.com/team/tools.git@v1');
  expect(existingObjects(chart)).toContain('Secret/tools');
});

test('an SSH key for nothing is an error', () => {
  // GIVEN
  const requirements = Requirements.fromText('tools @ git+https://gitlab.example.com/team/tools.git\n', {
    sshKey: { secretName: 'tools' },
  });

  // WHEN
  add({ requirements });

  // THEN
  expect(chart.node.findAll().flatMap((each) => each.node.validate())).toEqual([
    expect.stringContaining('requirements.sshKey: no requirement is read by SSH'),
  ]);
});

test('where pods share a volume, the packages of an image have a folder of their own on it, which only the init container writes to', () => {
  // GIVEN
  const requirements = Requirements.fromText('pandas', { claimName: 'python-packages' });
  const configMap = add({ requirements });

  // WHEN
  const [part, same, other] = [IMAGE, IMAGE, 'registry.example.com/airflow:1'].map((image) => configMap.installPart({ image }));

  // THEN
  const [{ value: folder }] = part.env ?? [];
  expect(folder).toMatch(/^\/opt\/airflow\/python-packages\/requirements\/[0-9a-f]{16}-[0-9a-f]{16}$/);
  expect(part.initContainers?.[0].command.slice(-2)).toEqual([folder, '--once']);
  expect(part.volumes).toContainEqual({ name: 'python-packages', persistentVolumeClaim: { claimName: 'python-packages' } });
  expect(part.volumeMounts).toEqual([{ name: 'python-packages', mountPath: '/opt/airflow/python-packages', readOnly: true }]);
  expect(same).toEqual(part);
  expect(other.env?.[0].value).not.toBe(folder);
  expect(existingObjects(chart)).toContain('PersistentVolumeClaim/python-packages');
});

test('containers that install by themselves share no volume', () => {
  // GIVEN
  const requirements = Requirements.fromText('pandas', { claimName: 'python-packages' });

  // WHEN
  add({ requirements }).filePart();

  // THEN
  expect(chart.node.findAll().flatMap((each) => each.node.validate())).toEqual([
    expect.stringContaining('requirements.claimName: the containers install by themselves'),
  ]);
});

test('pip.conf and .netrc come out of Secrets, and only the init container has them', () => {
  // GIVEN
  const requirements = Requirements.fromText('pandas', {
    pipConfig: { secretName: 'pip-conf' },
    netrc: { secretName: 'logins', key: 'netrc' },
  });

  // WHEN
  const part = add({ requirements }).installPart({ image: IMAGE });

  // THEN
  const [{ env, volumeMounts }] = part.initContainers ?? [];
  expect(env).toEqual([
    { name: 'TMPDIR', value: '/tmp' },
    { name: 'PIP_CONFIG_FILE', value: '/etc/airflow/pip/pip.conf' },
    { name: 'NETRC', value: '/etc/airflow/pip/.netrc' },
  ]);
  expect(volumeMounts).toContainEqual({ name: 'pip-logins', mountPath: '/etc/airflow/pip', readOnly: true });
  expect(part.volumes).toContainEqual({
    name: 'pip-logins',
    projected: {
      defaultMode: 0o440,
      sources: [
        { secret: { name: 'pip-conf', items: [{ key: 'pip.conf', path: 'pip.conf' }] } },
        { secret: { name: 'logins', items: [{ key: 'netrc', path: '.netrc' }] } },
      ],
    },
  });
  expect(part.volumeMounts).toHaveLength(1);
  expect(part.env).toHaveLength(1);
  expect(existingObjects(chart)).toEqual(new Set(['Secret/pip-conf', 'Secret/logins']));
});

test('the init container gets environment variables', () => {
  // GIVEN
  const configMap = add({ requirements: Requirements.fromText('pandas') });
  const env = {
    HTTPS_PROXY: EnvValue.fromValue('http://proxy:3128'),
    TOKEN: EnvValue.fromSecretValue(secretValue()),
    CORES: EnvValue.fromResource(ResourceFieldPaths.CPU_LIMIT, { divisor: '1m' }),
  };

  // WHEN
  const part = configMap.installPart({ image: IMAGE, env });

  // THEN
  expect(part.initContainers?.[0].env.slice(1)).toEqual([
    { name: 'HTTPS_PROXY', value: 'http://proxy:3128' },
    { name: 'TOKEN', valueFrom: { secretKeyRef: { name: 'logins', key: 'token' } } },
    { name: 'CORES', valueFrom: { resourceFieldRef: { resource: 'limits.cpu', divisor: '1m' } } },
  ]);
});

test("a workload gets the file where Bitnami's image looks for it", () => {
  // GIVEN
  const configMap = add({ requirements: Requirements.fromText('pandas', { pipConfig: { secretName: 'pip-conf' } }) });
  const deployment = workload();

  // WHEN
  configMap.attachTo(deployment);

  // THEN
  const { template } = validated(deployment).spec;
  expect(template.metadata.annotations).toEqual({ 'cdk8s-airflow/requirements-checksum': configMap.checksum });
  expect(template.spec.volumes).toEqual([
    { name: 'requirements', configMap: { name: 'requirements' } },
    expect.objectContaining({ name: 'pip-logins' }),
  ]);
  expect(template.spec.containers[0].volumeMounts).toEqual([
    { name: 'requirements', mountPath: '/bitnami/python/requirements.txt', subPath: 'requirements.txt', readOnly: true },
    { name: 'pip-logins', mountPath: '/etc/airflow/pip', readOnly: true },
  ]);
  expect(template.spec.containers[0].env).toEqual([{ name: 'PIP_CONFIG_FILE', value: '/etc/airflow/pip/pip.conf' }]);
});

test('the file may be elsewhere, and constraints are beside it', () => {
  // GIVEN
  const folder = mkdtempSync(join(tmpdir(), 'requirements-'));
  writeFileSync(join(folder, 'limits.txt'), 'pandas<3\n');
  const configMap = add({ requirements: Requirements.fromText(`-c ${join(folder, 'limits.txt')}`) });
  rmSync(folder, { recursive: true });

  // WHEN
  const part = configMap.filePart({ mountPath: '/opt/packages/list.txt' });

  // THEN
  expect(part.volumeMounts).toEqual([
    { name: 'requirements', mountPath: '/opt/packages/list.txt', subPath: 'requirements.txt', readOnly: true },
    { name: 'requirements', mountPath: '/opt/packages/constraints.txt', subPath: 'constraints.txt', readOnly: true },
  ]);
});

test('what pods must reach is known, but for what a pip.conf says', () => {
  // THEN
  const plain = add({ requirements: Requirements.fromText('pandas') }, 'plain');
  expect(plain.indexUrls).toEqual(['https://pypi.org/simple', 'https://files.pythonhosted.org']);
  expect(plain.indexesKnown).toBe(true);
  const configured = add({ requirements: Requirements.fromText('pandas', { pipConfig: { secretName: 'pip-conf' } }) }, 'configured');
  expect(configured.indexUrls).toEqual([]);
  expect(configured.indexesKnown).toBe(false);
});

test('one synth shows all errors, and no secret', () => {
  // GIVEN
  const app = new App({ outdir: mkdtempSync(join(tmpdir(), 'dist-')) });
  chart = new Chart(app, 'chart');

  // WHEN
  add({
    name: 'Packages',
    labels: { team: 'a b' },
    airflowVersion: '3.3.2',
    requirements: Requirements.fromText('pandas=2\napache-airflow==2.11.0\n-i https://ada:s3cret@pypi.example.com/simple', {
      configMapName: 'my packages',
      pipConfig: { secretName: 'pip_conf' },
      netrc: { secretName: 'logins', key: 'a key' },
    }),
  }).filePart({ mountPath: 'requirements.txt' });

  // THEN
  const errors = errorOf(() => app.synth());
  for (const start of [
    'name: "Packages" given',
    'labels["team"]: "a b" given',
    'requirements.configMapName: "my packages" given',
    'requirements.pipConfig.secretName: "pip_conf" given',
    'requirements.netrc.key: "a key" given',
    'requirements: Requirements.fromText, line 1: "pandas=2"',
    'requirements: Requirements.fromText, line 2: Airflow ==2.11.0 contradicts airflowVersion 3.3.2',
    'requirements: Requirements.fromText, line 3: "-i https://***@pypi.example.com/simple"',
    'mountPath: "requirements.txt" given',
  ]) {
    expect(errors).toContain(`[chart/requirements] ${start}`);
  }
  expect(errors).not.toContain('s3cret');
  rmSync(app.outdir, { recursive: true });
});

test.each([
  ['2.11', false],
  ['3.3.2rc1', false],
  ['three', true],
])('the Airflow version %s is an error: %s', (airflowVersion, expected) => {
  // WHEN
  const configMap = add({ requirements: Requirements.fromText('apache-airflow'), airflowVersion });

  // THEN
  expect(configMap.node.validate().some((error) => error.startsWith('airflowVersion: '))).toBe(expected);
});

test.each([
  [0, []],
  [1, [expect.stringMatching(/^requirements: "1048577 bytes" given; expected at most 1048576 bytes/)]],
])('%s bytes more than 1 MiB', (more, expected) => {
  // GIVEN
  const { 'requirements.txt': _, ...scripts } = Testing.synth(chartWith('pandas'))[0].data;
  const line = `${'a'.repeat(99)}\n`;
  const rest = 1024 * 1024 - Buffer.byteLength(Object.values(scripts).join(''));
  const text = line.repeat(Math.floor(rest / 100) - 1);

  // WHEN
  const configMap = add({ requirements: Requirements.fromText(`${text}${'b'.repeat(rest - text.length - 1 + more)}\n`) });

  // THEN
  expect(configMap.node.validate()).toEqual(expected);
});

function add(props: RequirementsConfigMapProps, id = 'requirements'): RequirementsConfigMap {
  return new RequirementsConfigMap(chart, id, props);
}

function chartWith(text: string): Chart {
  const other = Testing.chart();
  new RequirementsConfigMap(other, 'requirements', { requirements: Requirements.fromText(text) });
  return other;
}

function workload(): ApiObject {
  const template = { metadata: { labels: { app: 'web' } }, spec: { containers: [{ name: 'web', image: IMAGE }] } };
  return new ApiObject(chart, 'web', { apiVersion: 'apps/v1', kind: 'Deployment', spec: { template } });
}

function validated(object: ApiObject) {
  expect(object.node.validate()).toEqual([]);
  return object.toJson();
}

function secretValue() {
  return { secret: { name: 'logins' }, key: 'token' } as Parameters<typeof EnvValue.fromSecretValue>[0];
}

function errorOf(action: () => void): string {
  try {
    action();
  } catch (error) {
    return (error as Error).message;
  }
  throw new Error('expected an error');
}
