import { Duration } from 'cdk8s';
import { Construct } from 'constructs';
import type { ProbesProps } from '../../lib';
import { joinProbes, tunedProbes, validateProbes } from '../../lib/props/probes';
import { PropValidator } from '../../lib/validation/prop-validator';
import { synthErrors } from '../support/synth-objects';

const exec = { command: ['true'] };
const CONTAINER = { startupProbe: { exec, periodSeconds: 5 }, livenessProbe: { exec, periodSeconds: 30, timeoutSeconds: 5 }, stdin: true };

test('what is given stands in the place of the default, and what a probe asks stays', () => {
  // GIVEN
  const startup = { initialDelay: Duration.seconds(0), period: Duration.minutes(1), timeout: Duration.seconds(9), failureThreshold: 3 };

  // WHEN
  const tuned = tunedProbes(CONTAINER, { startup, readiness: { period: Duration.seconds(1) } });

  // THEN
  expect(tuned).toEqual({
    ...CONTAINER,
    startupProbe: { exec, initialDelaySeconds: 0, periodSeconds: 60, timeoutSeconds: 9, failureThreshold: 3 },
  });
});

test('a probe can be left out', () => {
  // GIVEN
  const { livenessProbe: _, ...others } = CONTAINER;

  // THEN
  expect(tunedProbes(CONTAINER, { liveness: { enabled: false } })).toEqual(others);
  expect(tunedProbes(CONTAINER, { liveness: { enabled: true } })).toEqual(CONTAINER);
  expect(tunedProbes(undefined, { liveness: {} })).toEqual({});
});

test('those of one component win over those of all, field by field', () => {
  // GIVEN
  const all = { liveness: { period: Duration.seconds(1), failureThreshold: 2 }, startup: { failureThreshold: 9 } };

  // THEN
  expect(joinProbes(all, { liveness: { failureThreshold: 5, period: undefined } })).toEqual({
    startup: { failureThreshold: 9 },
    readiness: {},
    liveness: { period: Duration.seconds(1), failureThreshold: 5 },
  });
});

test.each<[ProbesProps, string]>([
  [{ startup: { initialDelay: Duration.millis(100) } }, 'startup.initialDelay: "100 millis" given; expected one second or more'],
  [{ startup: { period: Duration.seconds(0) } }, 'startup.period: "0 seconds" given; expected one second or more'],
  [{ readiness: { timeout: Duration.millis(1500) } }, 'readiness.timeout: "1500 millis" given; expected one second or more'],
  [{ liveness: { failureThreshold: 0 } }, 'liveness.failureThreshold: 0 given; expected a whole number of 1 or more'],
])('%j is an error', (probes, message) => {
  expect(errorsOf(probes)).toEqual([expect.stringContaining(message)]);
});

test('a probe may ask at once', () => {
  expect(errorsOf({ startup: { initialDelay: Duration.seconds(0) } })).toEqual([]);
});

function errorsOf(probes: ProbesProps): string[] {
  return synthErrors((app) => validateProbes(new PropValidator(new Construct(app, 'test')), 'probes', probes));
}
