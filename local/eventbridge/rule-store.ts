import type { Account } from '../account.ts';
import { arnOf } from '../account.ts';
import { AwsError } from '../aws-error.ts';
import type { Rule, RuleSettings } from './rule.ts';

// EventBridge User Guide, "Amazon EventBridge quotas".
const maxRules = 300;

export const notFound = (what: string): AwsError => new AwsError('ResourceNotFoundException', `${what} does not exist.`);

/** The rules of one account and region. */
export class RuleStore {
  readonly #account: Account;
  readonly #rules = new Map<string, Rule>();

  constructor(account: Account) {
    this.#account = account;
  }

  arnOf(name: string): string {
    return arnOf(this.#account, 'events', `rule/${name}`);
  }

  /** Makes the rule, or changes the one of that name; targets and tags stay. */
  put(name: string, settings: RuleSettings): Rule {
    const existing = this.#rules.get(name);
    if (existing !== undefined) {
      existing.settings = settings;
      return existing;
    }
    if (this.#rules.size >= maxRules)
      throw new AwsError('LimitExceededException', 'The requested resource exceeds the maximum number allowed.');
    const rule: Rule = { name, arn: this.arnOf(name), settings, targets: new Map(), tags: new Map() };
    this.#rules.set(name, rule);
    return rule;
  }

  find(name: string): Rule | undefined {
    return this.#rules.get(name);
  }

  get(name: string): Rule {
    const rule = this.#rules.get(name);
    if (rule === undefined) throw notFound(`Rule ${name} on EventBus default`);
    return rule;
  }

  byArn(arn: string): Rule {
    const rule = this.list().find((one) => one.arn === arn);
    if (rule === undefined) throw notFound(`Rule ${arn}`);
    return rule;
  }

  /** By name, in alphabetical order. */
  list(): readonly Rule[] {
    return [...this.#rules.values()].sort((a, b) => (a.name < b.name ? -1 : 1));
  }

  delete(name: string): void {
    this.#rules.delete(name);
  }
}
