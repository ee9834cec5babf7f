import { Yaml } from 'cdk8s';

/** What no one escapes, and a reader of YAML 1.1 refuses or takes for the end of a line; halves of surrogate pairs. */
const UNREADABLE = /[\x7f-\x9f\p{Cs}\u2028\u2029\ufffe\uffff]/u;
/** Of several lines, the first with something in it begins with a tab. */
const TAB_FIRST = /^(?:\n+\t|\t[^\n]*\n)/;
/** A number to kubectl, which leaves out every `_`, but for numbers that begin with a point. */
const NUMBER = /^[-+]?(?:0x[\da-f]+|0b[01]+|0o[0-7]+|(?:\.\d+|\d+\.?\d*)(?:e[-+]?\d+)?)$/i;

/** Why a text does not come out of the YAML that cdk8s writes as it went in; undefined if it does. */
export function yamlProblem(text: string): string | undefined {
  const [unreadable] = UNREADABLE.exec(text) ?? [];
  if (unreadable) return `it has the character ${characterName(unreadable)}`;
  if (TAB_FIRST.test(text)) return 'its first line begins with a tab';
  return isNumber(text) && Yaml.stringify(text) === `${text}\n` ? 'it is taken for a number' : undefined;
}

function isNumber(text: string): boolean {
  return NUMBER.test(/^[._]/.test(text) ? text : text.replaceAll('_', ''));
}

/** `U+2028` */
export function characterName(character: string): string {
  return `U+${character.charCodeAt(0).toString(16).toUpperCase().padStart(4, '0')}`;
}
