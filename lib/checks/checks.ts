import { Chart } from 'cdk8s';
import type { Construct, IConstruct } from 'constructs';
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
import { checkOpenings } from './openings';
import { checkPodHardening } from './pod-hardening';
import { checkPodSecurity } from './pod-security';
import { checkPods } from './pods';
import { checkPorts } from './ports';
import { checkReferences } from './references';
import { checkResources } from './resources';
import { checkRights } from './rights';
import { checkSecrets } from './secrets';
import { checkSelections } from './selections';
import { checkTexts } from './texts';
import { checkVolumes } from './volumes';
import { checkWords } from './words';

export interface ChecksOptions {
  /** The connections that have to be possible. */
  readonly flows: readonly NetworkFlow[];
  /** Whether more is checked than Pod Security asks: pods, the rights that they have, and what is open. */
  readonly isHardened: boolean;
}

const CHECKS = [
  checkNames,
  checkLabels,
  checkData,
  checkTexts,
  checkWords,
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
  if (app.scopes.length === 1) scope.node.addValidation({ validate: () => duplicatesIn(scope.node.root, app.scopes) });
  scope.node.addValidation({ validate: () => problemsIn(scope, options) });
}

function duplicatesIn(app: IConstruct, scopes: readonly IConstruct[]): string[] {
  return PropValidator.hasErrors(app) ? [] : checkDuplicates(app, scopes);
}

function problemsIn(scope: Construct, options: ChecksOptions): string[] {
  // Objects made from wrong props are wrong too, and would hide what has to be mended.
  if (PropValidator.hasErrors(Chart.of(scope))) return [];
  const manifests = Manifests.of(scope);
  const { flows } = options;
  const ofHardened = [checkPodHardening, checkRights, (all: Manifests) => checkOpenings(all, flows)];
  const checks = options.isHardened ? [...CHECKS, ...ofHardened] : CHECKS;
  const ofChart = isFirstOfChart(scope) ? checkApis(manifests) : [];
  const findings = [...ofChart, ...checks.flatMap((check) => check(manifests)), ...checkNetwork(manifests, flows)];
  return describeFindings(findings);
}
