import type { Duration } from 'cdk8s';
import type { Construct, IConstruct } from 'constructs';
import { quantityValue } from '../kubernetes/quantity';
import { nearestWord } from './nearest-word';
import { warn } from './warnings';

const DNS_LABEL = /^[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?$/;
const DNS_SUBDOMAIN = /^[a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*$/;
const SECRET_KEY = /^[-._a-zA-Z0-9]+$/;
const GROUP_NAME = /^[a-z0-9]([-a-z0-9]{0,18}[a-z0-9])?$/;
const LABEL_VALUE = /^(([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9])?$/;
const LABEL_NAME = /^[A-Za-z0-9]([-A-Za-z0-9_.]{0,61}[A-Za-z0-9])?$/;

export function isDnsLabel(text: string): boolean {
  return DNS_LABEL.test(text);
}

export function isDnsSubdomain(text: string): boolean {
  return text.length <= 253 && DNS_SUBDOMAIN.test(text);
}

export function isLabelValue(text: string): boolean {
  return text.length <= 63 && LABEL_VALUE.test(text);
}

/** A key of a label or an annotation: a name, with a DNS subdomain and a slash before it where there is a prefix. */
export function isQualifiedName(text: string): boolean {
  const [name, prefix, ...rest] = text.split('/').reverse();
  return rest.length === 0 && LABEL_NAME.test(name) && (prefix === undefined || isDnsSubdomain(prefix));
}

function isAtOrBelow(prop: string, place: string): boolean {
  return prop.startsWith(place) && /^([.[ :]|$)/.test(prop.slice(place.length));
}

const MIN_BYTES = 2 ** 20;
const MAX_CORES = 256;
const MAX_REPLICAS = 10_000;

/**
 * Collects what is wrong with the props of a construct and reports it when the app is validated, so that one synth shows
 * all errors. Each error names the construct path (cdk8s adds it), the prop, the value and what would do.
 */
export class PropValidator {
  /** Whether any prop of this construct, or of one below it, was reported. */
  static hasErrors(scope: IConstruct): boolean {
    return scope.node.findAll().some((construct) => PropValidator.errorsOf.get(construct)?.some((errors) => errors.length > 0));
  }

  /** Report the props of a construct by the names that they have for who made it. */
  static rename(scope: IConstruct, names: { readonly [prop: string]: string }): void {
    PropValidator.namesOf.set(scope, names);
  }

  private static readonly namesOf = new WeakMap<IConstruct, { readonly [prop: string]: string }>();
  private static readonly errorsOf = new WeakMap<IConstruct, string[][]>();
  private static readonly leftOutOf = new WeakMap<IConstruct, string[]>();

  readonly errors: string[] = [];
  private readonly leftOut: string[];

  constructor(private readonly scope: Construct) {
    PropValidator.errorsOf.set(scope, [...(PropValidator.errorsOf.get(scope) ?? []), this.errors]);
    this.leftOut = PropValidator.leftOutOf.get(scope) ?? [];
    PropValidator.leftOutOf.set(scope, this.leftOut);
    scope.node.addValidation({
      validate: () => {
        const named = this.errors.map((error) => error.replace(/^\w+/, (prop) => PropValidator.namesOf.get(scope)?.[prop] ?? prop));
        // Whoever made this construct told of it already.
        const told = scope.node.scopes.slice(0, -1).flatMap((outer) => PropValidator.leftOutOf.get(outer) ?? []);
        return named.filter((error) => !told.some((place) => isAtOrBelow(error, place)));
      },
    });
  }

  /** Report a prop. `value` must not be a secret: it is shown. */
  report(prop: string, value: unknown, expected: string): void {
    this.reportHidden(prop, `${typeof value === 'number' ? value : JSON.stringify(value)} given; ${expected}`);
  }

  /** Report a prop whose value must not be shown. */
  reportHidden(prop: string, reason: string): void {
    if (!this.leftOut.some((place) => isAtOrBelow(prop, place))) this.add(`${prop}: ${reason}`);
  }

  /** Tell of what is right, and surely not meant. */
  warn(prop: string, text: string): void {
    warn(this.scope, `${prop}: ${text}`);
  }

  /** Do not report a prop, nor what is in it, from here on: what is wrong is told, and the construct goes on without. */
  leaveOut(prop: string): void {
    this.leftOut.push(prop);
  }

  /** Report what names its place by itself. What holds for several components is looked at for each, and told once. */
  add(error: string): void {
    if (!this.errors.includes(error)) this.errors.push(error);
  }

  dnsLabel(prop: string, value: string | undefined): void {
    if (value === undefined || isDnsLabel(value)) return;
    this.report(prop, value, 'expected a DNS label: at most 63 lower-case letters, digits and hyphens, as in "airflow-1"');
  }

  dnsSubdomain(prop: string, value: string | undefined): void {
    if (value === undefined || isDnsSubdomain(value)) return;
    this.report(prop, value, 'expected a DNS name: lower-case letters, digits, hyphens and dots, as in "airflow.example.com"');
  }

  secretKey(prop: string, value: string | undefined): void {
    if (value === undefined || (SECRET_KEY.test(value) && value.length <= 253)) return;
    this.report(prop, value, 'expected a key of a Secret: letters, digits, hyphens, underscores and dots, as in "password"');
  }

  /** A Secret that is named, and the key in it. */
  secret(prop: string, secret: { readonly secretName: string; readonly key?: string } | undefined): void {
    this.dnsSubdomain(`${prop}.secretName`, secret?.secretName);
    this.secretKey(`${prop}.key`, secret?.key);
  }

  /** The name of a group of pods, which is a part of names and labels. */
  groupName(prop: string, value: string): void {
    if (GROUP_NAME.test(value)) return;
    this.report(prop, value, 'expected a name of at most 20 lower case letters, digits and hyphens');
  }

  wholeNumber(prop: string, value: number | undefined, minimum: number, maximum = Number.MAX_SAFE_INTEGER): void {
    if (value === undefined || (Number.isInteger(value) && value >= minimum && value <= maximum)) return;
    const range = maximum === Number.MAX_SAFE_INTEGER ? `of ${minimum} or more` : `from ${minimum} to ${maximum}`;
    this.report(prop, value, `expected a whole number ${range}`);
  }

  /** A word of a closed set, as those of Kubernetes, which are told apart by upper and lower case. */
  /** A number of pods, of which more than a cluster runs is a slip of the hand. */
  replicas(prop: string, value: number | undefined, minimum: number): void {
    this.wholeNumber(prop, value, minimum);
    if (value !== undefined && value > MAX_REPLICAS) this.report(prop, value, `expected at most ${MAX_REPLICAS}`);
  }

  oneOf(prop: string, value: string | undefined, words: readonly string[]): void {
    if (value === undefined || words.includes(value)) return;
    const nearest = nearestWord(value, words);
    this.report(prop, value, `expected one of ${words.join(', ')}${nearest ? `; did you mean "${nearest}"?` : ''}`);
  }

  wholeSeconds(prop: string, value: Duration | undefined): void {
    if (value === undefined) return;
    const milliseconds = value.toMilliseconds();
    if (milliseconds % 1000 !== 0) this.report(prop, `${milliseconds} millis`, 'expected one second or more, in whole seconds');
    else if (milliseconds < 1000) this.report(prop, value.toHumanString(), 'expected one second or more');
  }

  /** The name of an object from which a Service takes its name too. */
  serviceName(prop: string, value: string | undefined): void {
    if (value === undefined || (isDnsLabel(value) && /^[a-z]/.test(value))) return;
    this.report(prop, value, 'expected a DNS label that begins with a letter: lower-case letters, digits and hyphens, as in "airflow-1"');
  }

  mountPath(prop: string, value: string | undefined): void {
    if (value === undefined || (value.startsWith('/') && !value.includes(':'))) return;
    this.report(prop, value, 'expected an absolute path without a colon, as in "/opt/airflow/dags"');
  }

  quantity(prop: string, value: string | undefined): void {
    if (value === undefined) return;
    const amount = quantityValue(value);
    if (amount === undefined || amount <= 0) {
      this.report(prop, value, 'expected a Kubernetes quantity above zero, as in "500m", "2" or "1Gi"');
    }
  }

  /** An amount of memory or disk, of which less than a mebibyte is a unit forgotten or mistaken. */
  bytes(prop: string, value: string | undefined): void {
    this.quantity(prop, value);
    const amount = quantityValue(value ?? '') ?? 0;
    if (amount <= 0 || amount >= MIN_BYTES) return;
    this.report(prop, value, `expected an amount with its unit, as in "512Mi": that is ${amount} bytes`);
    this.leaveOut(prop);
  }

  /** An amount of CPU, of which more than a node has is a unit forgotten. */
  cores(prop: string, value: string | undefined): void {
    this.quantity(prop, value);
    const amount = quantityValue(value ?? '') ?? 0;
    if (amount <= MAX_CORES) return;
    this.report(prop, value, `expected what a node has, as in "2", or in thousandths, as in "500m": that is ${amount} cores`);
    this.leaveOut(prop);
  }

  labels(prop: string, labels: { readonly [name: string]: string } | undefined): void {
    for (const [name, value] of Object.entries(labels ?? {})) {
      if (!isQualifiedName(name)) this.report(`${prop}["${name}"]`, name, 'expected the name of a label, as in "example.com/team"');
      if (!isLabelValue(value)) this.report(`${prop}["${name}"]`, value, 'expected at most 63 letters, digits, "-", "_" and "."');
    }
  }

  annotations(prop: string, annotations: { readonly [name: string]: string } | undefined): void {
    for (const name of Object.keys(annotations ?? {})) {
      if (!isQualifiedName(name)) this.report(`${prop}["${name}"]`, name, 'expected the name of an annotation, as in "example.com/team"');
    }
  }
}
