import type { Json } from '../../lib/kubernetes/json';
import { nameOf } from '../objects/object-id';
import { type Finding, findingLines } from '../report/finding';
import type { Comparison } from './compare';
import type { ChangedField } from './fields';
import type { Roll } from './rolls';

/** All that is said of an apply. */
export interface Report extends Comparison {
  readonly refused: readonly Finding[];
  readonly losses: readonly Finding[];
  readonly rolls: readonly Roll[];
}

const MAX_LENGTH = 60;

/** For people: first what needs a hand. */
export function reportText(report: Report): string {
  const { made, changed, gone, refused, losses, rolls } = report;
  if (made.length + changed.length + gone.length === 0) return 'Nothing changes.';
  return [
    `${made.length} made, ${changed.length} changed, ${gone.length} gone.`,
    section('Kubernetes refuses', refused.flatMap(findingLines)),
    section('Data is at stake', losses.flatMap(findingLines)),
    section(
      'Pods start anew',
      rolls.flatMap(({ object, how, why }) => [`${object}: ${how}`, ...why.map((reason) => `  ${reason}`)]),
    ),
    section('Made', made.map(nameOf)),
    section(
      'Changed',
      changed.flatMap(({ after, fields }) => [nameOf(after), ...fields.flatMap(fieldLines)]),
    ),
    section('Gone from the manifests; kubectl apply leaves them in the cluster, what prunes deletes them', gone.map(nameOf)),
  ].join('');
}

/** For programs. */
export function reportJson(report: Report): string {
  const { made, changed, gone, refused, losses, rolls } = report;
  const fields = changed.map(({ after, fields }) => ({ object: nameOf(after), fields }));
  return JSON.stringify({ made: made.map(nameOf), changed: fields, gone: gone.map(nameOf), rolls, refused, losses }, null, 2);
}

function section(title: string, lines: readonly string[]): string {
  return lines.length === 0 ? '' : `\n\n${title}:\n${lines.map((line) => `  ${line}`).join('\n')}`;
}

function fieldLines({ path, from, to }: ChangedField): string[] {
  if (isLong(from) || isLong(to)) return [`  ${path}:`, ...lineChanges(`${from ?? ''}`, `${to ?? ''}`).map((line) => `    ${line}`)];
  return [from === undefined && to === undefined ? `  ${path}` : `  ${path}: ${short(from)} → ${short(to)}`];
}

function isLong(value: Json): boolean {
  return typeof value === 'string' && value.includes('\n');
}

/** The lines that one of two texts has and the other has not. */
function lineChanges(from: string, to: string): string[] {
  const [before, after] = [from, to].map((text) => text.split('\n'));
  return [
    ...before.filter((line) => !after.includes(line)).map((line) => `- ${line}`),
    ...after.filter((line) => !before.includes(line)).map((line) => `+ ${line}`),
  ];
}

function short(value: Json): string {
  if (value === undefined) return 'none';
  const text = JSON.stringify(value);
  return text.length > MAX_LENGTH ? `${text.slice(0, MAX_LENGTH)}…` : text;
}
