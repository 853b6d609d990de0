import { hookParameters } from '../../../../domain/admission/provisioning-contract.ts';
import type { TemplateResource } from '../../../../lib/rules/rule.ts';
import { hookPermission } from '../../../../lib/rules/template/hook-permission.ts';
import { templateHook } from '../../../../lib/rules/template/hook.ts';
import { templateIdentity } from '../../../../lib/rules/template/identity.ts';
import { templateParameters } from '../../../../lib/rules/template/parameters.ts';
import { findings, goodBody, templateOf, withResource } from '../fixtures.ts';

describe('A template without a hook', () => {
  test.each([
    ['none', { PreProvisioningHook: undefined }, 'a template with no hook'],
    ['one without a target', { PreProvisioningHook: { PayloadVersion: '2020-04-01' } }, 'a template with no hook'],
    [
      'one that reads another payload',
      { PreProvisioningHook: { TargetArn: 'a', PayloadVersion: '2019-01-01' } },
      'payload version "2019-01-01"',
    ],
    ['nothing said of being enabled', { Enabled: undefined }, 'does not say whether it is enabled'],
  ])('is found: %s', (_, properties, message) => {
    expect(findings(templateHook, templateOf(goodBody, properties))).toEqual([expect.stringContaining(message)]);
  });

  test('is not one whose hook is named', () => {
    expect(findings(templateHook, templateOf(goodBody))).toEqual([]);
  });
});

describe('The parameters of a template', () => {
  const withParameters = (change: Readonly<Record<string, unknown>>) =>
    templateOf({ ...goodBody, Parameters: { ...goodBody.Parameters, ...change } });

  test('are those of the contract', () => {
    expect(findings(templateParameters, templateOf(goodBody))).toEqual([]);
  });

  test.each(hookParameters)('have no default where the hook decides: %s', (name) => {
    expect(findings(templateParameters, withParameters({ [name]: { Type: 'String', Default: 'a' } }))).toEqual([
      expect.stringContaining(`got a default for "${name}"; allowed is none`),
    ]);
  });

  test('are not more than the hook knows', () => {
    expect(findings(templateParameters, withParameters({ BillingGroup: { Type: 'String' } }))).toEqual([
      expect.stringContaining('"BillingGroup"'),
    ]);
  });

  test('are not fewer', () => {
    expect(findings(templateParameters, withParameters({ Tenant: undefined }))).toEqual([expect.stringContaining('no parameter "Tenant"')]);
  });
});

describe('A device', () => {
  const thing = (more: Readonly<Record<string, unknown>>) =>
    templateOf(withResource('thing', { Properties: { ...goodBody.Resources.thing.Properties, ...more } }));

  test('is named by the hook', () => {
    expect(findings(templateIdentity, templateOf(goodBody))).toEqual([]);
  });

  test('may be put into a group that is written out: the template chose it, for all devices', () => {
    expect(findings(templateIdentity, thing({ ThingGroups: [{ Ref: 'LineGroup' }, 'muster-probation'] }))).toEqual([]);
  });

  test.each([
    ['its thing, even for all of them at once', thing({ ThingName: 'muster-device' })],
    ['its thing', thing({ ThingName: { Ref: 'SerialNumber' } })],
    ['a part of its thing', thing({ ThingName: { 'Fn::Join': ['-', [{ Ref: 'ThingName' }, { Ref: 'SerialNumber' }]] } })],
    ['its type', thing({ ThingTypeName: { Ref: 'Evidence' } })],
    ['its groups', thing({ ThingGroups: [{ Ref: 'LineGroup' }, { Ref: 'SerialNumber' }] })],
    ['its attributes', thing({ AttributePayload: { tenant: { Ref: 'Evidence' } } })],
    ['its policy', templateOf(withResource('policy', { Properties: { PolicyName: { Ref: 'SerialNumber' } } }))],
    ['its policy’s content', templateOf(withResource('policy', { Properties: { PolicyDocument: { Ref: 'Evidence' } } }))],
  ])('does not name %s', (_, template) => {
    expect(findings(templateIdentity, template)).toHaveLength(1);
  });

  test('has a certificate that speaks for one thing only', () => {
    const shared = templateOf(withResource('certificate', { Properties: { CertificateId: { Ref: 'AWS::IoT::Certificate::Id' } } }));
    expect(findings(templateIdentity, shared)).toEqual([expect.stringContaining('allowed is EXCLUSIVE_THING')]);
  });
});

describe('Permission for AWS IoT to call a function', () => {
  const permission = (properties: Readonly<Record<string, unknown>>): TemplateResource => ({
    logicalId: 'Permission',
    type: 'AWS::Lambda::Permission',
    properties: {
      Principal: 'iot.amazonaws.com',
      SourceArn: 'arn:aws:iot:eu-central-1:123456789012:provisioningtemplate/muster-sensor',
      SourceAccount: '123456789012',
      ...properties,
    },
  });

  test('is for one template of this account', () => {
    expect(findings(hookPermission, permission({}))).toEqual([]);
  });

  test('is for one authorizer of this account', () => {
    const SourceArn = 'arn:aws:iot:eu-central-1:123456789012:authorizer/muster-psk-sensor';
    expect(findings(hookPermission, permission({ SourceArn }))).toEqual([]);
  });

  test('is for one topic rule of this account', () => {
    const SourceArn = 'arn:aws:iot:eu-central-1:123456789012:rule/muster_credential_renewal';
    expect(findings(hookPermission, permission({ SourceArn }))).toEqual([]);
  });

  test.each([
    ['any account', { SourceAccount: undefined }],
    ['any source', { SourceArn: undefined }],
    ['any template', { SourceArn: 'arn:aws:iot:eu-central-1:123456789012:provisioningtemplate/*' }],
    ['any authorizer', { SourceArn: 'arn:aws:iot:eu-central-1:123456789012:authorizer/*' }],
    ['any rule', { SourceArn: 'arn:aws:iot:eu-central-1:123456789012:rule/*' }],
    ['a thing', { SourceArn: 'arn:aws:iot:eu-central-1:123456789012:thing/sensor-1' }],
  ])('is found when it is for %s', (_, properties) => {
    expect(findings(hookPermission, permission(properties))).toHaveLength(1);
  });

  test('of another service is no concern of this rule', () => {
    expect(findings(hookPermission, permission({ Principal: 'sns.amazonaws.com', SourceAccount: undefined }))).toEqual([]);
  });
});
