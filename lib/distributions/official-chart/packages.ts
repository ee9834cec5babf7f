import type { PodsName } from '../../components/components';
import type { Json } from '../../kubernetes/json';
import type { PodPart } from '../../kubernetes/pod-part';
import { installOptions } from '../shared/outward-part';
import type { OfficialContext } from './context';
import { airflowContainer, webServiceName } from './pod-values';

/** Options that name what may be in a package, with values that need none. */
const NAMES_CLASSES = [
  { section: 'core', key: 'xcom_backend', value: '' },
  { section: 'database', key: 'external_db_managers', value: '' },
  { section: 'logging', key: 'logging_config_class', value: '' },
  { section: 'logging', key: 'remote_logging', value: 'False' },
  { section: 'secrets', key: 'backend', value: '' },
];

/** The packages of the requirements, which an init container installs. */
export function packagesPart(context: OfficialContext, pods: PodsName): PodPart {
  const { image, imagePullPolicy } = airflowContainer(context, pods);
  return context.requirements?.installPart({ image, imagePullPolicy, ...installOptions(context, pods, webServiceName(context)) }) ?? {};
}

/** The chart waits for the tables before it installs packages, by a command that would look for the classes which options name. */
export function waitValues({ requirements, config }: OfficialContext): Json {
  const sections = config.sections();
  const named = requirements ? NAMES_CLASSES.filter(({ section, key }) => sections[section]?.[key] !== undefined) : [];
  if (named.length === 0) return {};
  const env = named.map(({ section, key, value }) => ({ name: `AIRFLOW__${section}__${key}`.toUpperCase(), value }));
  return { waitForMigrations: { env } };
}
