import { AwsError } from '../../aws-error.ts';
import { readAction } from './actions/read-action.ts';
import type { RuleAction } from './actions/rule-action.ts';
import type { RuleDefinition } from './rule-definition.ts';
import { parseRuleSql } from './sql/parse-sql.ts';
import type { RuleStatement } from './sql/sql-expression.ts';

export interface CompiledRule {
  readonly ruleName: string;
  /** Undefined for SQL that cannot be read; such a rule never matches. */
  readonly statement: RuleStatement | undefined;
  readonly actions: readonly RuleAction[];
  readonly errorAction: RuleAction | undefined;
}

// The oldest text is forgotten first; an account has at most 1,000 rules (General Reference).
const maxStatements = 1000;

function parseOrNothing(sql: string): RuleStatement | undefined {
  try {
    return parseRuleSql(sql);
  } catch (error) {
    if (error instanceof AwsError) return undefined;
    throw error;
  }
}

/** Parses each text once. */
function createStatementCache(): (sql: string) => RuleStatement | undefined {
  const statements = new Map<string, RuleStatement | undefined>();
  return (sql) => {
    if (statements.has(sql)) return statements.get(sql);
    const oldest = statements.size < maxStatements ? undefined : statements.keys().next().value;
    if (oldest !== undefined) statements.delete(oldest);
    const statement = parseOrNothing(sql);
    statements.set(sql, statement);
    return statement;
  };
}

/** Reads each action object once. */
function createActionCache(): (action: object) => RuleAction {
  const actions = new WeakMap<object, RuleAction>();
  return (action) => {
    const known = actions.get(action) ?? readAction(action);
    actions.set(action, known);
    return known;
  };
}

/** A compiler that remembers, so that asking for the rules anew with every message costs little. */
export function createRuleCompiler(): (rule: RuleDefinition) => CompiledRule {
  const statementOf = createStatementCache();
  const actionOf = createActionCache();
  return ({ ruleName, sql, actions, errorAction }) => ({
    ruleName,
    statement: statementOf(sql),
    actions: actions.map(actionOf),
    errorAction: errorAction === undefined ? undefined : actionOf(errorAction),
  });
}
