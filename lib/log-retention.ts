import { RetentionDays } from 'aws-cdk-lib/aws-logs';
import type { Configuration } from '../domain/configuration.ts';

const isRetentionDays = (days: unknown): days is RetentionDays => typeof days === 'number' && days in RetentionDays;

/** The CDK's word for a retention. The configuration allows only those that CloudWatch Logs knows; a new CDK might disagree. */
export const retentionOf = (days: Configuration['retention']['auditDays']): RetentionDays => {
  if (!isRetentionDays(days)) throw new Error(`CloudWatch Logs keeps no log group for ${days} days.`);
  return days;
};
