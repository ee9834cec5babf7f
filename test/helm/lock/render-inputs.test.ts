import crypto from 'node:crypto';
import { describeChanges, inputsDigest, lockedInputs, type RenderInputs } from '../../../lib/helm/lock/render-inputs';

const INPUTS: RenderInputs = {
  chart: { kind: 'repository', url: 'https://charts.example.com', name: 'web', version: '1.0.0' },
  chartDigest: 'a'.repeat(64),
  helmMajor: 4,
  releaseName: 'web',
  namespace: 'data',
  kubeVersion: '1.34.0',
  apiVersions: ['cert-manager.io/v1'],
  includeCrds: true,
  values: { workers: { replicas: 2, 'extra.env': ['a', 'b'] }, auth: { password: 'hunter2' }, script: 'echo one\necho two\n' },
};

/** What the lock of INPUTS says of INPUTS with other fields. */
const changes = (other: Partial<RenderInputs>) => describeChanges(lockedInputs(INPUTS), { ...INPUTS, ...other });
const withValues = (values: object) => changes({ values: { ...INPUTS.values, ...values } });

test('the same inputs have one digest, whatever the order of keys and whether what is empty is given', () => {
  // GIVEN
  const { chart, ...others } = INPUTS;
  const same = { ...others, exclude: [], keepFirstValueOf: undefined, chart };
  // THEN
  expect(inputsDigest(INPUTS)).toMatch(/^[0-9a-f]{64}$/);
  expect(inputsDigest(same)).toBe(inputsDigest(INPUTS));
  expect(changes(same)).toEqual([]);
  expect(inputsDigest({ ...INPUTS, values: undefined })).toBe(inputsDigest({ ...INPUTS, values: {} }));
});

test.each<[Partial<RenderInputs>, string[]]>([
  [{ chart: { ...INPUTS.chart, version: '1.1.0' } }, ['chart.version: "1.0.0" → "1.1.0"']],
  [
    { chart: { kind: 'folder', path: 'charts/web' } },
    [
      'chart.kind: "repository" → "folder"',
      'chart.url: "https://charts.example.com" → not given',
      'chart.name: "web" → not given',
      'chart.version: "1.0.0" → not given',
      'chart.path: not given → "charts/web"',
    ],
  ],
  [{ chartDigest: 'b'.repeat(64) }, ['the files of the chart have changed']],
  [{ helmMajor: 3, kubeVersion: '1.33.0' }, ['helmMajor: 4 → 3', 'kubeVersion: "1.34.0" → "1.33.0"']],
  [{ releaseName: 'site', namespace: 'web' }, ['releaseName: "web" → "site"', 'namespace: "data" → "web"']],
  [{ apiVersions: [] }, ['apiVersions: ["cert-manager.io/v1"] → not given']],
  [{ includeCrds: false }, ['includeCrds: true → false']],
  [{ exclude: ['Secret/a'] }, ['exclude: not given → ["Secret/a"]']],
  [{ keepFirstValueOf: ['ConfigMap/a'] }, ['keepFirstValueOf: not given → ["ConfigMap/a"]']],
])('%j is another digest, and said', (other, expected) => {
  // THEN
  expect(inputsDigest({ ...INPUTS, ...other })).not.toBe(inputsDigest(INPUTS));
  expect(changes(other)).toEqual(expected);
});

test.each<[object, string[]]>([
  [{ workers: { replicas: 3, 'extra.env': ['a', 'b'] } }, ['values.workers.replicas: 2 → 3']],
  [
    { workers: { replicas: '2', 'extra.env': ['a', 'c'] } },
    ['values.workers.replicas: 2 → "2"', 'values.workers["extra.env"][1]: "b" → "c"'],
  ],
  [{ workers: {} }, ['values.workers.replicas: 2 → not given', 'values.workers["extra.env"]: ["a","b"] → not given']],
  [{ web: { port: 80 } }, ['values.web: not given → {"port":80}']],
  [{ auth: {} }, ['values.auth.password: "(not shown)" → not given']],
])('of values it is said which: %j', (values, expected) => {
  // THEN
  expect(withValues(values)).toEqual(expected);
});

test('another secret is another digest, and told by its place alone', () => {
  // WHEN
  const said = withValues({ auth: { password: 'hunter3' }, api: { token: '' } }).concat(withValues({ auth: { password: 'hunter3' } }));
  // THEN
  expect(said).toEqual(['values.api: not given → {"token":""}', 'of the values one has changed that is not shown: values.auth.password']);
});

test('a long text is told by its digest', () => {
  // WHEN
  const [said, ...others] = withValues({ script: 'echo one\necho three\n' });
  // THEN
  expect(said).toMatch(/^values\.script: "\(18 characters, SHA-256 [0-9a-f]{16}\)" → "\(20 characters, SHA-256 [0-9a-f]{16}\)"$/);
  expect(others).toEqual([]);
});

test('a lock of another version of this library does not match', () => {
  // GIVEN
  const locked = { ...lockedInputs(INPUTS), digest: 'b'.repeat(64), format: 0 };
  // THEN
  expect(describeChanges(locked, INPUTS)).toEqual(['another version of cdk8s-airflow has written the lock']);
});

test('what the lock keeps has no secret in it, nor a digest by which one could be found out fast', () => {
  // GIVEN
  const slowDigest = jest.spyOn(crypto, 'scryptSync');
  // WHEN
  const { digest: _, ...locked } = lockedInputs({ ...INPUTS, values: { auth: { password: 'hunter2' } } });
  // THEN
  expect(locked).toEqual({ ...INPUTS, format: expect.any(Number), values: { auth: { password: '(not shown)' } } });
  expect(slowDigest).toHaveBeenCalledTimes(1);
  expect(slowDigest.mock.calls[0][0]).toBe('["hunter2"]');
  slowDigest.mockRestore();
});

test('without secrets there is nothing to compute slowly', () => {
  // GIVEN
  const slowDigest = jest.spyOn(crypto, 'scryptSync');
  // WHEN
  lockedInputs({ ...INPUTS, values: { auth: { existingSecret: 'logins', username: 'admin' } } });
  // THEN
  expect(slowDigest).not.toHaveBeenCalled();
  slowDigest.mockRestore();
});
