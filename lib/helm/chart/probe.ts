import { isTemplate } from './chart-files';
import { withActions } from './template-actions';

/**
 * What is asked of a chart by rendering it with other templates: what comes out differs from what the chart itself makes where that depends on
 * the time, on the order of a map, which is another each time, or on luck. Two renders of the chart may well be the same there.
 */
export interface Probe {
  readonly name: 'forward' | 'backward' | 'proof';
  /** Files to be added to the chart. */
  readonly files: { readonly [path: string]: string };
  /** A text of a file in the chart, or of its values, as far as it is a template. */
  readonly change: (text: string, path?: string) => string;
}

/** What a template can tell of a time. */
const partsOf = (time: Date) => [
  ...[time.getUTCFullYear(), time.getUTCMonth(), time.getUTCDate(), time.getUTCDay()],
  ...[time.getUTCHours() % 12, time.getUTCHours() < 12, time.getUTCMinutes(), time.getUTCSeconds()],
];
/** A time of which each part is another than now, without a quote: it may stand in a quoted text. */
const LATER = later(new Date());
/** What is the outcome of luck, or an age, and what differs from each of its outcomes. */
const CERTAIN: { readonly [name: string]: string } = { shuffle: 'sha256sum', randInt: 'max', ago: 'unixEpoch' };
/** Only actions with one of these are looked into. */
const NEEDED = /\b(?:now|ago|keys|values|shuffle|randInt)\b/;
/** Functions that may come to something else each time. */
const VARYING =
  /(?<![\w.$])(?:now|ago|date|dateInZone|date_in_zone|htmlDate|htmlDateInZone|keys|values|shuffle|rand\w+|uuid\w+|gen[A-Z]\w+|bcrypt|htpasswd|encryptAES|getHostByName)\b/;
const CALL = new RegExp(`^${VARYING.source}`);
/** A variable that is made of no data, so that making it changes none. */
const MADE_OF_NO_DATA = /^-?\s*(\$\w+)\s*:=[^.$]*$/;
const QUOTED_CALL = new RegExp(`(?:^["\`]|[(|=]|\\b(?:if|with|range|else)\\b)\\s*${VARYING.source}`);
/** As maps have that are given to other templates. */
const KEY = /^["`](?:keys|values)["`]$/;
const ORDERED = new Set(['keys', 'values']);
const VALUES = 'cdk8s-airflow.values';
/** The values of a map in the order of its keys, as text: JSON is what a template can give another. */
const FILES = {
  'templates/_cdk8s-airflow-probe.tpl': [
    `{{- define "${VALUES}" -}}{{- $values := list -}}{{- range .of -}}{{- $values = append $values . -}}{{- end -}}`,
    '{{- if .backward }}{{ $values = reverse $values }}{{ end -}}{{- toJson $values -}}{{- end -}}',
  ].join(''),
};

/** Whether an action of some texts has the name of a function in it that may come to something else each time, in whatever place. */
export function mayVary(texts: readonly string[]): boolean {
  return texts.some((text) => {
    let isFound = false;
    if (VARYING.test(text)) {
      withActions(text, VARYING, (tokens) => {
        isFound = true;
        return tokens;
      });
    }
    return isFound;
  });
}

/**
 * A probe that can't be rendered where what may come to something else each time is used. What it is rendered to, the chart comes to each time, and
 * no second render is needed to tell.
 */
export const PROOF: Probe = {
  name: 'proof',
  files: {},
  change: (text, path) => (path !== undefined && isTemplate(path) && VARYING.test(text) ? withFailures(text) : text),
};

/** A template that fails where it calls such a function, or where only a variable is made of that, where it uses the variable. */
function withFailures(text: string): string {
  const variables = new Set<string>();
  const withFailingCalls = withActions(text, VARYING, (tokens, isQuoted) => {
    const [, variable] = MADE_OF_NO_DATA.exec(tokens.join('')) ?? [];
    if (isQuoted || variable) {
      if (variable) variables.add(variable);
      return tokens;
    }
    return tokens.map((token) => token.replace(CALL, 'fail'));
  });
  if (variables.size === 0) return withFailingCalls;
  return withActions(withFailingCalls, /\$\w/, (tokens, isQuoted) => {
    if (isQuoted || MADE_OF_NO_DATA.test(tokens.join(''))) return tokens;
    return tokens.map((token) => token.replace(/^\$\w+/, (variable) => (variables.has(variable) ? '(fail "")' : variable)));
  });
}

/** Whether that holds of some templates: not where a quoted text, which may be read as a template or be put into one, has such a call in it. */
export function canBeProven(templates: readonly string[]): boolean {
  let isSure = true;
  for (const text of templates) {
    withActions(text, VARYING, (tokens) => {
      isSure &&= !tokens.some(mayBecomeCall);
      return tokens;
    });
  }
  return isSure;
}

function mayBecomeCall(token: string): boolean {
  if (!/^["`]/.test(token)) return false;
  return token.includes('{{') ? VARYING.test(token) : QUOTED_CALL.test(token) && !KEY.test(token);
}

