import {
  DetachPolicyCommand,
  type IoTClient,
  ListTargetsForPolicyCommand,
  ListThingsCommand,
  UpdateThingCommand,
} from '@aws-sdk/client-iot';
import { resourceNames } from '../../domain/resource-names.ts';
import type { LineRelease } from '../../domain/stack-upkeep.ts';
import { unlessGone } from './unless-gone.ts';

/** Frees what belongs to lines, by the control plane of AWS IoT. */
export const createIotLineRelease = (client: IoTClient, prefix: string): LineRelease => {
  const names = resourceNames(prefix);
  return {
    detachClaims: (line) => detachEverywhere(client, names.claimPolicy(line)),
    async detachDevices(line) {
      await detachEverywhere(client, names.devicePolicy(line));
      await removeType(client, names.thingType(line));
    },
  };
};

// What was detached is no longer listed: the first page is always what is left.
const detachEverywhere = async (client: IoTClient, policyName: string): Promise<void> => {
  for (;;) {
    const answer = await unlessGone(client.send(new ListTargetsForPolicyCommand({ policyName })));
    const targets = answer?.targets ?? [];
    for (const target of targets) await unlessGone(client.send(new DetachPolicyCommand({ policyName, target })));
    if (targets.length === 0) return;
  }
};

const removeType = async (client: IoTClient, thingTypeName: string): Promise<void> => {
  for (;;) {
    const { things = [] } = await client.send(new ListThingsCommand({ thingTypeName }));
    for (const { thingName } of things) await unlessGone(client.send(new UpdateThingCommand({ thingName, removeThingType: true })));
    if (things.length === 0) return;
  }
};
