import type { Json } from '../kubernetes/json';
import type { PropValidator } from '../validation/prop-validator';
import { joinedWith, jsonObject, validateJoined } from './json-options';

/** Options of Airflow by section and key. */
export type ConfigSections = { readonly [section: string]: { readonly [key: string]: string } };

/** Options as users give them, with numbers and switches as Airflow reads them. */
export function optionTexts(
  validator: PropValidator,
  prop: string,
  given: { readonly [section: string]: { readonly [key: string]: unknown } },
): ConfigSections {
  const inSection = (section: string, options: object) =>
    Object.entries(options).flatMap(([key, value]) => {
      const text = optionText(value);
      if (text === undefined) validator.report(`${prop}.${section}.${key}`, value, 'expected a text, a number or a boolean');
      return text === undefined ? [] : [[key, text]];
    });
  return Object.fromEntries(Object.entries(given).map(([section, options]) => [section, Object.fromEntries(inSection(section, options))]));
}

function optionText(value: unknown): string | undefined {
  if (typeof value === 'boolean') return value ? 'True' : 'False';
  return typeof value === 'string' || Number.isFinite(value) ? `${value}` : undefined;
}

/** An option that the library sets, with what the user sets instead of it. */
export interface OwnedOption {
  readonly section: string;
  readonly key: string;
  /** The value, or with `secret` a command that prints it; none where somebody else sets it, as a Helm chart does. */
  readonly value?: string;
  /** The secret that the command reads. Pods that have it have the command as a variable: it is not in airflow.cfg, which all have. */
  readonly secret?: string;
  /** Whether somebody else sets it to the value, so that it is not written. */
  readonly isSetElsewhere?: boolean;
  /** `section.key` of the option in earlier versions, which Airflow still reads, and before a command. */
  readonly oldName?: string;
  /** What to use instead, for the error. */
  readonly instead: string;
}

/** An option of Airflow as an environment variable. */
export const ENV_NAME = /^AIRFLOW__([A-Z0-9_]+?)__([A-Z0-9_]+)$/;

/** The options that environment variables set, as far as their values are known. */
export function optionsOfVariables(variables: readonly { readonly name: string; readonly value?: string }[]): ConfigSections {
  const sections: { [section: string]: { [key: string]: string } } = {};
  for (const { name, value } of variables) {
    const [, section, key] = ENV_NAME.exec(name) ?? [];
    if (section && value !== undefined)
      sections[section.toLowerCase()] = { ...sections[section.toLowerCase()], [key.toLowerCase()]: value };
  }
  return sections;
}

/** The variable that sets an option. What is a team's alone is in a section `TEAM=SECTION`. */
export function variableOf(section: string, key: string): string {
  return `AIRFLOW__${section.replaceAll('.', '_').replace('=', '___')}__${key}`.toUpperCase();
}
const OPTION_NAME = /^[\w.-]+$/;
/** Python ends a line at a carriage return, and takes some of the others from the ends of a line; of YAML they are no text. */
const NO_TEXT = /[^\P{Cc}\t\n]|[\p{Cs}\u2028\u2029\ufffe\uffff]/u;

/**
 * Airflow's configuration: what the library has to set, what it would rather have than Airflow's default, and what the user sets.
 * The user's options win over the library's defaults, key by key where both are objects in JSON; one that the library has to set is an error, whichever way it is set, unless it is set to
 * the same.
 */
export class AirflowConfig {
  /** By `section.key`, in lower case, with each way in which Airflow lets the option be set. */
  private readonly ownedById = new Map<string, OwnedOption>();

  constructor(
    private readonly owned: readonly OwnedOption[],
    private readonly defaults: ConfigSections,
    private readonly user: ConfigSections,
  ) {
    for (const option of owned) {
      for (const name of [`${option.section}.${option.key}`, ...(option.oldName ? [option.oldName] : [])]) {
        for (const suffix of ['', '_cmd', '_secret']) this.ownedById.set(`${name}${suffix}`, option);
      }
    }
  }

  validate(validator: PropValidator, prop: string): void {
    const places: { [id: string]: string } = {};
    for (const [section, options] of Object.entries(this.user)) {
      for (const [key, value] of Object.entries(options)) {
        const place = `${prop}.${section}.${key}`;
        const id = `${section}.${key}`.toLowerCase();
        places[id] ??= place;
        const first = places[id];
        if (first !== place)
          validator.reportHidden(place, `to Airflow it is the same as ${first}, in upper and lower case; leave one of them out`);
        this.validateOwned(validator, place, `${section}.${key}`, value);
        if (!OPTION_NAME.test(section) || !OPTION_NAME.test(key)) {
          validator.report(place, `[${section}] ${key}`, `expected ${optionName(section, key)}`);
        }
        const problem = valueProblem(value);
        if (problem) validator.reportHidden(place, problem);
        validateJoined(validator, place, this.defaultOf(section, key), value);
      }
    }
  }

  /** Options that are set beside `config`, as by values of a chart: they must set nothing that the library sets, and nothing otherwise than `config`. */
  validateElsewhere(validator: PropValidator, prop: string, options: { readonly [section: string]: Json }): void {
    const own = this.sections();
    for (const [section, given] of Object.entries(options)) {
      for (const [key, value] of Object.entries(given ?? {})) {
        const owned = this.ownedById.get(`${section}.${key}`.toLowerCase());
        const set = own[section.toLowerCase()]?.[key.toLowerCase()];
        const expected = owned ? owned.value : (set ?? `${value}`);
        if (expected !== undefined && isSameValue(expected, `${value}`)) continue;
        validator.reportHidden(`${prop}.${section}.${key}`, `the library sets this option; use ${owned?.instead ?? 'the prop config'}`);
      }
    }
  }

