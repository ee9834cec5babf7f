import { withVariablesAsOptions } from '../../../cli/import/option-variables';

test('options of Airflow that are variables are in config, over what is there', () => {
  // GIVEN
  const env = [
    { name: 'AIRFLOW__CORE__PARALLELISM', value: 8 },
    { name: 'AIRFLOW__KUBERNETES_EXECUTOR__NAMESPACE', value: 'a' },
    { name: 'TZ', value: 'UTC' },
  ];

  // THEN
  expect(withVariablesAsOptions({ env, config: { core: { parallelism: 4, load_examples: 'False' } } }, 'env', 'extraEnv')).toEqual({
    env: [{ name: 'TZ', value: 'UTC' }],
    config: { core: { parallelism: 8, load_examples: 'False' }, kubernetes_executor: { namespace: 'a' } },
  });
});

test('the text of a list is one', () => {
  const extraEnv = '- { name: AIRFLOW__CORE__PARALLELISM, value: "8" }';
  expect(withVariablesAsOptions({ extraEnv }, 'env', 'extraEnv')).toEqual({ extraEnv: [], config: { core: { parallelism: '8' } } });
});

test.each([
  [{ name: 'AIRFLOW__CORE__FERNET_KEY', value: 'hunter2' }],
  [{ name: 'AIRFLOW__SECRETS__BACKEND_CMD', value: 'cat /a' }],
  [{ name: 'AIRFLOW__CORE__PARALLELISM', valueFrom: { configMapKeyRef: { name: 'a', key: 'b' } } }],
  [{ name: 'AIRFLOW__TEAM_A___CORE__PARALLELISM', value: '8' }],
  [{ name: 'AIRFLOW__CORE__PARALLELISM', value: '{{ .Values.a }}' }],
  ['no variable'],
])('%j stays where it is', (item) => {
  expect(withVariablesAsOptions({ env: [item] }, 'env')).toEqual({ env: [item] });
});
