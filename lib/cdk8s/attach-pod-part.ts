import { ApiObject } from 'cdk8s';
import type { IConstruct } from 'constructs';
import type { Json } from '../kubernetes/json';
import { type PodPart, podTemplateOf } from '../kubernetes/pod-part';
import { ObjectRendering } from './object-rendering';

/**
 * Add a part to the pods of a workload: an ApiObject with a pod template, or a construct whose default child is one, as the workloads of
 * cdk8s-plus are. It is done when the object is rendered, so the workload may still change after this call.
 */
export function attachPodPart(workload: IConstruct, part: PodPart): void {
  const object = objectOf(workload);
  if (!object) {
    workload.node.addValidation({ validate: () => ["a pod part can't be attached: there is no object behind this construct"] });
    return;
  }
  const { parts } = ObjectRendering.of(object);
  parts.push(part);
  if (parts.length > 1) return;
  workload.node.addValidation({
    validate: () => {
      const template = podTemplateOf(object.toJson());
      const problem = template ? whatIsTwice(template.spec) : 'it has no pod template';
      return problem ? [`a pod part can't be attached to ${object.kind}/${object.name}: ${problem}`] : [];
    },
  });
}

/** What the API server refuses, of what comes from more than one place, and a port that only one container can have. */
function whatIsTwice({ initContainers = [], containers = [], volumes = [] }: Json): string | undefined {
  const ids = [
    ...[...initContainers, ...containers].map(({ name }: Json) => `a container "${name}"`),
    ...volumes.map(({ name }: Json) => `a volume "${name}"`),
    ...containers.flatMap(({ livenessProbe }: Json) => {
      const port = livenessProbe?.tcpSocket?.port;
      return typeof port === 'number' ? [`a container that listens at port ${port}`] : [];
    }),
  ];
  const id = ids.find((candidate, index) => ids.indexOf(candidate) !== index);
  return (
    id &&
    `it would have ${id} twice; expected one part of each kind (a DagGitSync takes several repositories; of two the mountPath tells the ports)`
  );
}

function objectOf(workload: IConstruct): ApiObject | undefined {
  try {
    return ApiObject.of(workload);
  } catch {
    return undefined;
  }
}
