import { contextOf } from '../../../local/policy/context.ts';
import { evaluate } from '../../../local/policy/evaluate.ts';
import type { PolicyDecision, PolicyRequest } from '../../../local/policy/evaluate.ts';
import { resourceGrammar } from '../../../local/policy/iam-grammars.ts';
import { MalformedPolicy } from '../../../local/policy/malformed-policy.ts';
import { parsePolicyDocument } from '../../../local/policy/parse-policy.ts';

type Context = Readonly<Record<string, string>>;

const resource = 'arn:aws:sqs:eu-central-1:123456789012:queue';
const bySns = { service: 'sns.amazonaws.com' };

const textOf = (statements: readonly object[], version = '2012-10-17'): string =>
  JSON.stringify({ Version: version, Statement: statements });

const requestOf = (context: Context): PolicyRequest => ({
  principal: bySns,
  action: 'sqs:SendMessage',
  resource,
  variables: contextOf(context),
});

const decide = (statements: readonly object[], request: PolicyRequest): PolicyDecision =>
  evaluate([parsePolicyDocument(textOf(statements), resourceGrammar)], request).decision;

const isAllowed = (statements: readonly object[], context: Context = {}): boolean => decide(statements, requestOf(context)) === 'allowed';

const allow = { Effect: 'Allow', Principal: { Service: 'sns.amazonaws.com' }, Action: 'sqs:SendMessage', Resource: resource };
const when = (operator: string, key: string, value: unknown): object => ({ ...allow, Condition: { [operator]: { [key]: value } } });

