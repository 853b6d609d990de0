import type { DescribeThingTypeRequest } from '@aws-sdk/client-iot';
import { findThingType } from '../../registry/find.ts';
import type { IotOperation } from '../operation.ts';
import { thingTypeView } from '../thing-type-view.ts';

/** A thing type with its properties and whether it is deprecated. */
export const describeThingType: IotOperation<DescribeThingTypeRequest> = ({ registry }, { thingTypeName }) => {
  const type = findThingType(registry, thingTypeName);
  return { ...thingTypeView(registry, type), thingTypeId: type.thingTypeId };
};
