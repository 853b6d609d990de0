import {
  AddThingToThingGroupCommand,
  DescribeThingCommand,
  IoTClient,
  paginateListThingGroupsForThing,
  RemoveThingFromThingGroupCommand,
  ResourceNotFoundException,
} from '@aws-sdk/client-iot';
import type { ThingGroups } from '../../domain/device-ports.ts';
import type { ThingName } from '../../domain/identifiers.ts';
import { unlessGone } from './unless-gone.ts';

/** Puts things into groups of AWS IoT and takes them out. Rejects when the group is missing: then nothing would be kept from the thing. */
export const createIotThingGroups = (client = new IoTClient()): ThingGroups => ({
  isIn: (thingName, thingGroupName) => isMember(client, thingName, thingGroupName),
  add: (thingName, thingGroupName) =>
    unlessThingIsGone(
      client,
      thingName,
      // A thing may be in ten groups: rather leave a dynamic one than not be in this.
      client.send(new AddThingToThingGroupCommand({ thingName, thingGroupName, overrideDynamicGroups: true })),
    ),
  remove: (thingName, thingGroupName) =>
    unlessThingIsGone(client, thingName, client.send(new RemoveThingFromThingGroupCommand({ thingName, thingGroupName }))),
});

const isMember = async (client: IoTClient, thingName: ThingName, group: string): Promise<boolean> => {
  try {
    for await (const { thingGroups = [] } of paginateListThingGroupsForThing({ client }, { thingName })) {
      if (thingGroups.some(({ groupName }) => groupName === group)) return true;
    }
    return false;
  } catch (error) {
    if (error instanceof ResourceNotFoundException) return false;
    throw error;
  }
};

const unlessThingIsGone = async (client: IoTClient, thingName: ThingName, change: Promise<unknown>): Promise<void> => {
  try {
    await change;
  } catch (error) {
    // AWS IoT says the same of a thing and of a group that is not there.
    if (!(error instanceof ResourceNotFoundException) || (await isThere(client, thingName))) throw error;
  }
};

const isThere = async (client: IoTClient, thingName: ThingName): Promise<boolean> =>
  (await unlessGone(client.send(new DescribeThingCommand({ thingName })))) !== undefined;
