import { randomUUID } from 'node:crypto';
import type { Account } from './account.ts';
import { AwsError } from './aws-error.ts';
import { callAwsJson } from './call-aws-json.ts';
import type { ApiService, Caller } from './gateway/api-service.ts';
import type { RoleLogWriter } from './iot/logging/log-delivery.ts';

/** Calls CloudWatch Logs; tells whether there was something to name it by already, or nothing. */
type Create = (operation: 'CreateLogGroup' | 'CreateLogStream', input: object) => Promise<void>;

const creator =
  (logs: ApiService, caller: Caller): Create =>
  async (operation, input) => {
    try {
      await callAwsJson(logs, caller, { target: `Logs_20140328.${operation}`, input });
    } catch (error) {
      if (!(error instanceof AwsError && error.code === 'ResourceAlreadyExistsException')) throw error;
    }
  };

/**
 * Writes AWS IoT's own log with the logging role: its session makes the log group and a stream if there is none (AWS IoT
 * Core Developer Guide, "Configure AWS IoT logging"), so that the role's policies decide. One stream per start, named at random.
 */
export const createIotLogWriter = (logs: ApiService, account: Account, sessionOf: (roleArn: string) => Caller): RoleLogWriter => {
  const logStreamName = `${randomUUID()}_${account.accountId}_0`;
  const put = async (caller: Caller, logGroupName: string, logEvents: readonly object[]): Promise<void> => {
    await callAwsJson(logs, caller, { target: 'Logs_20140328.PutLogEvents', input: { logGroupName, logStreamName, logEvents } });
  };
  return {
    write: async ({ roleArn, logGroupName }, events) => {
      const caller = sessionOf(roleArn);
      const logEvents = events.map(({ timestampMs, message }) => ({ timestamp: timestampMs, message }));
      try {
        await put(caller, logGroupName, logEvents);
      } catch (error) {
        if (!(error instanceof AwsError && error.code === 'ResourceNotFoundException')) throw error;
        const create = creator(logs, caller);
        await create('CreateLogGroup', { logGroupName });
        await create('CreateLogStream', { logGroupName, logStreamName });
        await put(caller, logGroupName, logEvents);
      }
    },
  };
};
