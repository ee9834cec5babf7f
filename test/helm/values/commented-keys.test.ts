import { commentedKeys } from '../../../lib/helm/values/commented-keys';
import { checkValues } from '../../../lib/helm/values/strict-values';
import { parseYamlDocument } from '../../../lib/kubernetes/kubernetes-yaml';

const VALUES = `
# What it is: a service
service:
  # nodePort: 30000
  type: ClusterIP
  ## ips:
  ##   inner: 1
  #other: 1
#  toggled: 1
image:
  tag: a # comment: none
empty: {}
  # here: 1
`;

test('keys in comments are found at their place', () => {
  expect(commentedKeys(VALUES).map((path) => path.join('.'))).toEqual([
    'service.nodePort',
    'service.ips',
    'service.ips.inner',
    'service.other',
    'service.toggled',
    'empty.here',
  ]);
});

test('a value that the chart has in a comment is one that it knows, at that place alone', () => {
  // GIVEN
  const chart = { metadata: {}, values: parseYamlDocument(VALUES, 'values.yaml'), commented: commentedKeys(VALUES), subcharts: [] };
  const check = (values: object) => checkValues(values, chart);

  // THEN
  expect(check({ service: { nodePort: 30001, ips: { inner: 2, more: 3 } }, empty: { there: 1 } })).toEqual([]);
  expect(check({ nodePort: 1 })).toEqual([expect.stringMatching(/^values\.nodePort: the chart does not know it; /)]);
  expect(check({ image: { nodePort: 1 } })).toHaveLength(1);
  expect(check({ service: { nodeport: 1 } })).toEqual(['values.service.nodeport: the chart does not know it; did you mean "nodePort"?']);
});
