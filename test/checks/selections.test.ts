import { Manifests } from '../../lib/checks/manifests';
import { checkSelections } from '../../lib/checks/selections';
import { declareExistingPods } from '../../lib/kubernetes/existing-objects';
import { chartOf, deployment, LABELS, problemsOf, service } from './support';

const policy = (podSelector: object, namespace?: string) => ({
  apiVersion: 'networking.k8s.io/v1',
  kind: 'NetworkPolicy',
  metadata: { name: 'policy', namespace },
  spec: { podSelector },
});
const budget = (selector: object) => ({
  apiVersion: 'policy/v1',
  kind: 'PodDisruptionBudget',
  metadata: { name: 'budget' },
  spec: { selector },
});

test('what selects a pod of the chart, all pods or none on purpose passes', () => {
  // GIVEN
  const objects = [
    deployment(),
    service({ selector: LABELS }),
    { ...service({ type: 'ExternalName', externalName: 'a.example.com' }), metadata: { name: 'external' } },
    policy({ matchExpressions: [{ key: 'app', operator: 'Exists' }] }),
    { ...policy({}), metadata: { name: 'all' } },
    budget({ matchLabels: LABELS }),
  ];
  // WHEN
  const problems = problemsOf(checkSelections, objects);
  // THEN
  expect(problems).toEqual([]);
});

test.each([
  [
    service({ selector: { ...LABELS, tier: 'x' } }),
    'Service/web: its selector {"matchLabels":{"app":"web","tier":"x"}} selects no pod of the chart',
  ],
  [policy({ matchLabels: { app: 'x' } }), 'NetworkPolicy/policy: its selector {"matchLabels":{"app":"x"}} selects no pod of the chart'],
  [
    policy({ matchLabels: LABELS }, 'other'),
    'NetworkPolicy/policy: its selector {"matchLabels":{"app":"web"}} selects no pod of the chart',
  ],
  [
    budget({ matchExpressions: [{ key: 'x', operator: 'Exists' }] }),
    'PodDisruptionBudget/budget: its selector {"matchExpressions":[{"key":"x","operator":"Exists"}]} selects no pod of the chart',
  ],
])('what selects no pod is told (%#)', (object, expected) => {
  // WHEN
  const problems = problemsOf(checkSelections, [deployment(), object]);
  // THEN
  expect(problems).toEqual([expected]);
});

test('pods that come from elsewhere are selected by their labels', () => {
  // GIVEN
  const chart = chartOf([
    policy({ matchLabels: { app: 'elsewhere' } }),
    { ...policy({ matchLabels: { app: 'x' } }), metadata: { name: 'wrong' } },
  ]);
  declareExistingPods(chart, { app: 'elsewhere', tier: 'web' });
  // WHEN
  const findings = checkSelections(Manifests.of(chart));
  // THEN
  expect(findings.map(({ object }) => object.name)).toEqual(['wrong']);
});
