import { commentLine, packagesOf } from '../../../cli/import/program';

test('names are of the package that has them, each once and sorted', () => {
  expect(
    packagesOf(['EnvValue.fromValue', 'App', 'Logs.s3', 'Duration.days', 'Logs.pods', 'Broker.builtIn', 'appSecret', 'k8s.Affinity']),
  ).toEqual([
    ['cdk8s', ['App', 'Duration']],
    ['cdk8s-airflow', ['Broker', 'Logs']],
    ['cdk8s-plus-27', ['EnvValue', 'k8s']],
  ]);
});

test('a comment is one line, whatever is in it', () => {
  const line = commentLine('a\nb\u2028c\td\u0085e');
  expect(line).not.toMatch(/[\p{Cc}\u2028\u2029]/u);
  expect(line).toMatch(/^a\\nb.+c\\td.+e$/);
});
