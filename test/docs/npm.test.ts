import { judgeNpm } from '../../scripts/docs/npm';

const MANIFEST = { name: 'own', scripts: { docs: 'a', test: 'b' }, peerDependencies: { peer: '1' }, devDependencies: { tool: '1' } };

test.each(['init --yes', 'ci', 'install own peer', 'install ../own-1.0.0.tgz', 'pack', 'install --save-dev tool', 'run docs', 'test'])(
  'npm %s is known',
  (command) => {
    expect(judgeNpm(command.split(' '), MANIFEST)).toEqual([]);
  },
);

test.each([
  ['install pier', 'no package pier is known here'],
  ['run doc', 'there is no script doc'],
  ['publish', 'npm publish is not known to this check'],
])('npm %s: %s', (command, problem) => {
  expect(judgeNpm(command.split(' '), MANIFEST)).toEqual([problem]);
});
