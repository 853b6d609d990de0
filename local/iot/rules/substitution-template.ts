import { evaluateExpression } from './sql/evaluate-sql.ts';
import { parseTemplateExpression } from './sql/parse-sql.ts';
import type { SqlExpression } from './sql/sql-expression.ts';
import { asString } from './sql/sql-functions.ts';
import type { RuleContext } from './sql/sql-functions.ts';

type Part = string | SqlExpression;

/** Text with `${expression}` in it (DG:iot-substitution-templates). */
export type SubstitutionTemplate = readonly Part[];

/** @throws AwsError `SqlParseException` for an expression that is not valid */
export function parseSubstitutionTemplate(text: string): SubstitutionTemplate {
  return text.split(/(\$\{[^}]*\})/).map((part) => {
    const [, expression] = /^\$\{([^}]*)\}$/.exec(part) ?? [];
    return expression === undefined ? part : parseTemplateExpression(expression);
  });
}

/** What has no value becomes the text `undefined` (assumed). */
export const fillTemplate = (template: SubstitutionTemplate, context: RuleContext): string =>
  template.map((part) => (typeof part === 'string' ? part : (asString(evaluateExpression(part, context)) ?? 'undefined'))).join('');
