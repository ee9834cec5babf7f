import { HelmCrds } from '../../lib';

test.each([
  [HelmCrds.apart(), { _areIncluded: true, _areApart: true, _haveDescriptions: true }],
  [HelmCrds.apart({ descriptions: false }), { _areIncluded: true, _areApart: true, _haveDescriptions: false }],
  [HelmCrds.here(), { _areIncluded: true, _areApart: false, _haveDescriptions: true }],
  [HelmCrds.leftOut(), { _areIncluded: false, _areApart: false, _haveDescriptions: true }],
])('%j answers what becomes of CustomResourceDefinitions', (choice, answers) => {
  // WHEN
  const { _areIncluded, _areApart, _haveDescriptions } = choice;

  // THEN
  expect({ _areIncluded, _areApart, _haveDescriptions }).toEqual(answers);
});
