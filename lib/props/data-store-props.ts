import type { ImageProps } from './image';
import type { PlacementProps } from './placement';
import type { ResourcesProps } from './resources';

/** What can be set for a built-in data store: PostgreSQL or Redis. */
export interface DataStoreProps {
  /**
   * The image.
   * @default - docker.io/library/postgres:15.18-bookworm and docker.io/library/redis:7.4.9-bookworm
   */
  readonly image?: ImageProps;
  /**
   * Requests and limits.
   * @default - PostgreSQL: requests of 100m and 256Mi, limits of 2 and 1Gi; Redis: requests of 50m and 64Mi, limits of 1 and 256Mi
   */
  readonly resources?: ResourcesProps;
  /**
   * The size of the volume, as a Kubernetes quantity. Kubernetes does not let it change once the StatefulSet is there.
   * @default "8Gi" for PostgreSQL, "1Gi" for Redis
   */
  readonly storageSize?: string;
  /**
   * The StorageClass of the volume. It can't change either.
   * @default - the cluster's default
   */
  readonly storageClassName?: string;
  /**
   * Which nodes the pod runs on.
   * @default - any node
   */
  readonly placement?: PlacementProps;
}
