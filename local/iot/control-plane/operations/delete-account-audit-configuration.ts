import type { DeleteAccountAuditConfigurationRequest } from '@aws-sdk/client-iot';
import { notFound } from '../../refusals.ts';
import type { IotOperation } from '../operation.ts';

/** Restores all defaults, by which every check is disabled. Scheduled audits stay unless they are to go, too. */
export const deleteAccountAuditConfiguration: IotOperation<DeleteAccountAuditConfigurationRequest> = (
  { defender: { settings, scheduledAudits } },
  { deleteScheduledAudits },
) => {
  if (settings.roleArn === undefined) throw notFound('The account has no audit configuration.');
  if (deleteScheduledAudits === true) for (const { name } of scheduledAudits.all()) scheduledAudits.delete(name);
  settings.clear();
  return {};
};
