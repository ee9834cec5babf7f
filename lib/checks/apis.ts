import { Chart } from 'cdk8s';
import type { Construct } from 'constructs';
import { CheckedApp } from '../cdk8s/checked-app';
import { apiVersionsThatStay, isGoneApi, oldestKnownVersion } from '../kubernetes/served-apis';
import type { Finding } from './finding';
import type { Manifests } from './manifests';

/** Every object of the chart, whoever made it, is of an API that Kubernetes still has. */
export function checkApis({ objects }: Pick<Manifests, 'objects'>): Finding[] {
  return objects
    .filter(({ manifest }) => isGoneApi(manifest))
    .map((object) => {
      const { apiVersion, kind } = object.manifest;
      const others = apiVersionsThatStay(kind);
      return {
        object,
        problem: `Kubernetes ${oldestKnownVersion()} and later has no ${kind} in ${apiVersion}`,
        remedy: others.length > 0 ? `expected ${others.join(' or ')}` : 'expected none',
      };
    });
}

/** Of several scopes in a chart the first looks at the objects that are no scope's own. */
export function isFirstOfChart(scope: Construct): boolean {
  return CheckedApp.of(scope).scopes.find((each) => Chart.of(each) === Chart.of(scope)) === scope;
}
