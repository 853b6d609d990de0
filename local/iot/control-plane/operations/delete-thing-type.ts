import type { DeleteThingTypeRequest } from '@aws-sdk/client-iot';
import { invalidRequest } from '../../refusals.ts';
import { findThingType } from '../../registry/find.ts';
import type { IotOperation } from '../operation.ts';

/** DG:thing-types: a type can be deleted five minutes after it was deprecated. */
const waitMs = 5 * 60_000;

/** Deletes a thing type that no thing has and that was deprecated long enough ago. */
export const deleteThingType: IotOperation<DeleteThingTypeRequest> = ({ registry }, { thingTypeName }) => {
  const { deprecatedAt } = findThingType(registry, thingTypeName);
  const isUsed = [...registry.things.values()].some((thing) => thing.thingTypeName === thingTypeName);
  if (isUsed) throw invalidRequest(`Cannot delete thing type : ${thingTypeName} while there are still things associated with it`);
  if (deprecatedAt === undefined) throw invalidRequest(`Cannot delete thing type : ${thingTypeName} that is not deprecated`);
  if (registry.clock.now() - deprecatedAt < waitMs) throw invalidRequest('Please wait for 5 minutes after deprecation and then retry');
  registry.thingTypes.delete(thingTypeName);
  registry.tags.delete(registry.arn('thingtype', thingTypeName));
  return {};
};
