import type { StackEngine } from './stack-engine.ts';
import { startStackEngine, thing } from './stack-engine.ts';

let engine: StackEngine;
beforeEach(async () => {
  engine = await startStackEngine();
});
afterEach(() => engine.stop());

const reasons = async (stackName: string): Promise<readonly (string | undefined)[]> =>
  (await engine.events(stackName)).map(({ ResourceStatusReason }) => ResourceStatusReason);

const att = (id: string, name = 'Arn'): object => ({ 'Fn::GetAtt': [id, name] });

describe('Creating a stack', () => {
  test('makes resources after what they refer to or depend on, and hands over their answers', async () => {
    const stack = await engine.create('s', {
      Resources: {
        C: thing({ Value: att('B') }),
        B: thing({ Value: { Ref: 'A' } }),
        A: thing({}, { DependsOn: 'Z' }),
        Z: thing(),
      },
      Outputs: { Out: { Value: { 'Fn::Sub': '${C}/${B.Echo}' } } },
    });
    expect(stack.StackStatus).toBe('CREATE_COMPLETE');
    expect(engine.factory.log).toEqual(['create Z {}', 'create A {}', 'create B {"Value":"a-2"}', 'create C {"Value":"arn:test:b-3"}']);
    expect(stack.Outputs).toMatchObject([{ OutputKey: 'Out', OutputValue: 'c-4/a-2' }]);
  });

  test('leaves out resources, properties and outputs whose condition does not hold', async () => {
    const stack = await engine.create('s', {
      Parameters: { Stage: { Type: 'String', Default: 'test' } },
      Conditions: { IsLive: { 'Fn::Equals': [{ Ref: 'Stage' }, 'live'] } },
      Resources: {
        A: thing({ Value: { 'Fn::If': ['IsLive', { Ref: 'B' }, { Ref: 'AWS::NoValue' }] } }),
        B: thing({}, { Condition: 'IsLive' }),
      },
      Outputs: { Out: { Condition: 'IsLive', Value: { Ref: 'B' } } },
    });
    expect(engine.factory.log).toEqual(['create A {}']);
    expect(stack.Outputs ?? []).toEqual([]);
  });

  test('deletes in reverse what it had made when a resource fails, and says which one and why', async () => {
    engine.factory.failOn(/create C/);
    const stack = await engine.create('s', { Resources: { A: thing(), B: thing({ V: { Ref: 'A' } }), C: thing({ V: { Ref: 'B' } }) } });
    expect(stack.StackStatus).toBe('ROLLBACK_COMPLETE');
    expect(engine.factory.existing.size).toBe(0);
    expect(engine.factory.log.slice(-2)).toEqual(['delete b-2', 'delete a-1']);
    const failed = (await engine.events('s')).find((event) => event.ResourceStatus === 'CREATE_FAILED');
    expect(failed).toMatchObject({ LogicalResourceId: 'C' });
    expect(failed?.ResourceStatusReason).toMatch(/Resource handler returned message: "sabotaged.*HandlerErrorCode: InvalidRequest/);
  });

  test('keeps a resource that says Retain even when it is rolled back', async () => {
    engine.factory.failOn(/create C/);
    await engine.create('s', {
      Resources: {
        A: thing({}, { DeletionPolicy: 'Retain' }),
        B: thing({}, { DeletionPolicy: 'RetainExceptOnCreate' }),
        C: thing({}, { DependsOn: ['A', 'B'] }),
      },
    });
    expect([...engine.factory.existing.keys()]).toEqual(['a-1']);
  });

  test('is refused for a type that is not known, by name, before anything is made', async () => {
    await expect(engine.create('s', { Resources: { A: thing(), B: { Type: 'AWS::Unknown::Type' } } })).rejects.toThrow(
      'Unrecognized resource types: [AWS::Unknown::Type]',
    );
    expect(engine.factory.log).toEqual([]);
    await expect(engine.describe('s')).rejects.toThrow('Stack with id s does not exist');
  });

  test('is refused for a circle of references, naming it', async () => {
    const circle = { Resources: { A: thing({ V: { Ref: 'B' } }), B: thing({ V: att('A') }) } };
    await expect(engine.create('s', circle)).rejects.toThrow('Circular dependency between resources: [A, B]');
  });

  test('is refused for a reference to what is not there', async () => {
    await expect(engine.create('s', { Resources: { A: thing({ V: { Ref: 'Nobody' } }) } })).rejects.toThrow('[Nobody]');
  });

  test('fails for an attribute that the type does not have', async () => {
    const stack = await engine.create('s', { Resources: { A: thing(), B: thing({ V: att('A', 'Shoe') }) } });
    expect(stack.StackStatus).toBe('ROLLBACK_COMPLETE');
    expect(JSON.stringify(await engine.events('s'))).toContain('Requested attribute Shoe does not exist in schema for Test::Thing');
  });
});

describe('Updating a stack', () => {
  const before = { Resources: { A: thing({ Name: 'one' }), B: thing({ Value: { Ref: 'A' } }), C: thing({ Value: 'same' }) } };

  beforeEach(async () => {
    await engine.create('s', before);
    engine.factory.takeLog();
  });

  test('touches only what changes', async () => {
    const stack = await engine.update('s', { Resources: { ...before.Resources, C: thing({ Value: 'new' }) } });
    expect(stack.StackStatus).toBe('UPDATE_COMPLETE');
    expect(engine.factory.log).toEqual(['update C {"Value":"new"}']);
  });

  test('is refused when nothing changes', async () => {
    await expect(engine.update('s', before)).rejects.toThrow('No updates are to be performed.');
  });

  test('replaces a resource whose create-only property changes, passes the new one on, and deletes the old one last', async () => {
    await engine.update('s', { Resources: { ...before.Resources, A: thing({ Name: 'two' }) } });
    expect(engine.factory.log).toEqual(['create A {"Name":"two"}', 'update B {"Value":"a-4"}', 'delete a-1']);
  });

  test('keeps the old resource when UpdateReplacePolicy says Retain', async () => {
    const retained = (Name: string): object => ({ Resources: { A: thing({ Name }, { UpdateReplacePolicy: 'Retain' }) } });
    await engine.create('r', retained('one'));
    engine.factory.takeLog();
    await engine.update('r', retained('two'));
    expect(engine.factory.log).toEqual(['create A {"Name":"two"}']);
  });

  test('deletes what the new template leaves out, unless its policy says Retain', async () => {
    await engine.update('s', { Resources: { A: thing({ Name: 'one' }), C: thing({ Value: 'same' }, { DeletionPolicy: 'Retain' }) } });
    expect(engine.factory.takeLog()).toEqual(['delete b-2']);
    await engine.update('s', { Resources: { A: thing({ Name: 'one' }) } });
    expect(engine.factory.takeLog()).toEqual([]);
    expect([...engine.factory.existing.keys()]).toEqual(['a-1', 'c-3']);
  });

  test('puts everything back when a resource fails', async () => {
    engine.factory.failOn(/create E/);
    const stack = await engine.update('s', {
      Resources: { A: thing({ Name: 'two' }), C: thing({ Value: 'new' }), D: thing(), E: thing({ V: { Ref: 'D' } }) },
    });
    expect(stack.StackStatus).toBe('UPDATE_ROLLBACK_COMPLETE');
    expect([...engine.factory.existing]).toEqual([
      ['a-1', { Name: 'one' }],
      ['b-2', { Value: 'a-1' }],
      ['c-3', { Value: 'same' }],
    ]);
    engine.factory.sabotage = () => undefined;
    engine.factory.takeLog();
    await engine.update('s', { Resources: { ...before.Resources, C: thing({ Value: 'newer' }) } });
    expect(engine.factory.log).toEqual(['update C {"Value":"newer"}']);
  });

  test('gives the failed resource its old properties again', async () => {
    engine.factory.failOn(/update C .*new/);
    await engine.update('s', { Resources: { ...before.Resources, C: thing({ Value: 'new' }) } });
    expect(engine.factory.log).toEqual(['update C {"Value":"new"}', 'update C {"Value":"same"}']);
  });

  test('is refused when a resource is to become one of another type', async () => {
    engine.service.providers.register({ ...engine.factory.provider, type: 'Test::Other' });
    const template = { Resources: { ...before.Resources, C: { Type: 'Test::Other' } } };
    await expect(engine.update('s', template)).rejects.toThrow('Update of resource type is not permitted.');
  });

  test('is complete even where an old resource cannot be deleted, and says so', async () => {
    engine.factory.failOn(/delete b/);
    const stack = await engine.update('s', { Resources: { A: thing({ Name: 'one' }), C: thing({ Value: 'same' }) } });
    expect(stack).toMatchObject({
      StackStatus: 'UPDATE_COMPLETE',
      StackStatusReason: 'Update successful. One or more resources could not be deleted.',
    });
  });

  test('goes through the phases that AWS has, the old resource deleted in the last', async () => {
    const old = (await engine.events('s')).length;
    await engine.update('s', { Resources: { ...before.Resources, A: thing({ Name: 'two' }) } });
    expect((await engine.events('s')).slice(old).map((event) => [event.LogicalResourceId, event.ResourceStatus])).toEqual([
      ['s', 'UPDATE_IN_PROGRESS'],
      ['A', 'UPDATE_IN_PROGRESS'],
      ['A', 'UPDATE_COMPLETE'],
      ['B', 'UPDATE_IN_PROGRESS'],
      ['B', 'UPDATE_COMPLETE'],
      ['s', 'UPDATE_COMPLETE_CLEANUP_IN_PROGRESS'],
      ['A', 'DELETE_IN_PROGRESS'],
      ['A', 'DELETE_COMPLETE'],
      ['s', 'UPDATE_COMPLETE'],
    ]);
  });

  test('says UPDATE_ROLLBACK_FAILED when not even that works', async () => {
    engine.factory.failOn(/update C/);
    const stack = await engine.update('s', { Resources: { ...before.Resources, C: thing({ Value: 'new' }) } });
    expect(stack.StackStatus).toBe('UPDATE_ROLLBACK_FAILED');
    await expect(engine.update('s', before)).rejects.toThrow('is in UPDATE_ROLLBACK_FAILED state and can not be updated');
  });
});

describe('A secret', () => {
  const template = {
    Parameters: { Password: { Type: 'String', NoEcho: true, Default: 'open-sesame' } },
    Resources: { A: thing({ Value: { 'Fn::Sub': 'p=${Password}' } }) },
  };

  test('reaches its resource and shows nowhere', async () => {
    const stack = await engine.create('s', template);
    expect(engine.factory.log).toEqual(['create A {"Value":"p=open-sesame"}']);
    expect(stack.Parameters).toMatchObject([{ ParameterKey: 'Password', ParameterValue: '****' }]);
    const events = JSON.stringify(await engine.events('s'));
    expect(events).not.toContain('open-sesame');
    expect(events).toContain('p=****');
  });
});

describe('Deleting a stack', () => {
  test('deletes in reverse order and is found by its id alone afterwards', async () => {
    await engine.create('s', { Resources: { A: thing(), B: thing({ V: { Ref: 'A' } }) } });
    engine.factory.takeLog();
    expect(await engine.delete('s')).toMatchObject({ StackStatus: 'DELETE_COMPLETE' });
    expect(engine.factory.log).toEqual(['delete b-2', 'delete a-1']);
    await expect(engine.describe('s')).rejects.toThrow('Stack with id s does not exist');
  });

  test('keeps what a resource that cannot be deleted refers to, and can be tried again', async () => {
    await engine.create('s', { Resources: { A: thing(), B: thing({ V: { Ref: 'A' } }), C: thing() } });
    engine.factory.failOn(/delete b/);
    const stack = await engine.delete('s');
    expect(stack).toMatchObject({ StackStatus: 'DELETE_FAILED' });
    expect([...engine.factory.existing.keys()].sort()).toEqual(['a-1', 'b-2']);
    engine.factory.sabotage = () => undefined;
    expect(await engine.delete('s')).toMatchObject({ StackStatus: 'DELETE_COMPLETE' });
  });
});

describe('Exports', () => {
  const exporting = (Value: unknown): object => ({
    Resources: { A: thing() },
    Outputs: { Out: { Value, Export: { Name: { 'Fn::Sub': '${AWS::StackName}-out' } } } },
  });
  const importing = { Resources: { B: thing({ Value: { 'Fn::ImportValue': 'one-out' } }) } };

  test('reach other stacks, and while they are used they can be neither changed nor removed', async () => {
    await engine.create('one', exporting({ Ref: 'A' }));
    await engine.create('two', importing);
    expect(engine.factory.log).toEqual(['create A {}', 'create B {"Value":"a-1"}']);
    expect(await engine.update('one', exporting('else'))).toMatchObject({ StackStatus: 'UPDATE_ROLLBACK_COMPLETE' });
    expect(await engine.delete('one')).toMatchObject({
      StackStatus: 'DELETE_FAILED',
      StackStatusReason: 'Export one-out cannot be deleted as it is in use by two',
    });
    await engine.delete('two');
    expect(await engine.delete('one')).toMatchObject({ StackStatus: 'DELETE_COMPLETE' });
  });

  test('that are not there fail the deployment before anything is made', async () => {
    expect(await engine.create('two', importing)).toMatchObject({ StackStatus: 'ROLLBACK_COMPLETE' });
    expect(await reasons('two')).toContain('No export named one-out found. Rollback requested by user.');
    expect(engine.factory.log).toEqual([]);
  });

  test('may be taken by an import while a stack that lost them is updated', async () => {
    await engine.create('two', { Resources: { A: thing() } });
    expect(await engine.update('two', importing)).toMatchObject({ StackStatus: 'UPDATE_ROLLBACK_COMPLETE' });
    await engine.create('one', exporting('here'));
    expect(await engine.update('two', importing)).toMatchObject({ StackStatus: 'UPDATE_COMPLETE' });
  });
});
