import type { CreateChangeSetInput } from '@aws-sdk/client-cloudformation';
import {
  CreateChangeSetCommand,
  CreateStackCommand,
  DeleteChangeSetCommand,
  DeleteStackCommand,
  DescribeChangeSetCommand,
  ExecuteChangeSetCommand,
  GetTemplateCommand,
  UpdateTerminationProtectionCommand,
} from '@aws-sdk/client-cloudformation';
import type { StackEngine } from './stack-engine.ts';
import { startStackEngine, thing } from './stack-engine.ts';

let engine: StackEngine;
beforeEach(async () => {
  engine = await startStackEngine();
});
afterEach(() => engine.stop());

const plan = async (type: 'CREATE' | 'UPDATE', template: object, more: Partial<CreateChangeSetInput> = {}) => {
  const input = { StackName: 's', ChangeSetName: 'c', ChangeSetType: type, TemplateBody: JSON.stringify(template), ...more };
  const { Id } = await engine.client.send(new CreateChangeSetCommand(input));
  return engine.client.send(new DescribeChangeSetCommand({ StackName: 's', ChangeSetName: Id, IncludePropertyValues: true }));
};

const execute = () => engine.client.send(new ExecuteChangeSetCommand({ StackName: 's', ChangeSetName: 'c' }));

const before = { Resources: { A: thing({ Name: 'one' }), B: thing({ V: { Ref: 'A' } }), C: thing() } };

