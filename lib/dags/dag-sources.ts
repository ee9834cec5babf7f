import type { Construct } from 'constructs';
import { declareExisting } from '../kubernetes/existing-objects';
import { mergePodParts, type PodPart } from '../kubernetes/pod-part';
import type { Target } from '../network/url-destinations';
import { scratchVolume } from '../props/resources';
import type { PropValidator } from '../validation/prop-validator';
import type { BundlePlan, ConfiguredDagBundle, GitLogin } from './bundle-plan';
import type { DagBundle } from './dag-bundle';
import type { DagGitSync } from './dag-git-sync';
import { isReadBySsh, parseGitUrl } from './git-url';

/** Where Airflow puts what it fetches by itself. */
export const BUNDLE_STORAGE = '/opt/airflow/dag-bundles';
const STORAGE_VOLUME = 'dag-bundles';

/** All DAG bundles of a deployment. */
export class DagSources {
  /** Those of git-sync come first. */
  readonly bundles: readonly ConfiguredDagBundle[];
  /** What the pods need that read DAGs. */
  readonly podPart: PodPart;
  /** Whom those pods must be able to reach, for which bundle, and what for. */
  readonly destinations: readonly { readonly bundle: string; readonly reason: string; readonly to: Target }[];
  /** Whether Airflow fetches some by itself. */
  readonly areFetched: boolean;

  /** The props of what is read by SSH, by git-sync and by Airflow itself. */
  readonly bySsh: { readonly gitSync: readonly string[]; readonly airflow: readonly string[] };

  private readonly plans: readonly BundlePlan[];

  constructor(
    scope: Construct,
    validator: PropValidator,
    /** The repositories that git-sync brings. */
    readonly gitSync: DagGitSync | undefined,
    given?: readonly DagBundle[],
  ) {
    const plans = (given ?? []).map(({ _plan }) => _plan);
    this.plans = plans;
    if (given?.length === 0) validator.report('dagBundles', [], 'expected one bundle or more');
    const synced = gitSync?.dagBundles ?? [];
    validatePlans(validator, synced, plans);
    for (const { kind, name } of plans.flatMap(({ existing }) => existing)) declareExisting(scope, kind, name);
    this.bundles = [...synced, ...plans.map(({ name, classpath, kwargs }) => ({ name, classpath, kwargs }))];
    this.areFetched = plans.some(({ isFetched }) => isFetched);
    this.bySsh = {
      gitSync: (gitSync?._sshRepositories ?? []).map((index) => `dags[${index}]`),
      airflow: plans.flatMap(({ kwargs }, index) => (isReadBySsh(kwargs.repo_url ?? '') ? [`dagBundles[${index}]`] : [])),
    };
    this.podPart = mergePodParts([gitSync?.podPart ?? {}, ...plans.map(({ part }) => part), this.sharedPart(plans)]);
    this.destinations = [
      ...(gitSync?._destinations ?? []).map((destination) => ({ ...destination, reason: 'git repository' })),
      ...plans.flatMap(({ name, destinations }) => destinations.map((to) => ({ bundle: name, to, reason: 'DAG bundle' }))),
    ];
  }

  /** What pods need that read no other bundles than these. */
  partOf(bundles: readonly string[]): PodPart {
    const plans = this.plans.filter(({ name }) => bundles.includes(name));
    return mergePodParts([this.gitSync?._partOf(bundles) ?? {}, ...plans.map(({ part }) => part), this.sharedPart(plans)]);
  }

  private sharedPart(plans: readonly BundlePlan[]): PodPart {
    if (!this.areFetched) return {};
    return {
      volumes: [scratchVolume(STORAGE_VOLUME)],
      volumeMounts: [{ name: STORAGE_VOLUME, mountPath: BUNDLE_STORAGE }],
      env: gitVariables(plans.flatMap(({ gitLogin }) => gitLogin ?? [])),
    };
  }
}

/**
 * The configuration of git by which it gets users and tokens out of files, each time anew, and no value of them is in a variable. The most
 * special address counts: git asks one helper after the other, in this order.
 */
function gitVariables(logins: readonly GitLogin[]): { name: string; value: string }[] {
  const ofHosts = logins.filter(({ isForHost }) => isForHost).map((login) => ({ ...login, url: parseGitUrl(login.url)?.origin ?? '' }));
  const entries = [...logins, ...ofHosts];
  if (entries.length === 0) return [];
  return [
    { name: 'GIT_CONFIG_COUNT', value: `${entries.length}` },
    ...entries.flatMap(({ url, folder }, index) => [
      { name: `GIT_CONFIG_KEY_${index}`, value: `credential.${url}.helper` },
      { name: `GIT_CONFIG_VALUE_${index}`, value: helperOf(folder) },
    ]),
  ];
}

/** Not with `$(…)`, which Kubernetes and charts may take for a variable. */
function helperOf(folder: string): string {
  return `!f() { test "$1" = get && printf 'username=%s\\npassword=%s\\n' "\`cat ${folder}/username\`" "\`cat ${folder}/token\`"; }; f`;
}

function validatePlans(validator: PropValidator, synced: readonly ConfiguredDagBundle[], plans: readonly BundlePlan[]): void {
  const all = [...synced, ...plans];
  for (const [index, plan] of plans.entries()) {
    const prop = `dagBundles[${index}]`;
    plan.validate(validator, prop);
    const before = all.slice(0, synced.length + index);
    if (before.some(({ name }) => name === plan.name)) {
      validator.report(`${prop}.name`, plan.name, 'expected another name: a bundle before it has this one');
    }
    const { path } = plan.kwargs;
    const other = all.find((each) => each !== plan && isAtOrBelow(each.kwargs.path, path));
    if (path !== undefined && other && other.name !== plan.name) {
      validator.report(
        `${prop}.path`,
        path,
        `the DAGs of "${other.name}" are in it, and would be there twice; expected a folder beside them`,
      );
    }
  }
}

function isAtOrBelow(path: string | undefined, folder: string | undefined): boolean {
  return path !== undefined && folder !== undefined && `${path}/`.startsWith(folder.endsWith('/') ? folder : `${folder}/`);
}
