import type { k8s } from 'cdk8s-plus-27';
import type { AirflowChartProps } from '../../lib';
import { airflowErrors } from '../support/synth-objects';

const REQUIRED = 'requiredDuringSchedulingIgnoredDuringExecution';
const PREFERRED = 'preferredDuringSchedulingIgnoredDuringExecution';

const place = (affinity: k8s.Affinity): AirflowChartProps => ({ scheduler: { placement: { affinity } } });
const nodes = (expression: object): k8s.Affinity => ({
  nodeAffinity: {
    [REQUIRED]: { nodeSelectorTerms: [{ matchExpressions: [{ key: 'disk', ...expression } as k8s.NodeSelectorRequirement] }] },
  },
});
const pods = (term: object): k8s.Affinity => ({ podAntiAffinity: { [REQUIRED]: [{ topologyKey: 'kubernetes.io/hostname', ...term }] } });

test('rules that the API server takes are no error', () => {
  // GIVEN
  const affinities = [
    ...['Exists', 'DoesNotExist'].map((operator) => nodes({ operator })),
    ...['In', 'NotIn'].map((operator) => nodes({ operator, values: ['ssd', ''] })),
    ...['Gt', 'Lt'].map((operator) => nodes({ operator, values: ['4'] })),
    pods({ labelSelector: { matchExpressions: [{ key: 'app', operator: 'In', values: ['a'] }] }, namespaceSelector: {} }),
    {
      podAffinity: {
        [PREFERRED]: [{ weight: 100, podAffinityTerm: { topologyKey: 'zone', labelSelector: { matchLabels: { app: 'a' } } } }],
      },
    },
    { nodeAffinity: { [PREFERRED]: [{ weight: 1, preference: { matchExpressions: [{ key: 'disk', operator: 'Exists' }] } }] } },
  ];

  // THEN
  for (const affinity of affinities) expect(airflowErrors(place(affinity))).toEqual([]);
});

const TERM = `nodeAffinity.${REQUIRED}.nodeSelectorTerms[0].matchExpressions[0]`;

test.each<[k8s.Affinity, string]>([
  [
    nodes({ operator: 'in', values: ['ssd'] }),
    `${TERM}.operator: "in" given; expected one of In, NotIn, Exists, DoesNotExist, Gt, Lt; did you mean "In"?`,
  ],
  [nodes({ operator: 'In' }), `${TERM}.values: [] given; expected one value or more`],
  [nodes({ operator: 'Exists', values: ['ssd'] }), `${TERM}.values: ["ssd"] given; expected none, as the operator is Exists`],
  [nodes({ operator: 'Gt', values: ['big'] }), `${TERM}.values: ["big"] given; expected one whole number, as in ["4"]`],
  [
    { nodeAffinity: { [PREFERRED]: [{ weight: 500, preference: {} }] } },
    `nodeAffinity.${PREFERRED}[0].weight: 500 given; expected a whole number from 1 to 100`,
  ],
  [
    pods({ topologyKey: '' }),
    `podAntiAffinity.${REQUIRED}[0].topologyKey: "" given; expected a label of nodes, as in "kubernetes.io/hostname"`,
  ],
  [
    pods({ labelSelector: { matchExpressions: [{ key: 'app', operator: 'Gt', values: ['1'] }] } }),
    `podAntiAffinity.${REQUIRED}[0].labelSelector.matchExpressions[0].operator: "Gt" given; expected one of In, NotIn, Exists, DoesNotExist`,
  ],
  [
    pods({ labelSelector: { matchLabels: { 'a b': 'c' } } }),
    `podAntiAffinity.${REQUIRED}[0].labelSelector.matchLabels["a b"]: "a b" given; expected the name of a label, as in "example.com/team"`,
  ],
])('%j is an error', (affinity, message) => {
  expect(airflowErrors(place(affinity))).toEqual([`[airflow/airflow] scheduler.placement.affinity.${message}`]);
});
