/**
 * The version numbers of Python packages, and what they are compared with.
 * @see https://packaging.python.org/en/latest/specifications/version-specifiers/
 */

const PRE = /(?:[-_.]?(alpha|a|beta|b|preview|pre|c|rc)[-_.]?(\d*))?/;
const POST = /(?:-(\d+)|[-_.]?(?:post|rev|r)[-_.]?(\d*))?/;
const DEV = /(?:[-_.]?dev[-_.]?(\d*))?/;
const LOCAL = /(?:\+([a-z0-9]+(?:[-_.][a-z0-9]+)*))?/;
const VERSION = new RegExp(`^v?(?:(\\d+)!)?(\\d+(?:\\.\\d+)*)${PRE.source}${POST.source}${DEV.source}${LOCAL.source}$`, 'i');
const WILDCARD = /^v?(?:\d+!)?\d+(?:\.\d+)*\.\*$/i;

interface Version {
  readonly epoch: number;
  readonly release: readonly number[];
  /** What is behind the release, as numbers that sort: kind and number of the pre-release, post-release, development release. */
  readonly suffix: readonly [preKind: number, pre: number, post: number, dev: number];
  readonly local?: string;
}

const PRE_KINDS: { readonly [letter: string]: number } = { a: 0, b: 1, c: 2, p: 2, r: 2 };
const FINAL = 3;
/** 1.0.dev1 comes before 1.0a1. */
const BEFORE_PRE = -1;

function parse(text: string): Version | undefined {
  const match = VERSION.exec(text.trim());
  if (!match) return undefined;
  const [, epoch, release, preLetters, preNumber, implicitPost, postNumber, devNumber, local] = match;
  const post = implicitPost ?? postNumber;
  const dev = devNumber === undefined ? Number.POSITIVE_INFINITY : Number(devNumber);
  const noPre = post === undefined && devNumber !== undefined ? BEFORE_PRE : FINAL;
  return {
    epoch: Number(epoch ?? 0),
    release: release.split('.').map(Number),
    suffix: [
      preLetters ? PRE_KINDS[preLetters[0].toLowerCase()] : noPre,
      Number(preNumber || 0),
      post === undefined ? -1 : Number(post),
      dev,
    ],
    local: local?.toLowerCase().replace(/[-_]/g, '.'),
  };
}

export function isVersion(text: string): boolean {
  return parse(text) !== undefined;
}

/** Whether a version may stand behind an operator: `==3.1.*` is right, `>=3.1.*` is not. */
export function isSpecifier(operator: string, version: string): boolean {
  if (operator === '===') return version !== '';
  if (WILDCARD.test(version)) return operator === '==' || operator === '!=';
  const parsed = parse(version);
  if (!parsed || (operator === '~=' && parsed.release.length < 2)) return false;
  return parsed.local === undefined || operator === '==' || operator === '!=';
}

/** Whether a version is one of those that a specifier means. Both must be right. */
export function satisfies(version: string, operator: string, wanted: string): boolean {
  if (operator === '===') return version.toLowerCase() === wanted.toLowerCase();
  if (operator === '!=') return !satisfies(version, '==', wanted);
  const given = parse(version) as Version;
  if (wanted.endsWith('.*')) return hasPrefix(given, parse(wanted.slice(0, -2)) as Version);
  const limit = parse(wanted) as Version;
  const order = compare(given, limit);
  const sameRelease = given.epoch === limit.epoch && compareReleases(given.release, limit.release) === 0;
  switch (operator) {
    case '==':
      return order === 0 && (limit.local === undefined || limit.local === given.local);
    case '>=':
      return order >= 0;
    case '<=':
      return order <= 0;
    case '~=':
      return order >= 0 && hasPrefix(given, { ...limit, release: limit.release.slice(0, -1) });
    case '<':
      // A pre-release of 3.1 is not meant by <3.1.
      return order < 0 && !(sameRelease && isFinal(limit) && isPreRelease(given));
    default:
      // And neither is a post-release of 3.1 by >3.1.
      return order > 0 && !(sameRelease && isPostReleaseOf(given, limit));
  }
}

function isFinal(version: Version): boolean {
  return version.suffix[2] < 0 && !isPreRelease(version);
}

function isPreRelease({ suffix: [preKind, , , dev] }: Version): boolean {
  return preKind !== FINAL || dev !== Number.POSITIVE_INFINITY;
}

function isPostReleaseOf({ suffix: [preKind, pre, post] }: Version, version: Version): boolean {
  const [otherKind, other, otherPost, otherDev] = version.suffix;
  return post >= 0 && otherPost < 0 && otherDev === Number.POSITIVE_INFINITY && preKind === otherKind && pre === other;
}

function hasPrefix(version: Version, prefix: Version): boolean {
  return version.epoch === prefix.epoch && prefix.release.every((number, index) => number === (version.release[index] ?? 0));
}

function compare(a: Version, b: Version): number {
  return a.epoch - b.epoch || compareReleases(a.release, b.release) || compareReleases(a.suffix, b.suffix);
}

function compareReleases(a: readonly number[], b: readonly number[]): number {
  const length = Math.max(a.length, b.length);
  for (let index = 0; index < length; index++) {
    const [left, right] = [a[index] ?? 0, b[index] ?? 0];
    if (left !== right) return left < right ? -1 : 1;
  }
  return 0;
}
