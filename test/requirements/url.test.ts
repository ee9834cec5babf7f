// biome-ignore-all lint/suspicious/noTemplateCurlyInString: variables of pip look so
import { bareUrl, checkUrl, hasSecret, shown } from '../../lib/requirements/url';

test.each([
  'https://ada:s3cret@pypi.example.com/simple',
  'https://ada:s3cr@t@pypi.example.com/simple',
  'https://s3cret@gitlab.example.com/x.git',
  'https://s3cret:@pypi.example.com/simple',
  'git+https://oauth2:s3cret@gitlab.example.com/x.git@v1',
  'git+ssh://git:s3cret@gitlab.example.com/x.git',
  'https://${USER}:s3cret@pypi.example.com/simple',
  'https://ada:s3cret${TOKEN}@pypi.example.com/simple',
  'https://gitlab.example.com/x.tar.gz?private_token=s3cret',
  'https://files.example.com/x.whl?a=1&X-Amz-Signature=s3cret#egg=x',
])('%s has a secret, which is not shown', (url) => {
  // THEN
  expect(hasSecret(url)).toBe(true);
  expect(shown(`x @ ${url} ; os_name == "posix"`)).not.toContain('s3cr');
  expect(shown(`x @ ${url} ; os_name == "posix"`)).toContain('example.com');
  expect(bareUrl(url)).not.toContain('s3cr');
});

test.each([
  'https://pypi.example.com/simple',
  'https://ada:${TOKEN}@pypi.example.com/simple',
  'https://${TOKEN}@pypi.example.com/simple',
  'https://${USER}:${TOKEN}@pypi.example.com/simple',
  'git+ssh://git@gitlab.example.com/x.git',
  'git+https://gitlab.example.com/x.git@v1',
  'https://gitlab.example.com/x.tar.gz?private_token=${TOKEN}',
  'https://gitlab.example.com/x.tar.gz?ref=v1',
])('%s has no secret', (url) => {
  // THEN
  expect(hasSecret(url)).toBe(false);
});

test.each([
  'https://ada:s3/cret@pypi.example.com/simple',
  '--index-url https://ada:s3#cret@pypi.example.com/simple',
  '--index-url=ada:s3cret@pypi.example.com/simple',
])('of %s no secret is shown, even if it is no URL', (text) => {
  // THEN
  expect(shown(text)).not.toMatch(/s3|cret/);
});

test('what is no secret is shown', () => {
  // GIVEN
  const line = 'x @ git+https://gitlab.example.com:8443/x.git@v1#egg=x ; python_version < "3"';

  // THEN
  expect(shown(line)).toBe(line);
});

test.each([
  ['https://ada:s3cret@pypi.example.com:8443/simple/?a=b#c', 'https://pypi.example.com:8443/simple/'],
  ['git+ssh://git@gitlab.example.com/x.git', 'ssh://gitlab.example.com/x.git'],
  ['https://${USER}:${TOKEN}@pypi.example.com/simple', 'https://pypi.example.com/simple'],
])('%s without its login is %s', (url, expected) => {
  // THEN
  expect(bareUrl(url)).toBe(expected);
});

test.each(['${INDEX}', 'https://${HOST}:${PORT}/simple', 'http://[::1]:8080/simple', 'git+git://example.com/x'])(
  '%s can be fetched',
  (url) => {
    // THEN
    expect(() => checkUrl(url)).not.toThrow();
  },
);

test.each(['/srv/packages', 'packages', 'file:///srv/packages', 'https:pypi', 'https://a b/', 'gopher://x/'])(
  '%s can not be fetched',
  (url) => {
    // THEN
    expect(() => checkUrl(url)).toThrow('expected');
  },
);
