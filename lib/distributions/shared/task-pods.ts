import { ApiObject, Lazy, Yaml } from 'cdk8s';
import { Construct } from 'constructs';
import { addRole } from '../../cdk8s/add-role';
import { type TaskGroupName, teamNameOf } from '../../components/components';
import { objectLabels, objectName } from '../../components/names';
import type { OwnedOption } from '../../config/airflow-config';
import { groupsOfTasks, TASK_POD_USERS } from '../../executors/executor-plan';
import { teamOptions } from '../../executors/teams';
import type { PodPart } from '../../kubernetes/pod-part';
import { TASK_POD_FILE } from '../../kubernetes/pods-of';
import type { DistributionInput } from '../contract';
import { FIXED } from './remedies';
import { serviceAccountName } from './service-accounts';
import { resolved, TASK_CONFIG, type TaskPodOptions, taskPod } from './task-pod';

/** Where the ConfigMap with it is in the scheduler's pod. */
const TEMPLATE_PATH = '/etc/airflow-task';

/** From what the scheduler makes the pods of tasks, and where. `left` is the value of options that would win over the template. */
export function taskPodOptions({ executor, namespace }: DistributionInput, left?: string): OwnedOption[] {
  const option = (key: string, value?: string) => ({ section: 'kubernetes_executor', key, value, instead: FIXED });
  return groupsOfTasks(executor).flatMap((group) => {
    const options = [
      option('namespace', namespace),
      option('pod_template_file', `${templatePath(group)}/${TASK_POD_FILE}`),
      // They would win over the image of the template.
      option('worker_container_repository', left),
      option('worker_container_tag', left),
      // The rights are for this namespace of this cluster.
      ...['in_cluster', 'config_file', 'multi_namespace_mode'].map((key) => option(key)),
    ];
    const team = teamNameOf(group);
    return team === undefined ? options : teamOptions(team, options);
  });
}

function templatePath(group: 'task' | TaskGroupName): string {
  return group.replace('task', TEMPLATE_PATH);
}

/**
 * From what the scheduler makes the pods of tasks, for its own pod. Airflow reads it for each, so that a change needs no restart.
 * @param ofChart the ConfigMap with it, where a chart makes that.
 */
export function taskTemplatePart(input: DistributionInput, ofChart?: string): PodPart {
  const groups = groupsOfTasks(input.executor).map((group) => ({ group, volume: group.replace('task', 'task-pod') }));
  return {
    volumes: groups.map(({ group, volume }) => ({ name: volume, configMap: { name: ofChart ?? objectName(input, group) } })),
    volumeMounts: groups.map(({ group, volume }) => ({ name: volume, mountPath: templatePath(group), readOnly: true })),
  };
}

/** What the scheduler does with the pods of tasks, and what the API server reads of those that run. */
const RULES: { readonly [User in (typeof TASK_POD_USERS)[number]]: readonly object[] } = {
  scheduler: [{ apiGroups: [''], resources: ['pods'], verbs: ['create', 'get', 'list', 'watch', 'patch', 'delete'] }],
  'api-server': [
    { apiGroups: [''], resources: ['pods'], verbs: ['get', 'list'] },
    { apiGroups: [''], resources: ['pods/log'], verbs: ['get'] },
  ],
};

/** The pods of tasks under the Kubernetes executor: from what the scheduler makes them, and its rights to do so. */
export class TaskPods extends Construct {
  constructor(scope: Construct, id: string, input: DistributionInput, options: TaskPodOptions) {
    super(scope, id);
    for (const group of groupsOfTasks(input.executor)) this.addFiles(input, group, options);
    if (input.namespace === undefined) {
      input.validator.reportHidden(
        'executor',
        'pods of tasks need to know their namespace; give the chart one: new Chart(app, id, { namespace })',
      );
    }
    for (const user of TASK_POD_USERS) this.addRights(input, user);
  }

  private addFiles(input: DistributionInput, group: 'task' | TaskGroupName, options: TaskPodOptions): void {
    const { config, configFile, chartImage } = options;
    const pod = chartImage ? undefined : taskPod(this, input, group, options);
    new ApiObject(this, group.replace('task', 'config-map'), {
      apiVersion: 'v1',
      kind: 'ConfigMap',
      metadata: { name: objectName(input, group), labels: objectLabels(input, group) },
      data: {
        ...(pod && { [TASK_POD_FILE]: Lazy.any({ produce: () => Yaml.stringify(resolved(pod)) }) }),
        ...(!configFile && { [TASK_CONFIG]: config.render({ forTasks: true }) }),
      },
    });
  }

  private addRights(input: DistributionInput, component: keyof typeof RULES): void {
    addRole(this, `role-${component}`, {
      name: `${objectName(input, component)}-task-pods`,
      labels: objectLabels(input, component),
      rules: RULES[component],
      accounts: [serviceAccountName(input, component)],
      accountNamespace: input.namespace,
    });
  }
}
