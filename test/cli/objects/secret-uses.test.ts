import { madeSecrets, secretUses } from '../../../cli/objects/secret-uses';
import { Credentials } from '../../../lib';
import { CASES, objectsOf } from '../../../scripts/docs/reference/cases';

test('Secrets that are read and made are found in manifests', () => {
  // GIVEN
  const objects = objectsOf({ ...CASES.dags, credentials: Credentials.existing({ admin: { secretName: 'mine', key: 'pass' } }) });

  // THEN
  const readByWorkers = secretUses(objects).filter(({ by }) => by === 'Deployment/airflow-worker');
  expect(readByWorkers).toContainEqual({
    secret: 'gitlab-dags',
    keys: ['username', 'token'],
    namespace: 'airflow',
    by: 'Deployment/airflow-worker',
  });
  expect(secretUses(objects).map(({ secret, keys }) => [secret, ...keys])).toContainEqual(['mine', 'pass']);
  expect(madeSecrets(objects).map(({ secret }) => secret)).not.toContain('airflow-admin');
  expect(madeSecrets(objects)).toContainEqual(expect.objectContaining({ secret: 'airflow-broker', keys: ['password'] }));
});
