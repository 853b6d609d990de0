import type { DescribeScheduledAuditRequest, DescribeScheduledAuditResponse } from '@aws-sdk/client-iot';
import { findScheduledAudit } from '../audit-rules.ts';
import type { IotOperation } from '../operation.ts';

/** A scheduled audit by name. */
export const describeScheduledAudit: IotOperation<DescribeScheduledAuditRequest, DescribeScheduledAuditResponse> = (services, input) => {
  const { name, frequency, checks } = findScheduledAudit(services, input.scheduledAuditName);
  const { every, ...day } = frequency;
  return {
    ...{ frequency: every, ...day, targetCheckNames: [...checks], scheduledAuditName: name },
    scheduledAuditArn: services.registry.arn('scheduledaudit', name),
  };
};
