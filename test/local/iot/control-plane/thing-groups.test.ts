import {
  AddThingToThingGroupCommand,
  AttachPolicyCommand,
  CreatePolicyCommand,
  CreateThingCommand,
  CreateThingGroupCommand,
  DeletePolicyCommand,
  DeleteThingGroupCommand,
  DescribeThingGroupCommand,
  ListThingGroupsCommand,
  ListThingGroupsForThingCommand,
  ListThingsInThingGroupCommand,
  RemoveThingFromThingGroupCommand,
  UpdateThingGroupCommand,
  UpdateThingGroupsForThingCommand,
} from '@aws-sdk/client-iot';
import { arn, expectRefusal, fresh, policyDocument, useControlPlane } from './test-control-plane.ts';

const subject = useControlPlane();

const newGroup = async (parentGroupName?: string): Promise<string> => {
  const thingGroupName = fresh('group');
  await subject.iot.send(new CreateThingGroupCommand({ thingGroupName, parentGroupName }));
  return thingGroupName;
};

const newThing = async (): Promise<string> => {
  const thingName = fresh('thing');
  await subject.iot.send(new CreateThingCommand({ thingName }));
  return thingName;
};

const add = (thingName: string, thingGroupName: string) => subject.iot.send(new AddThingToThingGroupCommand({ thingName, thingGroupName }));

const groupsOf = async (thingName: string) =>
  (await subject.iot.send(new ListThingGroupsForThingCommand({ thingName }))).thingGroups?.map(({ groupName }) => groupName);

describe('a thing group', () => {
  test('is created, described with its ancestors, and created again only alike', async () => {
    const root = await newGroup();
    const middle = await newGroup(root);
    const thingGroupName = fresh('group');
    const create = (attributes: Record<string, string>) =>
      subject.iot.send(
        new CreateThingGroupCommand({
          thingGroupName,
          parentGroupName: middle,
          thingGroupProperties: { thingGroupDescription: 'd', attributePayload: { attributes } },
        }),
      );
    const { thingGroupId } = await create({ a: '1' });
    expect((await create({ a: '1' })).thingGroupId).toBe(thingGroupId);
    await expectRefusal(create({ a: '2' }), 'ResourceAlreadyExistsException', 409);
    const described = await subject.iot.send(new DescribeThingGroupCommand({ thingGroupName }));
    expect(described).toMatchObject({
      thingGroupArn: arn(`thinggroup/${thingGroupName}`),
      version: 1,
      thingGroupProperties: { thingGroupDescription: 'd', attributePayload: { attributes: { a: '1' } } },
      thingGroupMetadata: { parentGroupName: middle },
    });
    expect(described.thingGroupMetadata?.rootToParentThingGroups?.map(({ groupName }) => groupName)).toEqual([root, middle]);
  });

  test('is updated in the version expected', async () => {
    const thingGroupName = await newGroup();
    const update = (expectedVersion: number) =>
      subject.iot.send(
        new UpdateThingGroupCommand({ thingGroupName, expectedVersion, thingGroupProperties: { thingGroupDescription: 'new' } }),
      );
    expect((await update(1)).version).toBe(2);
    await expectRefusal(update(1), 'VersionConflictException', 409);
  });

  test('nests seven levels deep, under a parent that exists', async () => {
    let parent = await newGroup();
    for (let level = 2; level <= 7; level++) parent = await newGroup(parent);
    await expectRefusal(newGroup(parent), 'InvalidRequestException', 400, /depth 7/);
    await expectRefusal(newGroup('missing'), 'InvalidRequestException', 400, /missing/);
  });

  test('has a hundred direct children at most, and fifty attributes', async () => {
    const parent = await newGroup();
    for (let child = 1; child <= 100; child++) {
      await subject.plane.client.call('CreateThingGroup', { thingGroupName: fresh('group'), parentGroupName: parent });
    }
    await expectRefusal(newGroup(parent), 'InvalidRequestException', 400, /100 direct children/);
    const attributes = Object.fromEntries(Array.from({ length: 51 }, (_, index) => [`a${index}`, 'v']));
    const group = subject.iot.send(
      new CreateThingGroupCommand({ thingGroupName: fresh('group'), thingGroupProperties: { attributePayload: { attributes } } }),
    );
    await expectRefusal(group, 'InvalidRequestException', 400, /at most 50/);
  });

  test('cannot be deleted with child groups, but with things and policies', async () => {
    const thingGroupName = await newGroup();
    const child = await newGroup(thingGroupName);
    const deletion = subject.iot.send(new DeleteThingGroupCommand({ thingGroupName }));
    await expectRefusal(deletion, 'InvalidRequestException', 400, /still child groups attached/);
    const thingName = await newThing();
    const policyName = fresh('policy');
    await subject.iot.send(new CreatePolicyCommand({ policyName, policyDocument: policyDocument() }));
    await subject.iot.send(new AttachPolicyCommand({ policyName, target: arn(`thinggroup/${child}`) }));
    await add(thingName, child);
    await subject.iot.send(new DeleteThingGroupCommand({ thingGroupName: child }));
    expect(await groupsOf(thingName)).toEqual([]);
    await subject.iot.send(new DeletePolicyCommand({ policyName }));
    await subject.iot.send(new DeleteThingGroupCommand({ thingGroupName }));
    await subject.iot.send(new DeleteThingGroupCommand({ thingGroupName }));
    await expectRefusal(subject.iot.send(new DescribeThingGroupCommand({ thingGroupName })), 'ResourceNotFoundException', 404);
  });

  test('is listed by parent, depth and beginning of its name', async () => {
    const root = await newGroup();
    const child = await newGroup(root);
    const grandchild = await newGroup(child);
    const list = async (input: object) =>
      (await subject.iot.send(new ListThingGroupsCommand(input))).thingGroups?.map(({ groupName }) => groupName);
    expect(await list({ parentGroup: root })).toEqual([child]);
    expect((await list({ parentGroup: root, recursive: true }))?.toSorted()).toEqual([child, grandchild].toSorted());
    expect(await list({ namePrefixFilter: grandchild })).toEqual([grandchild]);
    expect(await list({ namePrefixFilter: grandchild, recursive: false })).toEqual([]);
  });
});

