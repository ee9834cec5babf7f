import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Requirements } from '../../lib/requirements/requirements';

const BASE = 'docker.io/apache/airflow:3.3.2';

test('a Dockerfile has the files and the command, and needs nothing beside it', () => {
  // WHEN
  const text = Requirements.fromList(['pandas>=2.2', 'requests']).dockerfile(BASE);

  // THEN
  const script = readFileSync(join(__dirname, '../../lib/requirements/install-requirements.py'), 'utf8');
  expect(text).toBe(`FROM ${BASE}
COPY <<'--END' /etc/airflow/requirements/requirements.txt
pandas>=2.2
requests
--END
COPY <<'--END' /etc/airflow/requirements/install-requirements.py
${script}--END
RUN python /etc/airflow/requirements/install-requirements.py /etc/airflow/requirements/requirements.txt
`);
});

test('logins are secrets of the build, which it does not keep', () => {
  // GIVEN
  const options = {
    pipConfig: { secretName: 'pip' },
    netrc: { secretName: 'logins' },
    sshKey: { secretName: 'key' },
  };
  const lines = ['--extra-index-url https://ada:$' + '{TOKEN}@pypi.example.com/simple', 'a @ git+ssh://git@git.example.com/a.git'];

  // WHEN
  const run = Requirements.fromList(lines, options).dockerfile(BASE).trimEnd().split('\n').at(-1);

  // THEN
  const secret = (id: string) => `--mount=type=secret,id=${id},mode=0444,required=true`;
  expect(run).toBe(
    [
      'RUN',
      secret('pip.conf'),
      secret('netrc'),
      '--mount=type=ssh,mode=0666,required=true',
      secret('known_hosts'),
      secret('TOKEN'),
      'PIP_CONFIG_FILE=/run/secrets/pip.conf',
      'NETRC=/run/secrets/netrc',
      "GIT_SSH_COMMAND='ssh -o BatchMode=yes -o StrictHostKeyChecking=yes -o UserKnownHostsFile=/run/secrets/known_hosts'",
      'TOKEN="$(cat /run/secrets/TOKEN)"',
      'python /etc/airflow/requirements/install-requirements.py /etc/airflow/requirements/requirements.txt',
    ].join(' '),
  );
});

test('what is wrong with requirements or with the base image is an error', () => {
  expect(() => Requirements.fromList(['pandas>>2', '-e .']).dockerfile(BASE)).toThrow(/pandas>>2[\s\S]*\n.*-e/);
  for (const image of ['', 'two words', 'a\nRUN true', '$IMAGE', '--platform=linux/arm64', '#a', 'a\\', undefined, 5]) {
    expect(() => Requirements.fromList([]).dockerfile(image as string)).toThrow(
      'expected a reference, as in "docker.io/apache/airflow:3.3.2"',
    );
  }
});

test.each<[() => Requirements, string]>([
  [() => Requirements.fromText(5 as never), 'requirements.text: 5 given to Requirements.fromText; expected text'],
  [() => Requirements.fromList('pandas' as never), 'requirements.lines: text given to Requirements.fromList; expected a list'],
  [() => Requirements.fromText('', { netrc: 'logins' as never }), 'requirements.netrc: text given; expected an object'],
  [() => Requirements.fromText('', null as never), 'requirements: null given to Requirements.fromText; expected an object'],
])('what no compiler has checked is an error with its place: %#', (requirements, problem) => {
  expect(() => requirements().dockerfile(BASE)).toThrow(problem);
});
