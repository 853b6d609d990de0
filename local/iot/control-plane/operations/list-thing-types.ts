import type { ListThingTypesRequest } from '@aws-sdk/client-iot';
import type { IotOperation } from '../operation.ts';
import { pageOf } from '../page.ts';
import { thingTypeView } from '../thing-type-view.ts';

/** Thing types, all or the one of that name. */
export const listThingTypes: IotOperation<ListThingTypesRequest> = ({ registry }, input) => {
  const found = [...registry.thingTypes.values()].filter((type) => (input.thingTypeName ?? type.thingTypeName) === type.thingTypeName);
  const page = pageOf(found, ({ thingTypeName }) => thingTypeName, { token: input.nextToken, limit: input.maxResults });
  return { thingTypes: page.items.map((type) => thingTypeView(registry, type)), nextToken: page.nextToken };
};
