import { expect } from '@jest/globals';
import {
  AddThingToThingGroupCommand,
  CreateThingCommand,
  CreateThingGroupCommand,
  CreateThingTypeCommand,
  DeleteThingCommand,
  DeleteThingGroupCommand,
  DeprecateThingTypeCommand,
  DescribeEventConfigurationsCommand,
  type EventType,
  RemoveThingFromThingGroupCommand,
  UpdateEventConfigurationsCommand,
  UpdateThingCommand,
  UpdateThingGroupCommand,
  UpdateThingGroupsForThingCommand,
} from '@aws-sdk/client-iot';
import { assumed, documented } from './fact.ts';
import { type Heard, ObservedWorld } from './observed-world.ts';

const page = 'IoT developer guide, "Registry events"';

let world: ObservedWorld;
let heard: readonly Heard[];

beforeAll(async () => {
  world = await ObservedWorld.start();
  heard = await world.listen(await world.device(), '$aws/events/#');
});

afterAll(() => world.stop());

const enable = (...kinds: readonly EventType[]): Promise<unknown> => {
  const eventConfigurations = Object.fromEntries(kinds.map((kind) => [kind, { Enabled: true }]));
  return world.iot.send(new UpdateEventConfigurationsCommand({ eventConfigurations }));
};

const disable = (...kinds: readonly EventType[]): Promise<unknown> => {
  const eventConfigurations = Object.fromEntries(kinds.map((kind) => [kind, { Enabled: false }]));
  return world.iot.send(new UpdateEventConfigurationsCommand({ eventConfigurations }));
};

const topics = (part: string): readonly string[] => heard.map(({ topic }) => topic).filter((topic) => topic.includes(part));

const event = async (topic: string): Promise<Readonly<Record<string, unknown>>> => {
  const found = await world.soon(
    () => heard.find((one) => one.topic === `$aws/events/${topic}`),
    (one) => one !== undefined,
  );
  const value: unknown = JSON.parse(found?.payload ?? '{}');
  return typeof value === 'object' && value !== null ? { ...value } : {};
};

const common = (eventType: string, operation: string) => ({
  eventType,
  operation,
  eventId: expect.stringMatching(/^[0-9a-f-]{36}$/),
  timestamp: expect.any(Number),
  accountId: '123456789012',
});

const newThing = async (): Promise<string> => {
  const thingName = world.unique('thing');
  await world.iot.send(new CreateThingCommand({ thingName, attributePayload: { attributes: { colour: 'red' } } }));
  return thingName;
};

const newGroup = async (parentGroupName?: string): Promise<string> => {
  const thingGroupName = world.unique('group');
  await world.iot.send(new CreateThingGroupCommand({ thingGroupName, parentGroupName }));
  return thingGroupName;
};

