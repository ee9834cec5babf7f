import type { Json } from '../kubernetes/json';
import type { Finding } from './finding';
import type { Manifests, Pod } from './manifests';

/** A problem, and the field that would do. */
type Problem = readonly [problem: string, expected: string];

const VOLUME_TYPES = new Set([
  'configMap',
  'csi',
  'downwardAPI',
  'emptyDir',
  'ephemeral',
  'image',
  'persistentVolumeClaim',
  'projected',
  'secret',
]);
const SYSCTLS = new Set([
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
]);
const PROFILES = new Set(['RuntimeDefault', 'Localhost']);
const SELINUX_TYPES = new Set(['', 'container_t', 'container_init_t', 'container_kvm_t', 'container_engine_t']);
const APPARMOR_ANNOTATION = 'container.apparmor.security.beta.kubernetes.io/';
const HANDLERS = ['startupProbe', 'readinessProbe', 'livenessProbe'];

/**
 * Every pod is such that the Pod Security profile "restricted" lets it in, on Linux.
 * @see https://kubernetes.io/docs/concepts/security/pod-security-standards/
 */
export function checkPodSecurity(manifests: Manifests): Finding[] {
  return manifests.checkedPods.flatMap((pod) => {
    const context = pod.spec.securityContext ?? {};
    const problems = [
      ...podProblems(pod),
      ...contextProblems('the pod', context),
      ...pod.containers.flatMap((container) => containerProblems(container, context)),
    ];
    return problems.map(([problem, expected]) => ({
      object: pod.object,
      problem,
      remedy: `Pod Security "restricted" expects ${expected}`,
    }));
  });
}

function podProblems({ spec, annotations }: Pod): Problem[] {
  const problems: Problem[] = [];
  for (const field of ['hostNetwork', 'hostPID', 'hostIPC']) {
    if (spec[field]) problems.push([`the pod has ${field}`, `${field}: false`]);
  }
  for (const { name, ...source } of spec.volumes ?? []) {
    for (const type of Object.keys(source)) {
      if (!VOLUME_TYPES.has(type)) problems.push([`the volume "${name}" is of the type ${type}`, `one of ${[...VOLUME_TYPES].join(', ')}`]);
    }
  }
  for (const { name } of spec.securityContext?.sysctls ?? []) {
    if (!SYSCTLS.has(name)) problems.push([`the pod sets ${name}`, 'no sysctls but the safe ones']);
  }
  for (const [name, value] of Object.entries(annotations)) {
    if (!name.startsWith(APPARMOR_ANNOTATION) || ['', 'runtime/default'].includes(value) || value.startsWith('localhost/')) continue;
    problems.push([`the annotation ${name} is "${value}"`, '"runtime/default"']);
  }
  return problems;
}

/** What is forbidden for a pod and for a container alike. */
function contextProblems(where: string, context: Json): Problem[] {
  const problems: Problem[] = [];
  const { seccompProfile, appArmorProfile, seLinuxOptions, windowsOptions, runAsNonRoot, runAsUser } = context;
  if (runAsNonRoot === false) problems.push([`${where} may run as root`, 'runAsNonRoot: true']);
  if (runAsUser === 0) problems.push([`${where} runs as the user 0`, 'another runAsUser']);
  if (seccompProfile && !PROFILES.has(seccompProfile.type)) {
    problems.push([`${where} has the seccomp profile ${seccompProfile.type}`, 'seccompProfile: { type: RuntimeDefault }']);
  }
  if (appArmorProfile && !PROFILES.has(appArmorProfile.type)) {
    problems.push([`${where} has the AppArmor profile ${appArmorProfile.type}`, 'appArmorProfile: { type: RuntimeDefault }']);
  }
  if (seLinuxOptions && (seLinuxOptions.user || seLinuxOptions.role || !SELINUX_TYPES.has(seLinuxOptions.type ?? ''))) {
    problems.push([`${where} has seLinuxOptions of its own`, 'no user and role, and no type but those for containers']);
  }
  if (windowsOptions?.hostProcess) problems.push([`${where} is a process of the host`, 'windowsOptions.hostProcess: false']);
  return problems;
}

function containerProblems(container: Json, podContext: Json): Problem[] {
  const where = `container "${container.name}"`;
  const context = container.securityContext ?? {};
  const problems = contextProblems(where, context);
  if ((context.runAsNonRoot ?? podContext.runAsNonRoot) === undefined) problems.push([`${where} may run as root`, 'runAsNonRoot: true']);
  if (!context.seccompProfile && !podContext.seccompProfile) {
    problems.push([`${where} has no seccomp profile`, 'seccompProfile: { type: RuntimeDefault }']);
  }
  if (context.allowPrivilegeEscalation !== false) {
    problems.push([`${where} may gain privileges`, 'allowPrivilegeEscalation: false']);
  }
  if (context.privileged) problems.push([`${where} is privileged`, 'privileged: false']);
  if (!context.capabilities?.drop?.includes('ALL')) problems.push([`${where} keeps capabilities`, 'capabilities: { drop: [ALL] }']);
  for (const capability of context.capabilities?.add ?? []) {
    if (capability !== 'NET_BIND_SERVICE') problems.push([`${where} adds the capability ${capability}`, 'none but NET_BIND_SERVICE']);
  }
  if ((context.procMount ?? 'Default') !== 'Default') problems.push([`${where} has procMount ${context.procMount}`, 'procMount: Default']);
  for (const { hostPort } of container.ports ?? []) {
    if (hostPort) problems.push([`${where} has the port ${hostPort} of the host`, 'no hostPort']);
  }
  for (const handler of [...HANDLERS.map((name) => container[name]), container.lifecycle?.postStart, container.lifecycle?.preStop]) {
    const host = handler?.httpGet?.host || handler?.tcpSocket?.host;
    if (host) problems.push([`a probe or hook of ${where} calls the host ${host}`, 'no host: the pod itself is called']);
  }
  return problems;
}
