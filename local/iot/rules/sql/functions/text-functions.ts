import type { RuleContext } from '../../rule-context.ts';
import { asInt, asString, fits, isArray } from '../conversions.ts';
import type { SqlValue } from '../sql-expression.ts';
import { ofStrings, sqlFunction, type SqlFunction } from '../sql-function.ts';

function concat(args: readonly SqlValue[], { behaviour }: RuleContext): SqlValue {
  if (args.length === 1 && behaviour['rules.concat-of-one'] === 'unmodified') return args[0];
  if (args.some(isArray)) {
    const items = args.flatMap((argument) => (isArray(argument) ? argument : [argument]));
    return fits(items.length) ? items : undefined;
  }
  const texts = args.map(asString);
  const areTexts = args.length === 1 || args.some((argument) => typeof argument === 'string');
  const length = texts.reduce((sum, text = '') => sum + text.length, 0);
  return areTexts && fits(length) && !texts.includes(undefined) ? texts.join('') : undefined;
}

const replaceAll = ofStrings((text, old, replacement) => {
  const pieces = text.split(old);
  return fits(text.length + pieces.length * replacement.length) ? pieces.join(replacement) : undefined;
});

const clamp = (value: number, least: number, most: number): number => Math.min(Math.max(value, least), most);

function substring([value, ...indices]: readonly SqlValue[], { behaviour }: RuleContext): SqlValue {
  const text = asString(value);
  const [start, end = text?.length] = indices.map((index) => asInt(index, behaviour));
  const isUsable = indices.every((index) => asInt(index, behaviour) !== undefined);
  if (text === undefined || start === undefined || end === undefined || !isUsable) return undefined;
  return text.slice(clamp(start, 0, text.length), clamp(end, 0, text.length));
}

/** With as many spaces as the number says, not up to that length: `lpad("hello", 2)` is two longer. */
const padded =
  (pad: (text: string, spaces: string) => string) =>
  ([value, count]: readonly SqlValue[], { behaviour }: RuleContext): SqlValue => {
    const [text, number] = [asString(value), asInt(count, behaviour)];
    if (text === undefined || number === undefined || !fits(text.length)) return undefined;
    return pad(text, ' '.repeat(clamp(number, 0, 1000)));
  };

function chr([value]: readonly SqlValue[], { behaviour }: RuleContext): SqlValue {
  const code = asInt(value, behaviour);
  return code !== undefined && code >= 0 && code <= 127 ? String.fromCharCode(code) : undefined;
}

/** Functions of strings (DG:iot-sql-functions). */
export const textFunctions: readonly SqlFunction[] = [
  sqlFunction('startswith', 2, { call: ofStrings((text, start) => text.startsWith(start)) }),
  sqlFunction('endswith', 2, { call: ofStrings((text, end) => text.endsWith(end)) }),
  sqlFunction('indexof', 2, { isLater: true, call: ofStrings((text, part) => text.indexOf(part)) }),
  sqlFunction('lower', 1, { call: ofStrings((text) => text.toLowerCase()) }),
  sqlFunction('upper', 1, { call: ofStrings((text) => text.toUpperCase()) }),
  sqlFunction('trim', 1, { call: ofStrings((text) => text.trim()) }),
  sqlFunction('ltrim', 1, { call: ofStrings((text) => text.replace(/^[ \t]+/, '')) }),
  sqlFunction('rtrim', 1, { call: ofStrings((text) => text.slice(0, text.length - spacesAtEnd(text))) }),
  sqlFunction('lpad', 2, { call: padded((text, spaces) => spaces + text) }),
  sqlFunction('rpad', 2, { call: padded((text, spaces) => text + spaces) }),
  sqlFunction('length', 1, { isLater: true, call: ofStrings((text) => text.length) }),
  sqlFunction('numbytes', 1, { isLater: true, call: ofStrings((text) => Buffer.byteLength(text)) }),
  sqlFunction('substring', [2, 3], { call: substring }),
  sqlFunction('replace', 3, { call: replaceAll }),
  sqlFunction('chr', 1, { call: chr }),
  sqlFunction('concat', [0, Number.POSITIVE_INFINITY], {
    call: (args, context) => (args.length === 0 ? undefined : concat(args, context)),
  }),
];

// A regular expression for the end of a text looks at every run of spaces, in quadratic time.
function spacesAtEnd(text: string): number {
  let count = 0;
  while (count < text.length && ' \t'.includes(text.charAt(text.length - 1 - count))) count += 1;
  return count;
}
