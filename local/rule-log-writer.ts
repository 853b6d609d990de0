import { randomUUID } from 'node:crypto';
import type { Account } from './account.ts';
import { AwsError } from './aws-error.ts';
import { callAwsJson } from './call-aws-json.ts';
import { actingCaller } from './gateway/acting-caller.ts';
import type { ApiService } from './gateway/api-service.ts';
import type { LogWriter } from './iot/rules/actions/rule-action.ts';

/**
 * Writes for topic rules to log groups that exist; a group that does not is no reason to make it (AWS IoT Core Developer
 * Guide, "CloudWatch Logs": the role it shows may make streams, not groups). One stream per group, named at random.
 */
export const createRuleLogWriter = (logs: ApiService, account: Account): LogWriter => {
  const arn = `arn:${account.partition}:iam::${account.accountId}:root`;
  const caller = { accountId: account.accountId, accessKeyId: 'IOT', arn };
  const logStreamName = `${randomUUID()}_${account.accountId}_0`;
  const call = (operation: string, input: object): Promise<unknown> =>
    callAwsJson(logs, actingCaller() ?? caller, { target: `Logs_20140328.${operation}`, input });
  const ensureStream = async (logGroupName: string): Promise<void> => {
    try {
      await call('CreateLogStream', { logGroupName, logStreamName });
    } catch (error) {
      if (!(error instanceof AwsError && error.code === 'ResourceAlreadyExistsException')) throw error;
    }
  };
  return {
    write: async (logGroupName, events) => {
      await ensureStream(logGroupName);
      const logEvents = events.map(({ timestampMs, message }) => ({ timestamp: timestampMs, message }));
      await call('PutLogEvents', { logGroupName, logStreamName, logEvents });
    },
  };
};
