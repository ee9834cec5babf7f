import { satisfies } from './pep440';
import type { SourceLine } from './read-requirements';

/** Packages whose version is that of Airflow. apache-airflow-task-sdk counts for itself. */
const AIRFLOW_PACKAGES = ['apache-airflow', 'apache-airflow-core'];
const CONSTRAINTS_URL = /\/constraints-(\d+\.\d+\.\d+[a-z0-9.]*)\//;

/** What is wrong with a line that asks for another Airflow than the given one, if it does. */
export function airflowContradiction(line: SourceLine, airflowVersion: string): string | undefined {
  const wanted = versionInConstraintsUrl(line) ?? contradictingSpecifiers(line, airflowVersion);
  if (wanted === undefined || wanted === `==${airflowVersion}`) return undefined;
  return `${line.place}: Airflow ${wanted} contradicts airflowVersion ${airflowVersion}; expected no version, or one that it satisfies`;
}

/** Airflow's own constraints, which are published for each version. */
function versionInConstraintsUrl({ option }: SourceLine): string | undefined {
  const version = option?.name === '--constraint' ? CONSTRAINTS_URL.exec(option.value ?? '')?.[1] : undefined;
  return version && `==${version}`;
}

function contradictingSpecifiers({ package: line }: SourceLine, airflowVersion: string): string | undefined {
  // With a marker it may be for pods that there are not.
  if (!line || line.hasMarker || !AIRFLOW_PACKAGES.includes(line.name ?? '')) return undefined;
  const wrong = line.specifiers.filter(({ operator, version }) => !satisfies(airflowVersion, operator, version));
  return wrong.length > 0 ? wrong.map(({ operator, version }) => `${operator}${version}`).join(',') : undefined;
}
