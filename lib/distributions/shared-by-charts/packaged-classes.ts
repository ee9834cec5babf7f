import type { ConfigSections } from '../../config/airflow-config';
import type { DistributionInput } from '../contract';

/** Options that name what may be in a package and that each `airflow` command looks up, with values that need none. */
export const NAMES_CLASSES: readonly { readonly section: string; readonly key: string; readonly value: string }[] = [
  { section: 'core', key: 'asset_manager_class', value: 'airflow.assets.manager.AssetManager' },
  { section: 'core', key: 'xcom_backend', value: '' },
  { section: 'database', key: 'external_db_managers', value: '' },
  { section: 'database', key: 'sql_alchemy_session_maker', value: 'sqlalchemy.orm.sessionmaker' },
  { section: 'logging', key: 'interleave_timestamp_parser', value: '' },
  { section: 'logging', key: 'logging_config_class', value: '' },
  { section: 'logging', key: 'remote_logging', value: 'False' },
  { section: 'logging', key: 'secret_mask_adapter', value: '' },
  { section: 'secrets', key: 'backend', value: '' },
];

/** Options by which the database is connected to: without what they name there may be no connection. */
export const CONNECT_ARGS = ['sql_alchemy_connect_args', 'sql_alchemy_connect_args_async'].map((key) => ({ section: 'database', key }));

/** Modules that are there before packages are installed. */
const IN_IMAGE = /^(?:airflow|airflow_local_settings)(?:\.|$)/;

/** Reports options that name what may be in the requirements, among those that are looked up where the chart has no packages: in `place`. */
export function validatePackaged(
  { validator, requirements }: DistributionInput,
  place: string,
  lookedUp: readonly { readonly section: string; readonly key: string }[],
  options: ConfigSections,
  propOf: (section: string, key: string) => string,
): void {
  if (!requirements) return;
  for (const { section, key } of lookedUp) {
    const names = `${options[section]?.[key] ?? ''}`.split(',').map((name) => name.trim());
    // That is a switch.
    if (key === 'remote_logging' || names.every((name) => name === '' || IN_IMAGE.test(name))) continue;
    const expected = 'expected what is in the image, or in airflow_local_settings (the prop localSettings)';
    validator.reportHidden(propOf(section, key), `${place} has no packages of the requirements, and looks it up; ${expected}`);
  }
}
