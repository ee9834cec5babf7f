import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { groupOf } from './api-group';

/** The kinds of an `apiVersion`, each with the first and the last minor version of Kubernetes 1 that serves it. */
type Ranges = { readonly [apiVersion: string]: { readonly [kind: string]: readonly [first: number, last: number] } };

/** What `scripts/served-apis.ts` has written. */
interface Data {
  /** Minor versions of Kubernetes 1. */
  readonly oldest: number;
  readonly newest: number;
  /** Kubernetes' own groups, with those of which it serves nothing unless told to. */
  readonly groups: readonly string[];
  /** `group/Kind` */
  readonly clusterScoped: readonly string[];
  readonly kinds: Ranges;
  readonly subresources: Ranges;
}

/** Groups that once were Kubernetes' own. */
const GONE = ['extensions', 'settings.k8s.io'];
const GONE_KINDS = ['PodSecurityPolicy'];

let read: Data | undefined;

function data(): Data {
  read ??= JSON.parse(readFileSync(join(__dirname, 'served-apis.json'), 'utf8')) as Data;
  return read;
}

/** The first version of which is known what it serves, as `1.28`. */
export function oldestKnownVersion(): string {
  return `1.${data().oldest}`;
}

/** Whether it is known what a version of Kubernetes serves. One that is newer than all that are known counts as the newest of them. */
export function isKnownVersion(kubeVersion: string): boolean {
  const [, major, minor] = VERSION.exec(kubeVersion) ?? [];
  return Number(major) > 1 || Number(minor) >= data().oldest;
}

/** `group/version` and `group/version/Kind` of all that a version of Kubernetes serves, in the form of helm's `Capabilities.APIVersions`. */
export function servedApis(kubeVersion: string): string[] {
  const minor = minorOf(kubeVersion);
  const { kinds, subresources } = data();
  const of = (ranges: Ranges, apiVersion: string) =>
    Object.entries(ranges[apiVersion] ?? {}).flatMap(([kind, range]) => (isIn(range, minor) ? [`${apiVersion}/${kind}`] : []));
  return Object.keys(kinds).flatMap((apiVersion) => {
    const served = of(kinds, apiVersion);
    return served.length === 0 ? [] : [apiVersion, ...served, ...of(subresources, apiVersion)];
  });
}

/** Whether a group is Kubernetes' own, be it of today or of earlier times. The first of them has the empty name. */
export function isBuiltInGroup(group: string): boolean {
  return data().groups.includes(group) || GONE.includes(group);
}

/** Whether objects of a kind of Kubernetes' own are in no namespace. */
export function isBuiltInClusterScoped(group: string, kind: string): boolean {
  return data().clusterScoped.includes(`${group}/${kind}`);
}

/** In which versions of its API, of whatever group, a version of Kubernetes serves a kind. */
export function apiVersionsOf(kind: string, kubeVersion: string): string[] {
  const minor = minorOf(kubeVersion);
  return Object.entries(data().kinds).flatMap(([apiVersion, kinds]) => (isIn(kinds[kind], minor) ? [apiVersion] : []));
}

/** The stable versions in which all versions of Kubernetes that are known serve a kind. */
export function apiVersionsThatStay(kind: string): string[] {
  const { kinds, oldest, newest } = data();
  return Object.entries(kinds).flatMap(([apiVersion, ofVersion]) => {
    const [first, last] = ofVersion[kind] ?? [];
    return first === oldest && last === newest && !/alpha|beta/.test(apiVersion) ? [apiVersion] : [];
  });
}

/**
 * Whether no version of Kubernetes that is known has a kind of its own in an `apiVersion`, be it only where somebody switches that on: the group is
 * gone, or the kind has been stable for so long that its betas are.
 */
export function isGoneApi({ apiVersion, kind }: { readonly apiVersion: string; readonly kind: string }): boolean {
  const group = groupOf({ apiVersion });
  if (!isBuiltInGroup(group) || data().kinds[apiVersion]?.[kind]) return false;
  return GONE.includes(group) || GONE_KINDS.includes(kind) || apiVersionsThatStay(kind).length > 0;
}

function isIn(range: readonly [number, number] | undefined, minor: number): boolean {
  return range !== undefined && range[0] <= minor && minor <= range[1];
}

const VERSION = /^v?(\d+)\.(\d+)/;

/** That of the nearest version that is known. */
function minorOf(kubeVersion: string): number {
  const { oldest, newest } = data();
  const [, major, minor] = VERSION.exec(kubeVersion) ?? [];
  return Number(major) > 1 ? newest : Math.max(oldest, Math.min(Number(minor), newest));
}
