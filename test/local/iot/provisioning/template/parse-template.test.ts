import { describe, expect, test } from '@jest/globals';
import { AwsError } from '../../../../../local/aws-error.ts';
import { parseTemplateBody } from '../../../../../local/iot/provisioning/template/parse-template.ts';
import { simpleTemplate } from '../provisioning-world.ts';

const { thing, certificate, policy } = simpleTemplate.Resources;

const refusalOf = (body: unknown): AwsError => {
  try {
    parseTemplateBody(typeof body === 'string' ? body : JSON.stringify(body));
  } catch (error) {
    if (error instanceof AwsError) return error;
    throw error;
  }
  throw new Error('the template was accepted');
};

const withThing = (properties: object, rest: object = {}): unknown => ({
  Resources: { certificate, thing: { ...thing, Properties: { ...thing.Properties, ...properties }, ...rest } },
});

const withCertificate = (properties: object, rest: object = {}): unknown => ({
  Resources: { certificate: { ...certificate, Properties: { ...certificate.Properties, ...properties }, ...rest } },
});

const withPolicy = (properties: object, rest: object = {}): unknown => ({
  Resources: { certificate, policy: { Type: 'AWS::IoT::Policy', Properties: properties, ...rest } },
});

const goodPolicy = { Version: '2012-10-17', Statement: { Effect: 'Allow', Action: 'iot:Connect', Resource: '*' } };

describe('parsing a provisioning template accepts', () => {
  test.each<[string, unknown]>([
    ['thing, certificate and policy', simpleTemplate],
    ['a certificate alone', { Resources: { certificate } }],
    ['several policies', { Resources: { certificate, one: policy, two: policy } }],
    ['a policy document as object', withPolicy({ PolicyDocument: goodPolicy })],
    ['a policy document as text', withPolicy({ PolicyDocument: JSON.stringify(goodPolicy) })],
    ['a policy name from a parameter', withPolicy({ PolicyName: { Ref: 'PolicyName' } })],
    ['an exclusive certificate', withCertificate({ ThingPrincipalType: 'EXCLUSIVE_THING' })],
    ['a parameter with a default', { Parameters: { a: { Type: 'String', Default: '' } }, Resources: { certificate } }],
    ['groups from Fn::Split', withThing({ ThingGroups: { 'Fn::Split': [',', { Ref: 'groups' }] } })],
    ['mappings', { Mappings: { m: { a: { b: 'c' } } }, Resources: { certificate } }],
    [
      'override settings',
      withThing({}, { OverrideSettings: { AttributePayload: 'REPLACE', ThingTypeName: 'FAIL', ThingGroups: 'DO_NOTHING' } }),
    ],
    ['override settings of the certificate', withCertificate({}, { OverrideSettings: { Status: 'REPLACE' } })],
  ])('%s', (_, body) => {
    expect(parseTemplateBody(JSON.stringify(body)).certificate.certificateId).toEqual({ kind: 'ref', name: 'AWS::IoT::Certificate::Id' });
  });
});

