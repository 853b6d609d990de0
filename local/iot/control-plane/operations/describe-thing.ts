import type { DescribeThingRequest } from '@aws-sdk/client-iot';
import { findThing } from '../../registry/find.ts';
import type { IotOperation } from '../operation.ts';

/** A thing with its attributes and version. */
export const describeThing: IotOperation<DescribeThingRequest> = ({ registry }, { thingName }) => {
  const { thingId, thingTypeName, attributes, version } = findThing(registry, thingName);
  const thingArn = registry.arn('thing', thingName);
  return { defaultClientId: thingName, thingName, thingId, thingArn, thingTypeName, attributes, version };
};
