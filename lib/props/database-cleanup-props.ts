import type { Duration } from 'cdk8s';
import type { PropValidator } from '../validation/prop-validator';
import { type ScheduleProps, validateSchedule } from './schedule';

/**
 * Which rows of the metadata database are deleted, and when.
 * @see https://airflow.apache.org/docs/apache-airflow/stable/howto/usage-cli.html#purge-history-from-metadata-database
 */
export interface DatabaseCleanupProps extends ScheduleProps {
  /**
   * How old rows get, in whole days. The last run of a DAG stays, however old.
   * @default Duration.days(90)
   * @see `airflow db clean --clean-before-timestamp`
   */
  readonly retention?: Duration;
  /**
   * The tables that are cleaned, and those that depend on them, as in `["log", "xcom"]`.
   * @default - all that Airflow can clean
   * @see `airflow db clean --tables`
   */
  readonly tables?: string[];
  /**
   * Whether deleted rows stay in tables of an archive. If not, such tables are dropped, whoever made them.
   * @default false
   * @see `airflow db drop-archived`
   */
  readonly keepArchives?: boolean;
}

/** How old rows get, in days: a whole number where all is right. */
export function retentionDays({ retention }: DatabaseCleanupProps): number {
  return retention?.toDays({ integral: false }) ?? 90;
}

export function validateDatabaseCleanup(validator: PropValidator, prop: string, props: DatabaseCleanupProps): void {
  const { retention, tables } = props;
  validateSchedule(validator, prop, props);
  const days = retentionDays(props);
  if (days < 1 || !Number.isInteger(days)) {
    validator.report(`${prop}.retention`, retention?.toHumanString(), 'expected one day or more, in whole days');
  }
  if (tables?.length === 0) validator.report(`${prop}.tables`, tables, 'expected one table or more, or no tables');
  for (const [index, table] of (tables ?? []).entries()) {
    if (!/^\w+$/.test(table)) validator.report(`${prop}.tables[${index}]`, table, 'expected the name of a table, as in "xcom"');
  }
}
