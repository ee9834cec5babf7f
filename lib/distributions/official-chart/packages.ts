import type { Json } from '../../kubernetes/json';
import type { PodPart } from '../../kubernetes/pod-part';
import type { ComponentProps } from '../../props/component-props';
import { imageReference } from '../../props/image';
import { installVariables } from '../shared/install-variables';
import type { OfficialContext } from './context';

/** Options that name what may be in a package, with values that need none. */
const NAMES_CLASSES = [
  { section: 'core', key: 'xcom_backend', value: '' },
  { section: 'database', key: 'external_db_managers', value: '' },
  { section: 'logging', key: 'logging_config_class', value: '' },
  { section: 'logging', key: 'remote_logging', value: 'False' },
  { section: 'secrets', key: 'backend', value: '' },
];

/** The packages of the requirements, which an init container installs. */
export function packagesPart(context: OfficialContext, { securityContext }: ComponentProps): PodPart {
  const { requirements, image } = context;
  const install = { image: imageReference(image), imagePullPolicy: image.pullPolicy, env: installVariables(context), securityContext };
  return requirements?.installPart(install) ?? {};
}

/** The chart waits for the tables before it installs packages, by a command that would look for the classes which options name. */
export function waitValues({ requirements, config }: OfficialContext): Json {
  const sections = config.sections();
  const named = requirements ? NAMES_CLASSES.filter(({ section, key }) => sections[section]?.[key] !== undefined) : [];
  if (named.length === 0) return {};
  const env = named.map(({ section, key, value }) => ({ name: `AIRFLOW__${section}__${key}`.toUpperCase(), value }));
  return { waitForMigrations: { env } };
}
