import { groupOf } from '../../lib/kubernetes/api-group';
import type { Json } from '../../lib/kubernetes/json';
import { argumentsOf, nameOf } from '../objects/object-id';
import { madeSecrets } from '../objects/secret-uses';
import type { Finding } from '../report/finding';
import { containersOf, failureOf, type Living } from './living';
import { hasCondition } from './progress';

const LOG_LINES = 4;
const TELLING = /error|denied|fatal|exception|fail|refused|invalid|not found|no matching|cannot|can't|could not/i;

/** Why an image can't be had. */
const IMAGE_REASONS = [
  'ErrImagePull',
  'ImagePullBackOff',
  'InvalidImageName',
  'ErrImageNeverPull',
  'ImageInspectError',
  'RegistryUnavailable',
];
/** Why a container can't be made. */
const CONTAINER_REASONS = ['CreateContainerConfigError', 'CreateContainerError', 'RunContainerError'];

/** What containers of the library do, for those that fail: by the beginning of their name. */
const DOINGS: readonly { readonly name: RegExp; readonly problem: string; readonly wayOut: string }[] = [
  {
    name: /^install-requirements$/,
    problem: "the packages of the requirements can't be installed",
    wayOut:
      'mend the requirements in the program, or their index, or the way there (NetworkPolicies open what the requirements name), and apply',
  },
  {
    name: /^git-sync-/,
    problem: "DAGs can't be read from git",
    wayOut: 'look at the address, the branch and the token in its Secret, which is read anew at each attempt',
  },
  {
    name: /^wait-for-/,
    problem: "it can't wait for what it needs",
    wayOut: 'look at the log of the database and of the Job that migrates it',
  },
  {
    name: /^migrate$/,
    problem: "the database can't be migrated",
    wayOut: 'mend what the log names; the Job tries again, or delete it and apply',
  },
  {
    name: /^generate-secrets$/,
    problem: "Secrets can't be made",
    wayOut: 'mend what the log names; the Job tries again, or delete it and apply',
  },
];

/** As git, pip, uv, curl and Python's clients tell that a proxy wants a login, or another one. */
const PROXY_LOGIN = /(code|error|failed|response|status):? 407\b|\b407 (proxy|client error)|proxy authentication required/i;

/** All that is not right, and will not be so by waiting, each once for all pods that it befalls. */
export function findingsOf(living: Living): Finding[] {
  const { pods, workloads, claims } = living;
  const found = [
    ...missingObjects(living),
    ...claims.flatMap((claim) => unboundClaim(claim, living)),
    ...workloads.flatMap((workload) => refusedPods(workload, living)),
    ...workloads.flatMap(failedJob),
    ...pods
      .filter(({ status }) => status?.phase !== 'Succeeded')
      .flatMap((pod) => [...unscheduled(pod), ...troubledContainers(pod, living)]),
  ];
  return together(found);
}

function together(findings: readonly Finding[]): Finding[] {
  const byProblem = new Map<string, Finding[]>();
  for (const finding of findings) byProblem.set(finding.problem, [...(byProblem.get(finding.problem) ?? []), finding]);
  return [...byProblem.values()].map((same) => ({ ...same[0], object: [...new Set(same.map(({ object }) => object))].join(', ') }));
}

/** Secrets and ConfigMaps that pods wait for. */
function missingObjects(living: Living): Finding[] {
  const { pods, names, namespace } = living;
  const waiting = pods.filter(({ status }) => status?.phase === 'Pending' || containersOf({ status }).some(({ state }) => state?.waiting));
  return waiting.flatMap((pod) =>
    neededBy(pod)
      .filter(({ kind, name }) => !names.has(`${kind.toLowerCase()}/${name}`))
      .map(({ kind, name, keys }) => ({
        object: nameOf(pod),
        problem: `there is no ${kind} ${name}`,
        ...howToMake(kind, name, keys, namespace, living),
      })),
  );
}

interface Needed {
  readonly kind: 'Secret' | 'ConfigMap';
  readonly name: string;
  readonly keys: readonly string[];
}

