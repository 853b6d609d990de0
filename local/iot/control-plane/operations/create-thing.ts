import { isDeepStrictEqual } from 'node:util';
import type { CreateThingRequest, CreateThingResponse } from '@aws-sdk/client-iot';
import { alreadyExists, notFound } from '../../refusals.ts';
import type { IotRegistry } from '../../registry/registry.ts';
import type { Thing } from '../../registry/records.ts';
import type { ValidInput } from '../../valid-input.ts';
import type { IotOperation } from '../operation.ts';
import { checkThingAttributes, checkUsableThingType } from '../thing-rules.ts';

const answer = (registry: IotRegistry, { thingName, thingId }: Thing): CreateThingResponse => ({
  thingName,
  thingId,
  thingArn: registry.arn('thing', thingName),
});

const existingThing = (registry: IotRegistry, existing: Thing, input: ValidInput<CreateThingRequest>): CreateThingResponse => {
  const isSame =
    existing.thingTypeName === input.thingTypeName && isDeepStrictEqual(existing.attributes, input.attributePayload?.attributes ?? {});
  if (isSame) return answer(registry, existing);
  const resource = { id: existing.thingId, arn: registry.arn('thing', existing.thingName) };
  throw alreadyExists(`Thing ${existing.thingName} already exists in account with different attributes`, resource);
};

/** Creates a thing; repeating the very same request succeeds. */
export const createThing: IotOperation<CreateThingRequest, CreateThingResponse> = ({ registry }, input) => {
  const { thingName, thingTypeName, billingGroupName } = input;
  const attributes = input.attributePayload?.attributes ?? {};
  checkThingAttributes(attributes, { thingName, thingTypeName });
  const existing = registry.things.get(thingName);
  if (existing !== undefined) return existingThing(registry, existing, input);
  if (thingTypeName !== undefined) checkUsableThingType(registry, thingTypeName);
  // The local AWS has no billing groups, so none exists.
  if (billingGroupName !== undefined) throw notFound(`Billing group ${billingGroupName} cannot be found.`);
  const thing: Thing = { thingName, thingTypeName, attributes, thingId: registry.newId(), version: 1 };
  registry.things.set(thingName, thing);
  return answer(registry, thing);
};
