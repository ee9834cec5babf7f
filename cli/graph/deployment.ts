import type { Json } from '../../lib/kubernetes/json';
import { podTemplateOf } from '../../lib/kubernetes/pod-part';
import { madeSecrets, secretUses } from '../objects/secret-uses';

/** What a picture of a deployment shows, as its objects tell it. */
export interface Deployment {
  readonly namespace: string;
  readonly parts: readonly Part[];
  readonly arrows: readonly Arrow[];
  /** The outer before the inner. */
  readonly frames: readonly Frame[];
}

export interface Part {
  /** `Kind/name`, for a Job without the hash. */
  readonly id: string;
  /** Pods that stay, pods that end, what pods read, and what is outside of the namespace. */
  readonly kind: 'pods' | 'job' | 'data' | 'outside';
  readonly title: string;
  /** What else is to be said of it. */
  readonly lines: readonly string[];
}

export interface Arrow {
  readonly from: string;
  readonly to: string;
  readonly kind: 'connects' | 'reads' | 'makes';
  /** The ports that are connected to. */
  readonly label: string;
}

/** Parts that have something in common. */
export interface Frame {
  readonly id: string;
  readonly title: string;
  readonly members: readonly string[];
}

const ANYWHERE = 'address/any address';
const WELL_KNOWN_PORTS: { readonly [port: number]: string } = { 53: 'DNS', 443: 'HTTPS' };

/** Pods, what they read and make, whom the NetworkPolicies let them connect to, and how the Ingress leads to them. */
export function readDeployment(objects: readonly Json[]): Deployment {
  const workloads = objects.filter(podTemplateOf);
  if (workloads.length === 0) throw new Error('nothing in these manifests makes pods: there is nothing to draw');
  const ingresses = objects.filter(({ kind }) => kind === 'Ingress');
  const arrows = unique([
    ...ingresses.flatMap((ingress) => pathsOf(ingress, objects)),
    ...workloads.flatMap((workload) => connectionsOf(workload, objects)),
    ...madeSecrets(objects).map(({ secret, by }) => arrow('makes', withoutHash(by), `Secret/${secret}`)),
    ...secretUses(objects).map(({ secret, by }) => arrow('reads', withoutHash(by), `Secret/${secret}`)),
    ...workloads.flatMap(configMapsOf),
  ]);
  const ends = [...new Set(arrows.map(({ to }) => to))];
  const parts = [
    ...ingresses.map((ingress) => ingressPart(ingress)),
    ...workloads.map((workload) => podsPart(workload, objects)),
    ...ends.filter(isData).map((id) => plainPart('data', id)),
    ...ends.filter(isOutside).map((id) => plainPart('outside', id)),
  ];
  return { namespace: workloads[0].metadata.namespace, parts, arrows, frames: framesOf(arrows) };
}

/** What runs Airflow, and of that what stays. */
function framesOf(arrows: readonly Arrow[]): Frame[] {
  const airflow = arrows.filter(({ to }) => to === 'ConfigMap/airflow-config').map(({ from }) => from);
  return [
    { id: 'airflow', title: 'Airflow', members: airflow },
    { id: 'deployments', title: 'Deployments', members: airflow.filter((id) => id.startsWith('Deployment/')) },
  ];
}

function podsPart(workload: Json, objects: readonly Json[]): Part {
  const { kind, spec } = workload;
  const { initContainers = [], containers } = podTemplateOf(workload).spec;
  const services = objects.filter((object) => object.kind === 'Service' && object.spec.selector && selects(object.spec.selector, workload));
  const lines = [
    spec.replicas > 1 ? `${kind}, ${spec.replicas} pods` : kind,
    ...services.flatMap(({ spec: { ports } }) => ports.map(({ port }: Json) => `Service, port ${port}`)),
    ...(spec.volumeClaimTemplates ?? []).map((claim: Json) => `volume, ${claim.spec.resources.requests.storage}`),
    ...initContainers.map(({ name }: Json) => `init: ${name}`),
    ...containers.slice(1).map(({ name }: Json) => `sidecar: ${name}`),
  ];
  const id = idOf(workload);
  return { id, kind: kind === 'Job' ? 'job' : 'pods', title: id.slice(kind.length + 1), lines };
}