describe('a resource policy', () => {
  test('that is missing or silent allows nothing', () => {
    expect(evaluate([], requestOf({})).decision).toBe('implicitDeny');
    expect(isAllowed([{ ...allow, Principal: { Service: 'iot.amazonaws.com' } }])).toBe(false);
  });

  test.each([
    ['the service', {}],
    ['everybody', { Principal: '*' }],
    ['several', { Principal: { Service: ['iot.amazonaws.com', 'sns.amazonaws.com'] } }],
    ['everybody but others', { Principal: undefined, NotPrincipal: { Service: 'iot.amazonaws.com' } }],
    ['any action of the service, whatever its case', { Action: 'SQS:*' }],
    ['all but other actions', { Action: undefined, NotAction: 'sqs:ReceiveMessage' }],
    ['resources by wildcard', { Resource: 'arn:aws:sqs:*:123456789012:que?e' }],
    ['all but other resources', { Resource: undefined, NotResource: 'arn:aws:sqs:*:123456789012:other' }],
  ])('allows %s', (_, change) => {
    expect(isAllowed([{ ...allow, ...change }])).toBe(true);
  });

  test.each([
    ['everybody but the service', { Principal: undefined, NotPrincipal: { Service: 'sns.amazonaws.com' } }],
    ['all AWS identities, for a service is none', { Principal: { AWS: '*' } }],
    ['all but the action', { Action: undefined, NotAction: 'sqs:Send*' }],
    ['all but the resource', { Resource: undefined, NotResource: resource }],
  ])('does not allow when it names %s', (_, change) => {
    expect(isAllowed([{ ...allow, ...change }])).toBe(false);
  });

  test('denies what any statement denies', () => {
    expect(isAllowed([allow, { ...allow, Effect: 'Deny', Principal: '*', Action: '*' }])).toBe(false);
  });

  test('lets in nobody whose name is not known, and keeps out everybody', () => {
    const unknown = { action: 'sqs:SendMessage', resource, variables: contextOf({}) };
    expect(decide([{ ...allow, Principal: '*' }], unknown)).toBe('implicitDeny');
    expect(decide([{ ...allow, Effect: 'Deny' }], unknown)).toBe('explicitDeny');
  });

  test.each([
    ['the session', 'arn:aws:sts::123456789012:assumed-role/r/s', true],
    ['its role', 'arn:aws:iam::123456789012:role/r', true],
    ['its account', '123456789012', true],
    ["its account's root", 'arn:aws:iam::123456789012:root', true],
    ['all identities', '*', true],
    ['another session of the role', 'arn:aws:sts::123456789012:assumed-role/r/other', false],
    ['another role', 'arn:aws:iam::123456789012:role/other', false],
    ['another account', '210987654321', false],
  ])('that names %s, for a session of a role: %s is %s', (_, name, expected) => {
    const principal = { arn: 'arn:aws:sts::123456789012:assumed-role/r/s', accountId: '123456789012' };
    expect(decide([{ ...allow, Principal: { AWS: name } }], { ...requestOf({}), principal }) === 'allowed').toBe(expected);
  });

  const source = { 'aws:SourceArn': 'arn:aws:sns:eu-central-1:123456789012:alarms', 'aws:SourceAccount': '123456789012' };

  test.each([
    ['ArnEquals', 'aws:SourceArn', 'arn:aws:sns:eu-central-1:123456789012:alarms', true],
    ['ArnLike', 'AWS:SourceArn', 'arn:aws:sns:*:123456789012:al*', true],
    ['ArnLike', 'aws:SourceArn', 'arn:aws:sns:*:alarms', false],
    ['StringEquals', 'aws:SourceAccount', ['1', '123456789012'], true],
    ['StringEquals', 'aws:SourceAccount', '999999999999', false],
    ['StringNotEquals', 'aws:SourceAccount', '999999999999', true],
    ['StringLike', 'aws:SourceAccount', '1234*', true],
    ['StringEquals', 'aws:PrincipalOrgID', 'o-1', false],
    ['StringNotEquals', 'aws:PrincipalOrgID', 'o-1', true],
    ['StringEqualsIfExists', 'aws:PrincipalOrgID', 'o-1', true],
    ['Null', 'aws:PrincipalOrgID', 'true', true],
    ['Null', 'aws:SourceArn', 'true', false],
  ])('with %s %s %j is %s', (operator, key, value, expected) => {
    expect(isAllowed([when(operator, key, value)], source)).toBe(expected);
  });

  test('knows variables since the version of 2012; before, they are text', () => {
    const named = [{ ...allow, Resource: 'arn:aws:sqs:eu-central-1:${aws:SourceAccount}:queue' }];
    expect(isAllowed(named, source)).toBe(true);
    const old = parsePolicyDocument(textOf(named, '2008-10-17'), resourceGrammar);
    expect(evaluate([old], requestOf(source)).decision).toBe('implicitDeny');
  });

  test.each<[string, object]>([
    ['an operator that does not exist', { Condition: { StringIs: { 'aws:SourceArn': '1' } } }],
    ['a key without a service', { Condition: { StringEquals: { SourceArn: '1' } } }],
    ['an effect that does not exist', { Effect: 'Alow' }],
    ['an unknown element', { Color: 'red' }],
    ['no principal', { Principal: undefined }],
    ['no action', { Action: undefined }],
    ['no resource', { Resource: undefined }],
    ['both a principal and its opposite', { NotPrincipal: '*' }],
    ['no principal of any kind', { Principal: {} }],
    ['a kind of principal that does not exist', { Principal: { User: 'me' } }],
    ['part of a principal by wildcard', { Principal: { AWS: 'arn:aws:iam::123456789012:role/*' } }],
    ['an account that is none', { Principal: { AWS: '12345' } }],
    ['a service that is none', { Principal: { Service: 'sns' } }],
    ['a resource that is no ARN', { Resource: 'queue' }],
    ['a variable that nobody closes', { Resource: `${resource}\${aws:SourceArn` }],
  ])('is refused for %s', (_, change) => {
    expect(() => parsePolicyDocument(textOf([{ ...allow, ...change }]), resourceGrammar)).toThrow(MalformedPolicy);
  });

  test.each(['{', '[]', '{"Statement":[]}', textOf([allow], '2020-01-01'), textOf([allow, allow].map((one) => ({ ...one, Sid: 'same' })))])(
    'is not %s',
    (text) => {
      expect(() => parsePolicyDocument(text, resourceGrammar)).toThrow(MalformedPolicy);
    },
  );
});
