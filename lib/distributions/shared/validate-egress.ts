import { type AirflowPodsName, componentNameOf, propOf, type Use } from '../../components/components';
import { AirflowConfig, type ConfigSections, isSameValue, optionsOfVariables, variableOf } from '../../config/airflow-config';
import { LOCAL_BUNDLE } from '../../dags/bundle-plan';
import { componentOf } from '../../executors/executor-plan';
import type { Json } from '../../kubernetes/json';
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
  /** Whether it sends by this value; without it the option is a switch. */
  readonly isOn?: (value: string) => boolean;
  /** Where it is sent is nowhere outside of the pod, or a way is open. */
  readonly isServed: (options: { readonly [key: string]: string }, collectors: OwnCollectors, input: DistributionInput) => boolean;
  readonly senders: (input: DistributionInput) => AirflowPodsName[];
  readonly instead: string;
}

const LOCAL = /^(?:localhost|127(?:\.\d+){3}|\[?::1\]?)?$/;
const EGRESS = 'the prop metrics, or allComponents.egress, or that of each of them';
const TASK_EGRESS = 'networkPolicies.taskEgress, or egress of each of them';

const SENDING_OPTIONS: readonly SendingOption[] = [
  ...['statsd_on', 'statsd_datadog_enabled'].map(
    (key): SendingOption => ({
      section: 'metrics',
      key,
      isServed: ({ statsd_host: host = '' }, { statsd }) => (host === '' && statsd === true) || LOCAL.test(host),
      senders: deployedComponents,
      instead: EGRESS,
    }),
  ),
  ...['metrics', 'traces'].map(
    (section): SendingOption => ({
      section,
      key: 'otel_on',
      // Without it the variables of OpenTelemetry say where.
      isServed: ({ otel_host: host = '' }) => host !== '' && LOCAL.test(host),
      senders: deployedComponents,
      instead: EGRESS,
    }),
  ),
  {
    section: 'logging',
    key: 'remote_logging',
    isServed: ({ remote_base_log_folder: folder = '' }) => /^(?:file:|\/)/.test(folder),
    senders: usersOf('logs'),
    instead: 'the prop logs, or networkPolicies.taskEgress',
  },
  {
    section: 'dag_processor',
    key: 'dag_bundle_config_list',
    // A folder is in the pod.
    isOn: (list) => [jsonOf(list)].flat().some((bundle) => typeof bundle?.classpath === 'string' && bundle.classpath !== LOCAL_BUNDLE),
    isServed: () => false,
    senders: usersOf('dags'),
    instead: 'the prop dagBundles, or egress of each of them',
  },
  // Mail goes from where the code of DAGs runs, and from the DAG processor where a task's process ended without telling.
  {
    section: 'smtp',
    key: 'smtp_host',
    isOn: () => true,
    isServed: ({ smtp_host: host }) => LOCAL.test(host),
    senders: usersOf('dags'),
    instead: TASK_EGRESS,
  },
  {
    section: 'email',
    key: 'email_backend',
    // The default goes where smtp_host is.
    isOn: (backend) => !['', 'airflow.utils.email.send_email_smtp'].includes(backend),
    // Others ask a service by https, as a rule.
    isServed: (_, __, { proxy }) => proxy !== undefined,
    senders: usersOf('dags'),
    instead: TASK_EGRESS,
  },
  {
    section: 'sentry',
    key: 'sentry_on',
    // The address has a key in it, and so is in a Secret: the proxy may lead there.
    isServed: (_, __, { proxy }) => proxy !== undefined,
    senders: whereTasksRun,
    instead: TASK_EGRESS,
  },
  {
    section: 'openlineage',
    key: 'transport',
    isOn: (transport) => typeof jsonOf(transport)?.type === 'string' && !['console', 'file', 'noop'].includes(jsonOf(transport).type),
    isServed: ({ disabled, transport }, _, input) => isSwitchedOn(`${disabled}`) || isReached(`${jsonOf(transport).url}`, input),
    // The scheduler tells of DAG runs.
    senders: (input) => deployedComponents(input).filter((name) => name === 'scheduler' || whereTasksRun(input).includes(name)),
    instead: 'allComponents.egress, or that of each of them',
  },
];

function usersOf(use: Use): SendingOption['senders'] {
  return (input) => deployedComponents(input).filter((name) => componentOf(input.executor, name).uses.includes(use));
}

function whereTasksRun(input: DistributionInput): AirflowPodsName[] {
  return deployedComponents(input).filter((name) => input.executor.runsTasks.some((each) => each === componentNameOf(name)));
}

/** Whether an address is in the pod itself, or the proxy leads there. */
function isReached(address: string, { proxy }: DistributionInput): boolean {
  if (!URL.canParse(address)) return false;
  const url = new URL(address);
  return LOCAL.test(url.hostname) || (proxy?.isUsedFor(url) ?? false);
}

function jsonOf(text: string): Json {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function isSwitchedOn(value: string): boolean {
  return isSameValue('True', value);
}

/** Options that are given at a place. */
export interface GivenOptions {
  readonly options: ConfigSections;
  readonly placeOf: (section: string, key: string) => string;
  /** The component that they are for; without it they are for all. */
  readonly only?: AirflowPodsName;
}

/** Options and variables that make Airflow send what no NetworkPolicy would let through: what is sent is lost, and nobody is told. */
export function validateSending(input: DistributionInput, collectors?: OwnCollectors): void {
  const inConfig: GivenOptions = { options: input.userOptions, placeOf: (section, key) => `config.${section}.${key}` };
  const inVariables = Object.entries(input.components).map(([name, props]): GivenOptions => {
    const variables = Object.entries(props?.env ?? {}).map(([variable, { value }]) => ({ name: variable, value }));
    const prop = name === 'all' ? 'allComponents' : propOf(name as AirflowPodsName);
    return {
      options: optionsOfVariables(variables),
      placeOf: (section, key) => `${prop}.env["${variableOf(section, key)}"]`,
      ...(name !== 'all' && { only: name as AirflowPodsName }),
    };
  });
  for (const given of [inConfig, ...inVariables]) validateOptionsThatSend(input, given, collectors);
}

export function validateOptionsThatSend(
  input: DistributionInput,
  { options, placeOf, only }: GivenOptions,
  collectors: OwnCollectors = {},
): void {
  const sectionsOf = (given: ConfigSections) => new AirflowConfig([], {}, given).sections();
  const [sections, ofConfig] = [options, input.userOptions].map(sectionsOf);
  for (const { section, key, isOn = isSwitchedOn, isServed, senders, instead } of SENDING_OPTIONS) {
    const given = sections[section] ?? {};
    if (given[key] === undefined || !isOn(`${given[key]}`) || isOfProps(input, section, key)) continue;
    if (isServed({ ...ofConfig[section], ...given }, collectors, input)) continue;
    const from = senders(input).filter((name) => only === undefined || name === only);
    reportWithoutEgress(input, placeOf(section, key), from, instead);
  }
}

/** An option that the prop `metrics` or `logs` sets, with a way to where it leads. */
function isOfProps({ metrics, logs }: DistributionInput, section: string, key: string): boolean {
  const options = [...(metrics?.options({ host: '', isIpv6: false }) ?? []), ...(logs?.options ?? [])];
  return options.some((option) => option.section === section && option.key === key);
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
