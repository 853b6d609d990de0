import { describe, expect, test } from '@jest/globals';
import { AwsError } from '../../../../local/aws-error.ts';
import { parseIotPolicy } from '../../../../local/iot/policy/parse-iot-policy.ts';

const base = { Effect: 'Allow', Action: 'iot:Connect', Resource: 'arn:aws:iot:eu-west-1:123456789012:client/a' };

const withStatement = (statement: unknown): string => JSON.stringify({ Version: '2012-10-17', Statement: [statement] });

const refusalOf = (text: string): AwsError => {
  try {
    parseIotPolicy(text);
  } catch (error) {
    if (error instanceof AwsError) return error;
    throw error;
  }
  throw new Error('the document was accepted');
};

describe('parsing a policy accepts', () => {
  test.each<[string, unknown]>([
    ['a Sid', { ...base, Sid: 'one' }],
    ['several actions', { ...base, Action: ['iot:Publish', 'iot:Receive'] }],
    ['a wildcard action', { ...base, Action: 'iot:*' }],
    ['NotAction', { Effect: 'Deny', NotAction: 'iot:Connect', Resource: '*' }],
    ['NotResource', { Effect: 'Deny', Action: 'iot:Publish', NotResource: [base.Resource] }],
    ['thing variables', { ...base, Resource: `${base.Resource}\${iot:Connection.Thing.ThingName}` }],
    ['thing attributes', { ...base, Resource: `${base.Resource}\${iot:Connection.Thing.Attributes[envType]}` }],
    ['certificate variables', { ...base, Resource: `${base.Resource}\${iot:Certificate.Subject.Organization.1}` }],
    ['literal escapes', { ...base, Resource: `${base.Resource}\${*}\${?}\${$}` }],
    ['set operators', { ...base, Condition: { 'ForAllValues:StringEquals': { 'iot:ConnectAttributes': ['LastWill'] } } }],
    ['IfExists', { ...base, Condition: { StringLikeIfExists: { 'iot:ClientId': 'a*' } } }],
    ['unquoted booleans', { ...base, Condition: { Bool: { 'iot:Connection.Thing.IsAttached': [true] } } }],
    ['networks', { ...base, Condition: { IpAddress: { 'aws:SourceIp': ['203.0.113.0/24', '2001:db8::/32'] } } }],
  ])('%s', (_, statement) => {
    expect(parseIotPolicy(withStatement(statement)).statements).toHaveLength(1);
  });

  test('one statement without a list', () => {
    expect(parseIotPolicy(JSON.stringify({ Version: '2012-10-17', Statement: base })).statements).toHaveLength(1);
  });

  test('2,048 characters, however much white space there is between them', () => {
    const frame = withStatement({ ...base, Sid: '' });
    const text = withStatement({ ...base, Sid: 'x'.repeat(2048 - frame.length) });
    expect(text).toHaveLength(2048);
    expect(parseIotPolicy(text.replaceAll(',', ',\n        ')).statements).toHaveLength(1);
  });
});

describe('parsing a policy refuses', () => {
  test.each<[string, string, RegExp]>([
    ['text that is not JSON', '{', /not JSON/],
    ['an empty text', '', /not JSON/],
    ['a list', '[]', /expected an object/],
    ['another version', JSON.stringify({ Version: '2008-10-17', Statement: [base] }), /at Version/],
    ['no version', JSON.stringify({ Statement: [base] }), /at Version/],
    ['no statement', JSON.stringify({ Version: '2012-10-17' }), /at Statement/],
    ['an empty list of statements', JSON.stringify({ Version: '2012-10-17', Statement: [] }), /at Statement/],
    ['an unknown member', JSON.stringify({ Version: '2012-10-17', Statement: [base], Extra: 1 }), /"Extra" is not allowed/],
    ['2,049 characters', withStatement({ ...base, Sid: 'x'.repeat(2100) }), /at most 2048/],
  ])('%s', (_, text, message) => {
    const refusal = refusalOf(text);
    expect(refusal).toMatchObject({ code: 'MalformedPolicyException', status: 400 });
    expect(refusal.message).toMatch(message);
  });

  test.each<[string, unknown, RegExp]>([
    ['a Principal', { ...base, Principal: '*' }, /Statement\[0\]: "Principal" is not allowed/],
    ['an effect in another case', { ...base, Effect: 'allow' }, /Statement\[0\]\.Effect/],
    ['no effect', { ...base, Effect: undefined }, /Statement\[0\]\.Effect/],
    ['an unknown action', { ...base, Action: 'iot:Fly' }, /Action: "iot:Fly"/],
    ['a control-plane action', { ...base, Action: 'iot:CreateThing' }, /Action/],
    ['an action in another case', { ...base, Action: 'iot:publish' }, /Action/],
    ['an action of another service', { ...base, Action: 's3:*' }, /Action/],
    ['no action', { ...base, Action: undefined }, /exactly one of Action and NotAction/],
    ['both Action and NotAction', { ...base, NotAction: 'iot:Publish' }, /exactly one of Action and NotAction/],
    ['an empty list of actions', { ...base, Action: [] }, /list is empty/],
    ['a number for an action', { ...base, Action: [1] }, /Action\[0\]: expected a non-empty string, got a number/],
    ['no resource', { ...base, Resource: undefined }, /exactly one of Resource and NotResource/],
    ['a resource that is no ARN', { ...base, Resource: 'topic/a' }, /"topic\/a" is not/],
    ['an ARN of another service', { ...base, Resource: 'arn:aws:s3:::bucket' }, /is not/],
    ['an unknown variable', { ...base, Resource: `${base.Resource}\${iot:SourceIp}` }, /"\$\{iot:SourceIp\}" is not a policy variable/],
    ['an unclosed variable', { ...base, Resource: `${base.Resource}\${iot:ClientId` }, /never closes/],
    ['an unknown operator', { ...base, Condition: { StringIs: { 'iot:ClientId': 'a' } } }, /"StringIs" is not a condition operator/],
    ['an unknown key', { ...base, Condition: { StringEquals: { 'iot:Color': 'a' } } }, /"iot:Color" is not a condition key/],
    ['an unknown variable in a condition', { ...base, Condition: { StringEquals: { 'iot:ClientId': '${x}' } } }, /not a policy variable/],
    ['a network that is none', { ...base, Condition: { IpAddress: { 'aws:SourceIp': '10.0.0.0/33' } } }, /IpAddress cannot compare/],
    ['a number that is none', { ...base, Condition: { NumericLessThan: { 'aws:EpochTime': 'soon' } } }, /NumericLessThan cannot compare/],
    ['NullIfExists', { ...base, Condition: { NullIfExists: { 'iot:ClientId': 'true' } } }, /IfExists/],
    ['a condition that is no object', { ...base, Condition: [] }, /expected an object of condition operators/],
    ['an operator without keys', { ...base, Condition: { StringEquals: 'a' } }, /expected an object of condition keys/],
    ['a statement that is a string', 'Allow', /Statement\[0\]: expected an object, got a string/],
    ['a Sid that is a number', { ...base, Sid: 1 }, /Sid/],
  ])('%s', (_, statement, message) => {
    const refusal = refusalOf(withStatement(statement));
    expect(refusal).toMatchObject({ code: 'MalformedPolicyException', status: 400 });
    expect(refusal.message).toMatch(message);
  });
});
