import { type AirflowChartProps, DagBundle, GitCredentials, Requirements, SecurityContext } from '../../../lib';
import { airflowErrors } from '../../support/synth-objects';

const credentials = GitCredentials.sshKey({ secretName: 'key', knownHostsKey: 'known_hosts' });
const BY_SSH: AirflowChartProps = {
  dags: [{ url: 'git@git.example.com:data/one.git', credentials }],
  dagBundles: [DagBundle.git({ name: 'two', url: 'ssh://git@git.example.com/data/two.git', credentials })],
  requirements: Requirements.fromList(['tools @ git+ssh://git@git.example.com/data/tools.git'], { sshKey: { secretName: 'key' } }),
};
const OTHER = SecurityContext.withIds({ runAsUser: 10001 });
const PROPS = /^\[[^\]]+\] (\S+): (?:it is read by SSH|ssh ends)/;

const refused = (props: AirflowChartProps) => airflowErrors({ ...BY_SSH, ...props }).map((error) => PROPS.exec(error)?.[1] ?? error);

test.each<[string, AirflowChartProps, string[]]>([
  ['the users of the images', {}, []],
  ['further groups of theirs', { allComponents: { securityContext: SecurityContext.withIds({ supplementalGroups: [2000] }) } }, []],
  [
    'ids that the platform assigns',
    { allComponents: { securityContext: SecurityContext.assignedByPlatform() } },
    ['dagBundles[0]', 'dags[0]', 'requirements.sshKey'],
  ],
  ['another user of Airflow', { allComponents: { securityContext: OTHER } }, ['dagBundles[0]', 'requirements.sshKey']],
  ['another user of a pod that reads no DAGs', { scheduler: { securityContext: OTHER } }, ['requirements.sshKey']],
  ['another user of git-sync', { gitSync: { securityContext: OTHER } }, ['gitSync.securityContext']],
])('by SSH is read as %s, or that is an error', (_what, props, expected) => {
  expect(refused(props).sort()).toEqual(expected);
});

test('a token does for any user', () => {
  // GIVEN
  const token = GitCredentials.token({ secretName: 'token' });
  const securityContext = SecurityContext.assignedByPlatform();

  // THEN
  expect(
    airflowErrors({
      allComponents: { securityContext },
      dags: [{ url: 'https://git.example.com/data/one.git', credentials: token }],
      dagBundles: [DagBundle.git({ name: 'two', url: 'https://git.example.com/data/two.git', credentials: token })],
    }),
  ).toEqual([]);
});
