import type { PodsName } from '../../components/components';
import { AirflowConfig } from '../../config/airflow-config';
import type { LocatedSecret } from '../../credentials/airflow-secrets';
import { teamBrokerSecret } from '../../credentials/airflow-secrets';
import type { DagSources } from '../../dags/dag-sources';
import type { DataStore } from '../../data-stores/data-store';
import { type TeamPlan, teamOf } from '../../executors/executor-plan';
import type { PodPart } from '../../kubernetes/pod-part';
import { FAB } from '../../login/login-plan';
import type { DistributionInput } from '../contract';
import { airflowVersionOf } from './airflow-image';
import { isOlder } from './airflow-version';
import { authManagerOf } from './auth-manager';

/** It has the command by which the teams get into the database, from the list of bundles. */
const OLDEST_VERSION = '3.3.0';

/** The bundles as Airflow is told of them, each with its team. */
export function bundlesWithTeams({ executor: { teams = [] } }: DistributionInput, { bundles }: DagSources): object[] {
  return bundles.map((bundle) => {
    const team = teams.find((each) => each.bundles.includes(bundle.name));
    return { ...bundle, ...(team && { team_name: team.name }) };
  });
}

/** What pods need that read DAGs: those of a team have no bundles but its own. */
export function dagsPart({ executor, dags }: DistributionInput, pods: PodsName): PodPart {
  const team = teamOf(executor, pods);
  return (team ? dags?.partOf(team.bundles) : dags?.podPart) ?? {};
}

/** Whether pods read a bundle. */
export function readsBundle({ executor }: DistributionInput, pods: PodsName, bundle: string): boolean {
  return teamOf(executor, pods)?.bundles.includes(bundle) ?? true;
}

/** Where the password of a team's broker is, if it has one. */
export function brokerSecretOf(
  { name }: DistributionInput,
  { name: team, broker }: Pick<TeamPlan, 'name' | 'broker'>,
): LocatedSecret | undefined {
  if (!broker || broker.secret === 'none') return undefined;
  return broker.secret === 'credentials' ? teamBrokerSecret(name, team) : broker.secret;
}

/** The brokers of teams, each with the deployment as it were if that was its broker. */
export function teamBrokers(
  input: DistributionInput,
): { readonly team: string; readonly broker: DataStore; readonly ofTeam: DistributionInput }[] {
  return (input.executor.teams ?? []).flatMap(({ name, broker }) => {
    if (!broker) return [];
    const secret = brokerSecretOf(input, { name, broker }) ?? input.secrets.broker;
    return [{ team: name, broker, ofTeam: { ...input, secrets: { ...input.secrets, broker: secret } } }];
  });
}

/** Reports bundles that there are not, or that two teams have, and a version that can't do it. */
export function validateTeams(input: DistributionInput): void {
  const { validator, dags, airflowVersion } = input;
  const { teams = [] } = input.executor;
  if (teams.length === 0) {
    validateNoTeams(input);
    return;
  }
  const version = airflowVersionOf(airflowVersion);
  if (isOlder(version, OLDEST_VERSION)) {
    validator.reportHidden('teams', `Airflow ${version} can't do it; expected airflowVersion ${OLDEST_VERSION} or later`);
  }
  const known = (dags?.bundles ?? []).map(({ name }) => name);
  const taken: string[] = [];
  for (const { name, bundles } of teams) {
    const prop = `teams.${name}.bundles`;
    if (bundles.length === 0) validator.report(prop, bundles, 'expected the name of a bundle or more');
    for (const [index, bundle] of bundles.entries()) {
      const place = `${prop}[${index}]`;
      if (!known.includes(bundle)) validator.report(place, bundle, `there is no such bundle; there is: ${known.join(', ') || 'none'}`);
      else if (taken.includes(bundle)) validator.report(place, bundle, 'a team has it already; expected it once');
      taken.push(bundle);
    }
  }
}

/** FAB's auth manager ends with an error where Airflow is told that it has teams. */
function validateNoTeams(input: DistributionInput): void {
  const value = new AirflowConfig([], {}, input.userOptions).sections(['core']).core?.multi_team;
  if (value === undefined || !/^\s*(true|t|1)\b/i.test(value) || authManagerOf(input) !== FAB) return;
  input.validator.report('config.core.multi_team', value, 'the API server would not start, as no team is known; use the prop teams');
}
