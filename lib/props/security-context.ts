import { defined } from '../kubernetes/defined';
import type { Json } from '../kubernetes/json';
import type { PodPart } from '../kubernetes/pod-part';
import { restrictedContainer } from '../kubernetes/security-context';
import type { Given } from '../validation/checked-props';
import type { PropValidator } from '../validation/prop-validator';

/** SELinux' label of a pod's containers. Pod Security "restricted" lets nobody set the user and the role in it. */
export interface SeLinuxProps {
  /**
   * The level, as in `s0:c123,c456`.
   * @default - that of the container runtime
   */
  readonly level?: string;
  /**
   * The type: `container_t`, `container_init_t`, `container_kvm_t` or `container_engine_t`.
   * @default - that of the container runtime
   */
  readonly type?: string;
}

/** As whom containers run. What is not given keeps its default. */
export interface SecurityContextProps {
  /**
   * The user, 1 or greater.
   * @default - that of the image: 50000 for Airflow, 999 for PostgreSQL and Redis
   * @see Kubernetes field runAsUser
   */
  readonly runAsUser?: number;
  /**
   * The group. Airflow's own image needs the group 0 with any user but its own.
   * @default - that of the image: 0 for Airflow, 999 for PostgreSQL and Redis
   * @see Kubernetes field runAsGroup
   */
  readonly runAsGroup?: number;
  /**
   * The group that volumes belong to.
   * @default - runAsGroup, if it is given; else 999 for PostgreSQL and Redis, and none for Airflow
   * @see Kubernetes field fsGroup
   */
  readonly fsGroup?: number;
  /**
   * Further groups.
   * @default - none
   * @see Kubernetes field supplementalGroups
   */
  readonly supplementalGroups?: number[];
  /**
   * SELinux' label.
   * @default - that of the container runtime
   * @see Kubernetes field seLinuxOptions
   */
  readonly seLinuxOptions?: SeLinuxProps;
}

/**
 * As whom the library's containers run. What Pod Security "restricted" asks for is there in any case: no root, no capabilities, no privileges, a
 * seccomp profile; and a root file system that nothing is written to.
 * @see https://kubernetes.io/docs/tasks/configure-pod-container/security-context/
 * @example
 * import { App } from 'cdk8s';
 * import { AirflowChart, SecurityContext } from 'cdk8s-airflow';
 *
 * new AirflowChart(new App(), 'airflow', {
 *   allComponents: { securityContext: SecurityContext.withIds({ runAsUser: 10001, supplementalGroups: [2000] }) },
 * });
 */
export class SecurityContext {
  /**
   * By ids.
   * @param props the ids. Those that are not given are those of the image.
   */
  static withIds(props: SecurityContextProps): SecurityContext {
    return new SecurityContext(props, false, ['withIds', props]);
  }

  /**
   * By ids that the platform assigns, as OpenShift does for each namespace: the manifests have none. Elsewhere it is the user of the image, which then must
   * have a number and not be root.
   */
  static assignedByPlatform(): SecurityContext {
    return new SecurityContext({}, true, ['assignedByPlatform']);
  }

  private constructor(
    /** @internal */
    readonly _props: SecurityContextProps,
    /** @internal */
    readonly _isAssigned: boolean,
    /** @internal */
    readonly _given: Given,
  ) {}

  /** @internal */
  _validate(validator: PropValidator, prop: string): void {
    const { runAsUser, runAsGroup, fsGroup, supplementalGroups = [], seLinuxOptions } = this._props;
    validator.wholeNumber(`${prop}.runAsUser`, runAsUser, 1, MAX_ID);
    validator.wholeNumber(`${prop}.runAsGroup`, runAsGroup, 0, MAX_ID);
    validator.wholeNumber(`${prop}.fsGroup`, fsGroup, 0, MAX_ID);
    for (const [index, group] of supplementalGroups.entries()) {
      validator.wholeNumber(`${prop}.supplementalGroups[${index}]`, group, 0, MAX_ID);
    }
    validator.oneOf(`${prop}.seLinuxOptions.type`, seLinuxOptions?.type, SELINUX_TYPES);
  }
}

const MAX_ID = 2 ** 31 - 1;
const SELINUX_TYPES = ['container_t', 'container_init_t', 'container_kvm_t', 'container_engine_t'];

/** The ids of an image. */
export interface ImageIds {
  readonly user: number;
  readonly group: number;
  /** The group of volumes, if it needs one. */
  readonly fsGroup?: number;
}

/** Of the image of Airflow, whose files belong to the group 0. */
export const AIRFLOW_IDS: ImageIds = { user: 50000, group: 0 };

/** The same for an image that has these ids, where the library knows of that of Airflow alone. */
export function withImageIds(context: SecurityContext | undefined, { user, group }: ImageIds): SecurityContext {
  return context?._isAssigned ? context : SecurityContext.withIds({ runAsUser: user, runAsGroup: group, ...defined(context?._props) });
}

/** `securityContext` of a container whose image has these ids. */
export function containerSecurity(context: SecurityContext | undefined, { user, group }: ImageIds): Json {
  const { runAsUser = user, runAsGroup = group } = context?._props ?? {};
  const { runAsUser: _, ...restricted } = restrictedContainer(runAsUser);
  return context?._isAssigned ? restricted : { ...restrictedContainer(runAsUser), runAsGroup };
}

/** `securityContext` of its pod; undefined where there is nothing to say. */
export function podSecurity(context: SecurityContext | undefined, { fsGroup: ofImage }: ImageIds): Json {
  if (context?._isAssigned) return undefined;
  const { runAsGroup, fsGroup = runAsGroup ?? ofImage, supplementalGroups, seLinuxOptions } = context?._props ?? {};
  const fields = defined({
    fsGroup,
    // Else a large volume is gone through file by file at each start of a pod.
    fsGroupChangePolicy: fsGroup === undefined ? undefined : 'OnRootMismatch',
    supplementalGroups,
    seLinuxOptions: seLinuxOptions && defined(seLinuxOptions),
  });
  return Object.keys(fields).length > 0 ? fields : undefined;
}

/**
 * What a program of Airflow's image asks the image for, which knows its own user alone: a name, and a home, where Python looks for packages.
 */
export function identityVariables(context: SecurityContext | undefined): Json[] {
  const isOwn = !context || (!context._isAssigned && (context._props.runAsUser ?? AIRFLOW_IDS.user) === AIRFLOW_IDS.user);
  return isOwn
    ? []
    : [
        { name: 'HOME', value: '/home/airflow' },
        { name: 'USER', value: 'airflow' },
      ];
}

/** A part of the library's whose containers have ids of their own, in a pod for which the platform may assign them. */
export function onPlatform(part: PodPart, context: SecurityContext | undefined): PodPart {
  if (!context?._isAssigned) return part;
  const withoutIds = (container: Json): Json => {
    const { runAsUser: _user, runAsGroup: _group, ...securityContext } = container.securityContext ?? {};
    return { ...container, securityContext };
  };
  return { ...part, initContainers: part.initContainers?.map(withoutIds), containers: part.containers?.map(withoutIds) };
}
