import { formsOf } from '../../../lib/helm/plain/secret-forms';

// As coreutils have it.
test.each([
  ['lower case', 'hunter2!'],
  ['hex', '48756e7465723221'],
  ['base32', 'jb2w45dfoizcc'],
  ['backwards', '!2retnuh'],
  ['SHA-256', '607265682fb0f3a91201774321ada848cb027b10fe319d6dae730a1968f47abe'],
  ['MD5', 'f512a427f534de22048890636fc0b3c9'],
])('%s is a form of a text', (_what, form) => {
  expect(formsOf('Hunter2!')).toContain(form);
});

test.each([
  ['H', 'ja'],
  ['Hu', 'jb2q'],
  ['Hun', 'jb2w4'],
  ['Hunt', 'jb2w45a'],
  ['Hunte', 'jb2w45df'],
])('base32 of %s is without what fills it up', (text, form) => {
  expect(formsOf(text)).toContain(form);
});
