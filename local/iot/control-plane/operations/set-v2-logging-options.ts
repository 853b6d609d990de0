import type { LogEventConfiguration, SetV2LoggingOptionsRequest } from '@aws-sdk/client-iot';
import type { EventLogging } from '../../logging/logging-settings.ts';
import { invalidRequest } from '../../refusals.ts';
import type { ValidInput } from '../../valid-input.ts';
import { checkLoggingRole } from '../logging-rules.ts';
import type { IotOperation } from '../operation.ts';

const eventLogging = ({ eventType, logLevel, logDestination }: ValidInput<LogEventConfiguration>): EventLogging => ({
  eventType,
  logLevel,
  logDestination,
});

/** Configures logging of the account; what a request leaves out stays as it is. */
export const setV2LoggingOptions: IotOperation<SetV2LoggingOptionsRequest> = (services, input) => {
  const { registry, behaviour } = services;
  const present = registry.logging.options;
  const roleArn = input.roleArn ?? present?.roleArn;
  if (roleArn === undefined) throw invalidRequest('The roleArn is required to configure logging for the first time.');
  if (input.roleArn !== undefined) checkLoggingRole(services, input.roleArn);
  registry.logging.options = {
    roleArn,
    defaultLogLevel: input.defaultLogLevel ?? present?.defaultLogLevel ?? behaviour['logging.default-level'],
    disableAllLogs: input.disableAllLogs ?? present?.disableAllLogs ?? false,
    eventConfigurations: input.eventConfigurations?.map(eventLogging) ?? present?.eventConfigurations ?? [],
  };
  return {};
};
