import type { StartOnDemandAuditTaskRequest, StartOnDemandAuditTaskResponse } from '@aws-sdk/client-iot';
import { enabledChecks } from '../audit-rules.ts';
import type { IotOperation } from '../operation.ts';

/** Begins an audit of checks that are enabled. */
export const startOnDemandAuditTask: IotOperation<StartOnDemandAuditTaskRequest, StartOnDemandAuditTaskResponse> = (
  services,
  { targetCheckNames },
) => ({
  taskId: services.defender.audits.start({ checks: enabledChecks(services, targetCheckNames), taskType: 'ON_DEMAND_AUDIT_TASK' }),
});
