import { Manifests } from '../../lib/checks/manifests';
import { checkResources } from '../../lib/checks/resources';
import type { Manifest } from '../support/manifests';
import { chartOf, deployment, problemsOf, safeContainer } from './support';

test.each<[Manifest]>([
  [undefined],
  [{}],
  [{ requests: { cpu: '500m', memory: '1Gi' } }],
  [{ requests: { cpu: 1, memory: '1024Mi' }, limits: { cpu: '1000m', memory: '1Gi' } }],
  [{ requests: { cpu: '900m', 'example.com/gpu': 1 }, limits: { cpu: 1, memory: 2_000_000_000, 'example.com/gpu': '1' } }],
])('a container with %j is no finding', (resources) => {
  // WHEN
  const problems = problemsOf(checkResources, [deployment({}, { resources })]);
  // THEN
  expect(problems).toEqual([]);
});

test.each([
  [{ requests: { memory: '768Mi' }, limits: { memory: '64Mi' } }, 'container "main" asks for 768Mi of memory and may use 64Mi'],
  [{ requests: { cpu: 2 }, limits: { cpu: '1500m' } }, 'container "main" asks for 2 of cpu and may use 1500m'],
  [{ requests: { memory: 'much' } }, 'requests.memory of container "main" is "much"'],
])('a container with %j is told', (resources, expected) => {
  // WHEN
  const problems = problemsOf(checkResources, [deployment({}, { resources })]);
  // THEN
  expect(problems).toEqual([`Deployment/web: ${expected}`]);
});

test('init containers are looked at too, and a finding tells what would do', () => {
  // GIVEN
  const resources = { requests: { cpu: 'x', memory: '2Gi' }, limits: { memory: '1Gi' } };
  const chart = chartOf([deployment({ initContainers: [{ ...safeContainer('init'), resources }] })]);
  // WHEN
  const remedies = checkResources(Manifests.of(chart)).map(({ remedy }) => remedy);
  // THEN
  expect(remedies).toEqual(['expected a Kubernetes quantity, as in "500m", "2" or "1Gi"', 'expected a limit of at least the request']);
});
