import { EnvValue } from 'cdk8s-plus-27';
import { asStored, envVars } from '../../lib/kubernetes/env';
import { synthAirflow } from '../support/synth-objects';

test('a variable that is empty has no value, as the API server keeps it', () => {
  // GIVEN
  const valueFrom = { secretKeyRef: { name: 'a', key: 'b' } };

  // THEN
  expect(asStored([...envVars({ EMPTY: EnvValue.fromValue(''), ONE: EnvValue.fromValue('1') }), { name: 'SECRET', valueFrom }])).toEqual([
    { name: 'EMPTY' },
    { name: 'ONE', value: '1' },
    { name: 'SECRET', valueFrom },
  ]);
});

test('no container of the library says an empty value, not even where the user does', () => {
  // WHEN
  const objects = synthAirflow({ allComponents: { env: { EMPTY: EnvValue.fromValue('') } } });

  // THEN
  const containers = Object.values(objects.podTemplates()).flatMap(({ spec }) => [...(spec.initContainers ?? []), ...spec.containers]);
  expect(containers.flatMap(({ env = [] }) => env).filter(({ value }) => value === '')).toEqual([]);
});
