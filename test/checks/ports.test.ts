import { Manifests } from '../../lib/checks/manifests';
import { checkPorts } from '../../lib/checks/ports';
import { chartOf, deployment, httpRoute, ingress, LABELS, problemsOf, safeContainer, service } from './support';

const PORTS = { ports: [{ name: 'http', containerPort: 8080 }] };

test.each([[{ port: 80, targetPort: 'http' }], [{ port: 80, targetPort: 8080 }], [{ port: 8080 }], [{ port: 8080, protocol: 'TCP' }]])(
  'a Service reaches the container with %j',
  (port) => {
    // WHEN
    const problems = problemsOf(checkPorts, [deployment({}, PORTS), service({ selector: LABELS, ports: [port] })]);
    // THEN
    expect(problems).toEqual([]);
  },
);

test.each([
  [{ port: 80, targetPort: 'web' }, 'web/TCP'],
  [{ port: 80, targetPort: 8081 }, '8081/TCP'],
  [{ port: 80 }, '80/TCP'],
  [{ port: 8080, protocol: 'UDP' }, '8080/UDP'],
])('a Service does not reach the container with %j', (port, target) => {
  // WHEN
  const problems = problemsOf(checkPorts, [deployment({}, PORTS), service({ selector: LABELS, ports: [port] })]);
  // THEN
  expect(problems).toEqual([`Service/web: port ${port.port} leads to ${target}, which no container of Deployment/web has`]);
});

test('a port of a sidecar will do, one of an init container that ends will not', () => {
  // GIVEN
  const init = (restartPolicy?: string) => ({ initContainers: [{ ...safeContainer('init'), ...PORTS, restartPolicy }] });
  const selecting = service({ selector: LABELS, ports: [{ port: 8080 }] });
  // WHEN
  const sidecar = problemsOf(checkPorts, [deployment(init('Always')), selecting]);
  const ending = problemsOf(checkPorts, [deployment(init()), selecting]);
  // THEN
  expect(sidecar).toEqual([]);
  expect(ending).toHaveLength(1);
});

test('a Service without pods of the chart is not judged', () => {
  // WHEN
  const problems = problemsOf(checkPorts, [
    service({ ports: [{ port: 80 }] }),
    { ...service({ selector: { app: 'elsewhere' }, ports: [{ port: 80 }] }), metadata: { name: 'other' } },
  ]);
  // THEN
  expect(problems).toEqual([]);
});

test.each([[{ number: 80 }], [{ name: 'http' }]])('an Ingress leads to the port %j of a Service', (port) => {
  // GIVEN
  const ports = [
    { name: 'metrics', port: 9090 },
    { name: 'http', port: 80 },
  ];
  // WHEN
  const problems = problemsOf(checkPorts, [ingress(port), service({ ports })]);
  // THEN
  expect(problems).toEqual([]);
});

test.each([
  [{ number: 81 }, '81'],
  [{ name: 'web' }, 'web'],
])('an Ingress does not lead to the port %j of a Service', (port, named) => {
  // WHEN
  const problems = problemsOf(checkPorts, [ingress(port), service({ ports: [{ name: 'http', port: 80 }, { port: 82 }] })]);
  // THEN
  expect(problems).toEqual([
    `Ingress/web: the rule for a.example.com/ leads to the port ${named} of Service "web", which has no such port`,
  ]);
});

test('an HTTPRoute leads to a port of a Service, or does not', () => {
  // GIVEN
  const route = (port: number) => httpRoute({ backendRefs: [{ name: 'web', port }] });
  // WHEN
  const [right, wrong] = [80, 81].map((port) => problemsOf(checkPorts, [route(port), service({ ports: [{ port: 80 }] })]));
  // THEN
  expect(right).toEqual([]);
  expect(wrong).toEqual(['HTTPRoute/web: the rule for / leads to the port 81 of Service "web", which has no such port']);
});

test.each(['startupProbe', 'readinessProbe', 'livenessProbe'])('a %s may name a port of its container, or any number', (probe) => {
  // GIVEN
  const byName = deployment({}, { ...PORTS, [probe]: { httpGet: { port: 'http' } } });
  const byNumber = deployment({}, { [probe]: { tcpSocket: { port: 9 } } });
  const oneOfTwo = deployment({}, { ports: [{ containerPort: 1 }, ...PORTS.ports], [probe]: { tcpSocket: { port: 'http' } } });
  const wrong = deployment({}, { [probe]: { tcpSocket: { port: 'web' } } });
  // WHEN
  const problems = [byName, byNumber, oneOfTwo, wrong].map((object) => problemsOf(checkPorts, [object]));
  // THEN
  expect(problems).toEqual([
    [],
    [],
    [],
    ['Deployment/web: a probe or hook of container "main" names the port "web", which the container does not have'],
  ]);
});

test('a finding tells which ports there are', () => {
  // GIVEN
  const objects = [
    deployment({}, { ports: [...PORTS.ports, { containerPort: 9 }], livenessProbe: { httpGet: { port: 'web' } } }),
    service({ selector: LABELS, ports: [{ port: 80 }] }),
    ingress({ number: 81 }),
    { ...deployment({}, { livenessProbe: { httpGet: { port: 'web' } } }), metadata: { name: 'portless' } },
  ];
  // WHEN
  const remedies = checkPorts(Manifests.of(chartOf(objects))).map(({ remedy }) => remedy);
  // THEN
  expect(remedies).toEqual(['there is http (8080), 9', 'there is 80', 'there is http (8080), 9', 'there is none']);
});

test('a hook names a port too', () => {
  // WHEN
  const problems = problemsOf(checkPorts, [deployment({}, { ...PORTS, lifecycle: { preStop: { httpGet: { port: 'web' } } } })]);
  // THEN
  expect(problems).toHaveLength(1);
});
