import type { DetachThingPrincipalRequest } from '@aws-sdk/client-iot';
import { notFound } from '../../refusals.ts';
import { findThing } from '../../registry/find.ts';
import { findPrincipal } from '../../registry/principals.ts';
import type { IotOperation } from '../operation.ts';

/** Detaches a principal from a thing. */
export const detachThingPrincipal: IotOperation<DetachThingPrincipalRequest> = ({ registry, behaviour }, input) => {
  const { thingName } = findThing(registry, input.thingName);
  const principal = findPrincipal(registry, input.principal);
  const wasAttached = registry.thingPrincipals.unlink(thingName, principal);
  if (!wasAttached && behaviour['registry.detach-unattached-thing'] === 'refused') {
    throw notFound(`Principal ${principal} is not attached to thing ${thingName}.`);
  }
  return {};
};
