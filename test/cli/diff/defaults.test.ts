import { withoutDefaults } from '../../../cli/diff/defaults';

test('what the API server adds says nothing, nor what is empty', () => {
  // GIVEN
  const spec = {
    dnsPolicy: 'ClusterFirst',
    terminationGracePeriodSeconds: 60,
    securityContext: {},
    containers: [{ name: 'a', ports: [{ containerPort: 80, protocol: 'TCP' }], env: [], args: [''] }],
  };

  // THEN
  expect(withoutDefaults({ spec })).toEqual({
    spec: { terminationGracePeriodSeconds: 60, containers: [{ name: 'a', ports: [{ containerPort: 80 }], args: [''] }] },
  });
  expect(withoutDefaults({ spec: { selector: {} } })).toBeUndefined();
});
