import { invalidRequest } from '../../refusals.ts';
import type { RuleContext } from '../rule-context.ts';
import type { SqlDialect } from '../sql/sql-dialect.ts';
import { fillTemplate, parseSubstitutionTemplate } from '../substitution-template.ts';

/** A setting that may hold substitution templates, filled for a message. */
export type FilledSetting = (context: RuleContext) => string;

/** Members of an action, read strictly. What is missing or of another type is refused with `InvalidRequestException`. */
export class ActionSettings {
  readonly #kind: string;
  readonly #members: ReadonlyMap<string, unknown>;
  readonly #dialect: SqlDialect;

  constructor(kind: string, members: object, dialect: SqlDialect) {
    this.#kind = kind;
    this.#members = new Map(Object.entries(members));
    this.#dialect = dialect;
  }

  string(name: string): string {
    const value = this.#members.get(name);
    if (typeof value === 'string' && value !== '') return value;
    throw invalidRequest(`The action ${this.#kind} needs the member ${name}, a string.`);
  }

  /** @throws AwsError `SqlParseException` for a template that cannot be read */
  template(name: string, rewrite = (text: string) => text): FilledSetting {
    const template = parseSubstitutionTemplate(rewrite(this.string(name)), this.#dialect);
    return (context) => fillTemplate(template, context);
  }

  optionalTemplate(name: string): FilledSetting | undefined {
    return this.#members.get(name) === undefined ? undefined : this.template(name);
  }

  /** One of some values; the first when there is none. */
  oneOf<Value extends string | number | boolean>(name: string, [first, ...others]: readonly [Value, ...Value[]]): Value {
    const given = this.#members.get(name);
    const known = given === undefined ? first : [first, ...others].find((value) => value === given);
    if (known !== undefined) return known;
    throw invalidRequest(`The member ${name} of the action ${this.#kind} must be ${[first, ...others].join(' or ')}.`);
  }

  /** The members of a member; undefined when there is none. */
  optionalSettings(name: string): ActionSettings | undefined {
    const members = this.#members.get(name);
    if (members === undefined) return undefined;
    if (typeof members === 'object' && members !== null) return new ActionSettings(`${this.#kind}.${name}`, members, this.#dialect);
    throw invalidRequest(`The member ${name} of the action ${this.#kind} must be an object.`);
  }

  settings(name: string): ActionSettings {
    const settings = this.optionalSettings(name);
    if (settings === undefined) throw invalidRequest(`The action ${this.#kind} needs the member ${name}, an object.`);
    return settings;
  }

  list(name: string): readonly ActionSettings[] {
    const items = this.#members.get(name) ?? [];
    if (!Array.isArray(items)) throw invalidRequest(`The member ${name} of the action ${this.#kind} must be a list.`);
    return items.map((item: unknown) => {
      if (typeof item === 'object' && item !== null) return new ActionSettings(`${this.#kind}.${name}`, item, this.#dialect);
      throw invalidRequest(`The member ${name} of the action ${this.#kind} must be a list of objects.`);
    });
  }
}