describe('membership of groups', () => {
  test('is given once and taken back, by name or by ARN', async () => {
    const thingName = await newThing();
    const group = await newGroup();
    await add(thingName, group);
    await add(thingName, group);
    expect(await groupsOf(thingName)).toEqual([group]);
    const byArn = { thingArn: arn(`thing/${thingName}`), thingGroupArn: arn(`thinggroup/${group}`) };
    await subject.iot.send(new RemoveThingFromThingGroupCommand(byArn));
    await subject.iot.send(new RemoveThingFromThingGroupCommand(byArn));
    expect(await groupsOf(thingName)).toEqual([]);
  });

  test('is never of two groups of one hierarchy', async () => {
    const thingName = await newThing();
    const root = await newGroup();
    const [left, right] = [await newGroup(root), await newGroup(root)];
    await add(thingName, left);
    for (const relative of [right, root, await newGroup(left)]) {
      await expectRefusal(add(thingName, relative), 'InvalidRequestException', 400, /same hierarchy/);
    }
    await add(thingName, await newGroup());
  });

  test('is of ten groups at most', async () => {
    const thingName = await newThing();
    for (let group = 1; group <= 10; group++) await add(thingName, await newGroup());
    await expectRefusal(add(thingName, await newGroup()), 'InvalidRequestException', 400, /10 groups/);
  });

  test('needs a thing and a group that exist', async () => {
    await expectRefusal(add('missing', await newGroup()), 'ResourceNotFoundException', 404);
    await expectRefusal(add(await newThing(), 'missing'), 'ResourceNotFoundException', 404);
    await expectRefusal(subject.iot.send(new AddThingToThingGroupCommand({ thingName: 'x' })), 'InvalidRequestException', 400);
    await expectRefusal(subject.iot.send(new ListThingGroupsForThingCommand({ thingName: 'missing' })), 'ResourceNotFoundException', 404);
  });

  test('changes at once for several groups, or not at all', async () => {
    const thingName = await newThing();
    const root = await newGroup();
    const [left, right, other] = [await newGroup(root), await newGroup(root), await newGroup()];
    await add(thingName, left);
    await subject.iot.send(
      new UpdateThingGroupsForThingCommand({ thingName, thingGroupsToAdd: [right, other], thingGroupsToRemove: [left] }),
    );
    expect((await groupsOf(thingName))?.toSorted()).toEqual([right, other].toSorted());
    const clash = new UpdateThingGroupsForThingCommand({
      thingName,
      thingGroupsToAdd: [left, await newGroup()],
      thingGroupsToRemove: [other],
    });
    await expectRefusal(subject.iot.send(clash), 'InvalidRequestException', 400, /same hierarchy/);
    expect((await groupsOf(thingName))?.toSorted()).toEqual([right, other].toSorted());
  });

  test('is listed from the group, with the groups below it when asked', async () => {
    const root = await newGroup();
    const child = await newGroup(root);
    const [direct, below] = [await newThing(), await newThing()];
    await add(direct, root);
    await add(below, child);
    const list = async (recursive?: boolean) =>
      (await subject.iot.send(new ListThingsInThingGroupCommand({ thingGroupName: root, recursive }))).things;
    expect(await list()).toEqual([direct]);
    expect((await list(true))?.toSorted()).toEqual([direct, below].toSorted());
  });
});
