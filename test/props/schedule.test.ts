import { Chart, Cron, type CronOptions, Testing } from 'cdk8s';
import { scheduleFields, validateSchedule } from '../../lib/props/schedule';
import { PropValidator } from '../../lib/validation/prop-validator';

function errorsOf(schedule: Cron | undefined, timeZone?: string): string[] {
  const validator = new PropValidator(new Chart(Testing.app(), 'chart'));
  validateSchedule(validator, 'backup', { schedule, timeZone });
  return validator.errors;
}

test('a CronJob has the times, or else the default, in UTC', () => {
  expect(scheduleFields({}, Cron.daily())).toEqual({ schedule: '0 0 * * *', timeZone: 'Etc/UTC' });
  expect(scheduleFields({ schedule: Cron.hourly(), timeZone: 'Asia/Tokyo' }, Cron.daily())).toEqual({
    schedule: '0 * * * *',
    timeZone: 'Asia/Tokyo',
  });
});

test.each<CronOptions>([
  {},
  { minute: '0,30', hour: '0-23/2' },
  { minute: '*/15', day: '?' },
  { day: '1-31', month: 'jan-MAR,12', weekDay: 'MON-fri' },
])('%j is a schedule', (options) => {
  expect(errorsOf(Cron.schedule(options))).toEqual([]);
});

test.each<CronOptions>([
  { minute: '60' },
  { hour: '24' },
  { hour: '5-3' },
  { hour: '1-2-3' },
  { hour: '1 2' },
  { day: '0' },
  { month: '13' },
  { month: 'mon' },
  { weekDay: '7' },
  { minute: '*/0' },
  { minute: '*/5/5' },
])('%j is none', (options) => {
  expect(errorsOf(Cron.schedule(options))).toEqual([expect.stringContaining('backup.schedule: ')]);
});

test.each(['Etc/UTC', 'UTC', 'America/Argentina/Buenos_Aires', 'Etc/GMT+5', 'America/Port-au-Prince'])('%s is a time zone', (name) => {
  expect(errorsOf(undefined, name)).toEqual([]);
});

test.each(['', 'Local', '../etc/passwd', 'Europe Berlin', '+02:00'])('%j is none', (name) => {
  expect(errorsOf(undefined, name)).toEqual([expect.stringContaining('backup.timeZone: ')]);
});
