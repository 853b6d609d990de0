import { describe, expect, test } from '@jest/globals';
import * as fc from 'fast-check';
import { iotGrammar } from '../../../local/iot/policy/iot-grammar.ts';
import { matchesArn, matchesPattern } from '../../../local/policy/match-pattern.ts';
import { parsePattern, UnclosedVariable } from '../../../local/policy/parse-pattern.ts';

const matches = (pattern: string, text: string, variables: Readonly<Record<string, string>> = {}): boolean =>
  matchesPattern(parsePattern(pattern, { wildcards: true }), text, (key) => (key in variables ? [variables[key] ?? ''] : []));

/** The definition, written so that it cannot be wrong, however slow. */
const naive = (pattern: string, text: string): boolean => {
  if (pattern === '') return text === '';
  const [head, tail] = [pattern[0], pattern.slice(1)];
  if (head === '*') return naive(tail, text) || (text !== '' && naive(pattern, text.slice(1)));
  return text !== '' && (head === '?' || head === text[0]) && naive(tail, text.slice(1));
};

describe('a policy pattern', () => {
  test.each([
    ['a/*', 'a/b/c', true],
    ['a/*', 'a/', true],
    ['a/*', 'a', false],
    ['*', '', true],
    ['a?c', 'abc', true],
    ['a?c', 'a/c', true],
    ['a?c', 'ac', false],
    ['a?', 'a😀', true],
    ['a/+/c', 'a/+/c', true],
    ['a/+/c', 'a/b/c', false],
    ['a/#', 'a/#', true],
    ['a/#', 'a/b', false],
    ['$aws/x', '$aws/x', true],
    ['a.c', 'abc', false],
  ])('%s against %s: %s', (pattern, text, expected) => {
    expect(matches(pattern, text)).toBe(expected);
  });

  test.each([
    ['${*}', '*', 'b'],
    ['${?}', '?', 'b'],
    ['${$}', '$', 'b'],
    ['${$}{iot:ClientId}', '${iot:ClientId}', 'x'],
  ])('%s stands for the character itself', (pattern, itself, other) => {
    expect(matches(pattern, itself)).toBe(true);
    expect(matches(pattern, other, { 'iot:ClientId': other })).toBe(false);
  });

  test('a variable matches its value and nothing else', () => {
    expect(matches('${v}/x', 'abc/x', { v: 'abc' })).toBe(true);
    expect(matches('${v}/x', 'abd/x', { v: 'abc' })).toBe(false);
    expect(matches('a${v}b', 'ab', {})).toBe(false);
  });

  test('an opened variable must be closed', () => {
    expect(() => parsePattern('a/${iot:ClientId', { wildcards: true })).toThrow(UnclosedVariable);
  });

  test('agrees with the naive definition', () => {
    fc.assert(
      fc.property(fc.stringMatching(/^[ab*?]{0,8}$/), fc.stringMatching(/^[ab]{0,8}$/), (pattern, text) => {
        expect(matches(pattern, text)).toBe(naive(pattern, text));
      }),
      { numRuns: 2000 },
    );
  });

  test('the value of a variable never acts as a wildcard, nor opens another variable', () => {
    fc.assert(
      fc.property(fc.stringMatching(/^[ab*?+#${}v]{1,4}$/), fc.stringMatching(/^[ab*?+#${}v]{1,4}$/), (value, text) => {
        if (matches('x${v}', `x${text}`, { v: value })) expect(text).toBe(value);
      }),
      { numRuns: 2000 },
    );
  });

  test.each(['a*b', 'a$b', 'a+b', 'a?b', 'a#b'])(
    'AWS IoT does not substitute the value %s, so nothing matches; IAM takes it literally',
    (value) => {
      const pattern = parsePattern('${v}', { wildcards: true, isSubstitutable: iotGrammar.isSubstitutable });
      expect(matchesPattern(pattern, value, () => [value])).toBe(false);
      expect(matches('${v}', value, { v: value })).toBe(true);
    },
  );

  test('many wildcards take no exponential time', () => {
    expect(matches(`${'a*'.repeat(500)}b`, 'a'.repeat(2000))).toBe(false);
  });
});

describe('an ARN pattern', () => {
  const matchesArnText = (pattern: string, arn: string): boolean =>
    matchesArn(parsePattern(pattern, { wildcards: true }), arn, () => ['x:y']);
  test.each([
    ['arn:aws:iot:*:*:topic/a/*', 'arn:aws:iot:eu-west-1:1:topic/a/b:c', true],
    ['arn:aws:iot:*:topic/a', 'arn:aws:iot:eu-west-1:1:topic/a', false],
    ['arn:*', 'arn:aws:iot:eu-west-1:1:topic/a', false],
    ['arn:aws:iot:r:1:topic/${v}', 'arn:aws:iot:r:1:topic/x:y', true],
    ['arn:aws:iot:r:1:*', 'not an ARN', false],
  ])('%s against %s: %s', (pattern, arn, expected) => {
    expect(matchesArnText(pattern, arn)).toBe(expected);
  });
});
