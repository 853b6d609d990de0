import type { GetV2LoggingOptionsRequest, GetV2LoggingOptionsResponse } from '@aws-sdk/client-iot';
import { configuredLogging } from '../logging-rules.ts';
import type { IotOperation } from '../operation.ts';

/** How the account logs. Event types are told only when asked for with `verbose`, and then those that are configured. */
export const getV2LoggingOptions: IotOperation<GetV2LoggingOptionsRequest, GetV2LoggingOptionsResponse> = ({ registry }, { verbose }) => {
  const { eventConfigurations, ...options } = configuredLogging(registry);
  return verbose === true ? { ...options, eventConfigurations: [...eventConfigurations] } : options;
};
