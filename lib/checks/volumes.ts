import type { Json } from '../kubernetes/json';
import type { Finding } from './finding';
import type { Manifests } from './manifests';

/** Every volume that a container mounts is one of the pod's. */
export function checkVolumes(manifests: Manifests): Finding[] {
  const findings: Finding[] = [];
  for (const { object, spec, containers } of manifests.checkedPods) {
    const names = new Set<string>((spec.volumes ?? []).map(({ name }: Json) => name));
    for (const { metadata } of object.manifest.spec?.volumeClaimTemplates ?? []) names.add(metadata?.name);
    for (const { name: container, volumeMounts = [], volumeDevices = [] } of containers) {
      for (const { name } of [...volumeMounts, ...volumeDevices]) {
        if (names.has(name)) continue;
        const problem = `container "${container}" mounts the volume "${name}", which the pod does not have`;
        findings.push({ object, problem, remedy: `it has ${[...names].join(', ') || 'none'}` });
      }
    }
  }
  return findings;
}
