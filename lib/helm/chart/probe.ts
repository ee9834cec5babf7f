import { withActions } from './template-actions';

/**
 * What is asked of a chart by rendering it with other templates: what comes out differs from what the chart itself makes where that depends on
 * the time, on the order of a map, which is another each time, or on luck. Two renders of the chart may well be the same there.
 */
export interface Probe {
  readonly name: 'forward' | 'backward';
  /** Files to be added to the chart. */
  readonly files: { readonly [path: string]: string };
  /** A text of the chart, or of its values, as far as it is a template. */
  readonly change: (text: string) => string;
}

/** Another year, month, day, hour, minute and second than now, without a quote: it may stand in a quoted text. */
const LATER = '((now.AddDate 7 4 11).Add 18367000000000)';
/** What is the outcome of luck, or an age, and what differs from each of its outcomes. */
const CERTAIN: { readonly [name: string]: string } = { shuffle: 'sha256sum', randInt: 'max', ago: 'unixEpoch' };
/** Only texts with one of these are looked into. */
const NEEDED = /\b(?:now|ago|keys|values|shuffle|randInt)\b/;
const ORDERED = new Set(['keys', 'values']);
const VALUES = 'cdk8s-airflow.values';
/** The values of a map in the order of its keys, as text: JSON is what a template can give another. */
const FILES = {
  'templates/_cdk8s-airflow-probe.tpl': [
    `{{- define "${VALUES}" -}}{{- $values := list -}}{{- range .of -}}{{- $values = append $values . -}}{{- end -}}`,
    '{{- if .backward }}{{ $values = reverse $values }}{{ end -}}{{- toJson $values -}}{{- end -}}',
  ].join(''),
};

/** The probes that a chart needs. None is needed where two renders tell all. */
export function probesFor(texts: readonly string[]): Probe[] {
  const needs = { other: false, order: false };
  for (const text of texts.filter((each) => NEEDED.test(each))) {
    withActions(text, (tokens, isQuoted) => {
      if (!canMatter(tokens)) return tokens;
      needs.other ||= tokens.some((token) => isTime(token) || Object.hasOwn(CERTAIN, token));
      needs.order ||= !isQuoted && tokens.some((token, at) => ORDERED.has(token) && isCalled(tokens, at) && !isSorted(tokens, at));
      return tokens;
    });
  }
  if (needs.order) return [probe('backward'), probe('forward')];
  return needs.other ? [probe('backward')] : [];
}

function probe(name: Probe['name']): Probe {
  const changeActions = (text: string) =>
    withActions(text, (tokens, isQuoted) => (canMatter(tokens) ? changed(tokens, name === 'backward', isQuoted) : tokens));
  const change = (text: string) => (NEEDED.test(text) ? changeActions(text) : text);
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
