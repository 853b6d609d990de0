import type { SetLoggingOptionsRequest } from '@aws-sdk/client-iot';
import { checkLoggingRole } from '../logging-rules.ts';
import type { IotOperation } from '../operation.ts';

/** The older way to configure logging: stored, and nothing is written by it. AWS writes plain text to another log group. */
export const setLoggingOptions: IotOperation<SetLoggingOptionsRequest> = (services, { loggingOptionsPayload }) => {
  const { roleArn, logLevel } = loggingOptionsPayload;
  checkLoggingRole(services, roleArn);
  services.registry.logging.legacy = { roleArn, logLevel };
  return {};
};
