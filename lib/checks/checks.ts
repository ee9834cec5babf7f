import { Chart } from 'cdk8s';
import type { Construct } from 'constructs';
import { CheckedApp } from '../cdk8s/checked-app';
import type { NetworkFlow } from '../network/network-flow';
import { PropValidator } from '../validation/prop-validator';
import { checkApis, isFirstOfChart } from './apis';
import { checkData } from './data';
import { checkDuplicates } from './duplicates';
import { describeFindings } from './finding';
import { checkImages } from './images';
import { checkLabels } from './labels';
import { Manifests } from './manifests';
import { checkNames } from './names';
import { checkNetwork } from './network';
import { checkPodHardening } from './pod-hardening';
import { checkPodSecurity } from './pod-security';
import { checkPods } from './pods';
import { checkPorts } from './ports';
import { checkReferences } from './references';
import { checkResources } from './resources';
import { checkSecrets } from './secrets';
import { checkSelections } from './selections';
import { checkTexts } from './texts';
import { checkVolumes } from './volumes';

export interface ChecksOptions {
  /** The connections that have to be possible. */
  readonly flows: readonly NetworkFlow[];
  /** Whether pods are checked for more than Pod Security asks. */
  readonly isHardened: boolean;
}

const CHECKS = [
  checkNames,
  checkLabels,
  checkData,
  checkTexts,
  checkPods,
  checkReferences,
  checkVolumes,
  checkPorts,
  checkSelections,
  checkImages,
  checkResources,
  checkSecrets,
  checkPodSecurity,
];

/**
 * Check the objects below a construct when the app is validated, and tell all that is wrong at once. The rest of the chart is where
 * names may lead; it is not checked itself.
 */
export function addChecks(scope: Construct, options: ChecksOptions): void {
  const app = CheckedApp.of(scope);
  app.scopes.push(scope);
  // The first scope looks for duplicates in the whole app.
  if (app.scopes.length === 1) scope.node.addValidation({ validate: () => checkDuplicates(scope.node.root, app.scopes) });
  scope.node.addValidation({ validate: () => problemsIn(scope, options) });
}

function problemsIn(scope: Construct, options: ChecksOptions): string[] {
  // Objects made from wrong props are wrong too, and would hide what has to be mended.
  if (PropValidator.hasErrors(Chart.of(scope))) return [];
  const manifests = Manifests.of(scope);
  const checks = options.isHardened ? [...CHECKS, checkPodHardening] : CHECKS;
  const ofChart = isFirstOfChart(scope) ? checkApis(manifests) : [];
  const findings = [...ofChart, ...checks.flatMap((check) => check(manifests)), ...checkNetwork(manifests, options.flows)];
  return describeFindings(findings);
}
