import type { Timer } from '../../clock.ts';
import { AwsError } from '../../aws-error.ts';
import type { ControlPlaneClient } from '../control-plane-client.ts';
import type { IotRegistry } from '../registry/registry.ts';

// DG:thing-types: from deprecation to deletion.
const waitMs = 5 * 60_000;

/** Deletes thing types as CloudFormation does, without making anyone wait. */
export interface ThingTypeDeletion {
  delete(thingTypeName: string): Promise<void>;
  /** Ends the wait for a thing type that is to be created anew. */
  finish(thingTypeName: string): void;
}

/**
 * AWS's handler deprecates the type and then tries again until the five minutes are over: a stack's deletion takes that
 * long. Here the stack's deletion goes on at once, the type stays deprecated, and the injected clock deletes it when the
 * five minutes are over; a stack that creates the same type earlier ends the wait, because on AWS it could not have
 * started before. Whatever else stands in the way of the deletion (a thing that has the type) is refused at once.
 */
export const createThingTypeDeletion = (client: ControlPlaneClient, registry: IotRegistry): ThingTypeDeletion => {
  const waiting = new Map<string, Timer>();
  const remove = (thingTypeName: string): void => {
    waiting.delete(thingTypeName);
    registry.thingTypes.delete(thingTypeName);
    registry.tags.delete(registry.arn('thingtype', thingTypeName));
  };
  return {
    delete: async (thingTypeName) => {
      await client.call('DeprecateThingType', { thingTypeName });
      try {
        await client.call('DeleteThingType', { thingTypeName });
      } catch (thrown) {
        // The part of the message that AWS's own handler waits on.
        if (!(thrown instanceof AwsError) || !thrown.message.includes('minutes after deprecation and then retry')) throw thrown;
        // Someone may have taken the deprecation back while it waited.
        const expire = (): void => {
          if (registry.thingTypes.get(thingTypeName)?.deprecatedAt !== undefined) remove(thingTypeName);
        };
        waiting.set(thingTypeName, registry.clock.setTimer(expire, waitMs));
      }
    },
    finish: (thingTypeName) => {
      const timer = waiting.get(thingTypeName);
      timer?.cancel();
      if (timer !== undefined) remove(thingTypeName);
    },
  };
};
