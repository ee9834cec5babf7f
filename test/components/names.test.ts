import { type AirflowChartProps, Credentials, Executor } from '../../lib';
import { airflowErrors } from '../support/synth-objects';

const TEAMS: AirflowChartProps = {
  dags: [{ url: 'https://gitlab.example.com/team/dags.git', name: 'finance' }],
  teams: { finance: { bundles: ['finance'], executor: Executor.celery() } },
};
const ROTATION: AirflowChartProps = { credentials: Credentials.existing({ formerFernetKeys: [{ secretName: 'old' }] }) };

/** What is made, how many characters the name may have with it, and what that is called. */
test.each([
  ['the broker of a team', TEAMS, 33, 'redis-team-finance'],
  ['a CronJob that encrypts anew', ROTATION, 34, 'rotate-fernet-key'],
])('%s: a name that leaves no room for it is one error, of that prop', (_what, props, most, component) => {
  // GIVEN
  const name = 'a'.repeat(most + 1);

  // THEN
  expect(airflowErrors({ ...props, name })).toEqual([
    `[airflow/airflow] name: "${name}" given; expected at most ${most} characters: with it there is ${name}-${component}, a name that may have 52`,
  ]);
  expect(airflowErrors({ ...props, name: 'a'.repeat(most) })).toEqual([]);
});
