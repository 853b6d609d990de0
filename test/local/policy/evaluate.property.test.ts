import { describe, expect, test } from '@jest/globals';
import * as fc from 'fast-check';
import { iotGrammar } from '../../../local/iot/policy/iot-grammar.ts';
import { evaluate } from '../../../local/policy/evaluate.ts';
import type { PolicyDecision, PolicyRequest } from '../../../local/policy/evaluate.ts';
import { identityGrammar } from '../../../local/policy/iam-grammars.ts';
import { parsePolicyDocument } from '../../../local/policy/parse-policy.ts';
import { anyStatement, arnFor, documentText, request, statement, topicName } from './policy-arbitraries.ts';
import type { StatementJson } from './policy-arbitraries.ts';

const statements = fc.array(anyStatement, { maxLength: 5 });

describe.each([
  ['AWS IoT', iotGrammar],
  ['IAM', identityGrammar],
])('for every policy of %s and every request', (_, grammar) => {
  const decide = (some: readonly StatementJson[], asked: PolicyRequest): PolicyDecision =>
    evaluate(
      some.map((one) => parsePolicyDocument(documentText([one]), grammar)),
      asked,
    ).decision;

  test('a matching deny wins, wherever it stands', () => {
    const denyAll = { Effect: 'Deny', Action: '*', Resource: '*' } as const;
    fc.assert(
      fc.property(statements, fc.nat(5), request, (some, at, asked) => {
        expect(decide(some.toSpliced(at, 0, denyAll), asked)).toBe('explicitDeny');
      }),
    );
  });

  test('adding a Deny never allows more', () => {
    fc.assert(
      fc.property(statements, statement('Deny'), request, (some, added, asked) => {
        if (decide([...some, added], asked) === 'allowed') expect(decide(some, asked)).toBe('allowed');
      }),
    );
  });

  test('adding an Allow never denies more', () => {
    fc.assert(
      fc.property(statements, statement('Allow'), request, (some, added, asked) => {
        if (decide(some, asked) === 'allowed') expect(decide([...some, added], asked)).toBe('allowed');
        if (decide(some, asked) === 'explicitDeny') expect(decide([...some, added], asked)).toBe('explicitDeny');
      }),
    );
  });

  test('without any Allow nothing is allowed', () => {
    fc.assert(
      fc.property(fc.array(statement('Deny')), request, (denies, asked) => {
        expect(decide(denies, asked)).not.toBe('allowed');
      }),
    );
  });

  test('neither the order of statements nor their spread over documents matters', () => {
    const shuffled = fc
      .array(anyStatement, { minLength: 1, maxLength: 5 })
      .chain((some) => fc.record({ some: fc.constant(some), order: fc.shuffledSubarray(some, { minLength: some.length }) }));
    fc.assert(
      fc.property(shuffled, request, ({ some, order }, asked) => {
        const together = evaluate([parsePolicyDocument(documentText(order), grammar)], asked).decision;
        expect(together).toBe(decide(some, asked));
      }),
    );
  });

  test('a resource without wildcards and variables matches only itself', () => {
    const plain = fc.stringMatching(/^[ab/+#]{1,6}$/);
    fc.assert(
      fc.property(plain, topicName, (written, asked) => {
        const allow = { Effect: 'Allow', Action: 'iot:Publish', Resource: arnFor(written) } as const;
        const decision = decide([allow], { action: 'iot:Publish', resource: arnFor(asked), variables: () => [] });
        expect(decision).toBe(written === asked ? 'allowed' : 'implicitDeny');
      }),
    );
  });
});
