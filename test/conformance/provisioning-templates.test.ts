import {
  CreateProvisioningTemplateVersionCommand,
  DeleteProvisioningTemplateCommand,
  DeleteProvisioningTemplateVersionCommand,
  DescribeProvisioningTemplateCommand,
  GetPolicyCommand,
  ListAttachedPoliciesCommand,
  ListProvisioningTemplateVersionsCommand,
  UpdateProvisioningTemplateCommand,
} from '@aws-sdk/client-iot';
import { assumed, documented } from './fact.ts';
import { certificate, everything, simpleTemplate, thing } from './provisioning-world.ts';
import { startProvisioning } from './start-provisioning.ts';

const templates = 'IoT developer guide, "Provisioning templates"';
const quotas = 'General Reference, "AWS IoT Core fleet provisioning limits"';

const world = await startProvisioning();

const invalid = { name: 'InvalidRequestException', $metadata: { httpStatusCode: 400 } };

const describeTemplate = (templateName: string | undefined) => world.iot.send(new DescribeProvisioningTemplateCommand({ templateName }));

/** What a function yields, as the device gets it in its configuration. */
const valueOf = async (value: unknown, parameters: Readonly<Record<string, string>> = {}): Promise<unknown> => {
  const Mappings = { places: { berlin: { url: 'https://de.example' } } };
  const templateName = await world.template({ Mappings, Resources: { certificate }, DeviceConfiguration: { value } });
  const { body } = await world.onboard(templateName, { parameters });
  return body['errorCode'] ?? (body['deviceConfiguration'] as { readonly value: unknown }).value;
};

describe('A function of a template', () => {
  documented(templates, 'Ref gives a parameter', async () => {
    expect(await valueOf({ Ref: 'a' }, { a: '1' })).toBe('1');
  });

  documented(templates, 'Fn::Join puts values together', async () => {
    expect(await valueOf({ 'Fn::Join': ['-', ['x', { Ref: 'a' }]] }, { a: '1' })).toBe('x-1');
    expect(await valueOf({ 'Fn::Join': ['', ['x', 'y']] })).toBe('xy');
  });

  documented(templates, 'Fn::Split and Fn::Select take one part of a text', async () => {
    expect(await valueOf({ 'Fn::Select': ['1', { 'Fn::Split': [',', { Ref: 'a' }] }] }, { a: 'x,y' })).toBe('y');
  });

  documented(templates, 'Fn::Select out of bounds is a provisioning error', async () => {
    expect(await valueOf({ 'Fn::Select': ['2', ['x']] })).toBe('InvalidRequest');
  });

  documented(templates, 'Fn::FindInMap reads the two-level map', async () => {
    expect(await valueOf({ 'Fn::FindInMap': ['places', { Ref: 'city' }, 'url'] }, { city: 'berlin' })).toBe('https://de.example');
  });

  documented(templates, 'Fn::Sub substitutes variables', async () => {
    expect(await valueOf({ 'Fn::Sub': ['${a}/${b}', { b: { Ref: 'a' } }] }, { a: '1' })).toBe('1/1');
  });

  assumed('template.sub-escapes', 'Fn::Sub leaves `${!name}` as the text `${name}`', async () => {
    expect(await valueOf({ 'Fn::Sub': '${!a}' })).toBe('${a}');
  });
});

describe('A template is refused', () => {
  const refused: readonly (readonly [what: string, body: object | string])[] = [
    [
      'Fn::Join in a policy',
      { Resources: { certificate, policy: { Type: 'AWS::IoT::Policy', Properties: { PolicyName: { 'Fn::Join': ['', ['a']] } } } } },
    ],
    ['nested objects in the device configuration', { Resources: { certificate }, DeviceConfiguration: { a: { b: 'c' } } }],
    ['functions in mappings', { Resources: { certificate }, Mappings: { a: { b: { c: { Ref: 'd' } } } } }],
    ['two things', { Resources: { certificate, thing, other: thing } }],
    ['a certificate by anything but its id', { Resources: { certificate: { ...certificate, Properties: { CertificatePem: 'x' } } } }],
    ['MERGE for a thing type', { Resources: { certificate, thing: { ...thing, OverrideSettings: { ThingTypeName: 'MERGE' } } } }],
    [
      'override settings of a policy',
      { Resources: { certificate, policy: { Type: 'AWS::IoT::Policy', Properties: { PolicyName: 'p' }, OverrideSettings: {} } } },
    ],
    [
      'a policy with name and document',
      { Resources: { certificate, policy: { Type: 'AWS::IoT::Policy', Properties: { PolicyName: 'p', PolicyDocument: everything } } } },
    ],
    ['text that is no JSON', '{'],
  ];
  for (const [what, body] of refused) {
    documented(templates, `for ${what}`, async () => {
      await expect(world.createTemplate(body)).rejects.toMatchObject(invalid);
    });
  }

  assumed('template.knows-account-and-region', 'for a pseudo parameter that is not listed', async () => {
    for (const name of ['AWS::Region', 'AWS::AccountId']) {
      const body = { Resources: { certificate }, DeviceConfiguration: { a: { Ref: name } } };
      await expect(world.createTemplate(body)).rejects.toMatchObject(invalid);
    }
  });

  assumed('template.role-is-checked-when-given', 'for a role that does not exist or does not trust AWS IoT', async () => {
    const missing = `arn:aws:iam::${world.aws.account.accountId}:role/missing`;
    for (const provisioningRoleArn of [missing, await world.emptyRole('lambda.amazonaws.com')]) {
      await expect(world.createTemplate(simpleTemplate, { provisioningRoleArn })).rejects.toMatchObject(invalid);
    }
  });

  documented(quotas, 'for a body of more than 10,240 characters', async () => {
    await expect(world.createTemplate(JSON.stringify(simpleTemplate).padEnd(10_241))).rejects.toMatchObject(invalid);
    await world.createTemplate(JSON.stringify(simpleTemplate).padEnd(10_240));
  });
});

