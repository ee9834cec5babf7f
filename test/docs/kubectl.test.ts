import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { hasKubectl, judgeKubectl } from '../../scripts/docs/kubectl';
import { CASES, objectsOf } from '../../scripts/docs/reference/cases';
import { removeTemporaryFolders, temporaryFolder } from '../support/temporary-folder';

afterAll(removeTemporaryFolders);

const objects = objectsOf({ ...CASES.dags, ...CASES.ingress, ...CASES.databaseCleanup });

function judge(command: string, elsewhere: string[] = []): string[] {
  const folder = temporaryFolder();
  writeFileSync(join(folder, 'token.txt'), 'token');
  return judgeKubectl(command.split(' '), { folder, objects, elsewhere });
}

test.each([
  'get pods --namespace airflow',
  'get secret --namespace airflow airflow-admin --output jsonpath={.data.password}',
  'get secret,ingress -n airflow',
  'get namespace airflow',
  'logs --namespace airflow deployment/airflow-worker --container worker',
  'exec --stdin --namespace airflow airflow-postgresql-0 -- psql --username=nobody',
  'port-forward --namespace airflow service/airflow-api-server 8080',
  'describe persistentvolumeclaim/data-airflow-redis-0 --namespace=airflow',
  'delete job --namespace airflow --selector app.kubernetes.io/component=migrate',
  'rollout status --namespace airflow deployment/airflow-worker',
  'create secret generic gitlab-dags --namespace airflow --from-literal=username=a --from-file=token=token.txt',
  'create secret tls airflow-tls --namespace airflow --cert=token.txt --key=token.txt',
  'create namespace elsewhere',
  'create job --namespace airflow --from=cronjob/airflow-db-cleanup first',
  'apply --filename token.txt --dry-run=client',
])('kubectl %s names what there is', (command) => {
  // What kubectl itself says of a file that is no manifest is another matter.
  expect(judge(command).filter((problem) => !problem.includes('token.txt'))).toEqual([]);
});

test.each([
  ['apply --filename gone', 'there is no file gone'],
  ['create secret generic gitlab-dags -n airflow --from-file=token=gone', 'there is no file gone'],
  ['get pods', 'it says no --namespace'],
  ['get pods --namespace elsewhere', 'no object is in the namespace elsewhere'],
  ['get namespace elsewhere', 'there is no Namespace elsewhere'],
  ['logs --namespace airflow deployment/airflow-webserver', 'there is no Deployment airflow-webserver, but airflow-api-server'],
  ['exec --namespace airflow airflow-redis-1 -- ls', 'there is no Pod airflow-redis-1, but airflow-postgresql-0, airflow-redis-0'],
  ['get deploymint --namespace airflow', 'no kind is called so: deploymint'],
  ['get secret --namespace airflow airflow-admin --output jsonpath={.data.pass}', 'has no key pass, but password'],
  ['delete job --namespace airflow --selector app.kubernetes.io/component=migration', 'no object has the labels'],
  ['create secret generic gitlab --namespace airflow --from-literal=token=a', 'nothing reads a Secret gitlab'],
  ['create secret generic gitlab-dags --namespace airflow --from-literal=token=a', 'the key username is read from this Secret'],
  ['create job --namespace airflow --from=cronjob/airflow-cleanup first', 'there is no CronJob airflow-cleanup, but airflow-db-cleanup'],
  ['create role some --verb=get --resource=pods --namespace airflow', 'kubectl create role some is not known to this check'],
])('kubectl %s: %s', (command, problem) => {
  expect(judge(command)).toEqual([expect.stringContaining(problem)]);
});

test('what is elsewhere is not looked for', () => {
  expect(judge('delete namespace elsewhere', ['elsewhere'])).toEqual([]);
  expect(judge('get secret --namespace old whatever', ['old'])).toEqual([]);
});

test('a flag that kubectl does not have is told by kubectl itself, where it is there', () => {
  const expected = hasKubectl() ? [expect.stringContaining('unknown flag: --foo')] : [];
  expect(judge('get pods --namespace airflow --foo=bar')).toEqual(expected);
});
