import type { UpdateScheduledAuditRequest, UpdateScheduledAuditResponse } from '@aws-sdk/client-iot';
import { enabledChecks, findScheduledAudit, frequencyOf } from '../audit-rules.ts';
import type { IotOperation } from '../operation.ts';

/** Changes the checks or the frequency of a scheduled audit. */
export const updateScheduledAudit: IotOperation<UpdateScheduledAuditRequest, UpdateScheduledAuditResponse> = (services, input) => {
  const { registry, defender } = services;
  const { name, frequency, checks } = findScheduledAudit(services, input.scheduledAuditName);
  const { frequency: every, dayOfWeek, dayOfMonth, targetCheckNames } = input;
  defender.scheduledAudits.set({
    name,
    frequency: every === undefined ? frequency : frequencyOf({ frequency: every, dayOfWeek, dayOfMonth }),
    checks: targetCheckNames === undefined ? checks : enabledChecks(services, targetCheckNames),
  });
  return { scheduledAuditArn: registry.arn('scheduledaudit', name) };
};
