import { CreateThingCommand, CreateThingGroupCommand, ListThingGroupsForThingCommand } from '@aws-sdk/client-iot';
import * as z from 'zod/mini';
import { createIotThingGroups } from '../../../aws/iot/thing-groups.ts';
import { thingName } from '../../../domain/identifiers.ts';
import { type TestControlPlane, fresh, startControlPlane } from '../../local/iot/control-plane/test-control-plane.ts';

let plane: TestControlPlane;
beforeAll(async () => {
  plane = await startControlPlane();
  await plane.iot.send(new CreateThingGroupCommand({ thingGroupName: 'quarantine' }));
});
afterAll(() => plane.stop());

const aThing = async () => {
  const thing = z.parse(thingName, fresh('thing'));
  await plane.iot.send(new CreateThingCommand({ thingName: thing }));
  return thing;
};

const groupsOf = async (thing: string): Promise<readonly (string | undefined)[]> => {
  const { thingGroups = [] } = await plane.iot.send(new ListThingGroupsForThingCommand({ thingName: thing }));
  return thingGroups.map(({ groupName }) => groupName);
};

describe('The groups of a thing at AWS IoT', () => {
  test('are left and entered, and it may be said twice', async () => {
    const thing = await aThing();
    const groups = createIotThingGroups(plane.iot);
    await groups.add(thing, 'quarantine');
    await groups.add(thing, 'quarantine');
    expect(await groupsOf(thing)).toEqual(['quarantine']);
    await groups.remove(thing, 'quarantine');
    await groups.remove(thing, 'quarantine');
    expect(await groupsOf(thing)).toEqual([]);
  });

  test('do not matter for a thing that was never made', async () => {
    const groups = createIotThingGroups(plane.iot);
    const thing = z.parse(thingName, fresh('nothing'));
    await expect(groups.add(thing, 'quarantine')).resolves.toBeUndefined();
    await expect(groups.remove(thing, 'quarantine')).resolves.toBeUndefined();
  });

  test('cannot keep a thing from anything when the group is missing, and that is said', async () => {
    const groups = createIotThingGroups(plane.iot);
    await expect(groups.add(await aThing(), 'missing')).rejects.toThrow();
  });
});
