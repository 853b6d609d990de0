import type { AttachThingPrincipalRequest } from '@aws-sdk/client-iot';
import { invalidRequest } from '../../refusals.ts';
import { findThing } from '../../registry/find.ts';
import { findPrincipal } from '../../registry/principals.ts';
import type { IotRegistry, ThingPrincipalType } from '../../registry/registry.ts';
import type { IotOperation } from '../operation.ts';

interface Attachment {
  readonly thingName: string;
  readonly principal: string;
  readonly type: ThingPrincipalType;
}

/** DG:exclusive-thing: a certificate that is exclusively attached belongs to one thing until it is detached. The error is assumed. */
const checkExclusiveness = (registry: IotRegistry, { thingName, principal, type }: Attachment): void => {
  const others = registry.thingPrincipals.leftsOf(principal).filter((name) => name !== thingName);
  const owner = others.find((name) => registry.thingPrincipals.value(name, principal) === 'EXCLUSIVE_THING');
  if (owner !== undefined) throw invalidRequest(`Principal ${principal} is exclusively attached to thing ${owner}.`);
  if (type === 'EXCLUSIVE_THING' && others.length > 0) {
    throw invalidRequest(`Principal ${principal} is attached to other things; it cannot be exclusively attached to ${thingName}.`);
  }
  const present = registry.thingPrincipals.value(thingName, principal);
  if (present !== undefined && present !== type) {
    throw invalidRequest(`Principal ${principal} is attached to thing ${thingName} as ${present}; detach it first.`);
  }
};

/** Attaches a certificate or Cognito identity to a thing, non-exclusively unless asked otherwise. */
export const attachThingPrincipal: IotOperation<AttachThingPrincipalRequest> = ({ registry }, input) => {
  const { thingName } = findThing(registry, input.thingName);
  const principal = findPrincipal(registry, input.principal);
  const type = input.thingPrincipalType ?? 'NON_EXCLUSIVE_THING';
  checkExclusiveness(registry, { thingName, principal, type });
  registry.thingPrincipals.link(thingName, principal, type);
  return {};
};
