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

const plan = async (type: 'CREATE' | 'UPDATE', template: object, name = 'c') => {
  const { Id } = await engine.client.send(
    new CreateChangeSetCommand({ StackName: 's', ChangeSetName: name, ChangeSetType: type, TemplateBody: JSON.stringify(template) }),
  );
  return engine.client.send(new DescribeChangeSetCommand({ StackName: 's', ChangeSetName: Id }));
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
