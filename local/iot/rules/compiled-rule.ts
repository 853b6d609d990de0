import { AwsError } from '../../aws-error.ts';
import { readAction } from './actions/read-action.ts';
import type { RuleAction } from './actions/rule-action.ts';
import type { RuleBehaviour, SqlVersion } from './rule-context.ts';
import type { RuleDefinition } from './rule-definition.ts';
import { parseRuleSql } from './sql/parse-sql.ts';
import type { RuleStatement } from './sql/sql-expression.ts';

export interface CompiledRule {
  readonly ruleName: string;
  readonly sqlVersion: SqlVersion;
  readonly statement: RuleStatement;
  readonly actions: readonly RuleAction[];
  readonly errorAction: RuleAction | undefined;
}

/** Reads a rule. @throws AwsError for what AWS would refuse, and by its name for what is not supported */
export function compileRule({ ruleName, sql, sqlVersion, actions, errorAction }: RuleDefinition, behaviour: RuleBehaviour): CompiledRule {
  const dialect = { version: sqlVersion, behaviour };
  return {
    ruleName,
    sqlVersion,
    statement: parseRuleSql(sql, dialect),
    actions: actions.map((action) => readAction(action, dialect)),
    errorAction: errorAction === undefined ? undefined : readAction(errorAction, dialect),
  };
}

/** A compiler that remembers, so that asking for the rules anew with every message costs little. A rule that cannot be read is left out. */
export function createRuleCompiler(behaviour: RuleBehaviour): (rule: RuleDefinition) => readonly CompiledRule[] {
  const compiled = new WeakMap<RuleDefinition, readonly CompiledRule[]>();
  const compile = (rule: RuleDefinition): readonly CompiledRule[] => {
    try {
      return [compileRule(rule, behaviour)];
    } catch (error) {
      if (error instanceof AwsError) return [];
      throw error;
    }
  };
  return (rule) => {
    const known = compiled.get(rule) ?? compile(rule);
    compiled.set(rule, known);
    return known;
  };
}
