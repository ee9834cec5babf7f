import { airflowContradiction } from '../../lib/requirements/airflow-pins';
import { readRequirements } from '../../lib/requirements/read-requirements';
import { Requirements } from '../../lib/requirements/requirements';

test.each([
  ['apache-airflow==3.3.1', '==3.3.1'],
  ['Apache_Airflow[celery]>=3.0,<3.3', '<3.3'],
  ['apache-airflow-core~=3.2.0', '~=3.2.0'],
  ['apache-airflow==2.*', '==2.*'],
  ['apache-airflow>3.3.2,!=3.3.2', '>3.3.2,!=3.3.2'],
  ['-c https://raw.githubusercontent.com/apache/airflow/constraints-3.2.0/constraints-3.12.txt', '==3.2.0'],
])('%s contradicts Airflow 3.3.2', (text, wanted) => {
  // GIVEN
  const [line] = readRequirements(Requirements.fromText(`\n${text}`)._source).lines;

  // WHEN
  const contradiction = airflowContradiction(line, '3.3.2');

  // THEN
  expect(contradiction).toContain('Requirements.fromText, line 2: ');
  expect(contradiction).toContain(`Airflow ${wanted} contradicts airflowVersion 3.3.2`);
});

test.each([
  'apache-airflow',
  'apache-airflow[celery]==3.3.2',
  'apache-airflow>=3.0,<4',
  'apache-airflow-core==3.3.*',
  'apache-airflow-task-sdk==1.3.1',
  'apache-airflow-providers-http==5.3.3',
  'apache-airflow==2.11.0; python_version < "3.9"',
  'apache-airflow @ https://example.com/apache_airflow-2.11.0-py3-none-any.whl',
  '-c https://raw.githubusercontent.com/apache/airflow/constraints-3.3.2/constraints-3.12.txt',
  '--index-url https://example.com/constraints-3.2.0/',
])('%s goes with Airflow 3.3.2', (text) => {
  // GIVEN
  const [line] = readRequirements(Requirements.fromText(text)._source).lines;

  // THEN
  expect(airflowContradiction(line, '3.3.2')).toBeUndefined();
});