describe('A template', () => {
  assumed('template.is-enabled-by-default', 'is disabled until it is enabled', async () => {
    const { templateName } = await world.createTemplate(simpleTemplate);
    expect(await describeTemplate(templateName)).toMatchObject({ enabled: false });
    expect((await world.onboard(templateName ?? '')).result).toBe('rejected');
    await world.iot.send(new UpdateProvisioningTemplateCommand({ templateName, enabled: true }));
    expect((await world.onboard(templateName ?? '')).result).toBe('accepted');
  });

  documented(templates, 'activates the certificate unless it says INACTIVE', async () => {
    const inactive = { ...certificate, Properties: { ...certificate.Properties, Status: 'Inactive' } };
    expect((await world.onboard(await world.template({ Resources: { certificate: inactive } }))).result).toBe('accepted');
  });

  documented(templates, 'takes a default where no value is given', async () => {
    const Parameters = { a: { Type: 'String', Default: 'd' } };
    const name = await world.template({ Parameters, Resources: { certificate }, DeviceConfiguration: { a: { Ref: 'a' } } });
    expect((await world.onboard(name, { parameters: {} })).body).toEqual({ deviceConfiguration: { a: 'd' } });
    expect((await world.onboard(name, { parameters: { a: 'g' } })).body).toEqual({ deviceConfiguration: { a: 'g' } });
  });

  documented(templates, 'makes a policy from a document under a name of its own, once', async () => {
    const policy = { Type: 'AWS::IoT::Policy', Properties: { PolicyDocument: everything } };
    const name = await world.template({ Resources: { certificate, policy } });
    const names = [];
    for (let count = 0; count < 2; count++) {
      const device = await world.device();
      const { certificateId, certificateOwnershipToken } = await world.certify(device);
      await world.onboard(name, { certificateOwnershipToken }, device);
      const target = world.arn('iot', `cert/${certificateId}`);
      names.push((await world.iot.send(new ListAttachedPoliciesCommand({ target }))).policies?.[0]?.policyName);
    }
    expect(names[0]).toBe(names[1]);
    expect((await world.iot.send(new GetPolicyCommand({ policyName: names[0] }))).policyDocument).toBe(everything);
  });

  assumed('template.policy-documents-are-literal', 'leaves policy variables to the policy', async () => {
    const policyDocument = {
      Version: '2012-10-17',
      Statement: { Effect: 'Allow', Action: 'iot:Connect', Resource: world.arn('iot', 'client/${iot:ClientId}') },
    };
    const policy = { Type: 'AWS::IoT::Policy', Properties: { PolicyDocument: policyDocument } };
    const device = await world.device();
    const { certificateId, certificateOwnershipToken } = await world.certify(device);
    await world.onboard(await world.template({ Resources: { certificate, policy } }), { certificateOwnershipToken }, device);
    const target = world.arn('iot', `cert/${certificateId}`);
    const { policies } = await world.iot.send(new ListAttachedPoliciesCommand({ target }));
    const stored = await world.iot.send(new GetPolicyCommand({ policyName: policies?.[0]?.policyName }));
    expect(JSON.parse(stored.policyDocument ?? '')).toEqual(policyDocument);
  });
});

describe('The versions of a template', () => {
  const addVersion = (templateName: string | undefined, setAsDefault = false) =>
    world.iot.send(
      new CreateProvisioningTemplateVersionCommand({ templateName, templateBody: JSON.stringify(simpleTemplate), setAsDefault }),
    );

  documented(quotas, 'are five at most', async () => {
    const { templateName } = await world.createTemplate(simpleTemplate);
    for (let count = 0; count < 4; count++) await addVersion(templateName);
    await expect(addVersion(templateName)).rejects.toMatchObject({
      name: 'VersionsLimitExceededException',
      $metadata: { httpStatusCode: 409 },
    });
  });

  documented('API reference, CreateProvisioningTemplateVersion', 'take effect when they are made the default', async () => {
    const { templateName } = await world.createTemplate(simpleTemplate);
    await addVersion(templateName);
    expect(await describeTemplate(templateName)).toMatchObject({ defaultVersionId: 1 });
    await addVersion(templateName, true);
    expect(await describeTemplate(templateName)).toMatchObject({ defaultVersionId: 3 });
    const { versions } = await world.iot.send(new ListProvisioningTemplateVersionsCommand({ templateName }));
    expect(versions?.filter(({ isDefaultVersion }) => isDefaultVersion).map(({ versionId }) => versionId)).toEqual([3]);
  });

  assumed('template.default-version-deletion-error', 'cannot be deleted while they are the default', async () => {
    const { templateName } = await world.createTemplate(simpleTemplate);
    const remove = world.iot.send(new DeleteProvisioningTemplateVersionCommand({ templateName, versionId: 1 }));
    await expect(remove).rejects.toMatchObject({ name: 'DeleteConflictException', $metadata: { httpStatusCode: 409 } });
  });

  assumed('template.is-deleted-with-its-versions', 'go with their template', async () => {
    const { templateName } = await world.createTemplate(simpleTemplate);
    await addVersion(templateName);
    await world.iot.send(new DeleteProvisioningTemplateCommand({ templateName }));
    await expect(describeTemplate(templateName)).rejects.toMatchObject({ name: 'ResourceNotFoundException' });
  });
});
