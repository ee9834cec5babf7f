import type { PropValidator } from '../validation/prop-validator';
import { type ImageProps, validateImage } from './image';
import { type PlacementProps, validatePlacement } from './placement';
import { validatePodLabels } from './pod-labels';
import { type ResourcesProps, validateResources } from './resources';
import type { SecurityContext } from './security-context';

/**
 * PgBouncer: few connections to the database, which many of Airflow share, each for the time of a transaction.
 * @see https://www.pgbouncer.org
 */
export interface PgBouncerProps {
  /**
   * The image: PgBouncer 1.21 or later, and a shell.
   * @default - docker.io/apache/airflow:airflow-pgbouncer-2025.03.05-1.23.1
   */
  readonly image?: ImageProps;
  /**
   * The number of pods. Each has connections of its own to the database.
   * @default 1
   */
  readonly replicas?: number;
  /**
   * Requests and limits.
   * @default - requests of 50m and 32Mi, limits of 1 and 128Mi
   */
  readonly resources?: ResourcesProps;
  /**
   * How many connections to the database each pod has at most.
   * @default 20
   * @see PgBouncer setting default_pool_size
   */
  readonly poolSize?: number;
  /**
   * How many connections of Airflow each pod takes at most.
   * @default 1000
   * @see PgBouncer setting max_client_conn
   */
  readonly maxClientConnections?: number;
  /**
   * Further settings of PgBouncer, by name, as in the section `[pgbouncer]` of pgbouncer.ini. One that the library sets is an error.
   * @default - those of PgBouncer
   * @see https://www.pgbouncer.org/config.html
   */
  readonly parameters?: { readonly [name: string]: string };
  /**
   * Further labels of the pods.
   * @default - none
   */
  readonly labels?: { readonly [name: string]: string };
  /**
   * Further annotations of the pods.
   * @default - none
   */
  readonly annotations?: { readonly [name: string]: string };
  /**
   * Which nodes the pods run on.
   * @default - any node
   */
  readonly placement?: PlacementProps;
  /**
   * As whom it runs.
   * @default - as the user 65534; by the platform's ids, where allComponents.securityContext says so
   */
  readonly securityContext?: SecurityContext;
}

/** Of a value of pgbouncer.ini, which is one line, it makes something else. */
const NO_VALUE = /\p{Cc}/u;

/**
 * Reports what is wrong with them.
 * @param owned the settings that the library sets, each with the prop to use instead if there is one.
 */
export function validatePgBouncer(
  validator: PropValidator,
  prop: string,
  props: PgBouncerProps,
  defaults: ResourcesProps,
  owned: { readonly [setting: string]: string },
): void {
  validateImage(validator, `${prop}.image`, props.image);
  validator.replicas(`${prop}.replicas`, props.replicas, 1);
  validateResources(validator, `${prop}.resources`, props.resources, defaults);
  validator.wholeNumber(`${prop}.poolSize`, props.poolSize, 1);
  validator.wholeNumber(`${prop}.maxClientConnections`, props.maxClientConnections, 1);
  validatePodLabels(validator, prop, props);
  validatePlacement(validator, `${prop}.placement`, props.placement);
  props.securityContext?._validate(validator, `${prop}.securityContext`);
  for (const [name, value] of Object.entries(props.parameters ?? {})) {
    const place = `${prop}.parameters.${name}`;
    if (!/^[a-z][a-z0-9_]*$/.test(name)) {
      validator.report(`${prop}.parameters["${name}"]`, name, 'expected the name of a setting of PgBouncer, as in "query_wait_timeout"');
    } else if (owned[name] !== undefined) {
      validator.reportHidden(place, `the library sets this setting; ${owned[name]}`);
    } else if (NO_VALUE.test(value)) {
      validator.reportHidden(place, 'expected a value of one line');
    }
  }
}
