import { Manifests } from '../../lib/checks/manifests';
import { checkVolumes } from '../../lib/checks/volumes';
import { chartOf, deployment, problemsOf, safeContainer } from './support';

const MOUNT = { volumeMounts: [{ name: 'data', mountPath: '/data' }] };

test('volumes of the pod and claim templates of the StatefulSet can be mounted', () => {
  // GIVEN
  const { spec } = deployment({}, MOUNT);
  const objects = [
    deployment({ volumes: [{ name: 'data', emptyDir: {} }] }, MOUNT),
    {
      apiVersion: 'apps/v1',
      kind: 'StatefulSet',
      metadata: { name: 'database' },
      spec: { ...spec, volumeClaimTemplates: [{ metadata: { name: 'data' } }] },
    },
  ];
  // WHEN
  const problems = problemsOf(checkVolumes, objects);
  // THEN
  expect(problems).toEqual([]);
});

test('a mount or device of a volume that is not there is told, in init containers too', () => {
  // GIVEN
  const pod = { initContainers: [{ ...safeContainer('init'), volumeDevices: [{ name: 'disk', devicePath: '/dev/x' }] }] };
  // WHEN
  const problems = problemsOf(checkVolumes, [deployment({ ...pod, volumes: [{ name: 'other', emptyDir: {} }] }, MOUNT)]);
  // THEN
  expect(problems).toEqual([
    'Deployment/web: container "init" mounts the volume "disk", which the pod does not have',
    'Deployment/web: container "main" mounts the volume "data", which the pod does not have',
  ]);
});

test('a finding tells which volumes there are', () => {
  // GIVEN
  const volumes = [
    { name: 'a', emptyDir: {} },
    { name: 'b', emptyDir: {} },
  ];
  const chart = chartOf([deployment({ volumes }, MOUNT), { ...deployment({}, MOUNT), metadata: { name: 'other' } }]);
  // WHEN
  const remedies = checkVolumes(Manifests.of(chart)).map(({ remedy }) => remedy);
  // THEN
  expect(remedies).toEqual(['it has a, b', 'it has none']);
});