describe('parsing a provisioning template refuses', () => {
  test.each<[string, unknown, RegExp]>([
    ['text that is not JSON', '{', /not JSON/],
    ['a list', '[]', /expected an object/],
    ['more than 10,240 characters', JSON.stringify({ Resources: { certificate }, x: 'y'.repeat(10_240) }), /at most 10240/],
    ['an unknown section', { Resources: { certificate }, Outputs: {} }, /"Outputs" is not allowed/],
    ['Mapping instead of Mappings', { Resources: { certificate }, Mapping: {} }, /"Mapping" is not allowed/],
    ['conditions', { Resources: { certificate }, Conditions: {} }, /"Conditions" is not allowed/],
    ['no resources', {}, /at Resources/],
    ['no certificate', { Resources: { thing } }, /exactly one certificate/],
    ['two certificates', { Resources: { certificate, other: certificate } }, /exactly one certificate/],
    ['two things', { Resources: { certificate, thing, other: thing } }, /one thing only/],
    [
      'an unknown resource type',
      { Resources: { certificate, rule: { Type: 'AWS::IoT::TopicRule', Properties: {} } } },
      /Resources\.rule\.Type/,
    ],
    ['a parameter that is no string', { Parameters: { a: { Type: 'Number' } }, Resources: { certificate } }, /Parameters\.a\.Type/],
    [
      'a default that is no string',
      { Parameters: { a: { Type: 'String', Default: 1 } }, Resources: { certificate } },
      /Parameters\.a\.Default/,
    ],
    ['a thing without name', withThing({ ThingName: undefined }), /ThingName/],
    ['an unknown property', withThing({ Colour: 'red' }), /"Colour" is not allowed/],
    ['an attribute that is a number', withThing({ AttributePayload: { a: 1 } }), /AttributePayload\.a/],
    ['an unknown function', withThing({ ThingName: { 'Fn::GetAtt': ['a', 'b'] } }), /expected a string or one of the functions/],
    ['an inherited name for a function', withThing({ ThingName: { constructor: 'a' } }), /expected a string or one of the functions/],
    ['two functions in one object', withThing({ ThingName: { Ref: 'a', 'Fn::Sub': 'b' } }), /expected a string/],
    ['a region', withThing({ ThingName: { Ref: 'AWS::Region' } }), /not a pseudo parameter/],
    ['a region in Fn::Sub', withThing({ ThingName: { 'Fn::Sub': '${AWS::Region}' } }), /not a pseudo parameter/],
    ['Fn::Join with one argument', withThing({ ThingName: { 'Fn::Join': ['-'] } }), /list of 2/],
    ['Fn::Join over text', withThing({ ThingName: { 'Fn::Join': ['-', 'ab'] } }), /expected a list or Fn::Split/],
    ['Fn::Split with an empty delimiter', withThing({ ThingGroups: { 'Fn::Split': ['', 'ab'] } }), /delimiter/],
    ['functions in mappings', { Mappings: { m: { a: { b: { Ref: 'c' } } } }, Resources: { certificate } }, /Mappings\.m\.a\.b/],
    ['a certificate by PEM', withCertificate({ CertificatePem: 'x' }), /"CertificatePem" is not allowed/],
    ['a certificate id of its own', withCertificate({ CertificateId: 'abc' }), /expected \{"Ref"/],
    ['an unknown status', withCertificate({ Status: 'REVOKED' }), /ACTIVE or INACTIVE/],
    ['an unknown principal type', withCertificate({ ThingPrincipalType: 'EXCLUSIVE' }), /NON_EXCLUSIVE_THING or EXCLUSIVE_THING/],
    ['MERGE for the thing type', withThing({}, { OverrideSettings: { ThingTypeName: 'MERGE' } }), /DO_NOTHING, REPLACE, FAIL/],
    ['both spellings at once', withThing({}, { OverrideSettings: { THING_GROUPS: 'FAIL', ThingGroups: 'FAIL' } }), /twice/],
    ['an unknown override', withThing({}, { OverrideSettings: { BillingGroup: 'FAIL' } }), /"BillingGroup" is not allowed/],
    ['override settings of a policy', withPolicy({ PolicyName: 'a' }, { OverrideSettings: {} }), /takes no OverrideSettings/],
    ['a policy with neither name nor document', withPolicy({}), /exactly one of PolicyName and PolicyDocument/],
    ['a policy with both', withPolicy({ PolicyName: 'a', PolicyDocument: goodPolicy }), /exactly one/],
    ['Fn::Join in a policy', withPolicy({ PolicyName: { 'Fn::Join': ['', ['a']] } }), /Fn::Join is not supported/],
    [
      'a policy document that AWS IoT would refuse',
      withPolicy({ PolicyDocument: { ...goodPolicy, Statement: [] } }),
      /Policy document is malformed/,
    ],
    [
      'device configuration with nested objects',
      { Resources: { certificate }, DeviceConfiguration: { a: { b: 'c' } } },
      /DeviceConfiguration\.a/,
    ],
  ])('%s', (_, body, message) => {
    const refusal = refusalOf(body);
    expect(refusal).toMatchObject({ code: 'InvalidRequestException', status: 400 });
    expect(refusal.message).toMatch(message);
  });
});