describe('Events of the registry', () => {
  documented('IoT developer guide, "Event messages"', 'are off until somebody switches them on', async () => {
    const { eventConfigurations } = await world.iot.send(new DescribeEventConfigurationsCommand());
    expect(Object.values(eventConfigurations ?? {}).every(({ Enabled }) => Enabled === false)).toBe(true);
    const thingName = await newThing();
    await enable('THING');
    const later = await newThing();
    await event(`thing/${later}/created`);
    expect(topics(thingName)).toEqual([]);
  });

  documented('IoT API reference, "UpdateEventConfigurations"', 'are switched by kind, with dates', async () => {
    await enable('THING_GROUP');
    await disable('THING_GROUP');
    const described = await world.iot.send(new DescribeEventConfigurationsCommand());
    expect(described.eventConfigurations).toMatchObject({ THING: { Enabled: true }, THING_GROUP: { Enabled: false } });
    expect(described.lastModifiedDate?.getTime()).toBeGreaterThanOrEqual(described.creationDate?.getTime() ?? Infinity);
    const eventConfigurations = Object.fromEntries([['NONSENSE', { Enabled: true }]]);
    await expect(world.iot.send(new UpdateEventConfigurationsCommand({ eventConfigurations }))).rejects.toMatchObject({
      name: 'InvalidRequestException',
    });
  });

  documented(page, 'tell of a thing that is created, updated and deleted', async () => {
    await enable('THING');
    const thingName = await newThing();
    await world.iot.send(new UpdateThingCommand({ thingName, attributePayload: { attributes: { colour: 'blue' } } }));
    await world.iot.send(new DeleteThingCommand({ thingName }));
    const first = { thingId: expect.any(String), thingName, versionNumber: 1, thingTypeName: null, attributes: { colour: 'red' } };
    expect(await event(`thing/${thingName}/created`)).toEqual({ ...common('THING_EVENT', 'CREATED'), ...first });
    const second = { ...first, versionNumber: 2, attributes: { colour: 'blue' } };
    expect(await event(`thing/${thingName}/updated`)).toEqual({ ...common('THING_EVENT', 'UPDATED'), ...second });
    expect(await event(`thing/${thingName}/deleted`)).toEqual({ ...common('THING_EVENT', 'DELETED'), ...second });
  });

  documented(page, 'tell of a thing type that is created and deprecated', async () => {
    await enable('THING_TYPE');
    const thingTypeName = world.unique('type');
    const thingTypeProperties = { searchableAttributes: ['colour'], thingTypeDescription: 'a type' };
    await world.iot.send(new CreateThingTypeCommand({ thingTypeName, thingTypeProperties }));
    await world.iot.send(new DeprecateThingTypeCommand({ thingTypeName }));
    const facts = { thingTypeId: expect.any(String), thingTypeName, searchableAttributes: ['colour'], description: 'a type' };
    expect(await event(`thingType/${thingTypeName}/created`)).toEqual({
      ...common('THING_TYPE_EVENT', 'CREATED'),
      ...facts,
      isDeprecated: false,
      deprecationDate: null,
    });
    const updated = await event(`thingType/${thingTypeName}/updated`);
    expect(updated).toMatchObject({ operation: 'UPDATED', isDeprecated: true, deprecationDate: expect.any(Number) });
  });

  documented(page, 'tell of a thing that gets another type', async () => {
    await enable('THING_TYPE_ASSOCIATION');
    const [thingName, thingTypeName] = [world.unique('thing'), world.unique('type')];
    await world.iot.send(new CreateThingTypeCommand({ thingTypeName }));
    await world.iot.send(new CreateThingCommand({ thingName, thingTypeName }));
    await world.iot.send(new UpdateThingCommand({ thingName, removeThingType: true }));
    const prefix = `thingTypeAssociation/thing/${thingName}/thingType/${thingTypeName}`;
    const facts = { thingId: expect.any(String), thingName, thingTypeName };
    expect(await event(`${prefix}/added`)).toEqual({ ...common('THING_TYPE_ASSOCIATION_EVENT', 'ADDED'), ...facts });
    expect(await event(`${prefix}/removed`)).toEqual({ ...common('THING_TYPE_ASSOCIATION_EVENT', 'REMOVED'), ...facts });
  });

  documented(page, 'tell of a thing group and of its place in a hierarchy', async () => {
    await enable('THING_GROUP', 'THING_GROUP_HIERARCHY');
    const parent = await newGroup();
    const child = await newGroup(parent);
    const thingGroupProperties = { thingGroupDescription: 'changed' };
    await world.iot.send(new UpdateThingGroupCommand({ thingGroupName: child, thingGroupProperties }));
    await world.iot.send(new DeleteThingGroupCommand({ thingGroupName: child }));
    expect(await event(`thingGroup/${parent}/created`)).toMatchObject({
      ...common('THING_GROUP_EVENT', 'CREATED'),
      ...{ thingGroupName: parent, versionNumber: 1, parentGroupName: null, parentGroupId: null, rootToParentThingGroups: null },
    });
    const created = await event(`thingGroup/${child}/created`);
    const groupArn = `arn:aws:iot:us-east-1:123456789012:thinggroup/${parent}`;
    expect(created).toMatchObject({ parentGroupName: parent, rootToParentThingGroups: [{ groupArn, groupId: created['parentGroupId'] }] });
    expect(await event(`thingGroup/${child}/updated`)).toMatchObject({ versionNumber: 2, description: 'changed' });
    expect(await event(`thingGroup/${child}/deleted`)).toMatchObject({ operation: 'DELETED', thingGroupName: child });
    const prefix = `thingGroupHierarchy/thingGroup/${parent}/childThingGroup/${child}`;
    const facts = { thingGroupName: parent, childGroupName: child, childGroupId: created['thingGroupId'] };
    expect(await event(`${prefix}/added`)).toMatchObject({ ...common('THING_GROUP_HIERARCHY_EVENT', 'ADDED'), ...facts });
    expect(await event(`${prefix}/removed`)).toMatchObject({ ...common('THING_GROUP_HIERARCHY_EVENT', 'REMOVED'), ...facts });
  });

  documented(page, 'tell of a thing that joins a group and leaves it, under one membership id', async () => {
    await enable('THING_GROUP_MEMBERSHIP');
    const [thingName, thingGroupName] = [await newThing(), await newGroup()];
    await world.iot.send(new AddThingToThingGroupCommand({ thingName, thingGroupName }));
    await world.iot.send(new RemoveThingFromThingGroupCommand({ thingName, thingGroupName }));
    const prefix = `thingGroupMembership/thingGroup/${thingGroupName}/thing/${thingName}`;
    const added = await event(`${prefix}/added`);
    expect(added).toEqual({
      ...common('THING_GROUP_MEMBERSHIP_EVENT', 'ADDED'),
      groupArn: `arn:aws:iot:us-east-1:123456789012:thinggroup/${thingGroupName}`,
      groupId: expect.any(String),
      thingArn: `arn:aws:iot:us-east-1:123456789012:thing/${thingName}`,
      thingId: expect.any(String),
      membershipId: expect.any(String),
    });
    expect(await event(`${prefix}/removed`)).toMatchObject({ operation: 'REMOVED', membershipId: added['membershipId'] });
  });

  documented(page, 'say nothing of what an operation that failed had begun', async () => {
    await enable('THING_GROUP_MEMBERSHIP');
    const [thingName, parent] = [await newThing(), await newGroup()];
    const child = await newGroup(parent);
    const thingGroupsToAdd = [parent, child];
    await expect(world.iot.send(new UpdateThingGroupsForThingCommand({ thingName, thingGroupsToAdd }))).rejects.toThrow();
    await event(`thing/${await newThing()}/created`);
    expect(topics('thingGroupMembership').filter((topic) => topic.includes(thingName))).toEqual([]);
  });

  assumed('events.deletion-removes-members', 'tell of memberships that end with their thing', async () => {
    await enable('THING_GROUP_MEMBERSHIP');
    const [thingName, thingGroupName] = [await newThing(), await newGroup()];
    await world.iot.send(new AddThingToThingGroupCommand({ thingName, thingGroupName }));
    await world.iot.send(new DeleteThingCommand({ thingName }));
    const prefix = `thingGroupMembership/thingGroup/${thingGroupName}/thing/${thingName}`;
    expect(await event(`${prefix}/removed`)).toMatchObject({ operation: 'REMOVED' });
  });

  assumed('events.quality-of-service', 'come at QoS 1', async () => {
    await enable('THING');
    const thingName = await newThing();
    await event(`thing/${thingName}/created`);
    expect(heard.find(({ topic }) => topic === `$aws/events/thing/${thingName}/created`)?.qos).toBe(1);
  });
});
