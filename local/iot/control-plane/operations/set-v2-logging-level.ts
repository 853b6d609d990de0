import type { SetV2LoggingLevelRequest } from '@aws-sdk/client-iot';
import { limitExceeded } from '../../refusals.ts';
import { configuredLogging, logTargetOf, maximumTargets } from '../logging-rules.ts';
import type { IotOperation } from '../operation.ts';

/** Sets the level of one thing group, client, address or principal; logging must be configured before. */
export const setV2LoggingLevel: IotOperation<SetV2LoggingLevelRequest> = ({ registry }, { logTarget, logLevel }) => {
  configuredLogging(registry);
  const target = logTargetOf(logTarget);
  const { logging } = registry;
  const isNew = logging.targetLevel(target.targetType, target.targetName) === undefined;
  if (isNew && logging.targets.length >= maximumTargets) {
    throw limitExceeded(`At most ${maximumTargets} resource-specific log levels can be configured.`);
  }
  logging.setTarget({ ...target, logLevel });
  return {};
};
