import { Manifests } from '../../lib/checks/manifests';
import { checkPodSecurity } from '../../lib/checks/pod-security';
import type { Manifest } from '../support/manifests';
import { chartOf, deployment, problemsOf, safeContainer } from './support';

const SAFE = safeContainer('main').securityContext;
const context = (fields: Manifest) => deployment({}, { securityContext: { ...SAFE, ...fields } });
const pod = (securityContext: Manifest) => deployment({ securityContext });

test.each([
  [deployment()],
  [context({ capabilities: { drop: ['ALL'], add: ['NET_BIND_SERVICE'] } })],
  [context({ procMount: 'Default', runAsUser: 50000, seccompProfile: { type: 'Localhost', localhostProfile: 'a' } })],
  [context({ seLinuxOptions: { level: 's0' } })],
  [context({ seLinuxOptions: { type: 'container_t', level: 's0' }, appArmorProfile: { type: 'RuntimeDefault' } })],
  [pod({ sysctls: [{ name: 'net.ipv4.tcp_syncookies', value: '1' }], fsGroup: 0, runAsGroup: 0 })],
  [deployment({ volumes: [{ name: 'a', projected: {} }, { name: 'b', ephemeral: {} }, { name: 'c', csi: {} }, { name: 'd' }] })],
  [deployment({}, { ports: [{ containerPort: 80, hostPort: 0 }], livenessProbe: { httpGet: { port: 80, host: '' } } })],
])('what the profile allows passes (%#)', (object) => {
  // WHEN
  const problems = problemsOf(checkPodSecurity, [object]);
  // THEN
  expect(problems).toEqual([]);
});

test.each<[Manifest, string]>([
  [deployment({ hostNetwork: true }), 'the pod has hostNetwork'],
  [deployment({ hostPID: true }), 'the pod has hostPID'],
  [deployment({ hostIPC: true }), 'the pod has hostIPC'],
  [deployment({ volumes: [{ name: 'a', hostPath: { path: '/' } }] }), 'the volume "a" is of the type hostPath'],
  [deployment({ volumes: [{ name: 'a', nfs: {} }] }), 'the volume "a" is of the type nfs'],
  [pod({ sysctls: [{ name: 'kernel.msgmax', value: '1' }] }), 'the pod sets kernel.msgmax'],
  [pod({ runAsNonRoot: false }), 'the pod may run as root'],
  [pod({ runAsUser: 0 }), 'the pod runs as the user 0'],
  [pod({ seccompProfile: { type: 'Unconfined' } }), 'the pod has the seccomp profile Unconfined'],
  [pod({ appArmorProfile: { type: 'Unconfined' } }), 'the pod has the AppArmor profile Unconfined'],
  [pod({ seLinuxOptions: { user: 'system_u' } }), 'the pod has seLinuxOptions of its own'],
  [pod({ windowsOptions: { hostProcess: true } }), 'the pod is a process of the host'],
  [context({ runAsNonRoot: false }), 'container "main" may run as root'],
  [context({ runAsNonRoot: undefined }), 'container "main" may run as root'],
  [context({ runAsUser: 0 }), 'container "main" runs as the user 0'],
  [context({ seccompProfile: undefined }), 'container "main" has no seccomp profile'],
  [context({ seccompProfile: { type: 'Unconfined' } }), 'container "main" has the seccomp profile Unconfined'],
  [context({ appArmorProfile: { type: 'Unconfined' } }), 'container "main" has the AppArmor profile Unconfined'],
  [context({ seLinuxOptions: { role: 'a' } }), 'container "main" has seLinuxOptions of its own'],
  [context({ seLinuxOptions: { type: 'spc_t' } }), 'container "main" has seLinuxOptions of its own'],
  [context({ windowsOptions: { hostProcess: true } }), 'container "main" is a process of the host'],
  [context({ allowPrivilegeEscalation: undefined }), 'container "main" may gain privileges'],
  [context({ allowPrivilegeEscalation: true }), 'container "main" may gain privileges'],
  [context({ privileged: true }), 'container "main" is privileged'],
  [context({ capabilities: undefined }), 'container "main" keeps capabilities'],
  [context({ capabilities: { drop: ['NET_RAW'] } }), 'container "main" keeps capabilities'],
  [context({ capabilities: { drop: ['ALL'], add: ['SYS_ADMIN'] } }), 'container "main" adds the capability SYS_ADMIN'],
  [context({ procMount: 'Unmasked' }), 'container "main" has procMount Unmasked'],
  [deployment({}, { ports: [{ containerPort: 80, hostPort: 80 }] }), 'container "main" has the port 80 of the host'],
  [deployment({}, { startupProbe: { httpGet: { host: 'a' } } }), 'a probe or hook of container "main" calls the host a'],
  [deployment({}, { readinessProbe: { tcpSocket: { host: 'a' } } }), 'a probe or hook of container "main" calls the host a'],
  [deployment({}, { livenessProbe: { httpGet: { host: 'a' } } }), 'a probe or hook of container "main" calls the host a'],
  [deployment({}, { lifecycle: { postStart: { httpGet: { host: 'a' } } } }), 'a probe or hook of container "main" calls the host a'],
  [deployment({}, { lifecycle: { preStop: { tcpSocket: { host: 'a' } } } }), 'a probe or hook of container "main" calls the host a'],
])('what it forbids is told: %#', (object, expected) => {
  // WHEN
  const problems = problemsOf(checkPodSecurity, [object]);
  // THEN
  expect(problems).toEqual([`Deployment/web: ${expected}`]);
});

