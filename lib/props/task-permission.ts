import type { Given } from '../validation/checked-props';
import { isDnsSubdomain, type PropValidator } from '../validation/prop-validator';

/** A rule of a Role. */
export interface TaskPermissionProps {
  /**
   * The groups of the API, as `sparkoperator.k8s.io` or `batch`.
   * @default - the group without a name, to which pods, Services and ConfigMaps belong
   */
  readonly apiGroups?: string[];
  /** The resources in them, in the plural, as `sparkapplications`; those below one behind a slash, as `pods/log`. */
  readonly resources: string[];
  /** What may be done with them, as `get`, `list`, `watch`, `create`, `patch`, `update`, `delete`. */
  readonly verbs: string[];
  /**
   * The names of the objects. It can't be said of `create`, for which an object has no name yet.
   * @default - objects of any name
   */
  readonly resourceNames?: string[];
  /**
   * The namespaces. Those of others have to be there.
   * @default - that of the deployment
   */
  readonly namespaces?: string[];
}

type Rule = { readonly apiGroups: string[]; readonly resources: string[]; readonly verbs: string[]; readonly resourceNames?: string[] };

const OBJECT_VERBS = ['create', 'get', 'list', 'watch', 'patch', 'delete'];
const POD_RULES: readonly Rule[] = [
  { apiGroups: [''], resources: ['pods'], verbs: OBJECT_VERBS },
  { apiGroups: [''], resources: ['pods/log'], verbs: ['get'] },
  // The result of a task is read out of its pod so.
  { apiGroups: [''], resources: ['pods/exec'], verbs: ['create', 'get'] },
  { apiGroups: [''], resources: ['events'], verbs: ['list', 'watch'] },
];
const JOB_RULES: readonly Rule[] = [
  { apiGroups: ['batch'], resources: ['jobs'], verbs: OBJECT_VERBS },
  { apiGroups: ['batch'], resources: ['jobs/status'], verbs: ['get'] },
];

/**
 * What the code of DAGs may do with the API of Kubernetes, where tasks run and in the triggerer: a Role in each namespace, and a token in those pods
 * alone.
 *
 * Who may make pods in a namespace can read all that pods there may mount: in the namespace of the deployment also the Secrets of Airflow. A namespace of their
 * own keeps them apart.
 * @see https://kubernetes.io/docs/reference/access-authn-authz/rbac/
 * @example
 * import { App } from 'cdk8s';
 * import { AirflowChart, TaskPermission } from 'cdk8s-airflow';
 *
 * new AirflowChart(new App(), 'airflow', {
 *   taskPermissions: [
 *     TaskPermission.kubernetesPodOperator('jobs', 'training'),
 *     TaskPermission.rule({
 *       apiGroups: ['sparkoperator.k8s.io'],
 *       resources: ['sparkapplications'],
 *       verbs: ['create', 'get', 'list', 'watch', 'delete'],
 *       namespaces: ['spark'],
 *     }),
 *   ],
 * });
 */
export class TaskPermission {
  /**
   * What the KubernetesPodOperator does: make pods, follow them, read their logs and results, and delete them.
   * @param namespaces where; without one in the namespace of the deployment.
   * @see https://airflow.apache.org/docs/apache-airflow-providers-cncf-kubernetes/stable/operators.html
   */
  static kubernetesPodOperator(...namespaces: string[]): TaskPermission {
    return new TaskPermission(POD_RULES, namespaces, ['kubernetesPodOperator', ...namespaces]);
  }

  /**
   * What the KubernetesJobOperator does: the same with Jobs, and with their pods.
   * @param namespaces where; without one in the namespace of the deployment.
   */
  static kubernetesJobOperator(...namespaces: string[]): TaskPermission {
    return new TaskPermission([...JOB_RULES, ...POD_RULES], namespaces, ['kubernetesJobOperator', ...namespaces]);
  }

  /**
   * Anything else, as with custom resources.
   * @param props the rule, and where.
   */
  static rule(props: TaskPermissionProps): TaskPermission {
    const { apiGroups = [''], resources, verbs, resourceNames, namespaces = [] } = props ?? {};
    return new TaskPermission([{ apiGroups, resources, verbs, resourceNames }], namespaces, ['rule', props]);
  }

  private constructor(
    /** @internal */
    readonly _rules: readonly object[],
    /**
     * Those that are named.
     * @internal
     */
    readonly _namespaces: readonly string[],
    /** @internal */
    readonly _given: Given,
  ) {}

  /** @internal */
  _validate(validator: PropValidator, prop: string): void {
    for (const [index, name] of this._namespaces.entries()) validator.dnsLabel(`${prop}.namespaces[${index}]`, name);
    for (const { apiGroups, resources, verbs, resourceNames } of this._rules as readonly Rule[]) {
      for (const [field, list] of Object.entries({ apiGroups, resources, verbs, resourceNames })) {
        if (list?.length === 0) validator.report(`${prop}.${field}`, list, 'expected at least one');
        if (field !== 'apiGroups' && list?.includes('')) validator.report(`${prop}.${field}`, list, 'expected names that are not empty');
      }
      for (const [index, group] of apiGroups.entries()) {
        if (group === '' || group === '*' || isDnsSubdomain(group)) continue;
        validator.report(`${prop}.apiGroups[${index}]`, group, 'expected a group without its version, as in "batch"');
      }
      if (resourceNames && verbs.includes('create')) {
        validator.report(`${prop}.resourceNames`, resourceNames, 'expected none with the verb create, to which Kubernetes knows no names');
      }
    }
  }
}
