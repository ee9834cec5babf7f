import type { Json } from '../kubernetes/json';
import { isLabelValue, isQualifiedName } from '../validation/prop-validator';
import type { Finding } from './finding';
import { isEmptySelector, selects } from './label-selector';
import type { ManifestObject, Manifests } from './manifests';

const MAX_ANNOTATIONS_BYTES = 256 * 1024;
const EXPECTED_KEY = 'expected letters, digits, "-", "_" and ".", at most 63, as in "example.com/team"';
const WITH_SELECTOR = new Set(['DaemonSet', 'Deployment', 'ReplicaSet', 'StatefulSet']);

/** Labels and annotations are such that the API server takes them, and a workload selects its own pods. */
export function checkLabels(manifests: Manifests): Finding[] {
  const findings: Finding[] = [];
  for (const object of manifests.checked) checkMetadata(object, object.manifest.metadata, '', findings);
  for (const { object, labels, annotations } of manifests.checkedPods) {
    // The template of a bare pod is the object itself.
    if (object.kind !== 'Pod') checkMetadata(object, { labels, annotations }, ' of the pod template', findings);
    if (!WITH_SELECTOR.has(object.kind)) continue;
    const selector = object.manifest.spec.selector ?? {};
    if (isEmptySelector(selector) || !selects(selector, labels)) {
      findings.push({
        object,
        problem: `its selector ${JSON.stringify(selector)} does not select its own pods`,
        remedy: `expected labels of the pod template: ${JSON.stringify(labels)}`,
      });
    }
  }
  return findings;
}

function checkMetadata(object: ManifestObject, { labels, annotations }: Json, where: string, findings: Finding[]): void {
  for (const name in labels) {
    const value = labels[name];
    if (!isQualifiedName(name)) findings.push({ object, problem: `"${name}" can't be the name of a label${where}`, remedy: EXPECTED_KEY });
    if (typeof value !== 'string' || !isLabelValue(value)) {
      findings.push({
        object,
        problem: `${JSON.stringify(value)} can't be the value of the label "${name}"${where}`,
        remedy: 'expected a string of at most 63 letters, digits, "-", "_" and "."',
      });
    }
  }
  let bytes = 0;
  for (const name in annotations) {
    const value = annotations[name];
    // The API server does not mind capitals here.
    if (!isQualifiedName(name.toLowerCase())) {
      findings.push({ object, problem: `"${name}" can't be the name of an annotation${where}`, remedy: EXPECTED_KEY });
    }
    if (typeof value !== 'string') {
      findings.push({ object, problem: `the annotation "${name}"${where} is a ${typeof value}`, remedy: 'expected a string' });
    } else {
      bytes += Buffer.byteLength(name) + Buffer.byteLength(value);
    }
  }
  if (bytes > MAX_ANNOTATIONS_BYTES) {
    findings.push({ object, problem: `its annotations${where} have ${bytes} bytes`, remedy: `expected at most ${MAX_ANNOTATIONS_BYTES}` });
  }
}
