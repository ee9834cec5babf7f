import { App } from 'cdk8s';
import { Construct } from 'constructs';
import { type ValueRules, validateUserValues } from '../../../lib/distributions/shared-by-charts/user-values';
import type { Json } from '../../../lib/kubernetes/json';
import { PropValidator } from '../../../lib/validation/prop-validator';

const RULES: ValueRules = {
  own: { 'a.name': 'OWN' },
  ofProps: { pod: 'PROP' },
  broken: [{ path: 'x.enabled', problem: 'BROKEN' }],
  needed: { 'y.enabled': 'NEEDED' },
};
const VALUES = { a: { name: 'n' }, pod: { replicas: 1, list: ['a'], args: ['a'], map: { b: 'c' }, off: false } };

test.each([
  [{ a: { name: 'other' } }, ['distribution.values.a.name: the library sets this value; use OWN']],
  [{ pod: { replicas: 2 } }, ['distribution.values.pod.replicas: the library sets this value; use PROP']],
  [{ pod: { map: { b: 'd' } } }, ['distribution.values.pod.map.b: the library sets this value; use PROP']],
  [{ pod: { map: 'd' } }, ['distribution.values.pod.map: the library sets this value; use PROP']],
  [{ pod: { args: ['b'] } }, ['distribution.values.pod.args: the library sets this value; use PROP']],
  [{ pod: { replicas: null } }, ['distribution.values.pod.replicas: the library sets this value; use PROP']],
  [{ x: { enabled: true } }, ['distribution.values.x.enabled: BROKEN']],
  [{ y: { enabled: false } }, ['distribution.values.y.enabled: the deployment rests on these pods; NEEDED']],
])('an error: %j', (given, errors) => {
  expect(errorsOf(given)).toEqual(errors);
});

test.each([
  {},
  { a: { name: 'n' }, pod: { replicas: 1 } },
  { pod: { list: ['b'], map: { d: 'e' }, further: 1, off: null } },
  { pod: { args: ['a'] } },
  { x: { enabled: false } },
  { x: {} },
  { y: { enabled: true } },
  { y: {} },
])('no error: %j', (given) => {
  expect(errorsOf(given)).toEqual([]);
});

function errorsOf(given: Json): string[] {
  const validator = new PropValidator(new Construct(new App(), 'test'));
  validateUserValues(validator, RULES, VALUES, given);
  return validator.errors;
}
