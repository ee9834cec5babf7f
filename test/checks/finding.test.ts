import { describeFindings } from '../../lib/checks/finding';
import { Manifests } from '../../lib/checks/manifests';
import { checkReferences } from '../../lib/checks/references';
import { chartOf, configMap, deployment } from './support';

const objects = Manifests.of(chartOf(['a', 'b', 'c', 'd', 'e'].map((name) => configMap(name, {})))).objects;

test('one finding is told with the path of its object', () => {
  expect(describeFindings([{ object: objects[0], problem: 'it is wrong', remedy: 'mend it' }])).toEqual([
    'ConfigMap/a (chart/object-0): it is wrong; mend it',
  ]);
});

test('findings with the same cause are one, with the objects that there is room for', () => {
  // GIVEN
  const findings = objects.map((object) => ({ object, problem: 'it is wrong', remedy: 'mend it' }));

  // THEN
  expect(describeFindings(findings)).toEqual(['ConfigMap/a (chart/object-0), ConfigMap/b, ConfigMap/c and 2 more: it is wrong; mend it']);
  expect(describeFindings(findings.slice(0, 2))).toEqual(['ConfigMap/a (chart/object-0), ConfigMap/b: it is wrong; mend it']);
});

test('findings of other causes stay apart', () => {
  // GIVEN
  const [object] = objects;
  const findings = [
    { object, problem: 'it is wrong', remedy: 'mend it' },
    { object, problem: 'it is ugly', remedy: 'mend it' },
  ];

  // THEN
  expect(describeFindings(findings)).toHaveLength(2);
});

test('a Secret that is nowhere is told once, whatever names it', () => {
  // GIVEN
  const valueFrom = { secretKeyRef: { name: 'mine', key: 'k' } };
  const pods = ['A', 'B'].map((name) => ({ ...deployment({}, { env: [{ name, valueFrom }] }), metadata: { name: name.toLowerCase() } }));

  // WHEN
  const findings = checkReferences(Manifests.of(chartOf(pods)));

  // THEN
  expect(findings).toHaveLength(2);
  expect(describeFindings(findings)).toEqual([
    'Deployment/a (chart/object-0), Deployment/b: env A of container "main" names Secret "mine", which is not in the chart; add it, or say that it ' +
      "is in the cluster already: declareExisting('Secret', 'mine')",
  ]);
});
