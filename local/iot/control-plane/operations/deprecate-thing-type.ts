import type { DeprecateThingTypeRequest } from '@aws-sdk/client-iot';
import { findThingType } from '../../registry/find.ts';
import type { IotOperation } from '../operation.ts';

/** Marks a thing type so that no new thing takes it, or takes the mark back. */
export const deprecateThingType: IotOperation<DeprecateThingTypeRequest> = ({ registry }, { thingTypeName, undoDeprecate }) => {
  const type = findThingType(registry, thingTypeName);
  const deprecatedAt = undoDeprecate === true ? undefined : (type.deprecatedAt ?? registry.clock.now());
  registry.thingTypes.set(thingTypeName, { ...type, deprecatedAt });
  return {};
};
