// biome-ignore-all lint/suspicious/noTemplateCurlyInString: variables of pip look so
import { RequirementError } from '../../lib/requirements/requirement-error';
import { parseLine } from '../../lib/requirements/requirement-line';

const HASH = 'a'.repeat(64);

test.each([
  ['pandas', 'pandas', []],
  ['A.b_c--D', 'a-b-c-d', []],
  ['pandas >= 2.2 , < 3', 'pandas', ['>=2.2', '<3']],
  ['pandas (>=2.2,<3)', 'pandas', ['>=2.2', '<3']],
  ['pandas==2.2.*', 'pandas', ['==2.2.*']],
  ['pandas===2.2', 'pandas', ['===2.2']],
  ['celery[redis, sqs]~=5.4', 'celery', ['~=5.4']],
  ['pandas>=2; python_version >= "3.9" and (os_name == "posix" or extra == "x")', 'pandas', ['>=2']],
  ["pandas;platform.python_implementation=='CPython'", 'pandas', []],
  ['pandas ;', 'pandas', []],
  ['pandas==${PANDAS_VERSION}', undefined, []],
  ['tools @ git+https://gitlab.example.com/team/tools.git@v1#subdirectory=python', 'tools', []],
  ['tools[x]@https://example.com/tools-1.0.tar.gz ; os_name == "posix"', 'tools', []],
  ['https://example.com/tools-1.0-py3-none-any.whl ; os_name == "posix"', undefined, []],
  ['git+ssh://git@gitlab.example.com/team/tools.git#egg=tools', 'tools', []],
])('%s is a package', (text, name, specifiers) => {
  // WHEN
  const line = parseLine(text).package;

  // THEN
  expect(line).toMatchObject({ text, name });
  expect(line?.specifiers.map(({ operator, version }) => operator + version)).toEqual(specifiers);
});

test.each([
  [`six==1.17.0 --hash=sha256:${HASH}`, `six==1.17.0 \\\n    --hash=sha256:${HASH}`],
  [`six==1.17.0     --hash sha256:${HASH}`, `six==1.17.0 \\\n    --hash=sha256:${HASH}`],
  ['six -C "--build-option=-v -q"', 'six \\\n    --config-settings="--build-option=-v -q"'],
  ['-e git+https://example.com/x.git#egg=x', 'git+https://example.com/x.git#egg=x'],
])('%s becomes another text', (text, expected) => {
  // THEN
  expect(parseLine(text).package?.text).toBe(expected);
});

test.each([
  ['-ihttps://example.com/simple', [{ name: '--index-url', value: 'https://example.com/simple' }]],
  ['--pypi-url=https://example.com/simple', [{ name: '--index-url', value: 'https://example.com/simple' }]],
  ['-f "https://example.com/a b"', [{ name: '--find-links', value: 'https://example.com/a b' }]],
  [
    '--extra-index-url https://example.com/simple --trusted-host example.com',
    [
      { name: '--extra-index-url', value: 'https://example.com/simple' },
      { name: '--trusted-host', value: 'example.com' },
    ],
  ],
  ['--no-binary :all:', [{ name: '--no-binary', value: ':all:' }]],
  ['--only-binary=a,b', [{ name: '--only-binary', value: 'a,b' }]],
  ['--require-hashes', [{ name: '--require-hashes' }]],
  ['--no-index', [{ name: '--no-index' }]],
  ['--pre --prefer-binary', [{ name: '--pre' }, { name: '--prefer-binary' }]],
  ['--use-feature fast-deps', [{ name: '--use-feature', value: 'fast-deps' }]],
  ['-r base.txt', [{ name: '--requirement', value: 'base.txt' }]],
  ['--constraint=limits.txt', [{ name: '--constraint', value: 'limits.txt' }]],
])('%s is options', (text, expected) => {
  // THEN
  expect(parseLine(text)).toEqual({ options: expected });
});

test.each([
  ['pandas=2', 'a version is pinned with "=="'],
  ['pandas 2', 'not a requirement as pip reads it'],
  ['pandas>2 <3', 'not a requirement as pip reads it'],
  ['pandas>=2,', 'not a requirement as pip reads it'],
  ['pändas', 'not a requirement as pip reads it'],
  ['pandas()', 'not a requirement as pip reads it'],
  ['--use-feature=2020-resolver', 'pip has no feature 2020-resolver any more'],
  ['pandas>=2.*', '">=2.*" is no version'],
  ['pandas==new', '"==new" is no version'],
  ['pandas~=2', '"~=2" is no version'],
  ['pandas; python==3', 'not an environment marker'],
  ['pandas; python_version < 3', 'not an environment marker'],
  ['./tools', 'not in the pod'],
  ['../tools-1.0.tar.gz', 'not in the pod'],
  ['tools-1.0-py3-none-any.whl', 'not in the pod'],
  ['C:\\tools', 'not'],
  ['-e .', 'not in the pod'],
  ['-e tools', 'not in the pod'],
  ['tools @ ./tools', 'not in the pod'],
  ['tools @ file:///srv/tools.whl', 'not in the pod'],
  ['git+file:///srv/tools.git', 'not in the pod'],
  ['git+git@github.com:team/tools.git', 'not'],
  ['foo+https://example.com/x', 'not a URL that pip can fetch'],
  ['https://', 'not a URL that pip can fetch'],
  ['--upgrade', 'no option that pip takes from a requirements file'],
  ['-U pandas', 'no option that pip takes from a requirements file'],
  ['--target /opt', 'no option that pip takes from a requirements file'],
  ['--index-url', '--index-url has no value'],
  ['--index-url --pre', '--index-url has no value'],
  ['--pre=yes', '--pre takes no value'],
  ['--pre pandas', 'nothing but options'],
  ['--find-links "https://example.com', 'a quotation mark is not closed'],
  ['pandas --pre', 'on a line of its own'],
  ['pandas --hash=sha256:00', '64 hexadecimal digits'],
  ['pandas --hash=md5:d41d8cd98f00b204e9800998ecf8427e', '64 hexadecimal digits'],
  [`--hash=sha256:${HASH}`, 'belongs behind a requirement'],
])('%s is an error', (text, message) => {
  // THEN
  expect(() => parseLine(text)).toThrow(RequirementError);
  expect(() => parseLine(text)).toThrow(message);
});
