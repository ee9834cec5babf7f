import satisfies from 'semver/functions/satisfies';
import valid from 'semver/functions/valid';
import type { PropValidator } from '../../validation/prop-validator';

/** In what versions of the chart differ, as far as it matters here. */
export interface ChartFeatures {
  /** Whether it deploys Airflow 3; by the tag of the image then Airflow 2 too. */
  readonly hasAirflow3: boolean;
  /** Whether its pods get a copy of Airflow's virtual environment that pip can write to. */
  readonly copiesVenv: boolean;
  /** Whether the pod of its setup-db Job can be told where to run. */
  readonly placesSetupJob: boolean;
  /** Whether it labels the pod of its setup-db Job as a component. */
  readonly labelsSetupJob: boolean;
  /** What stands behind the name of Airflow in that of the Service of the web interface. */
  readonly webServiceSuffix: string;
  /** What its scheduler is under LocalExecutor. */
  readonly localScheduler: 'Deployment' | 'StatefulSet';
  /** Whether it has workers and a broker where Celery is one of several executors. */
  readonly hasWorkersBesideOthers: boolean;
  /** Whether the resources of its setup-db Job can be set: earlier versions write them to the wrong place. */
  readonly setsSetupResources: boolean;
}

const AIRFLOW_3: ChartFeatures = {
  hasAirflow3: true,
  copiesVenv: true,
  placesSetupJob: true,
  labelsSetupJob: true,
  webServiceSuffix: '-web',
  localScheduler: 'StatefulSet',
  hasWorkersBesideOthers: true,
  setsSetupResources: true,
};

/** What a version of the chart is like; one that is not known is reported. */
export function chartFeatures(validator: PropValidator, version: string): ChartFeatures {
  if (!valid(version)) {
    validator.report('distribution.version', version, 'expected the version of a chart, as in "25.1.0"');
  } else if (satisfies(version, '>=22.4.0 <23.0.0')) {
    return {
      hasAirflow3: false,
      copiesVenv: false,
      placesSetupJob: false,
      labelsSetupJob: false,
      webServiceSuffix: '',
      localScheduler: 'Deployment',
      hasWorkersBesideOthers: false,
      setsSetupResources: satisfies(version, '>=22.7.2'),
    };
  } else if (!satisfies(version, '>=24.3.1')) {
    validator.report(
      'distribution.version',
      version,
      "expected 24.3.1 or later for Airflow 3, or 22.4.0 or later of 22 for Airflow 2: those between had Airflow 3's keys in other places",
    );
  }
  return { ...AIRFLOW_3, hasWorkersBesideOthers: !satisfies(version, '<25.0.4') };
}