/** The probes that a chart needs. None is needed where two renders tell all. */
export function probesFor(texts: readonly string[]): Probe[] {
  const needs = { other: false, order: false };
  for (const text of texts.filter((each) => NEEDED.test(each))) {
    withActions(text, NEEDED, (tokens, isQuoted) => {
      if (!canMatter(tokens)) return tokens;
      needs.other ||= tokens.some((token) => isTime(token) || Object.hasOwn(CERTAIN, token));
      needs.order ||= !isQuoted && tokens.some((token, at) => ORDERED.has(token) && isCalled(tokens, at) && !isSorted(tokens, at));
      return tokens;
    });
  }
  if (needs.order) return [probe('backward'), probe('forward')];
  return needs.other ? [probe('backward')] : [];
}

function later(now: Date): string {
  const parts = partsOf(now);
  const isAnother = (seconds: number) => partsOf(new Date(now.getTime() + seconds * 1000)).every((part, at) => part !== parts[at]);
  let seconds = 7 * 365 * 24 * 3600 + 367;
  while (!isAnother(seconds)) seconds += 13 * 3600;
  return `(now.Add ${seconds}000000000)`;
}

function probe(name: Probe['name']): Probe {
  const change = (text: string) =>
    NEEDED.test(text)
      ? withActions(text, NEEDED, (tokens, isQuoted) => (canMatter(tokens) ? changed(tokens, name === 'backward', isQuoted) : tokens))
      : text;
  return { name, files: FILES, change };
}

/** A message with which the chart refuses its values is no manifest. */
function canMatter(tokens: readonly string[]): boolean {
  return !tokens.includes('fail');
}

function changed(tokens: readonly string[], isBackward: boolean, isQuoted: boolean): string[] {
  const result = tokens.map((token) => {
    if (isTime(token)) return LATER + token.slice('now'.length);
    return Object.hasOwn(CERTAIN, token) ? CERTAIN[token] : token;
  });
  if (isQuoted) return result;
  // From the end, so that what is added moves nothing that is still to be looked at.
  for (let at = tokens.length - 1; at >= 0; at--) {
    if (!ORDERED.has(tokens[at]) || !isCalled(tokens, at)) continue;
    const isKeys = tokens[at] === 'keys';
    if (!isKeys) result[at] = `dict "backward" ${isBackward} "of"`;
    const after = isKeys ? ` | sortAlpha${isBackward ? ' | reverse' : ''}` : ` | include "${VALUES}" | fromJsonArray`;
    result.splice(endOfCommand(result, at), 0, after);
  }
  return result;
}

function isTime(token: string): boolean {
  return token === 'now' || token.startsWith('now.');
}

/** Whether a function stands where one is called. */
function isCalled(tokens: readonly string[], at: number): boolean {
  const before = tokens.slice(0, at).filter((token) => token.trim() !== '');
  return before.length === 0 || /^(?:[-(|=]|if|with|range|else)$/.test(before.at(-1) as string);
}

function isSorted(tokens: readonly string[], at: number): boolean {
  const rest = tokens.slice(endOfCommand(tokens, at)).filter((token) => token.trim() !== '');
  return tokens[at] === 'keys' && rest[0] === '|' && rest[1] === 'sortAlpha';
}

/** Where the call of a function ends: before what it is piped to, the bracket that it is in, or what trims space behind the action. */
function endOfCommand(tokens: readonly string[], start: number): number {
  let depth = 0;
  let end = start + 1;
  for (let at = start + 1; at < tokens.length; at++) {
    const token = tokens[at];
    if (token === '(') depth++;
    if (token === ')') depth--;
    if (depth < 0 || (depth === 0 && token === '|')) return end;
    const isTrimming = token === '-' && tokens.slice(at + 1).every((each) => each.trim() === '') && tokens[at - 1].trim() === '';
    if (isTrimming) return end;
    if (token.trim() !== '') end = at + 1;
  }
  return end;
}
