import type { DeleteV2LoggingLevelRequest } from '@aws-sdk/client-iot';
import { logTargetOf } from '../logging-rules.ts';
import type { IotOperation } from '../operation.ts';

/** Removes a target's level; one that has none is a success: no error for it is declared. */
export const deleteV2LoggingLevel: IotOperation<DeleteV2LoggingLevelRequest> = ({ registry }, input) => {
  const { targetType, targetName } = logTargetOf(input);
  registry.logging.deleteTarget(targetType, targetName);
  return {};
};
