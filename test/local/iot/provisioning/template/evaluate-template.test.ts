import { describe, expect, test } from '@jest/globals';
import { EvaluationFailure } from '../../../../../local/iot/provisioning/template/evaluate-functions.ts';
import { evaluateTemplate } from '../../../../../local/iot/provisioning/template/evaluate-template.ts';
import type { ProvisioningPlan } from '../../../../../local/iot/provisioning/template/evaluate-template.ts';
import { parseTemplateBody } from '../../../../../local/iot/provisioning/template/parse-template.ts';
import { simpleTemplate } from '../provisioning-world.ts';

const certificateId = 'c0ffee';

const evaluateBody = (body: unknown, given: Readonly<Record<string, string>> = {}): ProvisioningPlan =>
  evaluateTemplate(
    parseTemplateBody(JSON.stringify(body)),
    new Map(Object.entries(given)),
    new Map([['AWS::IoT::Certificate::Id', certificateId]]),
  );

const certificate = { Type: 'AWS::IoT::Certificate', Properties: { CertificateId: { Ref: 'AWS::IoT::Certificate::Id' } } };

const valueOf = (value: unknown, given: Readonly<Record<string, string>> = {}): string | undefined =>
  evaluateBody(
    { Mappings: { table: { berlin: { url: 'https://de' } } }, Resources: { certificate }, DeviceConfiguration: { value } },
    given,
  ).deviceConfiguration['value'];

describe('a template function', () => {
  test.each<[string, unknown, Readonly<Record<string, string>>, string]>([
    ['a literal', 'text', {}, 'text'],
    ['Ref to a parameter', { Ref: 'a' }, { a: '1' }, '1'],
    ['Ref to the certificate', { Ref: 'AWS::IoT::Certificate::Id' }, {}, certificateId],
    ['Fn::Join', { 'Fn::Join': ['-', ['x', { Ref: 'a' }]] }, { a: '1' }, 'x-1'],
    ['Fn::Join over Fn::Split', { 'Fn::Join': ['-', { 'Fn::Split': [',', { Ref: 'a' }] }] }, { a: '1,2' }, '1-2'],
    ['Fn::Select by number', { 'Fn::Select': [1, ['x', 'y']] }, {}, 'y'],
    ['Fn::Select by text', { 'Fn::Select': ['0', { 'Fn::Split': ['|', 'x|y'] }] }, {}, 'x'],
    ['Fn::FindInMap', { 'Fn::FindInMap': ['table', { Ref: 'city' }, 'url'] }, { city: 'berlin' }, 'https://de'],
    ['Fn::Sub', { 'Fn::Sub': '${a}/${b}' }, { a: '1', b: '2' }, '1/2'],
    ['Fn::Sub with variables of its own', { 'Fn::Sub': ['${a}/${v}', { v: { Ref: 'b' } }] }, { a: '1', b: '2' }, '1/2'],
    ['Fn::Sub with an escape', { 'Fn::Sub': '${!a}' }, { a: '1' }, '${a}'],
    ['Fn::Sub takes values literally', { 'Fn::Sub': '${a}' }, { a: '${b} $& $1' }, '${b} $& $1'],
  ])('%s', (_, value, given, expected) => {
    expect(valueOf(value, given)).toBe(expected);
  });

  test.each<[string, unknown, RegExp]>([
    ['Ref to nothing', { Ref: 'missing' }, /missing/],
    ['Ref to an inherited name', { Ref: 'toString' }, /toString/],
    ['Fn::Sub of nothing', { 'Fn::Sub': '${missing}' }, /missing/],
    ['Fn::Select out of bounds', { 'Fn::Select': ['2', ['x', 'y']] }, /index 2 of 2/],
    ['Fn::Select with a negative index', { 'Fn::Select': ['-1', ['x']] }, /index -1/],
    ['Fn::FindInMap of nothing', { 'Fn::FindInMap': ['table', 'paris', 'url'] }, /paris/],
  ])('%s fails', (_, value, message) => {
    expect(() => valueOf(value)).toThrow(EvaluationFailure);
    expect(() => valueOf(value)).toThrow(message);
  });
});

describe('evaluating a template', () => {
  test('takes defaults where nothing is given', () => {
    const body = {
      Parameters: { a: { Type: 'String', Default: 'd' } },
      Resources: { certificate },
      DeviceConfiguration: { a: { Ref: 'a' } },
    };
    expect(evaluateBody(body).deviceConfiguration).toEqual({ a: 'd' });
    expect(evaluateBody(body, { a: 'g' }).deviceConfiguration).toEqual({ a: 'g' });
  });

  test('names the declared parameter that has neither value nor default', () => {
    expect(() => evaluateBody(simpleTemplate)).toThrow(expect.objectContaining({ missingParameter: 'SerialNumber' }));
  });

  test('plans the thing, the groups and the certificate', () => {
    expect(evaluateBody(simpleTemplate, { SerialNumber: 'S1' })).toMatchObject({
      thing: { thingName: 'lamp-S1', thingTypeName: 'lamp', attributes: { serial: 'S1' }, thingGroups: ['lamps'] },
      status: 'ACTIVE',
      thingPrincipalType: 'NON_EXCLUSIVE_THING',
      policies: [{ kind: 'existing', policyName: 'lamp-policy' }],
    });
  });

  test('refuses a status that a function made up', () => {
    const changed = { ...certificate, Properties: { ...certificate.Properties, Status: { Ref: 'status' } } };
    expect(evaluateBody({ Resources: { certificate: changed } }, { status: 'inactive' }).status).toBe('INACTIVE');
    expect(() => evaluateBody({ Resources: { certificate: changed } }, { status: 'REVOKED' })).toThrow(EvaluationFailure);
  });
});
