import { ApiObject, App, Chart, Lazy, Yaml } from 'cdk8s';
import { Construct } from 'constructs';
import { objectLabels, objectName } from '../../components/names';
import { TASK_POD_USERS } from '../../executors/executor-plan';
import type { Json } from '../../kubernetes/json';
import { TASK_POD_FILE } from '../../kubernetes/pods-of';
import { serviceAccountName } from '../shared/service-accounts';
import { taskPod } from './airflow-pod';
import type { BuiltInContext } from './context';

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
  constructor(scope: Construct, id: string, context: BuiltInContext) {
    super(scope, id);
    const pod = taskPod(this, context);
    new ApiObject(this, 'config-map', {
      apiVersion: 'v1',
      kind: 'ConfigMap',
      metadata: { name: objectName(context, 'task'), labels: objectLabels(context, 'task') },
      data: { [TASK_POD_FILE]: Lazy.any({ produce: () => Yaml.stringify(resolved(pod)) }) },
    });
    if (context.namespace === undefined) {
      context.validator.reportHidden(
        'executor',
        'pods of tasks need to know their namespace; give the chart one: new Chart(app, id, { namespace })',
      );
    }
    for (const user of TASK_POD_USERS) this.addRights(context, user);
  }

  private addRights(context: BuiltInContext, component: keyof typeof RULES): void {
    const metadata = { name: `${objectName(context, component)}-task-pods`, labels: objectLabels(context, component) };
    new ApiObject(this, `role-${component}`, {
      apiVersion: 'rbac.authorization.k8s.io/v1',
      kind: 'Role',
      metadata,
      rules: RULES[component],
    });
    new ApiObject(this, `role-binding-${component}`, {
      apiVersion: 'rbac.authorization.k8s.io/v1',
      kind: 'RoleBinding',
      metadata,
      roleRef: { apiGroup: 'rbac.authorization.k8s.io', kind: 'Role', name: metadata.name },
      subjects: [{ kind: 'ServiceAccount', name: serviceAccountName(context, component), namespace: context.namespace }],
    });
  }
}

/** The pod as cdk8s would write it, were it an object of its own: with what is worked out when it is rendered. */
function resolved(pod: Json): Json {
  return new ApiObject(new Chart(new App(), 'task'), 'pod', pod).toJson();
}
