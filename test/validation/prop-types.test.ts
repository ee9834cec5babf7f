import { readFileSync } from 'node:fs';
import { enumValues, expectation, isClass, isStructure, parametersOf, propsOf } from '../../lib/validation/prop-types';
import { FILE, propTypes } from '../../scripts/prop-types';

test('what is known of types is what the assembly says of them: else run `npm run build:prop-types`', () => {
  expect(readFileSync(FILE, 'utf8')).toBe(propTypes());
});

test('a struct has its props and those that it inherits, also if it is of another library', () => {
  expect(propsOf('IngressExposureProps')).toEqual(
    expect.arrayContaining([
      { name: 'servicePort', type: 'number', isRequired: true, isVariadic: false },
      { name: 'additionalHosts', type: 'string[]', isRequired: false, isVariadic: false },
    ]),
  );
  expect(propsOf('Toleration')?.map(({ name }) => name)).toContain('effect');
  expect(propsOf('string')).toBeUndefined();
  expect(propsOf('Credentials')).toBeUndefined();
});

test('a class has its factories, an enum its values', () => {
  expect(parametersOf('HelmChart', 'oci')?.map(({ name }) => name)).toEqual(['reference', 'version', 'options']);
  expect(parametersOf('HelmChart', 'ftp')).toBeUndefined();
  expect(enumValues('GitSubmodules')).toEqual(['recursive', 'shallow', 'off']);
  expect(['Duration', 'HelmChart', 'ImageProps', 'string'].filter(isClass)).toEqual(['Duration', 'HelmChart']);
  expect(['string', 'boolean', 'GitSubmodules', 'ImageProps', 'string[]', 'HelmChart'].filter(isStructure)).toEqual([
    'ImageProps',
    'string[]',
    'HelmChart',
  ]);
});

test.each([
  ['string', 'text'],
  ['boolean', 'true or false'],
  ['number[]', 'a list, as in [1]'],
  ['string{}{}', "a map, as in { name: { name: '…' } }"],
  ['SecretKey', "an object, as in { secretName: '…' }"],
  ['ResourceAmount', 'an object with some of cpu, ephemeralStorage, memory'],
  [
    'IngressTls',
    "IngressTls.certManager({ issuer: '…' }), IngressTls.secret('…'), IngressTls.secretsByHost({ name: '…' }) or IngressTls.terminatedElsewhere()",
  ],
  ['Duration', 'a value of Duration, as in Duration.minutes(5)'],
])('what would do for %s is %s', (type, words) => {
  expect(expectation(type)).toBe(words);
});

test('of each type that there is, what would do can be said', () => {
  // GIVEN
  const { structs, classes, enums } = JSON.parse(readFileSync(FILE, 'utf8'));

  // THEN
  for (const type of Object.keys({ ...structs, ...classes, ...enums })) expect(expectation(`${type}[]`)).not.toContain('undefined');
});
