import type { AttachThingPrincipalRequest } from '@aws-sdk/client-iot';
import { refusalNamed } from '../../refusals.ts';
import { findThing } from '../../registry/find.ts';
import { findPrincipal } from '../../registry/principals.ts';
import type { IotRegistry, ThingPrincipalType } from '../../registry/registry.ts';
import type { IotOperation } from '../operation.ts';

interface Attachment {
  readonly thingName: string;
  readonly principal: string;
  readonly type: ThingPrincipalType;
}

/** DG:exclusive-thing: a certificate that is exclusively attached belongs to one thing until it is detached. */
const exclusivenessObjection = (registry: IotRegistry, { thingName, principal, type }: Attachment): string | undefined => {
  const others = registry.thingPrincipals.leftsOf(principal).filter((name) => name !== thingName);
  const owner = others.find((name) => registry.thingPrincipals.value(name, principal) === 'EXCLUSIVE_THING');
  if (owner !== undefined) return `Principal ${principal} is exclusively attached to thing ${owner}.`;
  if (type === 'EXCLUSIVE_THING' && others.length > 0) {
    return `Principal ${principal} is attached to other things; it cannot be exclusively attached to ${thingName}.`;
  }
  const present = registry.thingPrincipals.value(thingName, principal);
  const isOtherwise = present !== undefined && present !== type;
  return isOtherwise ? `Principal ${principal} is attached to thing ${thingName} as ${present}; detach it first.` : undefined;
};

/** Attaches a certificate or Cognito identity to a thing, non-exclusively unless asked otherwise. */
export const attachThingPrincipal: IotOperation<AttachThingPrincipalRequest> = ({ registry, behaviour }, input) => {
  const { thingName } = findThing(registry, input.thingName);
  const principal = findPrincipal(registry, input.principal);
  const type = input.thingPrincipalType ?? 'NON_EXCLUSIVE_THING';
  const objection = exclusivenessObjection(registry, { thingName, principal, type });
  if (objection !== undefined) throw refusalNamed(behaviour['registry.exclusive-thing-refusal'], objection);
  registry.thingPrincipals.link(thingName, principal, type);
  return {};
};
