import { isSpecifier } from './pep440';
import { formatOption, type PipOption, parseFileOptions, parseRequirementOptions } from './pip-options';
import { RequirementError } from './requirement-error';
import { checkUrl, hasVariable, withoutVariables } from './url';

export interface Specifier {
  readonly operator: string;
  readonly version: string;
}

/** A line that asks for a package. */
export interface PackageLine {
  /** As it goes into the requirements file. */
  readonly text: string;
  /** The normalised name; none where it is known only when the package is there. */
  readonly name?: string;
  readonly hasExtras: boolean;
  /** None where a variable decides about the versions. */
  readonly specifiers: readonly Specifier[];
  readonly url?: string;
  /** Whether it is for some pods only, as in `; python_version < "3.12"`. */
  readonly hasMarker: boolean;
}

/** What a line says: options, or a package. */
export interface ParsedLine {
  readonly options: readonly PipOption[];
  readonly package?: PackageLine;
}

const NAME = '[A-Za-z0-9](?:[A-Za-z0-9._-]*[A-Za-z0-9])?';
const NAME_AND_EXTRAS = `(${NAME})\\s*(\\[\\s*(?:${NAME}\\s*(?:,\\s*${NAME}\\s*)*)?\\])?`;
const ANY_URL = /^[a-z][a-z0-9+.-]*:/i;
const NAMED_URL = new RegExp(`^${NAME_AND_EXTRAS}\\s*@\\s*(\\S+)$`);
const NAMED = new RegExp(`^${NAME_AND_EXTRAS}\\s*(.*)$`, 's');
const SPECIFIER = /^(===|~=|==|!=|<=|>=|<|>)\s*([^\s()]+)$/;
const PATH = /^[.~/\\]|[/\\]|\.(whl|zip|tar|tgz|tar\.\w+|tbz|txz|tlz)(\[.*\])?$/i;
const EGG = new RegExp(`[#&]egg=(${NAME})`);
const LOCAL =
  'a path is on this machine and not in the pod; expected a package of an index, or a URL, as in "name @ https://…/name-1.0.tar.gz"';
const EXPECTED = 'not a requirement as pip reads it; expected a name with versions, as in "pandas>=2.2,<3"';

/** Files from a lock have few markers on many lines, and a look at one takes milliseconds. */
const rightMarkers = new Set<string>();

/**
 * Read a logical line as pip does.
 * @throws RequirementError
 */
export function parseLine(text: string): ParsedLine {
  const [requirement, options] = splitAtOptions(text);
  if (requirement !== '') return { options: [], package: parsePackage(requirement, parseRequirementOptions(options)) };
  const parsed = parseFileOptions(options);
  const editable = parsed.find(({ name }) => name === '--editable');
  if (!editable) return { options: parsed };
  if (parsed.length > 1) throw new RequirementError('--editable expected on a line of its own');
  // What a pod installs it does not edit, and the folder of an editable one would be gone when the pod starts.
  const line = parsePackage(editable.value ?? '', []);
  if (line.url === undefined) throw new RequirementError(LOCAL);
  return { options: [], package: line };
}

/** pip takes the first word with a hyphen for the first option. */
function splitAtOptions(text: string): [requirement: string, options: string] {
  const words = text.split(' ');
  const first = words.findIndex((word) => word.startsWith('-'));
  const end = first < 0 ? words.length : first;
  return [words.slice(0, end).join(' ').trim(), words.slice(end).join(' ')];
}

function parsePackage(text: string, options: readonly PipOption[]): PackageLine {
  const lines = [text, ...options.map((option) => `    ${formatOption(option)}`)].join(' \\\n');
  const separator = ANY_URL.test(text) ? '; ' : ';';
  const [head, ...rest] = text.split(separator);
  const marker = rest.join(separator).trim();
  const parsed = ANY_URL.test(text) ? parseUrl(head.trim()) : parseNamed(head.trim());
  checkMarker(marker);
  return { ...parsed, text: lines, hasMarker: marker !== '' };
}

type Head = Omit<PackageLine, 'text' | 'hasMarker'>;

function parseUrl(url: string): Head {
  checkUrl(url);
  return { url, name: normalise(EGG.exec(url)?.[1]), hasExtras: /\[[^\]]*\]$/.test(url), specifiers: [] };
}

function parseNamed(text: string): Head {
  const plain = withoutVariables(text);
  const [, urlName, urlExtras] = NAMED_URL.exec(plain) ?? [];
  if (urlName !== undefined) {
    const url = text.slice(text.indexOf('@') + 1).trim();
    checkUrl(url);
    return { url, name: normalise(urlName), hasExtras: urlExtras !== undefined, specifiers: [] };
  }
  if (PATH.test(plain)) throw new RequirementError(LOCAL);
  const [, name, extras, versions] = NAMED.exec(plain) ?? [];
  if (name === undefined) throw new RequirementError(EXPECTED);
  if (/^\(\s*\)$/.test(versions)) throw new RequirementError(EXPECTED);
  const specifiers = parseSpecifiers(versions.replace(/^\((.*)\)$/s, '$1').trim());
  const known = !hasVariable(text);
  return { name: normalise(known ? name : undefined), hasExtras: extras !== undefined, specifiers: known ? specifiers : [] };
}

function parseSpecifiers(text: string): Specifier[] {
  if (text === '') return [];
  return text.split(',').map((part) => {
    const [, operator, version] = SPECIFIER.exec(part.trim()) ?? [];
    if (operator === undefined)
      throw new RequirementError(EXPECTED + (/^=[^=]/.test(part.trim()) ? ' (a version is pinned with "==")' : ''));
    if (isSpecifier(operator, version)) return { operator, version };
    throw new RequirementError(
      `"${operator}${version}" is no version of a Python package (PEP 440); expected one as in "==2.1.0" or ">=2.1"`,
    );
  });
}

function checkMarker(marker: string): void {
  if (marker === '' || rightMarkers.has(marker)) return;
  // Older names of the variables, which pip takes as well.
  const current = withoutVariables(marker)
    .replace(/\b(os|sys|platform)\.(?=[a-z])/g, '$1_')
    .replace(/\bpython_implementation\b/g, 'platform_python_implementation');
  // Loaded when there are markers: building its grammar takes 50 ms.
  const { parsePipRequirementsLine } = require('pip-requirements-js') as typeof import('pip-requirements-js');
  try {
    parsePipRequirementsLine(`name; ${current}`);
  } catch {
    throw new RequirementError(`not an environment marker (PEP 508) behind ";"; expected one as in "python_version < '3.12'"`);
  }
  rightMarkers.add(marker);
}

function normalise(name: string | undefined): string | undefined {
  return name?.toLowerCase().replace(/[-_.]+/g, '-');
}
