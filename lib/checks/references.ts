import type { Json } from '../kubernetes/json';
import type { Finding } from './finding';
import { madeSecrets } from './made-secrets';
import type { ManifestObject, Manifests, Pod } from './manifests';

/** One object naming another. */
interface Reference {
  /** Where the name stands, as the subject of a sentence. */
  readonly place: string;
  readonly kind: string;
  readonly name: string | undefined;
  /** The namespace, where it is not that of the object which names it. */
  readonly namespace?: string;
  /** Keys that a ConfigMap or Secret must have. */
  readonly keys?: readonly string[];
  readonly optional?: boolean;
}

const BUILT_IN_CLUSTER_ROLE = /^(system:.*|cluster-admin|admin|edit|view)$/;

/** Every Secret, ConfigMap, claim, ServiceAccount, Service, role and workload that an object names is there. */
export function checkReferences(manifests: Manifests): Finding[] {
  const made = madeSecrets(manifests.objects);
  const findings: Finding[] = [];
  const check = (object: ManifestObject, references: readonly Reference[]) => {
    // The same name often stands in several containers of a pod.
    const reported = new Set<string>();
    for (const { place, kind, name, namespace = object.namespace, keys, optional } of references) {
      if (optional || name === undefined || !manifests.isInhabited(namespace)) continue;
      const report = (what: string, problem: string, remedy: string) => {
        if (reported.has(what)) return;
        reported.add(what);
        findings.push({ object, problem: `${place} ${problem}`, remedy, cause: `${namespace}/${what}; ${problem}` });
      };
      const target = manifests.find(kind, name, namespace);
      const secret = kind === 'Secret' && !target ? made.get(`${namespace}/${name}`) : undefined;
      const present = target ? keysOf(target.manifest) : secret?.keys;
      if (target || secret) {
        for (const key of present ? (keys ?? []) : []) {
          if (present?.includes(key)) continue;
          const which = secret ? `which ${secret.maker.kind} "${secret.maker.name}" does not put there` : 'which has no such key';
          const has = `it has ${present?.join(', ') || 'none'}`;
          report(`${kind}/${name}/${key}`, `names the key "${key}" of ${kind} "${name}", ${which}`, has);
        }
      } else if (!manifests.isDeclared(kind, name)) {
        report(
          `${kind}/${name}`,
          `names ${kind} "${name}", which is not in the chart`,
          `add it, or say that it is in the cluster already: declareExisting('${kind}', '${name}')`,
        );
      }
    }
  };
  for (const pod of manifests.checkedPods) check(pod.object, podReferences(pod));
  for (const object of manifests.checked) check(object, objectReferences(object.manifest));
  return findings;
}

function keysOf({ data, binaryData, stringData }: Json): string[] {
  return Object.keys({ ...data, ...binaryData, ...stringData });
}

function podReferences({ spec, containers }: Pod): Reference[] {
  const account = spec.serviceAccountName ?? spec.serviceAccount;
  const references: Reference[] = (spec.imagePullSecrets ?? []).map(({ name }: Json) => ({
    place: 'imagePullSecrets',
    kind: 'Secret',
    name,
  }));
  // Each namespace has an account of this name.
  if (account !== 'default') references.push({ place: 'serviceAccountName', kind: 'ServiceAccount', name: account });
  for (const volume of spec.volumes ?? []) references.push(...volumeReferences(volume));
  for (const container of containers) {
    for (const { name, valueFrom } of container.env ?? []) {
      if (!valueFrom) continue;
      const place = `env ${name} of container "${container.name}"`;
      references.push(
        ...keyReference(place, 'Secret', valueFrom.secretKeyRef),
        ...keyReference(place, 'ConfigMap', valueFrom.configMapKeyRef),
      );
    }
    for (const { secretRef, configMapRef } of container.envFrom ?? []) {
      const place = `envFrom of container "${container.name}"`;
      if (secretRef) references.push({ place, kind: 'Secret', ...secretRef });
      if (configMapRef) references.push({ place, kind: 'ConfigMap', ...configMapRef });
    }
  }
  return references;
}

function keyReference(place: string, kind: string, reference: Json): Reference[] {
  return reference ? [{ place, kind, name: reference.name, keys: [reference.key], optional: reference.optional }] : [];
}

