import * as fc from 'fast-check';
import type { AccessDecision } from '../../../local/iam/access/decide-access.ts';
import { decideAccess } from '../../../local/iam/access/decide-access.ts';
import { identityGrammar, resourceGrammar } from '../../../local/policy/iam-grammars.ts';
import { matchesWildcards } from '../../../local/policy/match-pattern.ts';
import { parsePolicyDocument } from '../../../local/policy/parse-policy.ts';
import type { PolicyDocument } from '../../../local/policy/policy-document.ts';

interface Statement {
  readonly Effect: 'Allow' | 'Deny';
  readonly Action: string;
  readonly Resource: string;
  readonly Principal?: object | string;
}

/** All policies that bear on one request. */
interface Case {
  readonly identity: readonly Statement[];
  readonly boundary: readonly Statement[] | undefined;
  readonly session: readonly Statement[] | undefined;
  readonly resource: readonly Statement[];
  readonly ownerId: string;
  readonly isDecisive: boolean;
  readonly action: string;
  readonly arn: string;
}

const [home, abroad] = ['111111111111', '222222222222'];
const roleArn = `arn:aws:iam::${home}:role/team/r`;
const sessionArn = `arn:aws:sts::${home}:assumed-role/r/s`;

const effect = fc.constantFrom('Allow', 'Deny');
const action = fc.constantFrom('sqs:SendMessage', 'SQS:Send*', 'sqs:*', '*', 'sqs:ReceiveMessage');
const resource = fc.constantFrom('*', 'arn:aws:sqs:us-east-1:222222222222:*', 'arn:aws:sqs:us-east-1:222222222222:a?', 'arn:aws:sqs:*:*:b');
const principal = fc.constantFrom<object | string>(
  '*',
  { AWS: '*' },
  { AWS: home },
  { AWS: `arn:aws:iam::${home}:root` },
  { AWS: roleArn },
  { AWS: sessionArn },
  { AWS: `arn:aws:iam::${home}:role/other` },
  { AWS: abroad },
  { Service: 'sqs.amazonaws.com' },
);

const own: fc.Arbitrary<Statement> = fc.record({ Effect: effect, Action: action, Resource: resource });
const ofResource: fc.Arbitrary<Statement> = fc.record({ Effect: effect, Action: action, Resource: resource, Principal: principal });
const some = fc.array(own, { maxLength: 3 });

const anyCase: fc.Arbitrary<Case> = fc.record({
  identity: some,
  boundary: fc.option(some, { nil: undefined }),
  session: fc.option(some, { nil: undefined }),
  resource: fc.array(ofResource, { maxLength: 3 }),
  ownerId: fc.constantFrom(home, abroad),
  isDecisive: fc.boolean(),
  action: fc.constantFrom('sqs:SendMessage', 'sqs:ReceiveMessage'),
  arn: fc.constantFrom('arn:aws:sqs:us-east-1:222222222222:aa', 'arn:aws:sqs:eu-west-1:222222222222:b'),
});

const documents = (statements: readonly Statement[] | undefined, grammar = identityGrammar): readonly PolicyDocument[] =>
  statements === undefined || statements.length === 0
    ? []
    : [parsePolicyDocument(JSON.stringify({ Version: '2012-10-17', Statement: statements }), grammar)];

const decide = (one: Case): AccessDecision =>
  decideAccess(
    {
      principal: { arn: sessionArn, accountId: home, roleArn },
      identity: documents(one.identity),
      boundary: one.boundary && documents(one.boundary),
      session: one.session && documents(one.session),
      context: () => ({}),
    },
    {
      request: {
        action: one.action,
        resource: one.arn,
        policies: { documents: documents(one.resource, resourceGrammar), isDecisive: one.isDecisive },
      },
      ownerId: one.ownerId,
      variables: () => [],
    },
  );

/** The rules once more, as a table of sets instead of a walk over policies. */
const model = (one: Case): boolean => {
  const isMeant = ({ Action, Resource }: Statement): boolean =>
    matchesWildcards(Action.toLowerCase(), one.action.toLowerCase()) && matchesWildcards(Resource, one.arn);
  const names = ({ Principal }: Statement): string => {
    if (Principal === '*') return 'role';
    const aws = typeof Principal === 'object' && 'AWS' in Principal ? Principal.AWS : undefined;
    if (aws === sessionArn) return 'session';
    if (aws === '*' || aws === roleArn) return 'role';
    return aws === home || aws === `arn:aws:iam::${home}:root` ? 'account' : '';
  };
  const meant = one.resource.filter((statement) => isMeant(statement) && names(statement) !== '');
  const mine = [one.identity, one.boundary ?? [], one.session ?? []].flat().filter(isMeant);
  if ([...meant, ...mine].some(({ Effect }) => Effect === 'Deny')) return false;
  const says = (statements: readonly Statement[] | undefined): boolean => statements === undefined || statements.some(isMeant);
  const granted = new Set(meant.map(names));
  const limits = says(one.boundary) && says(one.session);
  if (one.ownerId !== home) return granted.size > 0 && says(one.identity) && limits;
  if (granted.has('session')) return true;
  if (granted.has('role')) return limits;
  return says(one.identity) && limits && (!one.isDecisive || granted.has('account'));
};

const denyAll = { Effect: 'Deny', Action: '*', Resource: '*' } as const;

describe('for all policies that bear on a request', () => {
  test('the decision is the one of the model', () => {
    fc.assert(
      fc.property(anyCase, (one) => {
        expect(decide(one).isAllowed).toBe(model(one));
      }),
      { numRuns: 1000 },
    );
  });

  test('a deny wins, whoever says it', () => {
    fc.assert(
      fc.property(anyCase, fc.constantFrom('identity', 'boundary', 'session', 'resource'), (one, where) => {
        const added = { ...denyAll, ...(where === 'resource' ? { Principal: '*' } : {}) };
        expect(decide({ ...one, [where]: [...(one[where] ?? []), added] })).toMatchObject({ isAllowed: false, isExplicit: true });
      }),
    );
  });

  test('another deny never lets anybody in', () => {
    fc.assert(
      fc.property(anyCase, own, (one, added) => {
        const more = { ...one, identity: [...one.identity, { ...added, Effect: 'Deny' as const }] };
        if (decide(more).isAllowed) expect(decide(one).isAllowed).toBe(true);
      }),
    );
  });

  test('neither a boundary nor a session policy lets anybody in whom the role keeps out', () => {
    fc.assert(
      fc.property(anyCase, (one) => {
        if (decide(one).isAllowed) expect(decide({ ...one, boundary: undefined, session: undefined }).isAllowed).toBe(true);
      }),
    );
  });

  test('the order of statements does not matter', () => {
    fc.assert(
      fc.property(anyCase, (one) => {
        const turned = { ...one, identity: one.identity.toReversed(), resource: one.resource.toReversed() };
        expect(decide(turned)).toEqual(decide(one));
      }),
    );
  });

  test('nobody is let in across accounts by one side alone', () => {
    fc.assert(
      fc.property(anyCase, (one) => {
        const across = { ...one, ownerId: abroad };
        expect(decide({ ...across, resource: [] }).isAllowed).toBe(false);
        expect(decide({ ...across, identity: [] }).isAllowed).toBe(false);
      }),
    );
  });
});
