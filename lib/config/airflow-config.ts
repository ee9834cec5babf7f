import type { Json } from '../kubernetes/json';
import type { PropValidator } from '../validation/prop-validator';

/** Options of Airflow by section and key. */
export type ConfigSections = { readonly [section: string]: { readonly [key: string]: string } };

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

const ENV_NAME = /^AIRFLOW__([A-Z0-9_]+?)__([A-Z0-9_]+)$/;
const OPTION_NAME = /^[\w.-]+$/;
/** Python ends a line at a carriage return, and takes some of the others from the ends of a line; of YAML they are no text. */
const NO_TEXT = /[^\P{Cc}\t\n]|[\p{Cs}\u2028\u2029\ufffe\uffff]/u;

/**
 * Airflow's configuration: what the library has to set, what it would rather have than Airflow's default, and what the user sets.
 * The user's options win over the library's defaults; one that the library has to set is an error, whichever way it is set, unless it is set to
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
    for (const [section, options] of Object.entries(this.user)) {
      for (const [key, value] of Object.entries(options)) {
        const place = `${prop}.${section}.${key}`;
        this.validateOwned(validator, place, `${section}.${key}`, value);
        if (!OPTION_NAME.test(section) || !OPTION_NAME.test(key)) {
          validator.report(place, `[${section}] ${key}`, 'expected the name of an Airflow option, as in [core] parallelism');
        }
        const problem = valueProblem(value);
        if (typeof value !== 'string') validator.report(place, value, 'expected a string, as in airflow.cfg');
        else if (problem) validator.reportHidden(place, problem);
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
        if (owned ? `${value}` === owned.value : set === undefined || set === `${value}`) continue;
        validator.reportHidden(`${prop}.${section}.${key}`, `the library sets this option; use ${owned?.instead ?? 'the prop config'}`);
      }
    }
  }

  /** An environment variable such as AIRFLOW__CORE__EXECUTOR wins over airflow.cfg, and so must not set what the library sets. */
  validateVariable(validator: PropValidator, prop: string, name: string, value?: string): void {
    const [, section, key] = ENV_NAME.exec(name) ?? [];
    this.validateOwned(validator, prop, `${section}.${key}`, value);
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
    for (const layer of [this.defaults, this.user]) {
      for (const [section, options] of Object.entries(layer)) {
        for (const [key, value] of Object.entries(options)) put(section, key, value);
      }
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
      return [{ name: `AIRFLOW__${section}__${key}_CMD`.toUpperCase(), value }];
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

/** Whether it is what the library sets anyway; of a switch Airflow reads upper and lower case alike. */
function isSame({ section, key, value, oldName, secret }: OwnedOption, id: string, given: string): boolean {
  if (secret || value === undefined || ![`${section}.${key}`, oldName].includes(id)) return false;
  return given === value || (/^(true|false)$/i.test(value) && given.toLowerCase() === value.toLowerCase());
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
