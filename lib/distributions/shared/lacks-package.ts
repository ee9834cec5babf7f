import type { DistributionInput } from '../contract';
import { airflowImage } from './airflow-image';
import { settingsOf } from './component-settings';
import { deployedComponents } from './deployed-components';

/** Whether pods have not a package that the image of the Airflow project lacks. What other images have can't be known. */
export function lacksPackage(input: DistributionInput, name: string): boolean {
  if (input.requirements?._mayInstall(name)) return false;
  const images = deployedComponents(input).map((component) => airflowImage(input, settingsOf(input, component).image));
  return images.some(({ repository }) => /(^|\/)apache\/airflow$/.test(repository ?? ''));
}
