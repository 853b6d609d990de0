import type { CreateScheduledAuditRequest, CreateScheduledAuditResponse } from '@aws-sdk/client-iot';
import { alreadyExists, limitExceeded } from '../../refusals.ts';
import { addTags } from '../../registry/tagging.ts';
import { enabledChecks, frequencyOf } from '../audit-rules.ts';
import type { IotOperation } from '../operation.ts';

/** LIM: scheduled audits of an account. */
const mostScheduled = 5;

/** Makes an audit that runs by itself. */
export const createScheduledAudit: IotOperation<CreateScheduledAuditRequest, CreateScheduledAuditResponse> = (services, input) => {
  const { registry, defender } = services;
  const { scheduledAuditName: name } = input;
  const scheduledAuditArn = registry.arn('scheduledaudit', name);
  const [frequency, checks] = [frequencyOf(input), enabledChecks(services, input.targetCheckNames)];
  if (defender.scheduledAudits.get(name) !== undefined)
    throw alreadyExists(`Scheduled audit ${name} already exists.`, { id: name, arn: scheduledAuditArn });
  if (defender.scheduledAudits.all().length >= mostScheduled)
    throw limitExceeded(`An account has at most ${mostScheduled} scheduled audits.`);
  addTags(registry, scheduledAuditArn, input.tags);
  defender.scheduledAudits.set({ name, frequency, checks });
  return { scheduledAuditArn };
};
