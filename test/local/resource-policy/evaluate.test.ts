import type { ConditionContext } from '../../../local/resource-policy/condition.ts';
import { isAllowedByResourcePolicy } from '../../../local/resource-policy/evaluate.ts';
import { parsePolicyDocument } from '../../../local/resource-policy/policy-document.ts';

const resource = 'arn:aws:sqs:eu-central-1:123456789012:queue';

const isAllowed = (statements: readonly object[], context: ConditionContext = {}): boolean => {
  const parsed = parsePolicyDocument(JSON.stringify({ Version: '2012-10-17', Statement: statements }));
  if ('problem' in parsed) throw new Error(parsed.problem);
  return isAllowedByResourcePolicy(parsed.document, {
    principal: { service: 'sns.amazonaws.com' },
    action: 'sqs:SendMessage',
    resource,
    context,
  });
};

const allow = { Effect: 'Allow', Principal: { Service: 'sns.amazonaws.com' }, Action: 'sqs:SendMessage', Resource: resource };
const when = (operator: string, key: string, value: unknown): object => ({ ...allow, Condition: { [operator]: { [key]: value } } });

describe('a resource policy', () => {
  test('that is missing or silent allows nothing', () => {
    expect(isAllowedByResourcePolicy(undefined, { principal: { service: 's' }, action: 'a', resource, context: {} })).toBe(false);
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
  ])('allows %s', (_, change) => {
    expect(isAllowed([{ ...allow, ...change }])).toBe(true);
  });

  test('denies what any statement denies', () => {
    expect(isAllowed([allow, { ...allow, Effect: 'Deny', Principal: '*', Action: '*' }])).toBe(false);
  });

  const source = { 'aws:sourcearn': 'arn:aws:sns:eu-central-1:123456789012:alarms', 'aws:sourceaccount': '123456789012' };

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

  test('with an operator that is not known fails loudly, rather than to guess', () => {
    expect(() => isAllowed([when('NumericLessThan', 'aws:SourceArn', '1')])).toThrow(
      'does not support the condition operator NumericLessThan',
    );
  });

  test.each(['{', '{"Statement":[]}', '{"Statement":[{"Effect":"Alow"}]}', '{"Statement":[{"Effect":"Allow","Color":"red"}]}'])(
    'is not %s',
    (text) => {
      expect(parsePolicyDocument(text)).toHaveProperty('problem');
    },
  );
});