function neededBy({ spec }: Json): Needed[] {
  const volumes: Json[] = spec.volumes ?? [];
  const sources: Json[] = volumes.flatMap((volume) => [volume, ...(volume.projected?.sources ?? [])]);
  const keysOf = (items: readonly Json[] = []) => items.map(({ key }) => key);
  const mounted = sources.flatMap(({ secret, configMap }): Needed[] => [
    ...(secret && !secret.optional
      ? [{ kind: 'Secret' as const, name: secret.secretName ?? secret.name, keys: keysOf(secret.items) }]
      : []),
    ...(configMap && !configMap.optional ? [{ kind: 'ConfigMap' as const, name: configMap.name, keys: keysOf(configMap.items) }] : []),
  ]);
  const containers: Json[] = [...(spec.initContainers ?? []), ...spec.containers];
  const variables = containers.flatMap(({ env = [], envFrom = [] }): Needed[] =>
    [...env.map(({ valueFrom }: Json) => valueFrom ?? {}), ...envFrom].flatMap(
      ({ secretKeyRef, secretRef, configMapKeyRef, configMapRef }: Json) => [
        ...[secretKeyRef, secretRef]
          .filter((ref) => ref && !ref.optional)
          .map(({ name, key }) => ({ kind: 'Secret' as const, name, keys: key ? [key] : [] })),
        ...[configMapKeyRef, configMapRef]
          .filter((ref) => ref && !ref.optional)
          .map(({ name, key }) => ({ kind: 'ConfigMap' as const, name, keys: key ? [key] : [] })),
      ],
    ),
  );
  const byName = new Map<string, Needed>();
  for (const needed of [...mounted, ...variables]) {
    const id = `${needed.kind}/${needed.name}`;
    byName.set(id, { ...needed, keys: [...new Set([...(byName.get(id)?.keys ?? []), ...needed.keys])] });
  }
  return [...byName.values()];
}

function howToMake(
  kind: string,
  name: string,
  keys: readonly string[],
  namespace: string,
  living: Living,
): Pick<Finding, 'wayOut' | 'commands'> {
  if (kind === 'ConfigMap')
    return { wayOut: 'it is one of the manifests, or one of yours: apply it', commands: ['kubectl apply --filename dist'] };
  const maker = madeSecrets(living.workloads).find(({ secret }) => secret === name)?.by;
  if (maker) {
    return {
      wayOut: `${maker} makes it, and has not done so`,
      commands: [`kubectl logs --namespace ${namespace} ${maker.toLowerCase()}`],
    };
  }
  const parts = (keys.length > 0 ? keys : ['KEY']).map((key) => ` --from-file=${key}=FILE`).join('');
  return {
    wayOut: 'make it; pods that wait for it start by themselves',
    commands: [`kubectl create secret generic ${name} --namespace ${namespace}${parts}`],
  };
}

function unboundClaim(claim: Json, { events }: Living): Finding[] {
  if (claim.status?.phase !== 'Pending') return [];
  const messages = eventsOf(claim, events).filter(({ reason }) => reason !== 'WaitForFirstConsumer' && reason !== 'ExternalProvisioning');
  if (messages.length === 0) return [];
  return [
    {
      object: nameOf(claim),
      problem: `it has no volume: ${messages.at(-1)?.message}`,
      wayOut: 'the cluster needs a default StorageClass, or storageClassName has to name one that there is',
      commands: ['kubectl get storageclass'],
    },
  ];
}

/** Pods that are not made at all, as a quota or a policy forbids them. */
function refusedPods(workload: Json, { events }: Living): Finding[] {
  const isShort = !hasCondition(workload.status, 'Complete') && (workload.status?.readyReplicas ?? 0) < (workload.spec.replicas ?? 1);
  const failure = (workload.status?.conditions ?? []).find(({ type, status }: Json) => type === 'ReplicaFailure' && status === 'True');
  const message =
    failure?.message ??
    eventsOf(workload, events)
      .filter(({ reason }) => reason === 'FailedCreate')
      .at(-1)?.message;
  if (!isShort || message === undefined) return [];
  return [
    {
      object: nameOf(workload),
      problem: `its pods are not let in: ${message}`,
      wayOut: 'a quota, a policy of the namespace or Pod Security says so: mend that, or what it names in the program',
      commands: [`kubectl describe ${argumentsOf(workload)}`],
    },
  ];
}

function eventsOf({ kind, metadata }: Json, events: readonly Json[]): Json[] {
  return events.filter(({ involvedObject }) => involvedObject?.kind === kind && involvedObject.name === metadata.name);
}

