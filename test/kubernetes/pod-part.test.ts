import { mergePodParts, type PodPart, podTemplateOf } from '../../lib/kubernetes/pod-part';

const PART: Required<PodPart> = {
  initContainers: [{ name: 'fetch', image: 'sync:1' }],
  containers: [{ name: 'follow', image: 'sync:1', volumeMounts: [{ name: 'files', mountPath: '/sync' }] }],
  volumes: [{ name: 'files', emptyDir: {} }],
  imagePullSecrets: [],
  volumeMounts: [{ name: 'files', mountPath: '/files', readOnly: true }],
  env: [{ name: 'FILES', value: '/files' }],
  envFrom: [{ secretRef: { name: 'files' } }],
  annotations: { 'example.com/checksum': '1' },
};

test('parts are merged in their order', () => {
  // GIVEN
  const other: PodPart = { containers: [{ name: 'other' }], annotations: { 'example.com/checksum': '2', 'example.com/other': '3' } };

  // WHEN
  const merged = mergePodParts([PART, {}, other]);

  // THEN
  expect(merged).toEqual({
    ...PART,
    containers: [...PART.containers, { name: 'other' }],
    annotations: { 'example.com/checksum': '2', 'example.com/other': '3' },
  });
  expect(mergePodParts([])).toEqual({
    initContainers: [],
    containers: [],
    volumes: [],
    imagePullSecrets: [],
    volumeMounts: [],
    env: [],
    envFrom: [],
    annotations: {},
  });
});

test('where Python looks for modules is joined, in the order of the parts', () => {
  // GIVEN
  const path = (value: string): PodPart => ({ env: [{ name: 'PYTHONPATH', value }] });

  // THEN
  expect(mergePodParts([path('/a'), PART, path('/b')]).env).toEqual([{ name: 'PYTHONPATH', value: '/a:/b' }, ...(PART.env ?? [])]);
  expect(mergePodParts([path('/a')]).env).toEqual([{ name: 'PYTHONPATH', value: '/a' }]);
});

test('a Secret for images is named once, however many parts name it', () => {
  // GIVEN
  const part: PodPart = { imagePullSecrets: [{ name: 'registry' }, { name: 'mirror' }] };

  // THEN
  expect(mergePodParts([part, part]).imagePullSecrets).toEqual(part.imagePullSecrets);
});

test.each([
  [{ kind: 'Pod', spec: { containers: [{}] } }, true],
  [{ kind: 'CronJob', spec: { jobTemplate: { spec: { template: { spec: { containers: [{}] } } } } } }, true],
  [{ kind: 'CronJob', spec: { template: { spec: { containers: [{}] } } } }, false],
  [{ kind: 'Certificate', spec: { template: { metadata: {} } } }, false],
  [{ kind: 'ConfigMap' }, false],
])('%j has a pod template: %s', (manifest, expected) => {
  // THEN
  expect(podTemplateOf(manifest) !== undefined).toBe(expected);
});
