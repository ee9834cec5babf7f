import { App } from 'cdk8s';
import { Construct } from 'constructs';
import { ServiceAccount } from '../../lib';
import { PropValidator } from '../../lib/validation/prop-validator';

test('one is made, the other is there', () => {
  expect(ServiceAccount.create()).toMatchObject({ _isMade: true, _props: {} });
  expect(ServiceAccount.create({ name: 'mine' })).toMatchObject({ _isMade: true, _props: { name: 'mine' } });
  expect(ServiceAccount.existing('mine')).toMatchObject({ _isMade: false, _props: { name: 'mine' } });
});

test.each<[ServiceAccount, string]>([
  [ServiceAccount.create({ name: 'My Account' }), 'serviceAccount.name: "My Account" given; expected a DNS name'],
  [ServiceAccount.existing(''), 'serviceAccount.name: "" given; expected a DNS name'],
  [ServiceAccount.create({ annotations: { 'a b': 'x' } }), 'serviceAccount.annotations["a b"]: "a b" given; expected the name of an'],
  [ServiceAccount.create({ labels: { team: 'a b' } }), 'serviceAccount.labels["team"]: "a b" given; expected at most 63 letters'],
])('%j is an error', (account, message) => {
  // GIVEN
  const validator = new PropValidator(new Construct(new App(), 'test'));

  // WHEN
  account._validate(validator, 'serviceAccount');

  // THEN
  expect(validator.errors).toEqual([expect.stringContaining(message)]);
});
