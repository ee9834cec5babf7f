import { type ImageProps, joinImages } from '../../props/image';
import type { DistributionInput } from '../contract';

/** The version of Airflow where the user names none. */
const DEFAULT_VERSION = '3.3.2';

export function airflowVersionOf(asked: string | undefined): string {
  return asked ?? DEFAULT_VERSION;
}

/** The image of Airflow's pods; one component's settings win over those of all. */
export function airflowImage({ airflowVersion, components }: DistributionInput, component?: ImageProps): ImageProps {
  const image = { repository: 'docker.io/apache/airflow', tag: airflowVersionOf(airflowVersion), pullPolicy: 'IfNotPresent' };
  return joinImages(image, components.all?.image, component);
}