test.each(['configMap', 'csi', 'downwardAPI', 'emptyDir', 'ephemeral', 'image', 'persistentVolumeClaim', 'projected', 'secret'])(
  'volumes of the type %s are allowed',
  (type) => {
    // WHEN
    const problems = problemsOf(checkPodSecurity, [deployment({ volumes: [{ name: 'a', [type]: {} }] })]);
    // THEN
    expect(problems).toEqual([]);
  },
);

test.each([
  'kernel.shm_rmid_forced',
  'net.ipv4.ip_local_port_range',
  'net.ipv4.ip_local_reserved_ports',
  'net.ipv4.ip_unprivileged_port_start',
  'net.ipv4.ping_group_range',
  'net.ipv4.tcp_fin_timeout',
  'net.ipv4.tcp_keepalive_intvl',
  'net.ipv4.tcp_keepalive_probes',
  'net.ipv4.tcp_keepalive_time',
  'net.ipv4.tcp_rmem',
  'net.ipv4.tcp_syncookies',
  'net.ipv4.tcp_wmem',
])('the sysctl %s is allowed', (name) => {
  // WHEN
  const problems = problemsOf(checkPodSecurity, [pod({ sysctls: [{ name, value: '1' }] })]);
  // THEN
  expect(problems).toEqual([]);
});

test('a finding tells the field that would do', () => {
  // GIVEN
  const chart = chartOf([
    deployment(
      { hostPID: true },
      { securityContext: { runAsNonRoot: false, allowPrivilegeEscalation: true, privileged: true, procMount: 'Unmasked' } },
    ),
  ]);
  // WHEN
  const remedies = checkPodSecurity(Manifests.of(chart)).map(({ remedy }) => remedy);
  // THEN
  expect(remedies).toEqual(
    [
      'hostPID: false',
      'runAsNonRoot: true',
      'seccompProfile: { type: RuntimeDefault }',
      'allowPrivilegeEscalation: false',
      'privileged: false',
      'capabilities: { drop: [ALL] }',
      'procMount: Default',
    ].map((field) => `Pod Security "restricted" expects ${field}`),
  );
});

test('the AppArmor annotation is looked at', () => {
  // GIVEN
  const annotations = (profile: string) => {
    const object = deployment();
    object.spec.template.metadata.annotations = { 'container.apparmor.security.beta.kubernetes.io/main': profile };
    return [object];
  };
  // WHEN
  const [good, bad] = ['runtime/default', 'unconfined'].map((profile) => problemsOf(checkPodSecurity, annotations(profile)));
  // THEN
  expect(good).toEqual([]);
  expect(bad).toEqual(['Deployment/web: the annotation container.apparmor.security.beta.kubernetes.io/main is "unconfined"']);
});

test('a container has what the pod says, and may not say worse', () => {
  // GIVEN
  const { runAsNonRoot, seccompProfile, ...rest } = SAFE;
  const podContext = { securityContext: { runAsNonRoot, seccompProfile } };
  // WHEN
  const inherited = problemsOf(checkPodSecurity, [deployment(podContext, { securityContext: rest })]);
  const worse = problemsOf(checkPodSecurity, [deployment(podContext, { securityContext: { ...rest, runAsNonRoot: false } })]);
  // THEN
  expect(inherited).toEqual([]);
  expect(worse).toEqual(['Deployment/web: container "main" may run as root']);
});

test.each(['initContainers', 'ephemeralContainers'])('%s are looked at too', (list) => {
  // WHEN
  const problems = problemsOf(checkPodSecurity, [deployment({ [list]: [{ name: 'more' }] })]);
  // THEN
  expect(problems).toEqual([
    'Deployment/web: container "more" may run as root',
    'Deployment/web: container "more" has no seccomp profile',
    'Deployment/web: container "more" may gain privileges',
    'Deployment/web: container "more" keeps capabilities',
  ]);
});
