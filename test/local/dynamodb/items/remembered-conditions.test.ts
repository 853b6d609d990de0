import { type ConditionParser, rememberConditions } from '../../../../local/dynamodb/items/remembered-conditions.ts';

const counting = () => {
  const read: string[] = [];
  const parser: ConditionParser = {
    parse: (expression, options) => {
      read.push(expression);
      if (expression === 'broken') throw new Error('Syntax error');
      return { expression, options: JSON.stringify(options) };
    },
  };
  rememberConditions(parser);
  return { parser, read };
};

describe('the memory of condition expressions', () => {
  test('reads what names its attributes outright once, and gives everybody a copy of their own', () => {
    const { parser, read } = counting();
    const first = parser.parse('attribute_not_exists(pk)', {});
    expect(parser.parse('attribute_not_exists(pk)', {})).toEqual(first);
    expect(parser.parse('attribute_not_exists(pk)', {})).not.toBe(first);
    expect(read).toEqual(['attribute_not_exists(pk)']);
  });

  test('reads what has placeholders each time: they may stand for something else', () => {
    const { parser, read } = counting();
    expect(parser.parse('#a = :b', { a: 1 })).not.toEqual(parser.parse('#a = :b', { a: 2 }));
    expect(read).toHaveLength(2);
  });

  test('refuses what is broken each time', () => {
    const { parser } = counting();
    expect(() => parser.parse('broken', {})).toThrow('Syntax');
    expect(() => parser.parse('broken', {})).toThrow('Syntax');
  });
});