function ingressPart(ingress: Json): Part {
  const hosts = (ingress.spec.rules ?? []).map(({ host }: Json) => host ?? 'any host');
  return { id: idOf(ingress), kind: 'outside', title: hosts.join(', '), lines: ['Ingress'] };
}

function plainPart(kind: Part['kind'], id: string): Part {
  const [what, ...name] = id.split('/');
  return { id, kind, title: name.join('/'), lines: id === ANYWHERE ? [] : [what] };
}

function isData(id: string): boolean {
  return /^(Secret|ConfigMap)\//.test(id);
}

function isOutside(id: string): boolean {
  return /^(namespace|address)\//.test(id);
}

/** From an Ingress to the pods of its Services. */
function pathsOf(ingress: Json, objects: readonly Json[]): Arrow[] {
  const paths: Json[] = (ingress.spec.rules ?? []).flatMap(({ http }: Json) => http?.paths ?? []);
  return paths.flatMap(({ backend: { service } }) => {
    const found = objects.find(({ kind, metadata }) => kind === 'Service' && metadata.name === service?.name);
    if (!found?.spec.selector) return [];
    return podsSelectedBy(found.spec.selector, objects).map((pods) =>
      arrow('connects', idOf(ingress), idOf(pods), portText(service.port.number ?? service.port.name, pods)),
    );
  });
}

/** Whom NetworkPolicies let pods connect to. */
function connectionsOf(workload: Json, objects: readonly Json[]): Arrow[] {
  const policies = objects.filter(({ kind, spec }) => kind === 'NetworkPolicy' && selects(spec.podSelector?.matchLabels, workload));
  const rules: Json[] = policies.flatMap(({ spec }) => spec.egress ?? []);
  return rules.flatMap(({ to: peers = [{}], ports = [] }) =>
    peers.flatMap((peer: Json) => {
      const texts = (pods?: Json) => [...new Set(ports.map(({ port }: Json) => portText(port, pods)))].join(', ') || 'all ports';
      return peer.podSelector && !peer.namespaceSelector
        ? podsSelectedBy(peer.podSelector.matchLabels, objects).map((pods) => arrow('connects', idOf(workload), idOf(pods), texts(pods)))
        : [arrow('connects', idOf(workload), outsideId(peer), texts())];
    }),
  );
}

function outsideId({ ipBlock, namespaceSelector }: Json): string {
  const namespace = namespaceSelector?.matchLabels?.['kubernetes.io/metadata.name'];
  if (namespace) return `namespace/${namespace}`;
  return ipBlock && !/^(0\.0\.0\.0|::)\/0$/.test(ipBlock.cidr) ? `address/${ipBlock.cidr}` : ANYWHERE;
}

/** A port with the name that it has in the pods. */
function portText(port: number, pods?: Json): string {
  const { containers = [], initContainers = [] } = (pods && podTemplateOf(pods).spec) ?? {};
  const ports: Json[] = [...containers, ...initContainers].flatMap((container: Json) => container.ports ?? []);
  const name = ports.find(({ containerPort }) => containerPort === port)?.name ?? WELL_KNOWN_PORTS[port];
  return name ? `${name} ${port}` : `${port}`;
}

function configMapsOf(workload: Json): Arrow[] {
  const volumes: Json[] = podTemplateOf(workload).spec.volumes ?? [];
  return volumes.flatMap(({ configMap }) => (configMap ? [arrow('reads', idOf(workload), `ConfigMap/${configMap.name}`)] : []));
}

function podsSelectedBy(labels: Json, objects: readonly Json[]): Json[] {
  return objects.filter((object) => podTemplateOf(object) && selects(labels, object));
}

/** A Service without a selector selects none, a policy without one all. */
function selects(labels: Json, workload: Json): boolean {
  return Object.entries(labels ?? {}).every(([name, value]) => podTemplateOf(workload).metadata?.labels?.[name] === value);
}

function arrow(kind: Arrow['kind'], from: string, to: string, label = ''): Arrow {
  return { from, to, kind, label };
}

function idOf({ kind, metadata }: Json): string {
  return withoutHash(`${kind}/${metadata.name}`);
}

function withoutHash(id: string): string {
  return id.replace(/^(Job\/.*)-[0-9a-f]{8}$/, '$1');
}

function unique(arrows: readonly Arrow[]): Arrow[] {
  return [...new Map(arrows.map((arrow) => [JSON.stringify(arrow), arrow])).values()];
}
