import { asString } from './sql/conversions.ts';
import { evaluateExpression } from './sql/evaluate-sql.ts';
import { parseTemplateExpression } from './sql/parse-sql.ts';
import type { SqlDialect } from './sql/sql-dialect.ts';
import type { SqlExpression } from './sql/sql-expression.ts';
import type { RuleContext } from './rule-context.ts';
import { sqlParseError } from './sql/sql-tokens.ts';

/** Text with `${expression}` in it (DG:iot-substitution-templates). */
export type SubstitutionTemplate = readonly (string | SqlExpression)[];

/** Where the `}` stands that closes an expression: not one in a string, nor that of an object. */
function endOfExpression(text: string, start: number): number {
  let [depth, mark] = [0, ''];
  for (let at = start; at < text.length; at += 1) {
    const character = text.charAt(at);
    if (mark !== '') mark = character === mark ? '' : mark;
    else if (character === "'" || character === '"') mark = character;
    else if (character === '{') depth += 1;
    else if (character === '}' && depth === 0) return at;
    else if (character === '}') depth -= 1;
  }
  throw sqlParseError('a substitution template is not closed', start);
}

/** @throws AwsError `SqlParseException` for an expression that is not valid */
export function parseSubstitutionTemplate(text: string, dialect: SqlDialect): SubstitutionTemplate {
  const parts: (string | SqlExpression)[] = [];
  for (let at = 0; at < text.length; ) {
    const begin = text.indexOf('${', at);
    parts.push(text.slice(at, begin < 0 ? undefined : begin));
    if (begin < 0) break;
    const end = endOfExpression(text, begin + 2);
    parts.push(parseTemplateExpression(text.slice(begin + 2, end), dialect));
    at = end + 1;
  }
  return parts;
}

const fillPart = (part: string | SqlExpression, context: RuleContext): string =>
  typeof part === 'string' ? part : (asString(evaluateExpression(part, context)) ?? context.behaviour['rules.undefined-in-template']);

export const fillTemplate = (template: SubstitutionTemplate, context: RuleContext): string =>
  template.map((part) => fillPart(part, context)).join('');