describe('A change set', () => {
  test('plans a new stack, which is in review until it is executed', async () => {
    const planned = await plan('CREATE', before);
    expect(planned).toMatchObject({ Status: 'CREATE_COMPLETE', ExecutionStatus: 'AVAILABLE' });
    expect(planned.Changes?.map(({ ResourceChange }) => [ResourceChange?.Action, ResourceChange?.LogicalResourceId])).toEqual([
      ['Add', 'A'],
      ['Add', 'B'],
      ['Add', 'C'],
    ]);
    expect((await engine.describe('s')).StackStatus).toBe('REVIEW_IN_PROGRESS');
    expect(engine.factory.log).toEqual([]);
    await execute();
    expect((await engine.describe('s')).StackStatus).toBe('CREATE_COMPLETE');
    expect(engine.factory.existing.size).toBe(3);
  });

  test('tells replacements from changes, and follows what a replacement changes elsewhere', async () => {
    await engine.create('s', before);
    const { Changes } = await plan('UPDATE', { Resources: { A: thing({ Name: 'two' }), B: thing({ V: { Ref: 'A' } }), D: thing() } });
    expect(Changes?.map(({ ResourceChange: c }) => [c?.LogicalResourceId, c?.Action, c?.Replacement, c?.PolicyAction])).toEqual([
      ['A', 'Modify', 'True', 'ReplaceAndDelete'],
      ['B', 'Modify', 'False', undefined],
      ['D', 'Add', undefined, undefined],
      ['C', 'Remove', undefined, 'Delete'],
    ]);
  });

  test('says that a create-only property that follows a replacement may replace, too', async () => {
    const chain = (Name: string) => ({
      Resources: { A: thing({ Name }), B: thing({ Name: { Ref: 'A' }, V: { 'Fn::GetAtt': ['A', 'Arn'] } }) },
    });
    await engine.create('s', chain('one'));
    const { Changes } = await plan('UPDATE', chain('two'));
    expect(Changes?.[1]?.ResourceChange).toMatchObject({
      Replacement: 'Conditional',
      Scope: ['Properties'],
      Details: [
        {
          Target: { Attribute: 'Properties', Name: 'Name', RequiresRecreation: 'Always', AfterValue: '{{changeSet:KNOWN_AFTER_APPLY}}' },
          ...{ Evaluation: 'Dynamic', ChangeSource: 'ResourceReference', CausingEntity: 'A' },
        },
        {
          Target: { Name: 'V', RequiresRecreation: 'Never' },
          ...{ Evaluation: 'Dynamic', ChangeSource: 'ResourceAttribute', CausingEntity: 'A.Arn' },
        },
      ],
    });
  });

  test('lists who asks a changed resource for an attribute, and not who refers to it alone', async () => {
    const template = (Value: string) => ({
      Resources: { A: thing({ Value }), B: thing({ V: { 'Fn::GetAtt': ['A', 'Echo'] } }), C: thing({ V: { Ref: 'A' } }) },
    });
    await engine.create('s', template('old'));
    const { Changes } = await plan('UPDATE', template('new'));
    expect(Changes?.map(({ ResourceChange: c }) => [c?.LogicalResourceId, c?.Replacement])).toEqual([
      ['A', 'False'],
      ['B', 'False'],
    ]);
    expect(Changes?.[0]?.ResourceChange?.Details).toMatchObject([
      {
        Target: { Path: '/Properties/Value', BeforeValue: 'old', AfterValue: 'new', AttributeChangeType: 'Modify' },
        ...{ Evaluation: 'Static', ChangeSource: 'DirectModification' },
      },
    ]);
  });

  test('names the parameter that changes a property', async () => {
    const template = {
      Parameters: { P: { Type: 'String', Default: 'one' } },
      Resources: { A: thing({ Name: { 'Fn::Sub': 'n-${P}' }, Tags: [{ Key: 'k', Value: { Ref: 'P' } }] }) },
    };
    await engine.create('s', template);
    const { Changes } = await plan('UPDATE', template, { Parameters: [{ ParameterKey: 'P', ParameterValue: 'two' }] });
    expect(Changes?.[0]?.ResourceChange).toMatchObject({
      Replacement: 'True',
      Scope: ['Properties', 'Tags'],
      Details: [
        {
          Target: { Name: 'Name', RequiresRecreation: 'Always' },
          Evaluation: 'Static',
          ChangeSource: 'ParameterReference',
          CausingEntity: 'P',
        },
        { Target: { Name: 'Name', RequiresRecreation: 'Always' }, Evaluation: 'Dynamic', ChangeSource: 'DirectModification' },
        { Target: { Attribute: 'Tags', RequiresRecreation: 'Never' }, ChangeSource: 'ParameterReference' },
        { Target: { Attribute: 'Tags' }, ChangeSource: 'DirectModification' },
      ],
    });
  });

  test('fails for an export that nobody has', async () => {
    await engine.create('s', before);
    const planned = await plan('UPDATE', { Resources: { A: thing({ V: { 'Fn::ImportValue': 'nobody-has' } }) } });
    expect(planned).toMatchObject({ Status: 'FAILED', StatusReason: 'No export named nobody-has found', ExecutionStatus: 'UNAVAILABLE' });
  });

  test.each([
    ['DeploymentMode', { DeploymentMode: 'REVERT_DRIFT' as const }],
    ['RollbackConfiguration', { RollbackConfiguration: { MonitoringTimeInMinutes: 1 } }],
    ['NotificationARNs', { NotificationARNs: ['arn:aws:sns:eu-central-1:123456789012:t'] }],
  ])('is refused by name for %s, which is not supported', async (what, more) => {
    await expect(plan('CREATE', before, more)).rejects.toThrow(what);
  });

  test('may ask to import what exists, as the CDK CLI does when it bootstraps', async () => {
    expect(await plan('CREATE', before, { ImportExistingResources: true })).toMatchObject({ Status: 'CREATE_COMPLETE' });
  });

  test('that would change nothing fails with the reason that clients look for, and cannot be executed', async () => {
    await engine.create('s', before);
    const planned = await plan('UPDATE', before);
    expect(planned).toMatchObject({ Status: 'FAILED', ExecutionStatus: 'UNAVAILABLE' });
    expect(planned.StatusReason).toMatch(/^The submitted information didn't contain changes\./);
    await expect(execute()).rejects.toMatchObject({ name: 'InvalidChangeSetStatusException' });
  });

  test('may be deleted, also when it is not there', async () => {
    await plan('CREATE', before);
    const removal = new DeleteChangeSetCommand({ StackName: 's', ChangeSetName: 'c' });
    await engine.client.send(removal);
    await engine.client.send(removal);
    await expect(execute()).rejects.toMatchObject({ name: 'ChangeSetNotFoundException' });
  });

  test('is refused for a stack that a failed creation has left', async () => {
    engine.factory.failOn(/create/);
    await engine.create('s', before);
    await expect(plan('UPDATE', before)).rejects.toThrow('is in ROLLBACK_COMPLETE state and can not be updated');
  });
});

describe('A stack', () => {
  test('keeps the template as it was given', async () => {
    await engine.create('s', before);
    const { TemplateBody } = await engine.client.send(new GetTemplateCommand({ StackName: 's' }));
    expect(TemplateBody).toBe(JSON.stringify(before));
  });

  test('under termination protection is not deleted', async () => {
    await engine.create('s', before);
    await engine.client.send(new UpdateTerminationProtectionCommand({ StackName: 's', EnableTerminationProtection: true }));
    await expect(engine.client.send(new DeleteStackCommand({ StackName: 's' }))).rejects.toThrow('TerminationProtection is enabled');
  });

  test('with roles needs the acknowledgement that AWS asks for', async () => {
    engine.service.providers.register({ ...engine.factory.provider, type: 'AWS::IAM::Role' });
    const template = { Resources: { R: { Type: 'AWS::IAM::Role', Properties: { RoleName: 'r' } } } };
    const create = (capability: 'CAPABILITY_IAM' | 'CAPABILITY_NAMED_IAM') =>
      engine.client.send(new CreateStackCommand({ StackName: 's', TemplateBody: JSON.stringify(template), Capabilities: [capability] }));
    await expect(create('CAPABILITY_IAM')).rejects.toThrow('Requires capabilities : [CAPABILITY_NAMED_IAM]');
    await create('CAPABILITY_NAMED_IAM');
  });

  test('is refused a role that CloudFormation may not assume', async () => {
    const creation = new CreateStackCommand({
      StackName: 's',
      TemplateBody: JSON.stringify(before),
      RoleARN: 'arn:aws:iam::123456789012:role/other',
    });
    await expect(engine.client.send(creation)).rejects.toThrow('is invalid or cannot be assumed');
  });

  test('has events whose time stamps order them', async () => {
    await engine.create('s', before);
    const times = (await engine.events('s')).map(({ Timestamp }) => Timestamp?.getTime() ?? 0);
    expect(times).toEqual([...new Set(times)].sort((a, b) => a - b));
  });

  test('whose rule does not hold is refused', async () => {
    engine.parameters.put({ name: '/version', value: '5', type: 'String', shouldOverwrite: false });
    const template = {
      Parameters: { Version: { Type: 'AWS::SSM::Parameter::Value<String>', Default: '/version' } },
      Rules: {
        Check: {
          Assertions: [{ Assert: { 'Fn::Not': [{ 'Fn::Contains': [['4', '5'], { Ref: 'Version' }] }] }, AssertDescription: 'too old' }],
        },
      },
      Resources: { A: thing() },
    };
    await expect(engine.create('s', template)).rejects.toThrow('too old');
  });
});