  /** An environment variable such as AIRFLOW__CORE__EXECUTOR wins over airflow.cfg, and so must not set what the library sets. */
  validateVariable(validator: PropValidator, prop: string, name: string, value?: string): void {
    const [, section = '', key = ''] = ENV_NAME.exec(name) ?? [];
    this.validateOwned(validator, prop, `${section}.${key}`, value);
    const given = jsonObject(value) ?? {};
    const lost = Object.keys(jsonObject(this.defaultOf(section, key)) ?? {}).filter((each) => !(each in given));
    if (lost.length > 0)
      validator.warn(prop, `it takes the place of what the library sets (${lost.join(', ')}); use config, which adds to that`);
  }

  private defaultOf(section: string, key: string): string | undefined {
    return this.defaults[section.toLowerCase()]?.[key.toLowerCase()];
  }

  /** Whether the library sets the option. */
  isOwned(section: string, key: string): boolean {
    return this.ownedById.has(`${section}.${key}`.toLowerCase());
  }

  private validateOwned(validator: PropValidator, place: string, name: string, value: string | undefined): void {
    const id = name.toLowerCase();
    const owned = this.ownedById.get(id);
    if (!owned || (value !== undefined && isSame(owned, id, value))) return;
    validator.reportHidden(place, `the library sets this option; use ${owned.instead}`);
  }

  /** The options of these sections, or of all, as they are in force. */
  sections(only?: readonly string[]): ConfigSections {
    const result: { [section: string]: { [key: string]: string } } = {};
    const put = (section: string, key: string, value: string) => {
      // To Airflow they are the same in upper and lower case.
      const name = section.toLowerCase();
      result[name] ??= {};
      result[name][key.toLowerCase()] = value;
    };
    for (const [section, options] of Object.entries(this.defaults)) {
      for (const [key, value] of Object.entries(options)) put(section, key, value);
    }
    for (const [section, options] of Object.entries(this.user)) {
      for (const [key, value] of Object.entries(options)) put(section, key, joinedWith(this.defaultOf(section, key), value));
    }
    for (const { section, key, value, secret, isSetElsewhere } of this.owned) {
      if (value !== undefined && !secret && !isSetElsewhere) put(section, key, value);
    }
    return sorted(only ? Object.fromEntries(Object.entries(result).filter(([section]) => only.includes(section))) : result);
  }

  /** Variables by which a container that has these secrets tells Airflow how to read them. */
  secretVariables(secrets: readonly string[]): { readonly name: string; readonly value: string }[] {
    return this.owned.flatMap(({ section, key, value, secret }) => {
      if (value === undefined || !secret || !secrets.includes(secret)) return [];
      return [{ name: `${variableOf(section, key)}_CMD`, value }];
    });
  }

  /** As airflow.cfg; for tasks with what others get elsewhere. */
  render({ forTasks = false } = {}): string {
    const owned = this.owned.map((option) => ({ ...option, isSetElsewhere: false }));
    const config = forTasks ? new AirflowConfig(owned, this.defaults, this.user) : this;
    return Object.entries(config.sections())
      .map(([section, options]) => `[${section}]\n${Object.entries(options).map(renderOption).join('')}`)
      .join('\n');
  }
}

/** Whether it is what the library sets anyway. */
function isSame({ section, key, value, oldName, secret }: OwnedOption, id: string, given: string): boolean {
  if (secret || value === undefined || ![`${section}.${key}`, oldName].includes(id)) return false;
  return isSameValue(value, given);
}

const NUMBER = /^\d+$/;
/** The words by which Airflow knows a switch. */
const SWITCHES: readonly RegExp[] = [/^(?:true|t|1)$/i, /^(?:false|f|0)$/i];

/** Whether Airflow reads two values alike, of which the first is the library's: a switch has several words, and spaces around it or a number do not count. */
export function isSameValue(value: string, given: string): boolean {
  if (given === value) return true;
  if (NUMBER.test(value)) return given.trim() === value;
  const words = SWITCHES.find((each) => each.test(value));
  return words?.test(given.trim()) ?? false;
}

/** Why airflow.cfg can't hold a value. */
function valueProblem(value: string): string | undefined {
  const [character] = NO_TEXT.exec(value) ?? [];
  if (character) return `airflow.cfg can't hold the character ${characterName(character)}; expected text, with lines that end in U+000A`;
  return /\n\s*[#;]/.test(value) ? 'a line begins with "#" or ";", which airflow.cfg takes for a comment' : undefined;
}

/** configparser reads `%` as the begin of a reference, and an indented line as going on with the value. */
function renderOption([key, value]: [string, string]): string {
  return `${key} = ${String(value).replace(/%/g, '%%').replace(/\n/g, '\n    ')}\n`;
}

function sorted(sections: ConfigSections): ConfigSections {
  const byName = <Value>([a]: [string, Value], [b]: [string, Value]) => (a < b ? -1 : 1);
  return Object.fromEntries(
    Object.entries(sections)
      .sort(byName)
      .map(([section, options]) => [section, Object.fromEntries(Object.entries(options).sort(byName))]),
  );
}

/** `U+2028` */
function characterName(character: string): string {
  return `U+${character.charCodeAt(0).toString(16).toUpperCase().padStart(4, '0')}`;
}

/** What there is instead of a name that is none; of a team's own options the section is `team=section`. */
function optionName(section: string, key: string): string {
  const [, team, ofTeam] = /^([\w-]+)=(\w+)$/.exec(section) ?? [];
  if (team === undefined) return 'the name of an Airflow option, as in [core] parallelism';
  const variable = `AIRFLOW__${team}___${ofTeam}__${key}`.toUpperCase();
  return `a variable, as an option of a team alone is one: ${variable} in env of the scheduler and of the workers`;
}
