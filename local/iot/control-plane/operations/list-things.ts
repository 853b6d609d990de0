import type { ListThingsRequest } from '@aws-sdk/client-iot';
import { invalidRequest } from '../../refusals.ts';
import type { Thing } from '../../registry/records.ts';
import type { ValidInput } from '../../valid-input.ts';
import type { IotOperation } from '../operation.ts';
import { pageOf } from '../page.ts';

const matches = (thing: Thing, input: ValidInput<ListThingsRequest>): boolean => {
  if (input.thingTypeName !== undefined && thing.thingTypeName !== input.thingTypeName) return false;
  if (input.attributeName === undefined) return true;
  const value = thing.attributes[input.attributeName];
  if (value === undefined || input.attributeValue === undefined) return value !== undefined;
  return input.usePrefixAttributeValue === true ? value.startsWith(input.attributeValue) : value === input.attributeValue;
};

/** Things, all or by attribute and type. */
export const listThings: IotOperation<ListThingsRequest> = ({ registry }, input) => {
  if (input.attributeValue !== undefined && input.attributeName === undefined) throw invalidRequest('attributeValue needs attributeName.');
  const found = [...registry.things.values()].filter((thing) => matches(thing, input));
  const page = pageOf(found, ({ thingName }) => thingName, { token: input.nextToken, limit: input.maxResults });
  const things = page.items.map(({ thingName, thingTypeName, attributes, version }) => ({
    thingName,
    thingTypeName,
    thingArn: registry.arn('thing', thingName),
    attributes,
    version,
  }));
  return { things, nextToken: page.nextToken };
};
