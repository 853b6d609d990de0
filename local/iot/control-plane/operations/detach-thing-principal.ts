import type { DetachThingPrincipalRequest } from '@aws-sdk/client-iot';
import { notFound } from '../../refusals.ts';
import { findThing } from '../../registry/find.ts';
import { findPrincipal } from '../../registry/principals.ts';
import type { IotOperation } from '../operation.ts';

/** Detaches a principal from a thing. A pair that is not attached is not found (assumed: the operation declares that error). */
export const detachThingPrincipal: IotOperation<DetachThingPrincipalRequest> = ({ registry }, input) => {
  const { thingName } = findThing(registry, input.thingName);
  const principal = findPrincipal(registry, input.principal);
  if (!registry.thingPrincipals.unlink(thingName, principal))
    throw notFound(`Principal ${principal} is not attached to thing ${thingName}.`);
  return {};
};
