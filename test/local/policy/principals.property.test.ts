import * as fc from 'fast-check';
import { contextOf } from '../../../local/policy/context.ts';
import { evaluate } from '../../../local/policy/evaluate.ts';
import type { PolicyDecision } from '../../../local/policy/evaluate.ts';
import { identityGrammar, resourceGrammar } from '../../../local/policy/iam-grammars.ts';
import { parsePolicyDocument } from '../../../local/policy/parse-policy.ts';
import type { PolicyGrammar } from '../../../local/policy/policy-grammar.ts';
import type { Principal } from '../../../local/policy/principals.ts';
import { anyStatement, documentText, request, statement } from './policy-arbitraries.ts';
import type { StatementJson } from './policy-arbitraries.ts';

const account = fc.constantFrom('123456789012', '210987654321');
const name = fc.constantFrom('a', 'b');

const service = fc.constantFrom('sns.amazonaws.com', 'iot.amazonaws.com');

const principal: fc.Arbitrary<Principal> = fc.oneof(
  fc.record({ service }),
  fc
    .tuple(account, name, fc.constantFrom('user', 'session'))
    .map(([accountId, who, kind]) =>
      kind === 'user'
        ? { accountId, arn: `arn:aws:iam::${accountId}:user/${who}` }
        : { accountId, arn: `arn:aws:sts::${accountId}:assumed-role/${who}/s` },
    ),
);

const named = fc.oneof(
  fc.constant('*'),
  fc.record({ Service: fc.array(service, { minLength: 1, maxLength: 2 }) }),
  fc.record({
    AWS: fc.oneof(
      fc.constant('*'),
      account,
      fc.tuple(account, fc.constantFrom('root', 'user/a', 'role/a', 'role/b')).map(([id, who]) => `arn:aws:iam::${id}:${who}`),
    ),
  }),
);

describe('for every policy that names principals, and every principal', () => {
  const decide = (one: StatementJson, grammar: PolicyGrammar, asked: Parameters<typeof evaluate>[1]): PolicyDecision =>
    evaluate([parsePolicyDocument(documentText([one]), grammar)], asked).decision;

  const anything = { Action: '*', Resource: '*' } as const;
  const asked = { action: 'iot:Publish', resource: '*', variables: contextOf({}) };

  test('either Principal or NotPrincipal means it, never both', () => {
    fc.assert(
      fc.property(named, principal, (who, asking) => {
        const decisionFor = (member: 'Principal' | 'NotPrincipal'): PolicyDecision =>
          decide({ Effect: 'Allow', ...anything, [member]: who }, resourceGrammar, { ...asked, principal: asking });
        expect([decisionFor('Principal'), decisionFor('NotPrincipal')].sort()).toEqual(['allowed', 'implicitDeny']);
      }),
    );
  });

  test('a policy for everybody decides as one that is attached to the principal', () => {
    fc.assert(
      fc.property(anyStatement, request, principal, (one, wanted, asking) => {
        const forEverybody = decide({ ...one, ...{ Principal: '*' } }, resourceGrammar, { ...wanted, principal: asking });
        expect(forEverybody).toBe(decide(one, identityGrammar, wanted));
      }),
    );
  });

  test('naming principals never allows what naming everybody does not', () => {
    fc.assert(
      fc.property(statement('Allow'), named, request, principal, (one, who, wanted, asking) => {
        const narrow = decide({ ...one, ...{ Principal: who } }, resourceGrammar, { ...wanted, principal: asking });
        if (narrow === 'allowed') expect(decide(one, identityGrammar, wanted)).toBe('allowed');
      }),
    );
  });
});