function failedJob(job: Json): Finding[] {
  if (groupOf(job) !== 'batch' || !hasCondition(job.status, 'Failed')) return [];
  const { message } = job.status.conditions.find(({ type }: Json) => type === 'Failed');
  return [
    {
      object: nameOf(job),
      problem: `it has failed, and does not try again: ${message}`,
      wayOut: 'mend what its log names, delete it, and apply',
      commands: [
        `kubectl logs --namespace ${job.metadata.namespace} job/${job.metadata.name} --all-containers`,
        `kubectl delete ${argumentsOf(job)}`,
      ],
    },
  ];
}

function unscheduled(pod: Json): Finding[] {
  const condition = (pod.status?.conditions ?? []).find(({ type, reason }: Json) => type === 'PodScheduled' && reason === 'Unschedulable');
  if (!condition) return [];
  return [
    {
      object: nameOf(pod),
      problem: `no node takes it: ${condition.message}`,
      wayOut: wayOutOf(condition.message),
      commands: ['kubectl describe nodes'],
    },
  ];
}

function wayOutOf(message: string): string {
  if (/Insufficient/.test(message)) return 'nodes need more room, or the pods lower requests: `resources` of the component';
  if (/PersistentVolumeClaim|volume/.test(message)) return 'it waits for its volume: look at the claims of the namespace';
  return 'nodes have to be as `placement` of the component says, or it has to say something else';
}

function troubledContainers(pod: Json, { logs, namespace }: Living): Finding[] {
  return containersOf(pod).flatMap((container) => {
    const { waiting } = container.state ?? {};
    const object = nameOf(pod);
    const log = `kubectl logs --namespace ${namespace} ${pod.metadata.name} --container ${container.name}`;
    if (IMAGE_REASONS.includes(waiting?.reason)) return [imageFinding(object, container, waiting, pod)];
    if (CONTAINER_REASONS.includes(waiting?.reason)) {
      const wayOut = 'mend what it names in the program, or in the Secret that it speaks of';
      return [
        {
          object,
          problem: `${container.name} can't be made: ${waiting.message}`,
          wayOut,
          commands: [`kubectl describe ${argumentsOf(pod)}`],
        },
      ];
    }
    const failure = failureOf(container);
    if (!failure) return [];
    if (failure.reason === 'OOMKilled') {
      const wayOut = 'give it more: `resources.limits.memory` of the component';
      return [
        {
          object,
          problem: `${container.name} had too little memory, and was ended`,
          wayOut,
          commands: [`kubectl describe ${argumentsOf(pod)}`],
        },
      ];
    }
    const doing = DOINGS.find(({ name }) => name.test(container.name));
    const text = logs.get(`${pod.metadata.name}/${container.name}`) ?? '';
    const telling = tellingLines(text);
    const proxyLogin =
      'the proxy wants a login, or another one: name its Secret by `proxy.login` and apply, or mend what is in there, which is read anew at each attempt';
    return [
      {
        object,
        problem: [doing?.problem ?? `${container.name} ends with ${failure.exitCode}, and is started again and again`, ...telling].join(
          '\n',
        ),
        wayOut: PROXY_LOGIN.test(text) ? proxyLogin : (doing?.wayOut ?? 'its log tells why'),
        commands: [container.state?.terminated ? log : `${log} --previous`],
      },
    ];
  });
}

function imageFinding(object: string, container: Json, waiting: Json, { metadata, spec }: Json): Finding {
  const image = [...(spec.initContainers ?? []), ...spec.containers].find(({ name }) => name === container.name)?.image;
  return {
    object,
    problem: `the image ${image} can't be pulled`,
    wayOut: `look at its name, and at \`images.pullSecrets\` if its registry wants a login: ${waiting.message ?? waiting.reason}`,
    commands: [`kubectl get events --namespace ${metadata.namespace} --field-selector involvedObject.name=${metadata.name}`],
  };
}

/** The last lines of a log that speak of something wrong, or else the last ones. */
function tellingLines(log: string): string[] {
  const lines = log.split('\n').filter((line) => line.trim() !== '');
  const telling = lines.filter((line) => TELLING.test(line));
  return (telling.length > 0 ? telling : lines).slice(-LOG_LINES);
}
