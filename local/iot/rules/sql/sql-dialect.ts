import type { RuleBehaviour, SqlVersion } from '../rule-context.ts';
import { sqlParseError } from './sql-tokens.ts';

/** How a statement is to be read. */
export interface SqlDialect {
  readonly version: SqlVersion;
  readonly behaviour: RuleBehaviour;
}

const effectiveVersion = ({ version, behaviour }: SqlDialect): SqlVersion =>
  version === 'beta' ? behaviour['rules.beta-version'] : version;

/** Whether the statement has the language of 2016-03-23. */
export const isLaterDialect = (dialect: SqlDialect): boolean => effectiveVersion(dialect) !== '2015-10-08';

/** Refuses what came with 2016-03-23 in a statement of 2015-10-08. */
export function requireLater(dialect: SqlDialect, what: string, at: number): void {
  if (isLaterDialect(dialect) || dialect.behaviour['rules.later-language'] === 'accepted') return;
  throw sqlParseError(`${what} needs SQL version 2016-03-23, and this rule has ${dialect.version}`, at);
}
