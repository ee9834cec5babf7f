import gte from 'semver/functions/gte';
import valid from 'semver/functions/valid';
import type { PropValidator } from '../../validation/prop-validator';

/** In what versions of the chart differ, as far as it matters here. */
export interface ChartFeatures {
  /** Whether it knows the key [api] secret_key; else it gives Airflow 3 that of the webserver, which Airflow still reads. */
  readonly hasApiSecretKey: boolean;
  /** Whether the API server can have a HorizontalPodAutoscaler. */
  readonly scalesApiServer: boolean;
  /** Whether it can be said what becomes of the volume of Redis. */
  readonly retainsRedisVolume: boolean;
  /** Whether the pod of Redis can have labels. */
  readonly labelsRedis: boolean;
  /** Whether pods can name more than one Secret for registries. */
  readonly hasImagePullSecrets: boolean;
  /** Whether the pods of the DAG processor can have labels. */
  readonly labelsDagProcessor: boolean;
  /** Whether it takes a revisionHistoryLimit of 0 for one. */
  readonly keepsNoHistory: boolean;
  /** Whether the Job that makes the admin user has a value of its own that leaves it out; before, it is among those of the webserver. */
  readonly hasUserJobSwitch: boolean;
  /** Whether it has sets of workers. */
  readonly hasWorkerSets: boolean;
  /** Whether it looks for templates in init containers of the API server. */
  readonly readsInitContainersAsTemplates: boolean;
  /** Whether it looks for templates in annotations of pods. */
  readonly readsAnnotationsAsTemplates: boolean;
}

/** What a version of the chart is like; one that is not known is reported. */
export function chartFeatures(validator: PropValidator, version: string): ChartFeatures {
  if (!valid(version)) {
    validator.report('distribution.version', version, 'expected the version of a chart, as in "1.20.0"');
  } else if (gte(version, '2.0.0-0')) {
    const lacks = 'it has no PostgreSQL, no StatsD, no git-sync and no KEDA, and workers and Ingress in other places';
    validator.report('distribution.version', version, `expected a version of 1: the values of 2 are others (${lacks})`);
  } else if (!gte(version, '1.18.0')) {
    validator.report('distribution.version', version, 'expected 1.18.0 or later: earlier ones do not deploy Airflow 3.0.2 and later');
  }
  const since = (first: string) => valid(version) !== null && gte(version, first);
  return {
    hasApiSecretKey: since('1.19.0'),
    scalesApiServer: since('1.20.0'),
    retainsRedisVolume: since('1.19.0'),
    labelsRedis: since('1.19.0'),
    hasImagePullSecrets: since('1.19.0'),
    labelsDagProcessor: since('1.19.0'),
    keepsNoHistory: since('1.19.0'),
    hasUserJobSwitch: since('1.19.0'),
    hasWorkerSets: since('1.20.0'),
    readsInitContainersAsTemplates: since('1.19.0'),
    readsAnnotationsAsTemplates: since('1.20.0'),
  };
}
