import { type AirflowPodsName, propOf } from '../../components/components';
import { AirflowConfig, type ConfigSections } from '../../config/airflow-config';
import { componentOf } from '../../executors/executor-plan';
import type { NetworkDestination } from '../../network/network-destination';
import type { DistributionInput } from '../contract';
import { validateCluster } from './cluster-destinations';
import { givenSettings, settingsOf } from './component-settings';
import { deployedComponents } from './deployed-components';
import { validatePackageDestinations } from './package-destinations';

/** What can be wrong with the destinations that the user names. */
export function validateEgress(input: DistributionInput): void {
  const { validator, networkPolicies } = input;
  validateCluster(input);
  validatePackageDestinations(input);
  const given: { prop: string; destinations: readonly NetworkDestination[] }[] = [
    ...givenSettings(input).map(({ prop, props }) => ({ prop: `${prop}.egress`, destinations: props.egress ?? [] })),
    { prop: 'networkPolicies.taskEgress', destinations: networkPolicies.taskEgress ?? [] },
    { prop: 'networkPolicies.dns', destinations: networkPolicies.dns ?? [] },
  ];
  for (const { prop, destinations } of given) {
    if (networkPolicies.enabled === false && destinations.length > 0) {
      validator.reportHidden(prop, 'without NetworkPolicies every way is open; leave it out, or enabled: false');
    }
    for (const [index, destination] of destinations.entries()) destination._validate(validator, `${prop}[${index}]`);
  }
}

/** What takes metrics or traces in the deployment itself, so that the way to it is open. */
export interface OwnCollectors {
  readonly statsd?: boolean;
}

/** An option by which Airflow sends something out of its pods. */
interface SendingOption {
  readonly section: string;
  readonly key: string;
  /** Where it is sent is nowhere outside of the pod, or a way is open. */
  readonly isServed: (options: { readonly [key: string]: string }, collectors: OwnCollectors) => boolean;
  readonly senders: (input: DistributionInput) => AirflowPodsName[];
  readonly instead: string;
}

const ON = /^(?:true|t|1)$/i;
const LOCAL = /^(?:localhost|127(?:\.\d+){3}|\[?::1\]?)?$/;
const EGRESS = 'allComponents.egress, or that of each of them';

const SENDING_OPTIONS: readonly SendingOption[] = [
  {
    section: 'metrics',
    key: 'statsd_on',
    isServed: ({ statsd_host: host = '' }, { statsd }) => (host === '' && statsd === true) || LOCAL.test(host),
    senders: deployedComponents,
    instead: EGRESS,
  },
  ...['metrics', 'traces'].map((section) => ({
    section,
    key: 'otel_on',
    // Without it the variables of OpenTelemetry say where.
    isServed: ({ otel_host: host = '' }) => host !== '' && LOCAL.test(host),
    senders: deployedComponents,
    instead: EGRESS,
  })),
  {
    section: 'logging',
    key: 'remote_logging',
    isServed: ({ remote_base_log_folder: folder = '' }) => /^(?:file:|\/)/.test(folder),
    senders: (input) => {
      return deployedComponents(input).filter((name) => componentOf(input.executor, name).uses.includes('logs'));
    },
    instead: 'the prop logs, or networkPolicies.taskEgress',
  },
];

/** Options that make Airflow send what no NetworkPolicy would let through: what is sent is lost, and nobody is told. */
export function validateOptionsThatSend(
  input: DistributionInput,
  place: string,
  options: ConfigSections,
  collectors: OwnCollectors = {},
): void {
  const sections = new AirflowConfig([], {}, options).sections();
  for (const { section, key, isServed, senders, instead } of SENDING_OPTIONS) {
    const given = sections[section] ?? {};
    if (!ON.test(`${given[key]}`) || isServed(given, collectors)) continue;
    reportWithoutEgress(input, `${place}.${section}.${key}`, senders(input), instead);
  }
}

/** Reports what asks of components to send something, where one of them can reach nothing beside what Airflow needs. */
export function reportWithoutEgress(input: DistributionInput, prop: string, senders: readonly AirflowPodsName[], instead: string): void {
  if (input.networkPolicies.enabled === false) return;
  const silent = senders.filter((name) => !hasEgress(input, name)).map((name) => propOf(name));
  if (silent.length === 0) return;
  input.validator.reportHidden(prop, `by the NetworkPolicies ${silent.join(', ')} can't reach where it leads; use ${instead}`);
}

function hasEgress(input: DistributionInput, name: AirflowPodsName): boolean {
  const { taskEgress = [] } = input.networkPolicies;
  const usesTaskEgress = componentOf(input.executor, name).uses.includes('task-destinations');
  return (settingsOf(input, name).egress ?? []).length > 0 || (usesTaskEgress && taskEgress.length > 0);
}
