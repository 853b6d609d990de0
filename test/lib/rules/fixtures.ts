import type { Rule, TemplateResource } from '../../../lib/rules/rule.ts';

const ARN = 'arn:aws:iot:eu-central-1:123456789012:';

/** `arn('topic/a')`: the ARN of something in an account. */
export const arn = (name: string): string => `${ARN}${name}`;

export const allow = (action: string, ...names: readonly string[]) => ({ Effect: 'Allow', Action: [action], Resource: names.map(arn) });

/** A policy as it stands in a template, of these statements. */
export const policyOf = (statements: unknown, properties: Readonly<Record<string, unknown>> = {}): TemplateResource => ({
  logicalId: 'Policy',
  type: 'AWS::IoT::Policy',
  properties: { PolicyName: 'muster-device-sensor', PolicyDocument: { Version: '2012-10-17', Statement: statements }, ...properties },
});

/** What a rule says of one resource, a line per finding. */
export const findings = (rule: Rule, ...resources: readonly TemplateResource[]): readonly string[] =>
  rule.check(resources).map(({ message }) => message);

const parameter = { Type: 'String' };

/** The body of a template that breaks no rule. */
export const goodBody = {
  Parameters: {
    SerialNumber: parameter,
    Evidence: { Type: 'String', Default: '' },
    ThingName: parameter,
    ThingType: parameter,
    LineGroup: parameter,
    TenantGroup: parameter,
    Tenant: parameter,
    Approach: parameter,
    DeviceConfiguration: parameter,
  },
  Resources: {
    thing: {
      Type: 'AWS::IoT::Thing',
      Properties: { ThingName: { Ref: 'ThingName' }, ThingTypeName: { Ref: 'ThingType' }, ThingGroups: [{ Ref: 'LineGroup' }] },
      OverrideSettings: { ThingGroups: 'DO_NOTHING' },
    },
    certificate: {
      Type: 'AWS::IoT::Certificate',
      Properties: { CertificateId: { Ref: 'AWS::IoT::Certificate::Id' }, ThingPrincipalType: 'EXCLUSIVE_THING' },
    },
    policy: { Type: 'AWS::IoT::Policy', Properties: { PolicyName: 'muster-device-sensor' } },
  },
  DeviceConfiguration: { muster: { Ref: 'DeviceConfiguration' } },
};

/** A provisioning template as it stands in a CloudFormation template. */
export const templateOf = (body: unknown, properties: Readonly<Record<string, unknown>> = {}): TemplateResource => ({
  logicalId: 'Template',
  type: 'AWS::IoT::ProvisioningTemplate',
  properties: {
    TemplateName: 'muster-sensor',
    Enabled: true,
    TemplateBody: typeof body === 'string' ? body : JSON.stringify(body),
    PreProvisioningHook: { TargetArn: '<Hook>', PayloadVersion: '2020-04-01' },
    ...properties,
  },
});

/** A body with one of its resources changed. */
export const withResource = (name: 'thing' | 'certificate' | 'policy', change: Readonly<Record<string, unknown>>) => ({
  ...goodBody,
  Resources: { ...goodBody.Resources, [name]: { ...goodBody.Resources[name], ...change } },
});
