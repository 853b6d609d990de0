import type { DeleteScheduledAuditRequest } from '@aws-sdk/client-iot';
import { findScheduledAudit } from '../audit-rules.ts';
import type { IotOperation } from '../operation.ts';

/** Deletes a scheduled audit; audits that it has begun go on. */
export const deleteScheduledAudit: IotOperation<DeleteScheduledAuditRequest> = (services, { scheduledAuditName }) => {
  findScheduledAudit(services, scheduledAuditName);
  services.defender.scheduledAudits.delete(scheduledAuditName);
  services.registry.tags.delete(services.registry.arn('scheduledaudit', scheduledAuditName));
  return {};
};
