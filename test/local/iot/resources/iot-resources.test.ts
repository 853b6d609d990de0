import type { Properties } from '../../../../local/cloudformation/resource-provider.ts';
import { type BehaviourCapture, createBehaviour } from '../../../../local/iot/behaviour/behaviour.ts';
import { createIotControlPlane } from '../../../../local/iot/control-plane/iot-control-plane.ts';
import { ManualClock } from '../../../../local/manual-clock.ts';
import { providerOf, resourceContext } from '../../resource-context.ts';
import { testAccount, testStartMs } from '../../service-endpoint.ts';
import { requestPem } from '../certificate-requests.ts';
import { arn } from '../control-plane/test-control-plane.ts';

const setUp = (capture: BehaviourCapture = {}) => {
  const clock = new ManualClock(testStartMs);
  const behaviour = createBehaviour(capture);
  const { client, resources, registry } = createIotControlPlane({ account: testAccount, clock, behaviour });
  const call = client.call.bind(client);
  const provider = (type: string) => providerOf(resources, `AWS::IoT::${type}`);
  const create = (type: string, properties: Properties) => provider(type).create(properties, resourceContext(type));
  return { clock, call, registry, provider, create };
};

const document = (resource: string) => ({
  Version: '2012-10-17',
  Statement: [{ Effect: 'Allow', Action: 'iot:Connect', Resource: arn(resource) }],
});

const versionsOf = async (call: ReturnType<typeof setUp>['call'], policyName: string): Promise<readonly string[]> => {
  const { policyVersions } = (await call('ListPolicyVersions', { policyName })) as { policyVersions: readonly { versionId: string }[] };
  return policyVersions.map(({ versionId }) => versionId).toSorted();
};

const notFound = { code: 'ResourceNotFoundException' };

describe('AWS::IoT::Policy', () => {
  test('answers its name to Ref, and takes its document as an object', async () => {
    const { call, create } = setUp();
    const state = await create('Policy', { PolicyName: 'p', PolicyDocument: document('client/a'), Tags: [{ Key: 'k', Value: 'v' }] });
    expect(state).toEqual({ physicalId: 'p', attributes: { Arn: arn('policy/p'), Id: 'p' } });
    expect(await call('GetPolicy', { policyName: 'p' })).toMatchObject({ policyDocument: JSON.stringify(document('client/a')) });
    expect(await call('ListTagsForResource', { resourceArn: arn('policy/p') })).toEqual({ tags: [{ Key: 'k', Value: 'v' }] });
  });

  test('is named after its stack when the template does not name it', async () => {
    const { create } = setUp();
    expect((await create('Policy', { PolicyDocument: document('client/a') })).physicalId).toMatch(/^test-stack-Policy-/);
  });

  test('puts each new document in force, however many there were', async () => {
    const { call, create, provider } = setUp();
    let from: Properties = { PolicyDocument: document('client/0') };
    const state = await create('Policy', from);
    for (let version = 1; version <= 14; version++) {
      const to = { PolicyDocument: document(`client/${version}`) };
      await provider('Policy').update(state, { from, to }, resourceContext());
      from = to;
    }
    const policy = await call('GetPolicy', { policyName: state.physicalId });
    expect(policy).toMatchObject({ defaultVersionId: '15', policyDocument: JSON.stringify(document('client/14')) });
    // The tenth was the first by text, so it made room, and so did each after it.
    expect(await versionsOf(call, state.physicalId)).toEqual(['15', '6', '7', '8', '9']);
    await provider('Policy').delete(state, from, resourceContext());
    await expect(call('GetPolicy', { policyName: state.physicalId })).rejects.toMatchObject(notFound);
    await provider('Policy').delete(state, from, resourceContext());
  });

  test('cannot be deleted while it is attached', async () => {
    const { call, create, provider } = setUp();
    const properties = { PolicyName: 'p', PolicyDocument: document('client/a') };
    const state = await create('Policy', properties);
    await call('CreateThingGroup', { thingGroupName: 'g' });
    await call('AttachPolicy', { policyName: 'p', target: arn('thinggroup/g') });
    const deletion = provider('Policy').delete(state, properties, resourceContext());
    await expect(deletion).rejects.toMatchObject({ code: 'DeleteConflictException' });
  });
});

