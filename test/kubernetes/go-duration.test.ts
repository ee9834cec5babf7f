import { Duration } from 'cdk8s';
import { goDuration } from '../../lib/kubernetes/go-duration';

test.each([
  [Duration.seconds(5), '5s'],
  [Duration.seconds(60), '1m0s'],
  [Duration.minutes(15), '15m0s'],
  [Duration.hours(1), '1h0m0s'],
  [Duration.seconds(3661), '1h1m1s'],
  [Duration.days(2), '48h0m0s'],
])('%s is %s', (duration, text) => {
  expect(goDuration(duration)).toBe(text);
});
