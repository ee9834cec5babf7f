import { checkPods } from '../../lib/checks/pods';
import { deployment, problemsOf, safeContainer, service } from './support';

test('what Kubernetes takes passes', () => {
  // GIVEN
  const container = {
    ports: [{ name: 'http', containerPort: 8080 }, { containerPort: 65535 }],
    env: [{ name: 'AIRFLOW__CORE__EXECUTOR', value: 'x' }, { name: 'my.var-1' }],
    volumeMounts: [
      { name: 'a', mountPath: '/a' },
      { name: 'a', mountPath: '/a/b' },
    ],
  };
  const ports = [
    { name: 'http', port: 80 },
    { name: 'dns', port: 53, protocol: 'UDP' },
    { name: 'dns-tcp', port: 53 },
  ];
  // WHEN
  const problems = problemsOf(checkPods, [deployment({ volumes: [{ name: 'a' }] }, container), service({ ports })]);
  // THEN
  expect(problems).toEqual([]);
});

test.each([
  [{ name: 'Main' }, '"Main" can\'t be the name of a container'],
  [{ name: 'a'.repeat(64) }, "can't be the name of a container"],
  [{ ports: [{ name: 'a-long-port-name', containerPort: 1 }] }, '"a-long-port-name" can\'t be the name of a port of container "main"'],
  [{ ports: [{ name: '8080', containerPort: 1 }] }, '"8080" can\'t be the name of a port'],
  [{ ports: [{ name: 'a--b', containerPort: 1 }] }, '"a--b" can\'t be the name of a port'],
  [{ ports: [{ containerPort: '8080' }] }, "8080 can't be a port of container"],
  [{ ports: [{ containerPort: 65536 }] }, "65536 can't be a port of container"],
  [
    {
      ports: [
        { name: 'http', containerPort: 1 },
        { name: 'http', containerPort: 2 },
      ],
    },
    'the port name "http" is in container "main" twice',
  ],
  [{ env: [{ name: '1A', value: '' }] }, '"1A" can\'t be the name of a variable'],
  [{ env: [{ name: 'A=B', value: '' }] }, '"A=B" can\'t be the name of a variable'],
  [{ env: [{ name: 'PORT', value: 8080 }] }, 'the variable PORT of container "main" is a number'],
  [{ env: [{ name: 'A' }, { name: 'A' }] }, 'the variable "A" is in container "main" twice'],
  [{ volumeMounts: [{ mountPath: 'relative' }] }, '"relative" can\'t be a mount path'],
  [{ volumeMounts: [{ mountPath: '/a:b' }] }, '"/a:b" can\'t be a mount path'],
  [{ volumeMounts: [{ mountPath: '/tmp' }, { mountPath: '/tmp/' }] }, 'the mount path "/tmp" is in container "main" twice'],
])('a container with %.80j is told', (container, expected) => {
  // WHEN
  const problems = problemsOf(checkPods, [deployment({}, container)]);
  // THEN
  expect(problems).toEqual([expect.stringContaining(expected)]);
});

test('a name may be in a pod once, in init containers too', () => {
  // GIVEN
  const pod = { initContainers: [safeContainer('main')], volumes: [{ name: 'a' }, { name: 'a' }, { name: 'b_c' }] };
  // WHEN
  const problems = problemsOf(checkPods, [deployment(pod)]);
  // THEN
  expect(problems).toEqual([
    'Deployment/web: the container "main" is in the pod twice',
    'Deployment/web: "b_c" can\'t be the name of a volume',
    'Deployment/web: the volume "a" is in the pod twice',
  ]);
});

test.each([
  [[{ name: 'Http', port: 80 }], '"Http" can\'t be the name of a port'],
  [[{ port: 0 }], "0 can't be a port"],
  [[{ port: 80 }, { name: 'b', port: 81 }], 'port 80 has no name'],
  [
    [
      { name: 'a', port: 80 },
      { name: 'a', port: 81 },
    ],
    'the port name "a" is in the Service twice',
  ],
  [
    [
      { name: 'a', port: 80 },
      { name: 'b', port: 80, protocol: 'TCP' },
    ],
    'the port "80/TCP" is in the Service twice',
  ],
])('a Service with the ports %j is told', (ports, expected) => {
  // WHEN
  const problems = problemsOf(checkPods, [service({ ports })]);
  // THEN
  expect(problems).toEqual([`Service/web: ${expected}`]);
});
