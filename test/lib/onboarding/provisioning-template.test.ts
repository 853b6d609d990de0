import { Match } from 'aws-cdk-lib/assertions';
import { buildTestApp, synthesize } from '../../setup/app.ts';
import { policyNamed, resourcesOfType } from '../intents.ts';

const { onboarding, records } = synthesize({ configuration: { lines: [{ name: 'pump' }, { name: 'valve' }] } });
const templates = resourcesOfType(onboarding, 'AWS::IoT::ProvisioningTemplate');
const bodies = templates.map(({ properties }) => JSON.parse(String(properties['TemplateBody'])) as Record<string, Record<string, unknown>>);

describe('The provisioning template of a line', () => {
  test('is there for each line, and enabled', () => {
    expect(templates.map(({ properties }) => [properties['TemplateName'], properties['Enabled'], properties['TemplateType']])).toEqual([
      ['muster-pump', true, 'FLEET_PROVISIONING'],
      ['muster-valve', true, 'FLEET_PROVISIONING'],
    ]);
  });

  test('asks the hook by its alias', () => {
    for (const { properties } of templates) {
      expect(properties['PreProvisioningHook']).toEqual({
        TargetArn: expect.stringMatching(/^<pkiHookFunctionHandler.*Alias.*>$/) as unknown,
        PayloadVersion: '2020-04-01',
      });
    }
  });

  test('lets a device leave out its evidence, and gives nothing that names a resource a default', () => {
    for (const body of bodies) {
      const defaults = Object.entries(body['Parameters'] ?? {}).filter(([, declaration]) => 'Default' in (declaration as object));
      expect(defaults).toEqual([['Evidence', { Type: 'String', Default: '' }]]);
    }
  });

  test('takes name, type, groups and attributes of the thing from the hook', () => {
    expect(bodies[0]?.['Resources']?.['thing']).toEqual({
      Type: 'AWS::IoT::Thing',
      Properties: {
        ThingName: { Ref: 'ThingName' },
        ThingTypeName: { Ref: 'ThingType' },
        ThingGroups: [{ Ref: 'LineGroup' }, { Ref: 'TenantGroup' }],
        AttributePayload: { tenant: { Ref: 'Tenant' }, approach: { Ref: 'Approach' } },
      },
      OverrideSettings: { AttributePayload: 'REPLACE', ThingTypeName: 'FAIL', ThingGroups: 'DO_NOTHING' },
    });
  });

  test('puts the things of a line that takes serial numbers for proof on probation too, whatever the hook says', () => {
    const lines = [{ name: 'pump' }, { name: 'toy', attestation: 'serial-only', accept: 'serial-only' }];
    const [, toy] = resourcesOfType(synthesize({ configuration: { lines } }).onboarding, 'AWS::IoT::ProvisioningTemplate');
    const { Resources } = JSON.parse(String(toy?.properties['TemplateBody'])) as { Resources: { thing: { Properties: object } } };
    expect(Resources.thing.Properties).toMatchObject({ ThingGroups: [{ Ref: 'LineGroup' }, { Ref: 'TenantGroup' }, 'muster-probation'] });
  });

  test('makes the certificate speak for this thing only', () => {
    expect(bodies[0]?.['Resources']?.['certificate']).toEqual({
      Type: 'AWS::IoT::Certificate',
      Properties: { CertificateId: { Ref: 'AWS::IoT::Certificate::Id' }, Status: 'ACTIVE', ThingPrincipalType: 'EXCLUSIVE_THING' },
    });
  });

  test('names the policy of its line, written out', () => {
    expect(bodies.map((body) => body['Resources']?.['policy'])).toEqual([
      { Type: 'AWS::IoT::Policy', Properties: { PolicyName: 'muster-device-pump' } },
      { Type: 'AWS::IoT::Policy', Properties: { PolicyName: 'muster-device-valve' } },
    ]);
  });

  test('hands the device its configuration as one text', () => {
    expect(bodies[0]?.['DeviceConfiguration']).toEqual({ muster: { Ref: 'DeviceConfiguration' } });
  });

  test('comes after what AWS IoT uses to provision by it', () => {
    onboarding.hasResource('AWS::IoT::ProvisioningTemplate', {
      Properties: { TemplateName: 'muster-pump' },
      DependsOn: Match.arrayWith([Match.stringLikeRegexp('Invokemusterpump'), Match.stringLikeRegexp('ProvisioningRoleDefaultPolicy')]),
    });
  });

  // A thing on probation whose policy came later would be free until then.
  test('comes after all that it names: that lies in the stack which is deployed before', () => {
    const { onboarding: after, records: before } = buildTestApp();
    expect(after.dependencies).toContain(before);
    for (const name of ['muster-device-pump', 'muster-probation']) expect(policyNamed(records, name)).toBeDefined();
    for (const ThingGroupName of ['muster-line-pump', 'muster-tenant-acme', 'muster-probation'])
      records.hasResourceProperties('AWS::IoT::ThingGroup', { ThingGroupName });
    records.hasResourceProperties('AWS::IoT::ThingType', { ThingTypeName: 'muster-pump' });
  });
});

describe('The role that AWS IoT provisions with', () => {
  test('is for this account only', () => {
    onboarding.hasResourceProperties('AWS::IAM::Role', {
      Description: Match.stringLikeRegexp('provision a device'),
      AssumeRolePolicyDocument: {
        Statement: [
          Match.objectLike({
            Principal: { Service: 'iot.amazonaws.com' },
            Condition: { StringEquals: { 'aws:SourceAccount': { Ref: 'AWS::AccountId' } } },
          }),
        ],
      },
    });
  });

  test('may make things of this prefix and attach what is there, but create no policy and no certificate', () => {
    const [policy] = resourcesOfType(onboarding, 'AWS::IAM::Policy').filter(({ logicalId }) => logicalId.includes('pkiProvisioningRole'));
    const text = JSON.stringify(policy?.properties);
    expect(text).toContain(':thing/muster:*');
    for (const action of ['CreatePolicy', 'CreateCertificateFromCsr', 'RegisterCertificate', 'DeleteThing', 'iot:*'])
      expect(text).not.toContain(action);
  });
});
