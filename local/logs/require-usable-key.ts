import { arnOf } from '../account.ts';
import { AwsError } from '../aws-error.ts';
import type { LogsDependencies } from './logs-dependencies.ts';

/**
 * Refuses a key whose policy does not let CloudWatch Logs use it for that log group (CloudWatch Logs User Guide, "Encrypt log
 * data in CloudWatch Logs using AWS Key Management Service").
 */
export const requireUsableKey = ({ account, keyUse }: LogsDependencies, key: string | undefined, logGroupName: string): void => {
  if (key === undefined || keyUse === undefined) return;
  const arn = arnOf(account, 'logs', `log-group:${logGroupName}`);
  const isOpen = keyUse.isOpenTo({
    ...{ key, service: `logs.${account.region}.amazonaws.com`, encryptionContext: { 'aws:logs:arn': arn } },
    actions: ['kms:Encrypt', 'kms:Decrypt', 'kms:GenerateDataKey'],
  });
  if (!isOpen)
    throw new AwsError(
      'InvalidParameterException',
      `The specified KMS key does not exist or is not allowed to be used with LogGroup '${arn}'`,
    );
};