describe('AWS::IoT::Thing', () => {
  test('is created, changed and deleted', async () => {
    const { call, create, provider, registry } = setUp();
    const from = { ThingName: 'a', AttributePayload: { Attributes: { x: '1' } } };
    const state = await create('Thing', from);
    expect(state).toMatchObject({ physicalId: 'a', attributes: { Arn: arn('thing/a') } });
    await provider('Thing').update(
      state,
      { from, to: { ThingName: 'a', AttributePayload: { Attributes: { y: '2' } } } },
      resourceContext(),
    );
    expect((await call('DescribeThing', { thingName: 'a' }))['attributes']).toEqual({ y: '2' });
    await expect(create('Thing', from)).rejects.toMatchObject({ code: 'AlreadyExists' });
    await provider('Thing').delete(state, from, resourceContext());
    expect(registry.things.size).toBe(0);
  });
});

describe('AWS::IoT::ThingType', () => {
  const properties = { ThingTypeName: 'lamp', ThingTypeProperties: { ThingTypeDescription: 'lamps', SearchableAttributes: ['tenant'] } };

  test('answers its name to Ref', async () => {
    const { create } = setUp();
    const { physicalId, attributes } = await create('ThingType', properties);
    expect([physicalId, attributes['Arn']]).toEqual(['lamp', arn('thingtype/lamp')]);
  });

  test('is deprecated at once when the stack is deleted, and gone five minutes later', async () => {
    const { call, clock, create, provider } = setUp();
    const state = await create('ThingType', properties);
    await provider('ThingType').delete(state, properties, resourceContext());
    expect(await call('DescribeThingType', { thingTypeName: 'lamp' })).toMatchObject({ thingTypeMetadata: { deprecated: true } });
    clock.advance(5 * 60_000);
    await expect(call('DescribeThingType', { thingTypeName: 'lamp' })).rejects.toMatchObject(notFound);
    await provider('ThingType').delete(state, properties, resourceContext());
  });

  test('can be created anew by a stack that does not wait', async () => {
    const { call, clock, create, provider } = setUp();
    const state = await create('ThingType', properties);
    await provider('ThingType').delete(state, properties, resourceContext());
    const again = await create('ThingType', properties);
    expect(again.attributes['Id']).not.toBe(state.attributes['Id']);
    clock.advance(10 * 60_000);
    expect(await call('DescribeThingType', { thingTypeName: 'lamp' })).toMatchObject({ thingTypeMetadata: { deprecated: false } });
  });

  test('cannot be deleted while a thing has it', async () => {
    const { call, create, provider } = setUp();
    const state = await create('ThingType', properties);
    await call('CreateThing', { thingName: 'a', thingTypeName: 'lamp' });
    const deletion = provider('ThingType').delete(state, properties, resourceContext());
    await expect(deletion).rejects.toMatchObject({ code: 'InvalidRequestException' });
  });

  test('keeps its description', async () => {
    const { create, provider } = setUp();
    const state = await create('ThingType', properties);
    const to = { ...properties, ThingTypeProperties: { ...properties.ThingTypeProperties, ThingTypeDescription: 'other' } };
    await expect(provider('ThingType').update(state, { from: properties, to }, resourceContext())).rejects.toMatchObject({
      code: 'NotUpdatable',
    });
  });
});

describe('AWS::IoT::ThingGroup', () => {
  test('is created under a parent, changed and deleted', async () => {
    const { call, create, provider, registry } = setUp();
    await create('ThingGroup', { ThingGroupName: 'root' });
    const from = { ThingGroupName: 'g', ParentGroupName: 'root', ThingGroupProperties: { ThingGroupDescription: 'd' } };
    const state = await create('ThingGroup', from);
    expect(state).toMatchObject({ physicalId: 'g', attributes: { Arn: arn('thinggroup/g') } });
    const to = { ...from, ThingGroupProperties: { ThingGroupDescription: 'e', AttributePayload: { Attributes: { x: '1' } } } };
    await provider('ThingGroup').update(state, { from, to }, resourceContext());
    expect(await call('DescribeThingGroup', { thingGroupName: 'g' })).toMatchObject({
      thingGroupProperties: { thingGroupDescription: 'e', attributePayload: { attributes: { x: '1' } } },
      thingGroupMetadata: { parentGroupName: 'root' },
    });
    await provider('ThingGroup').delete(state, to, resourceContext());
    expect([...registry.thingGroups.keys()]).toEqual(['root']);
  });

  test('cannot be dynamic', async () => {
    const { create } = setUp();
    await expect(create('ThingGroup', { ThingGroupName: 'g', QueryString: 'thingName:*' })).rejects.toThrow(/QueryString/);
  });
});