function volumeReferences(volume: Json): Reference[] {
  const place = `volume "${volume.name}"`;
  const claim = volume.persistentVolumeClaim?.claimName;
  const sources = [volume, ...(volume.projected?.sources ?? [])];
  return [
    { place, kind: 'PersistentVolumeClaim', name: claim },
    ...sources.flatMap(({ secret, configMap }: Json) => [
      ...itemsReference(place, 'Secret', secret, secret?.secretName ?? secret?.name),
      ...itemsReference(place, 'ConfigMap', configMap, configMap?.name),
    ]),
  ];
}

function itemsReference(place: string, kind: string, source: Json, name: string): Reference[] {
  return source ? [{ place, kind, name, keys: (source.items ?? []).map(({ key }: Json) => key), optional: source.optional }] : [];
}

function objectReferences({ kind, spec, ...manifest }: Json): Reference[] {
  switch (kind) {
    case 'HTTPRoute':
      return [
        ...(spec?.parentRefs ?? [])
          .filter(({ kind = 'Gateway' }: Json) => kind === 'Gateway')
          .map(({ name, namespace }: Json) => ({ place: 'parentRefs', kind: 'Gateway', name, namespace })),
        ...serviceReferences({ kind, spec }),
      ];
    case 'Ingress':
      return [
        ...(spec?.tls ?? []).map(({ secretName }: Json) => ({ place: 'tls', kind: 'Secret', name: secretName })),
        ...serviceReferences({ kind, spec }),
      ];
    case 'StatefulSet':
      return [{ place: 'serviceName', kind: 'Service', name: spec?.serviceName }];
    case 'HorizontalPodAutoscaler':
      return [{ place: 'scaleTargetRef', kind: spec?.scaleTargetRef?.kind, name: spec?.scaleTargetRef?.name }];
    case 'ServiceAccount':
      return [
        ...(manifest.secrets ?? []).map(({ name }: Json) => ({ place: 'secrets', kind: 'Secret', name })),
        ...(manifest.imagePullSecrets ?? []).map(({ name }: Json) => ({ place: 'imagePullSecrets', kind: 'Secret', name })),
      ];
    case 'RoleBinding':
    case 'ClusterRoleBinding':
      return bindingReferences(manifest);
    default:
      return [];
  }
}

function bindingReferences({ roleRef, subjects }: Json): Reference[] {
  const isBuiltIn = roleRef?.kind === 'ClusterRole' && BUILT_IN_CLUSTER_ROLE.test(roleRef.name);
  return [
    ...(roleRef && !isBuiltIn ? [{ place: 'roleRef', kind: roleRef.kind, name: roleRef.name }] : []),
    ...(subjects ?? [])
      .filter((subject: Json) => subject.kind === 'ServiceAccount' && subject.name !== 'default')
      .map(({ kind, name, namespace }: Json) => ({ place: 'subjects', kind, name, namespace })),
  ];
}

function serviceReferences(manifest: Json): Reference[] {
  return backendsOf(manifest).map(({ place, service, namespace }) => ({ place, kind: 'Service', name: service, namespace }));
}

/** A port of a Service that requests are led to. */
export interface Backend {
  readonly place: string;
  readonly service: string;
  /** The namespace, where it is another. */
  readonly namespace?: string;
  /** The port, by number or name. */
  readonly port: string | number | undefined;
}

/** Where an Ingress or an HTTPRoute leads to. */
export function backendsOf({ kind, spec }: Json): Backend[] {
  return kind === 'HTTPRoute' ? routeBackends(spec) : ingressBackends(spec);
}

function ingressBackends(spec: Json): Backend[] {
  const backends = (spec?.rules ?? []).flatMap(({ host, http }: Json) =>
    (http?.paths ?? []).map(({ path, backend }: Json) => ({
      place: `the rule for ${host ?? '*'}${path ?? ''}`,
      service: backend?.service,
    })),
  );
  return [{ place: 'defaultBackend', service: spec?.defaultBackend?.service }, ...backends]
    .filter(({ service }) => service)
    .map(({ place, service }) => ({ place, service: service.name, port: service.port?.name ?? service.port?.number }));
}

function routeBackends(spec: Json): Backend[] {
  return (spec?.rules ?? []).flatMap(({ matches, backendRefs }: Json, index: number) => {
    const path = matches?.[0]?.path?.value;
    return (backendRefs ?? [])
      .filter(({ kind = 'Service' }: Json) => kind === 'Service')
      .map(({ name, namespace, port }: Json) => ({
        place: path ? `the rule for ${path}` : `rule ${index}`,
        service: name,
        namespace,
        port,
      }));
  });
}
