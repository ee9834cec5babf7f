import type { ImageProps } from '../../props/image';
import type { DistributionInput } from '../contract';

/** The version of Airflow where the user names none. */
const DEFAULT_VERSION = '3.3.2';

export function airflowVersionOf(asked: string | undefined): string {
  return asked ?? DEFAULT_VERSION;
}

/** The image of Airflow's pods; one component's settings win over those of all. */
export function airflowImage({ airflowVersion, components, images }: DistributionInput, component?: ImageProps): ImageProps {
  const image = { repository: 'docker.io/apache/airflow', tag: airflowVersionOf(airflowVersion), pullPolicy: 'IfNotPresent' };
  return images.of(image, components.all?.image, component);
}
