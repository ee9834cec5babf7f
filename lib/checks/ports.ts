import type { Json } from '../kubernetes/json';
import type { Finding } from './finding';
import type { Manifests, Pod } from './manifests';
import { backendsOf } from './references';

const PROBES = ['startupProbe', 'readinessProbe', 'livenessProbe'];

/** Every port that a Service, an Ingress, an HTTPRoute or a probe names is there. */
export function checkPorts(manifests: Manifests): Finding[] {
  return [...servicePorts(manifests), ...backendPorts(manifests), ...manifests.checkedPods.flatMap(probePorts)];
}

/** The ports of the containers that run as long as the pod does. */
export function podPorts({ spec }: Pod): Json[] {
  const sidecars = (spec.initContainers ?? []).filter(({ restartPolicy }: Json) => restartPolicy === 'Always');
  return [...spec.containers, ...sidecars].flatMap(({ ports }: Json) => ports ?? []);
}

function servicePorts(manifests: Manifests): Finding[] {
  return manifests.checkedOf('Service').flatMap((object) => {
    const { selector, ports = [] } = object.manifest.spec ?? {};
    const pods = selector ? manifests.podsOf({ matchLabels: selector }, object.namespace) : [];
    if (pods.length === 0) return [];
    const present = pods.flatMap(podPorts);
    return ports.flatMap(({ port, targetPort = port, protocol = 'TCP' }: Json) => {
      const isTarget = (candidate: Json) =>
        (candidate.name === targetPort || candidate.containerPort === targetPort) && (candidate.protocol ?? 'TCP') === protocol;
      if (present.some(isTarget)) return [];
      const names = pods.map((pod) => `${pod.object.kind}/${pod.object.name}`).join(', ');
      return {
        object,
        problem: `port ${port} leads to ${targetPort}/${protocol}, which no container of ${names} has`,
        remedy: listPorts(present),
      };
    });
  });
}

function backendPorts(manifests: Manifests): Finding[] {
  return [...manifests.checkedOf('Ingress'), ...manifests.checkedOf('HTTPRoute')].flatMap((object) =>
    backendsOf(object.manifest).flatMap(({ place, service, namespace = object.namespace, port }) => {
      const target = manifests.find('Service', service, namespace);
      const present: Json[] = target?.manifest.spec?.ports ?? [];
      if (!target || port === undefined || present.some((each) => each.port === port || each.name === port)) return [];
      const problem = `${place} leads to the port ${port} of Service "${service}", which has no such port`;
      return { object, problem, remedy: listPorts(present.map((each) => ({ name: each.name, containerPort: each.port }))) };
    }),
  );
}

/** A probe's port that is a number need not be among the container's ports, a name must. */
function probePorts({ object, containers }: Pod): Finding[] {
  const findings: Finding[] = [];
  for (const container of containers) {
    const handlers = [...PROBES.map((probe) => container[probe]), container.lifecycle?.postStart, container.lifecycle?.preStop];
    for (const handler of handlers) {
      const port = (handler?.httpGet ?? handler?.tcpSocket)?.port;
      const present: Json[] = container.ports ?? [];
      if (typeof port !== 'string' || present.some(({ name }) => name === port)) continue;
      const problem = `a probe or hook of container "${container.name}" names the port "${port}", which the container does not have`;
      findings.push({ object, problem, remedy: listPorts(present) });
    }
  }
  return findings;
}

function listPorts(ports: readonly Json[]): string {
  const names = ports.map(({ name, containerPort }) => (name ? `${name} (${containerPort})` : containerPort));
  return `there is ${[...new Set(names)].join(', ') || 'none'}`;
}
