import { Call, type Expression, type Fields, isFields, Name } from './expression';
import type { Program } from './program';
import { withoutSecrets } from './secrets';
import type { Note } from './values';

type Callable = { readonly [factory: string]: (...args: unknown[]) => unknown };

const MANY = 50;

interface Tried {
  readonly program: Program;
  /** What has been left out. */
  readonly refused: readonly Note[];
  /** What stands in no prop, and so is for the user to mend. */
  readonly toMend: readonly Note[];
}

/** A program without the props that the library refuses, each of which is told with its reason. */
export function withoutRefused(program: Program): Tried {
  const refused: Note[] = [];
  let props: Expression = program.props;
  for (let round = 0; ; round++) {
    const problems = problemsOf({ ...program, props: props as Fields });
    const told: Note[] = [];
    // From the end, so that the numbers of what is left stay as they are.
    for (const { path, reason } of [...problems].sort((a, b) => (a.path < b.path ? 1 : -1))) {
      const taken: { [name: string]: Expression } = {};
      const steps = stepsOf(path, props);
      const limited: Expression | undefined = reason.includes('or a limit with it') ? withLimit(props, steps) : undefined;
      if (limited !== undefined) {
        props = limited;
        told.push({
          path,
          instead: 'it is above the limit that the library has by itself, so that the limit is the same here; give more in limits',
        });
        continue;
      }
      const left = without(props, steps, taken);
      if (left === undefined || left === props) continue;
      props = left;
      told.push({ path, shown: JSON.stringify(withoutSecrets(plain(taken.value), steps.at(-1))), instead: reason });
    }
    if (told.length === 0 || round === MANY) {
      const toMend = problems.map(({ path, reason }) => ({ path, instead: `to be mended: ${reason}` }));
      return { program: { ...program, props: props as Fields }, refused, toMend };
    }
    refused.push(...told.reverse());
  }
}

interface Problem {
  /** The prop. */
  readonly path: string;
  readonly reason: string;
}

/** What synth has to say of it, if anything. */
function problemsOf({ variables, props, existing }: Program): Problem[] {
  const { App } = require('cdk8s');
  const { AirflowChart } = require('../../lib');
  const app = new App();
  const classes: { readonly [name: string]: Callable } = { ...require('cdk8s'), ...require('cdk8s-plus-27'), ...require('../../lib') };
  const known: { [name: string]: unknown } = { app };
  for (const [name, value] of Object.entries(variables)) known[name] = evaluated(value, classes, known);
  try {
    const { airflow } = new AirflowChart(app, 'airflow', evaluated(props, classes, known));
    for (const [kind, name] of existing) airflow.declareExisting(kind, name);
    app.synthYaml();
    return [];
  } catch (error) {
    const [first, ...lines] = (error as Error).message.split('\n');
    const problems = lines.flatMap((line) => {
      const [, path, reason] = /^\s*\[[^\]]*\] (.+?): (.*)$/.exec(line) ?? [];
      return path ? [{ path, reason }] : [];
    });
    return problems.length > 0 ? problems : [{ path: 'synth', reason: first }];
  }
}

function evaluated(
  value: Expression,
  classes: { readonly [name: string]: Callable },
  known: { readonly [name: string]: unknown },
): unknown {
  if (value instanceof Name) {
    const [type, member] = value.text.split('.');
    return member === undefined ? known[type] : classes[type][member];
  }
  if (value instanceof Call) {
    const [type, factory] = value.callee.split('.');
    return classes[type][factory](...value.args.map((arg) => evaluated(arg, classes, known)));
  }
  if (Array.isArray(value)) return value.map((each) => evaluated(each, classes, known));
  return isFields(value) ? Object.fromEntries(Object.entries(value).map(([name, each]) => [name, evaluated(each, classes, known)])) : value;
}

/** The steps of a path as `workers.env["A.B"]` or `dags[0].url`, in which a key of the props may also stand as it is, whatever it is made of. */
function stepsOf(path: string, props: Expression): string[] {
  const keys = keysIn(props).filter((key) => !/^[\w-]*$/.test(key) && path.includes(key));
  const named = [...new Set(keys)].sort((a, b) => b.length - a.length).map((key) => `${key.replace(/[^\w\s]/g, '\\$&')}(?=$|[.[])`);
  const step = new RegExp(
    [String.raw`\["(?<text>(?:[^"\\]|\\.)*)"\]|\[(?<index>\d+)\]`, `(?<name>${[...named, String.raw`[\w-]+`].join('|')})`].join('|'),
    'g',
  );
  return [...path.matchAll(step)].map(({ groups }) => groups?.text ?? groups?.index ?? groups?.name ?? '');
}

function keysIn(value: Expression): string[] {
  if (value instanceof Call) return value.args.flatMap(keysIn);
  if (Array.isArray(value)) return value.flatMap(keysIn);
  return isFields(value) ? Object.entries(value).flatMap(([key, each]) => [key, ...keysIn(each)]) : [];
}

/** Without what is at the end of the steps, or as near to it as there is something; undefined where nothing is there. */
function without(value: Expression, [step, ...steps]: readonly string[], taken: { [name: string]: Expression }): Expression | undefined {
  if (value instanceof Call) {
    const index = value.args.findIndex((arg) => without(arg, [step, ...steps], { ...taken }) !== undefined);
    if (index < 0) return undefined;
    return new Call(
      value.callee,
      value.args.map((arg, each) => (each === index ? (without(arg, [step, ...steps], taken) as Expression) : arg)),
    );
  }
  const inside = Array.isArray(value) ? value[Number(step)] : isFields(value) && Object.hasOwn(value, step) ? value[step] : undefined;
  if (inside === undefined) return undefined;
  const left = steps.length > 0 ? without(inside, steps, taken) : undefined;
  if (left === undefined) taken.value = inside;
  if (Array.isArray(value))
    return left === undefined
      ? value.filter((_, index) => index !== Number(step))
      : value.map((each, index) => (index === Number(step) ? left : each));
  const { [step]: _, ...others } = value as Fields;
  return left === undefined || (isFields(left) && Object.keys(left).length === 0) ? others : { ...(value as Fields), [step]: left };
}

/** With a limit as high as the request at the end of the steps; undefined where there is none. */
function withLimit(value: Expression, [step, ...steps]: readonly string[]): Expression | undefined {
  if (value instanceof Call) {
    const args = value.args.map((arg) => withLimit(arg, [step, ...steps]));
    return args.some((arg) => arg !== undefined)
      ? new Call(
          value.callee,
          args.map((arg, index) => arg ?? value.args[index]),
        )
      : undefined;
  }
  if (Array.isArray(value)) {
    const changed = value[Number(step)] === undefined ? undefined : withLimit(value[Number(step)], steps);
    return changed && value.map((each, index) => (index === Number(step) ? changed : each));
  }
  if (!isFields(value) || !Object.hasOwn(value, step)) return undefined;
  const inside = value[step];
  if (step === 'requests' && steps.length === 1) {
    const amount = isFields(inside) ? inside[steps[0]] : undefined;
    return amount === undefined ? undefined : { ...value, limits: { ...(isFields(value.limits) && value.limits), [steps[0]]: amount } };
  }
  const changed = withLimit(inside, steps);
  return changed && { ...value, [step]: changed };
}

/** What a note can show of it. */
function plain(value: Expression): unknown {
  if (value instanceof Name) return value.text;
  if (value instanceof Call) return value.args.map(plain).at(0) ?? value.callee;
  if (Array.isArray(value)) return value.map(plain);
  return isFields(value) ? Object.fromEntries(Object.entries(value).map(([name, each]) => [name, plain(each)])) : value;
}