describe('AWS::IoT::Certificate', () => {
  test('is signed from a request, activated, and deactivated to be deleted', async () => {
    const { create, provider, registry } = setUp();
    const properties = { Status: 'ACTIVE', CertificateSigningRequest: requestPem() };
    const state = await create('Certificate', properties);
    expect(state.attributes).toEqual({ Arn: arn(`cert/${state.physicalId}`), Id: state.physicalId });
    expect(registry.certificates.get(state.physicalId)?.status).toBe('ACTIVE');
    await provider('Certificate').update(state, { from: properties, to: { ...properties, Status: 'INACTIVE' } }, resourceContext());
    expect(registry.certificates.get(state.physicalId)?.status).toBe('INACTIVE');
    await provider('Certificate').delete(state, properties, resourceContext());
    expect(registry.certificates.size).toBe(0);
    await provider('Certificate').delete(state, properties, resourceContext());
  });

  test('needs exactly the properties of one way of making it', async () => {
    const { create } = setUp();
    await expect(create('Certificate', { Status: 'ACTIVE' })).rejects.toThrow('Invalid certificate resource configuration');
    const mixed = { Status: 'ACTIVE', CertificateMode: 'SNI_ONLY', CertificateSigningRequest: requestPem() };
    await expect(create('Certificate', mixed)).rejects.toThrow('Invalid certificate resource configuration');
  });
});

describe('attachments', () => {
  test('of a policy reach a certificate, but no thing group', async () => {
    const { call, create, provider } = setUp();
    await create('Policy', { PolicyName: 'p', PolicyDocument: document('client/a') });
    await create('ThingGroup', { ThingGroupName: 'g' });
    const certificate = await create('Certificate', { Status: 'ACTIVE', CertificateSigningRequest: requestPem() });
    const properties = { PolicyName: 'p', Principal: certificate.attributes['Arn'] };
    const state = await create('PolicyPrincipalAttachment', properties);
    expect(await call('ListTargetsForPolicy', { policyName: 'p' })).toMatchObject({ targets: [properties.Principal] });
    const toGroup = create('PolicyPrincipalAttachment', { PolicyName: 'p', Principal: arn('thinggroup/g') });
    await expect(toGroup).rejects.toThrow('The given ARN does not represent a cert');
    await provider('PolicyPrincipalAttachment').delete(state, properties, resourceContext());
    expect(await call('ListTargetsForPolicy', { policyName: 'p' })).toMatchObject({ targets: [] });
    await provider('PolicyPrincipalAttachment').delete(state, properties, resourceContext());
  });

  test('of a thing may be exclusive', async () => {
    const { call, create, provider } = setUp();
    await create('Thing', { ThingName: 'a' });
    const certificate = await create('Certificate', { Status: 'ACTIVE', CertificateSigningRequest: requestPem() });
    const principal = certificate.attributes['Arn'];
    const properties = { ThingName: 'a', Principal: principal, ThingPrincipalType: 'EXCLUSIVE_THING' };
    const state = await create('ThingPrincipalAttachment', properties);
    expect(await call('ListThingPrincipalsV2', { thingName: 'a' })).toMatchObject({
      thingPrincipalObjects: [{ principal, thingPrincipalType: 'EXCLUSIVE_THING' }],
    });
    await provider('ThingPrincipalAttachment').delete(state, properties, resourceContext());
    expect(await call('ListThingPrincipals', { thingName: 'a' })).toMatchObject({ principals: [] });
  });
});

