import type { PodsName } from '../../components/components';
import { variableOf } from '../../config/airflow-config';
import type { Json } from '../../kubernetes/json';
import type { PodPart } from '../../kubernetes/pod-part';
import { installOptions } from '../shared/outward-part';
import { NAMES_CLASSES } from '../shared-by-charts/packaged-classes';
import type { OfficialContext } from './context';
import { airflowContainer, webServiceName } from './pod-values';

/** The packages of the requirements, which an init container installs. */
export function packagesPart(context: OfficialContext, pods: PodsName): PodPart {
  const { image, imagePullPolicy } = airflowContainer(context, pods);
  return context.requirements?.installPart({ image, imagePullPolicy, ...installOptions(context, pods, webServiceName(context)) }) ?? {};
}

/** The chart waits for the tables before it installs packages, by a command that would look for the classes which options name. */
export function waitValues({ requirements, config }: OfficialContext): Json {
  const sections = config.sections();
  const named = NAMES_CLASSES.filter(({ section, key }) => {
    // Where logs are kept may take certificates too, which that container has neither.
    return sections[section]?.[key] !== undefined && (requirements || key === 'remote_logging');
  });
  if (named.length === 0) return {};
  const env = named.map(({ section, key, value }) => ({ name: variableOf(section, key), value }));
  return { waitForMigrations: { env } };
}
