import { chmodSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { getObjects, kubectl } from '../../../cli/objects/kubectl';
import { useTemporaryFolder } from '../../support/temporary-folder';

const folder = useTemporaryFolder();
const { PATH } = process.env;

afterEach(() => {
  process.env.PATH = PATH;
});

/** A kubectl that runs a script. */
function kubectlIs(script: string): void {
  writeFileSync(join(folder(), 'kubectl'), `#!/bin/sh\n${script}\n`);
  chmodSync(join(folder(), 'kubectl'), 0o755);
  process.env.PATH = `${folder()}:${PATH}`;
}

test('objects are read, one or many or none', () => {
  kubectlIs('if [ "$2" = one ]; then echo \'{"kind": "Pod"}\'; elif [ "$2" = many ]; then echo \'{"items": [1, 2]}\'; fi');
  expect([getObjects(['one']), getObjects(['many']), getObjects(['none'])]).toEqual([[{ kind: 'Pod' }], [1, 2], []]);
});

test('it gets what there is to read', () => {
  kubectlIs('cat');
  expect(kubectl(['get'], 'input')).toBe('input');
});

test('what kubectl says where it fails is told, and that it is not there', () => {
  kubectlIs('echo "the server is away" >&2; exit 1');
  expect(() => kubectl(['get', 'pods'])).toThrow('kubectl get pods: the server is away');
  process.env.PATH = '/nowhere';
  expect(() => kubectl(['get', 'pods'])).toThrow('there is no kubectl on the PATH');
});

test.each([
  ['The connection to the server localhost:8080 was refused - did you specify the right host or port?', 'no cluster answers kubectl'],
  ['Unable to connect to the server: dial tcp: lookup no.such on 10.0.0.1:53: no such host', 'no cluster answers kubectl'],
  ['unable to recognize "STDIN": Get "http://localhost:8080/api": dial tcp 127.0.0.1:8080: connect: refused', 'no cluster answers kubectl'],
  ['error: context "gone" does not exist', 'kubectl is set to no cluster'],
])('that there is no cluster is one sentence with the way out: %s', (said, what) => {
  // GIVEN
  const log = 'E1130 12:18:06.868790     618 memcache.go:265] "Unhandled Error" err="connection refused"';
  writeFileSync(join(folder(), 'said'), [log, log, said, said, ''].join('\n'));
  kubectlIs(`cat ${join(folder(), 'said')} >&2; exit 1`);

  // THEN
  const another = 'set kubectl to one by KUBECONFIG, or by `kubectl config use-context`';
  const wayOut = what.startsWith('no cluster') ? `start it, or ${another}` : another;
  expect(() => kubectl(['get', 'pods'])).toThrow(new Error(`${what} (${said}): ${wayOut}`));
});
