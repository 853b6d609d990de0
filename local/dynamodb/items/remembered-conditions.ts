import { copyMembers } from './copy-members.ts';

/** What dynalite reads condition expressions with. */
export interface ConditionParser {
  parse(expression: string, options: object): unknown;
}

/** No application has more conditions without placeholders at once. */
const MAX_REMEMBERED = 200;

/**
 * Lets a parser read each expression once that names its attributes outright: only placeholders (`#name`, `:value`) make the
 * same text mean something else. Its grammar takes as long as all other checks of an item, and a transaction of a hundred
 * items says the same condition a hundred times.
 */
export const rememberConditions = (parser: ConditionParser): void => {
  const remembered = new Map<string, object>();
  const parse = parser.parse.bind(parser);
  parser.parse = (expression, options) => {
    if (/[#:]/.test(expression)) return parse(expression, options);
    const known = remembered.get(expression) ?? parse(expression, options);
    if (typeof known !== 'object' || known === null) return known;
    if (remembered.size < MAX_REMEMBERED) remembered.set(expression, known);
    // Whoever runs the condition may write into it.
    return copyMembers(known);
  };
};
