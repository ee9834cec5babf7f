import { type PodsName, teamGroup } from '../../components/components';
import { type OwnedOption, variableOf } from '../../config/airflow-config';
import type { DerivedSecret } from '../../credentials/generated-secrets';
import { brokersOf } from '../../executors/executor-plan';
import { teamOptions } from '../../executors/teams';
import { mergePodParts, type PodPart } from '../../kubernetes/pod-part';
import type { DistributionInput } from '../contract';
import { teamBrokers } from '../shared/teams';
import { certificatesPart, connectionOf, resultsOf, STORES_PATH, URL_KEY } from '../shared-by-charts/store-connections';

/** The key of where the results of a team's tasks are. */
const RESULTS_KEY = 'results';

/** The Secrets with the addresses of brokers of teams. */
export function teamBrokerSecrets(input: DistributionInput): DerivedSecret[] {
  return teamBrokers(input).map(({ team, broker, ofTeam }) => ({
    name: secretName(input, team),
    data: { [URL_KEY]: connectionOf(ofTeam, broker, folderOf(team)), [RESULTS_KEY]: resultsOf(ofTeam, broker, folderOf(team)) },
  }));
}

/** The options that brokers of teams own. */
export function teamBrokerOptions(input: DistributionInput): OwnedOption[] {
  return teamBrokers(input).flatMap(({ team, broker }) => {
    const instead = `the prop teams.${team}.executor, with broker`;
    const inSecret = ['broker_url', 'result_backend'].map((key) => ({ section: 'celery', key, instead }));
    return teamOptions(team, [...broker.options(folderOf(team)), ...inSecret]);
  });
}

/** What pods have of the brokers of teams: the scheduler of each, workers of a team of that. */
export function teamBrokersPart(input: DistributionInput, pods: PodsName): PodPart {
  const used = brokersOf(input.executor, pods).map(({ team }) => team);
  return mergePodParts(
    teamBrokers(input)
      .filter(({ team }) => used.includes(team))
      .map(({ team, broker }) => {
        return {
          ...certificatesPart([broker], `stores-${teamGroup(team)}`, folderOf(team)),
          env: Object.entries({ broker_url: URL_KEY, result_backend: RESULTS_KEY }).map(([option, key]) => ({
            name: variableOf(`${team}=celery`, option),
            valueFrom: { secretKeyRef: { name: secretName(input, team), key } },
          })),
        };
      }),
  );
}

function secretName({ name }: DistributionInput, team: string): string {
  return `${name}-broker-url-${teamGroup(team)}`;
}

/** Where the certificates of a team's broker are. */
function folderOf(team: string): string {
  return `${STORES_PATH}-${teamGroup(team)}`;
}
