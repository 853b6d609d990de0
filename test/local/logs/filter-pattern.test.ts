import { compileFilterPattern } from '../../../local/logs/filter/filter-pattern.ts';

const matches = (pattern: string, message: unknown): boolean =>
  compileFilterPattern(pattern)(typeof message === 'string' ? message : JSON.stringify(message));

describe('a filter pattern of terms', () => {
  test.each([
    ['', 'anything', true],
    ['ERROR', 'an ERROR here', true],
    ['error', 'an ERROR here', false],
    ['ERROR exit', 'exit after ERROR', true],
    ['ERROR exit', 'only ERROR', false],
    ['"bad gateway"', 'a bad gateway', true],
    ['"bad gateway"', 'gateway bad', false],
    ['?ERROR ?WARN', 'a WARN', true],
    ['?ERROR ?WARN', 'an INFO', false],
    ['ERROR -expected', 'ERROR expected', false],
    ['ERROR -expected', 'ERROR else', true],
  ])('%j of %j is %s', (pattern, message, expected) => {
    expect(matches(pattern, message)).toBe(expected);
  });
});

describe('a filter pattern of JSON members', () => {
  const event = {
    code: 'bound-to-another-key',
    outcome: 'refused',
    n: 3,
    ok: true,
    nothing: null,
    a: { b: [{ c: 'x' }] },
    'odd-name': 'y',
  };

  test.each([
    ['{ $.code = "bound-to-another-key" }', true],
    ['{ $.code = bound-to-another-key }', true],
    ['{ $.code = "bound-*" }', true],
    ['{ $.code != "admitted" }', true],
    ['{ $.missing != "x" }', false],
    ['{ $.n = 3 }', true],
    ['{ $.n > 2 && $.n <= 3 }', true],
    ['{ $.n < 3 || $.outcome = "refused" }', true],
    ['{ ($.n < 3 || $.ok IS TRUE) && $.code = "x" }', false],
    ['{ $.nothing IS NULL }', true],
    ['{ $.missing NOT EXISTS }', true],
    ['{ $.n NOT EXISTS }', false],
    ['{ $.a.b[0].c = "x" }', true],
    ['{ $.odd-name = "y" }', true],
  ])('%s is %s', (pattern, expected) => {
    expect(matches(pattern, event)).toBe(expected);
  });

  test('matches no message that is not JSON', () => {
    expect(matches('{ $.code NOT EXISTS }', 'plain text')).toBe(false);
  });

  test.each(['{ $.a = }', '{ a = 1 }', '{ $.a > "x" }', '{ $.a = 1', '{ $.a = 1 } x', '[a, b]', '%regex%'])('%s is refused', (pattern) => {
    expect(() => compileFilterPattern(pattern)).toThrow('Invalid filter pattern');
  });
});
