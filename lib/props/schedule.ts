import type { Cron } from 'cdk8s';
import type { PropValidator } from '../validation/prop-validator';

/** When something is done again and again. */
export interface ScheduleProps {
  /**
   * At which times.
   * @default - told at the prop
   * @see https://kubernetes.io/docs/concepts/workloads/controllers/cron-jobs/#schedule-syntax
   */
  readonly schedule?: Cron;
  /**
   * The time zone of these times, by its name in the tz database, as in "Europe/Berlin".
   * @default "Etc/UTC"
   */
  readonly timeZone?: string;
}

/** The fields of a schedule: least and greatest number, and the names that stand for them. */
const FIELDS: readonly (readonly [least: number, greatest: number, names?: string])[] = [
  [0, 59],
  [0, 23],
  [1, 31],
  [1, 12, 'jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec'],
  [0, 6, 'sun|mon|tue|wed|thu|fri|sat'],
];
const TIME_ZONE = /^(?!Local$)[A-Za-z][\w+-]*(\/[A-Za-z][\w+-]*)*$/;

/** The fields of a CronJob that say when it runs. */
export function scheduleFields({ schedule, timeZone = 'Etc/UTC' }: ScheduleProps, otherwise: Cron) {
  return { schedule: (schedule ?? otherwise).expressionString, timeZone };
}

export function validateSchedule(validator: PropValidator, prop: string, { schedule, timeZone }: ScheduleProps): void {
  const text = schedule?.expressionString;
  if (text !== undefined && !isCron(text)) {
    validator.report(`${prop}.schedule`, text, 'expected minute, hour, day, month and weekday, each in its range, as in "30 3 * * 0"');
  }
  if (timeZone !== undefined && !TIME_ZONE.test(timeZone)) {
    validator.report(`${prop}.timeZone`, timeZone, 'expected a name of the tz database, as in "Europe/Berlin"');
  }
}

function isCron(text: string): boolean {
  const fields = text.split(' ');
  return (
    fields.length === FIELDS.length && FIELDS.every((field, index) => fields[index].split(',').every((part) => isPart(part, ...field)))
  );
}

/** A part of a field: all, a number or a range, and the step in it. */
function isPart(part: string, least: number, greatest: number, names = ''): boolean {
  const [range, step = '1', ...rest] = part.split('/');
  if (rest.length > 0 || !/^[1-9]\d*$/.test(step)) return false;
  if (range === '*' || range === '?') return true;
  const words = names.split('|');
  const ends = range.split('-').map((end) => {
    if (/^\d{1,2}$/.test(end)) return Number(end);
    const word = words.indexOf(end.toLowerCase());
    return word < 0 ? Number.NaN : word + least;
  });
  return ends.length <= 2 && ends.every((end, index) => end >= (index === 0 ? least : ends[0]) && end <= greatest);
}
