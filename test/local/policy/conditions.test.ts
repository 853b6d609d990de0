import { describe, expect, test } from '@jest/globals';
import { evaluate } from '../../../local/policy/evaluate.ts';
import { identityGrammar } from '../../../local/policy/iam-grammars.ts';
import { parsePolicyDocument } from '../../../local/policy/parse-policy.ts';

type Context = Readonly<Record<string, readonly string[]>>;

const holds = (condition: unknown, context: Context): boolean => {
  const text = JSON.stringify({
    Version: '2012-10-17',
    Statement: { Effect: 'Allow', Action: 'iot:Connect', Resource: '*', Condition: condition },
  });
  const variables = (key: string): readonly string[] => context[key] ?? [];
  return (
    evaluate([parsePolicyDocument(text, identityGrammar)], { action: 'iot:Connect', resource: 'arn', variables }).decision === 'allowed'
  );
};

const client = (value: string): Context => ({ 'iot:ClientId': [value] });
const will = 'arn:aws:iot:r:1:topic/wills/a';

describe('a condition', () => {
  test.each<[string, unknown, Context, boolean]>([
    ['StringEquals holds for the same text', { StringEquals: { 'iot:ClientId': 'a' } }, client('a'), true],
    ['StringEquals takes a wildcard literally', { StringEquals: { 'iot:ClientId': 'a*' } }, client('ab'), false],
    ['StringEquals minds case', { StringEquals: { 'iot:ClientId': 'A' } }, client('a'), false],
    ['StringEqualsIgnoreCase does not', { StringEqualsIgnoreCase: { 'iot:ClientId': 'A' } }, client('a'), true],
    ['any of several operands will do', { StringEquals: { 'iot:ClientId': ['x', 'a'] } }, client('a'), true],
    ['StringNotEquals wants none of them', { StringNotEquals: { 'iot:ClientId': ['x', 'a'] } }, client('a'), false],
    ['StringLike takes wildcards', { StringLike: { 'iot:ClientId': 'a?c*' } }, client('abcd'), true],
    ['StringNotLike is its opposite', { StringNotLike: { 'iot:ClientId': 'a*' } }, client('abcd'), false],
    [
      'operands may hold variables',
      { StringEquals: { 'iot:ClientId': '${iot:DomainName}' } },
      { ...client('d'), 'iot:DomainName': ['d'] },
      true,
    ],
    ['a variable without value equals nothing', { StringEquals: { 'iot:ClientId': '${iot:DomainName}' } }, client('d'), false],
    [
      'ArnEquals compares the will topic',
      { ArnEquals: { 'iot:LastWillTopic': 'arn:aws:iot:*:*:topic/wills/*' } },
      { 'iot:LastWillTopic': [will] },
      true,
    ],
    [
      'ArnNotLike is its opposite',
      { ArnNotLike: { 'iot:LastWillTopic': 'arn:aws:iot:*:*:topic/wills/*' } },
      { 'iot:LastWillTopic': [will] },
      false,
    ],
    ['IpAddress knows networks', { IpAddress: { 'aws:SourceIp': '203.0.113.0/24' } }, { 'aws:SourceIp': ['203.0.113.77'] }, true],
    ['IpAddress knows IPv6', { IpAddress: { 'aws:SourceIp': '2001:db8::/32' } }, { 'aws:SourceIp': ['2001:db8::1'] }, true],
    ['NotIpAddress is its opposite', { NotIpAddress: { 'aws:SourceIp': '203.0.113.0/24' } }, { 'aws:SourceIp': ['203.0.113.77'] }, false],
    ['Bool compares', { Bool: { 'iot:Connection.Thing.IsAttached': 'true' } }, { 'iot:Connection.Thing.IsAttached': ['true'] }, true],
    ['NumericLessThan compares numbers', { NumericLessThan: { 'aws:EpochTime': '10' } }, { 'aws:EpochTime': ['9'] }, true],
    ['NumericNotEquals compares numbers', { NumericNotEquals: { 'aws:EpochTime': '10' } }, { 'aws:EpochTime': ['10.0'] }, false],
    [
      'DateGreaterThan compares instants',
      { DateGreaterThan: { 'aws:CurrentTime': '2026-01-01T00:00:00Z' } },
      { 'aws:CurrentTime': ['2026-01-01T00:00:01Z'] },
      true,
    ],
    ['a missing key fails', { StringEquals: { 'iot:ClientId': 'a' } }, {}, false],
    ['a missing key satisfies a negated operator', { StringNotEquals: { 'iot:ClientId': 'a' } }, {}, true],
    ['a missing key satisfies IfExists', { StringEqualsIfExists: { 'iot:ClientId': 'a' } }, {}, true],
    ['a present key is compared with IfExists', { StringEqualsIfExists: { 'iot:ClientId': 'a' } }, client('b'), false],
    ['Null true wants the key absent', { Null: { 'iot:ClientId': 'true' } }, {}, true],
    ['Null false wants it present', { Null: { 'iot:ClientId': 'false' } }, {}, false],
    ['all operators must hold', { StringLike: { 'iot:ClientId': 'a*' }, StringNotEquals: { 'iot:ClientId': 'ab' } }, client('ab'), false],
  ])('%s', (_, condition, context, expected) => {
    expect(holds(condition, context)).toBe(expected);
  });
});

describe('a set operator over the features of a CONNECT', () => {
  const all = { 'ForAllValues:StringEquals': { 'iot:ConnectAttributes': ['PersistentConnect'] } };
  const any = { 'ForAnyValue:StringEquals': { 'iot:ConnectAttributes': ['PersistentConnect', 'LastWill'] } };
  const none = { 'ForAllValues:StringNotEquals': { 'iot:ConnectAttributes': ['LastWill'] } };
  test.each<[string, unknown, readonly string[], boolean]>([
    ['ForAllValues holds for no feature at all', all, [], true],
    ['ForAllValues holds when each is listed', all, ['PersistentConnect'], true],
    ['ForAllValues fails when one is not', all, ['PersistentConnect', 'LastWill'], false],
    ['ForAnyValue fails for no feature', any, [], false],
    ['ForAnyValue holds when one is listed', any, ['LastWill'], true],
    ['a negated ForAllValues forbids one feature', none, ['PersistentConnect', 'LastWill'], false],
    ['a negated ForAllValues lets the others be', none, ['PersistentConnect'], true],
  ])('%s', (_, condition, attributes, expected) => {
    expect(holds(condition, { 'iot:ConnectAttributes': attributes })).toBe(expected);
  });
});