describe('AWS::IoT::ProvisioningTemplate', () => {
  const role = 'arn:aws:iam::123456789012:role/provisioning';
  const hook = { TargetArn: 'arn:aws:lambda:eu-central-1:123456789012:function:hook:live', PayloadVersion: '2020-04-01' };
  const certificate = { Type: 'AWS::IoT::Certificate', Properties: { CertificateId: { Ref: 'AWS::IoT::Certificate::Id' } } };
  const template = (mark: number) => ({
    TemplateName: 't',
    ProvisioningRoleArn: role,
    TemplateBody: JSON.stringify({ Resources: { certificate }, DeviceConfiguration: { mark: String(mark) } }),
    Enabled: true,
    PreProvisioningHook: hook,
  });

  test('answers its name to Ref and keeps what it is given', async () => {
    const { call, create } = setUp();
    const state = await create('ProvisioningTemplate', template(0));
    expect(state).toEqual({ physicalId: 't', attributes: { TemplateArn: arn('provisioningtemplate/t') } });
    expect(await call('DescribeProvisioningTemplate', { templateName: 't' })).toMatchObject({
      enabled: true,
      preProvisioningHook: { targetArn: hook.TargetArn, payloadVersion: hook.PayloadVersion },
    });
  });

  test('puts each new body in force, up to the fifth', async () => {
    const { call, create, provider } = setUp();
    const state = await create('ProvisioningTemplate', template(0));
    const update = (mark: number) =>
      provider('ProvisioningTemplate').update(state, { from: template(mark - 1), to: template(mark) }, resourceContext());
    for (let mark = 1; mark <= 4; mark++) await update(mark);
    expect(await call('DescribeProvisioningTemplate', { templateName: 't' })).toMatchObject({ templateBody: template(4).TemplateBody });
    await expect(update(5)).rejects.toMatchObject({ code: 'VersionsLimitExceededException' });
  });

  test('puts each new body in force, however many there were, where CloudFormation makes room', async () => {
    const { call, create, provider } = setUp({ 'template.cloudformation-makes-room': true });
    const state = await create('ProvisioningTemplate', template(0));
    for (let version = 1; version <= 8; version++) {
      await provider('ProvisioningTemplate').update(state, { from: template(version - 1), to: template(version) }, resourceContext());
    }
    const described = await call('DescribeProvisioningTemplate', { templateName: 't' });
    expect(described).toMatchObject({ defaultVersionId: 9, templateBody: template(8).TemplateBody });
    const { versions } = await call('ListProvisioningTemplateVersions', { templateName: 't' });
    expect(versions).toHaveLength(5);
    await provider('ProvisioningTemplate').delete(state, template(8), resourceContext());
    await provider('ProvisioningTemplate').delete(state, template(8), resourceContext());
  });
});

describe('AWS::IoT::TopicRule', () => {
  const rule = (sql: string) => ({
    TopicRulePayload: {
      Sql: sql,
      AwsIotSqlVersion: '2016-03-23',
      Actions: [{ Sqs: { QueueUrl: 'http://localhost/q', RoleArn: 'arn:aws:iam::123456789012:role/r', UseBase64: false } }],
      RuleDisabled: false,
    },
  });

  test('is created with a name without dashes, replaced and deleted', async () => {
    const { call, create, provider, registry } = setUp();
    const state = await create('TopicRule', { ...rule("SELECT * FROM 'a'"), Tags: [{ Key: 'k', Value: 'v' }] });
    expect(state.physicalId).toMatch(/^test_stack_TopicRule_/);
    expect(state.attributes).toEqual({ Arn: arn(`rule/${state.physicalId}`) });
    const { rule: stored } = await call('GetTopicRule', { ruleName: state.physicalId });
    expect(stored).toMatchObject({ actions: [{ sqs: { queueUrl: 'http://localhost/q', useBase64: false } }], ruleDisabled: false });
    await provider('TopicRule').update(state, { from: rule("SELECT * FROM 'a'"), to: rule("SELECT * FROM 'b'") }, resourceContext());
    expect(registry.topicRules.get(state.physicalId)?.payload.sql).toBe("SELECT * FROM 'b'");
    await provider('TopicRule').delete(state, rule("SELECT * FROM 'b'"), resourceContext());
    expect(registry.topicRules.size).toBe(0);
    await provider('TopicRule').delete(state, rule("SELECT * FROM 'b'"), resourceContext());
  });
});

describe('any AWS::IoT resource', () => {
  test('refuses a property that it does not know', async () => {
    const { create } = setUp();
    await expect(create('Policy', { PolicyDocument: document('client/a'), Nonsense: 1 })).rejects.toThrow(/Nonsense/);
  });
});
