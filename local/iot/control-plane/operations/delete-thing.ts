import type { DeleteThingRequest } from '@aws-sdk/client-iot';
import { invalidRequest } from '../../refusals.ts';
import type { IotOperation } from '../operation.ts';
import { checkVersion } from '../thing-rules.ts';

/** Deletes a thing to which no principal is attached; one that does not exist is a success (SDK DeleteThing). */
export const deleteThing: IotOperation<DeleteThingRequest> = ({ registry }, { thingName, expectedVersion }) => {
  const thing = registry.things.get(thingName);
  if (thing === undefined) return {};
  checkVersion(`thing ${thingName}`, { present: thing.version, expected: expectedVersion });
  if (registry.thingPrincipals.rightsOf(thingName).length > 0) {
    throw invalidRequest(`Cannot delete. Thing ${thingName} is still attached to one or more principals`);
  }
  registry.groupMemberships.unlinkLeft(thingName);
  registry.things.delete(thingName);
  return {};
};
