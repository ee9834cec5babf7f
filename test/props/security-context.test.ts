import { Construct } from 'constructs';
import { SecurityContext, type SecurityContextProps } from '../../lib';
import { AIRFLOW_IDS, containerSecurity, identityVariables, onPlatform, podSecurity } from '../../lib/props/security-context';
import { PropValidator } from '../../lib/validation/prop-validator';
import { synthErrors } from '../support/synth-objects';

const STORE = { user: 999, group: 999, fsGroup: 999 };
/** A large volume is not gone through at each start. */
const ON_MISMATCH = { fsGroupChangePolicy: 'OnRootMismatch' };
const ASSIGNED = SecurityContext.assignedByPlatform();
const RESTRICTED = {
  runAsNonRoot: true,
  allowPrivilegeEscalation: false,
  readOnlyRootFilesystem: true,
  capabilities: { drop: ['ALL'] },
  seccompProfile: { type: 'RuntimeDefault' },
};

test('without a context containers run as the user of their image', () => {
  expect(containerSecurity(undefined, AIRFLOW_IDS)).toEqual({ ...RESTRICTED, runAsUser: 50000, runAsGroup: 0 });
  expect(podSecurity(undefined, AIRFLOW_IDS)).toBeUndefined();
  expect(podSecurity(undefined, STORE)).toEqual({ fsGroup: 999, ...ON_MISMATCH });
});

test('what is given of the ids stands in their place', () => {
  // GIVEN
  const context = SecurityContext.withIds({ runAsUser: 7, supplementalGroups: [8], seLinuxOptions: { level: 's0', type: undefined } });

  // THEN
  expect(containerSecurity(context, AIRFLOW_IDS)).toEqual({ ...RESTRICTED, runAsUser: 7, runAsGroup: 0 });
  expect(podSecurity(context, AIRFLOW_IDS)).toEqual({ supplementalGroups: [8], seLinuxOptions: { level: 's0' } });
  expect(podSecurity(context, STORE)).toEqual({ fsGroup: 999, ...ON_MISMATCH, supplementalGroups: [8], seLinuxOptions: { level: 's0' } });
});

test('a group of its own gets the volumes, as it could not read Secrets otherwise', () => {
  expect(podSecurity(SecurityContext.withIds({ runAsGroup: 7 }), AIRFLOW_IDS)).toEqual({ fsGroup: 7, ...ON_MISMATCH });
  expect(podSecurity(SecurityContext.withIds({ runAsGroup: 7, fsGroup: 8 }), AIRFLOW_IDS)).toEqual({ fsGroup: 8, ...ON_MISMATCH });
});

test('where the platform assigns the ids there are none, and all else stays', () => {
  expect(containerSecurity(ASSIGNED, AIRFLOW_IDS)).toEqual(RESTRICTED);
  expect(podSecurity(ASSIGNED, STORE)).toBeUndefined();
});

test('parts of other constructs lose their ids there, and nowhere else', () => {
  // GIVEN
  const container = { name: 'git-sync', securityContext: { ...RESTRICTED, runAsUser: 65533, runAsGroup: 65533 } };
  const part = { initContainers: [container], containers: [container], env: [{ name: 'A' }] };

  // THEN
  const bare = { name: 'git-sync', securityContext: RESTRICTED };
  expect(onPlatform(part, ASSIGNED)).toEqual({ ...part, initContainers: [bare], containers: [bare] });
  expect(onPlatform(part, SecurityContext.withIds({ runAsUser: 1 }))).toBe(part);
  expect(onPlatform({ volumes: [] }, ASSIGNED).volumes).toEqual([]);
});

test('a user whom the image does not know gets a name and a home', () => {
  // GIVEN
  const names = (context?: SecurityContext) => identityVariables(context).map(({ name }) => name);

  // THEN
  expect(names(ASSIGNED)).toEqual(['HOME', 'USER']);
  expect(names(SecurityContext.withIds({ runAsUser: 7 }))).toEqual(['HOME', 'USER']);
  expect(names(SecurityContext.withIds({ fsGroup: 7 }))).toEqual([]);
  expect(names()).toEqual([]);
});

test.each<[SecurityContextProps, string]>([
  [{ runAsUser: 0 }, 'runAsUser: 0 given; expected a whole number from 1 to 2147483647'],
  [{ runAsGroup: -1 }, 'runAsGroup: -1 given; expected a whole number from 0'],
  [{ fsGroup: 1.5 }, 'fsGroup: 1.5 given; expected a whole number from 0'],
  [{ supplementalGroups: [1, -1] }, 'supplementalGroups[1]: -1 given; expected a whole number from 0'],
  [{ seLinuxOptions: { type: 'container-t' } }, 'seLinuxOptions.type: "container-t" given; expected one of container_t, '],
])('%j is an error', (props, message) => {
  // WHEN
  const errors = synthErrors((app) => SecurityContext.withIds(props)._validate(new PropValidator(new Construct(app, 'test')), 'it'));

  // THEN
  expect(errors).toEqual([expect.stringContaining(`[test] it.${message}`)]);
});
