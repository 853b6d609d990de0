import { AwsError } from '../../aws-error.ts';
import type { LoggingOptions, TargetLevel } from '../logging/logging-settings.ts';
import { targetTypes } from '../logging/logging-settings.ts';
import { invalidRequest } from '../refusals.ts';
import type { IotRegistry } from '../registry/registry.ts';
import type { IotServices } from './operation.ts';

/** GR: resource-specific log levels of an account. */
export const maximumTargets = 1000;

/** The account's options. Throws `NotConfiguredException` as long as nobody has set any. */
export const configuredLogging = ({ logging }: IotRegistry): LoggingOptions => {
  if (logging.options !== undefined) return logging.options;
  throw new AwsError('NotConfiguredException', 'Logging is not configured: call SetV2LoggingOptions first.', { status: 404 });
};

export const checkLoggingRole = ({ behaviour, roles }: Pick<IotServices, 'behaviour' | 'roles'>, roleArn: string): void => {
  if (!behaviour['logging.role-checked-when-set'] || roles.isAssumable(roleArn)) return;
  throw invalidRequest(`AWS IoT cannot assume the role ${roleArn}: it must exist and trust iot.amazonaws.com.`);
};

/** Any type that can have a level of its own; the default has SetV2LoggingOptions (DG:configure-logging). */
export const logTargetOf = ({
  targetType,
  targetName,
}: {
  readonly targetType: string;
  readonly targetName?: string | undefined;
}): Pick<TargetLevel, 'targetType' | 'targetName'> => {
  const type = targetTypes.find((one) => one === targetType);
  if (type === undefined) throw invalidRequest(`The targetType must be one of ${targetTypes.join(', ')}.`);
  if (targetName === undefined || targetName === '') throw invalidRequest('The targetName is required.');
  return { targetType: type, targetName };
};
