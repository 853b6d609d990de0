import type { CheckName } from './audit-checks.data.ts';

export type CheckRunStatus = 'IN_PROGRESS' | 'CANCELED' | 'COMPLETED_COMPLIANT' | 'COMPLETED_NON_COMPLIANT' | 'FAILED';

export interface CheckRun {
  readonly status: CheckRunStatus;
  readonly total: number;
  readonly nonCompliant: number;
  readonly suppressed: number;
  readonly errorCode?: 'INSUFFICIENT_PERMISSIONS' | 'AUDIT_CHECK_DISABLED';
  readonly message?: string;
}

export type TaskType = 'ON_DEMAND_AUDIT_TASK' | 'SCHEDULED_AUDIT_TASK';

/** An audit, running or over. */
export interface AuditTask {
  readonly taskId: string;
  readonly taskType: TaskType;
  readonly scheduledAuditName: string | undefined;
  /** Milliseconds since the epoch. */
  readonly startedAt: number;
  readonly status: 'IN_PROGRESS' | 'COMPLETED' | 'FAILED' | 'CANCELED';
  readonly checks: ReadonlyMap<CheckName, CheckRun>;
}

const counted = ({ checks }: AuditTask, ...statuses: readonly CheckRunStatus[]): number =>
  [...checks.values()].filter(({ status }) => statuses.includes(status)).length;

const summaryOf = ({ status, total, nonCompliant, suppressed, errorCode, message }: CheckRun) => ({
  ...{ checkRunStatus: status, totalResourcesCount: total, nonCompliantResourcesCount: nonCompliant },
  ...{ suppressedNonCompliantResourcesCount: suppressed },
  ...(errorCode === undefined ? {} : { errorCode }),
  ...(message === undefined ? {} : { message }),
});

const detailsOf = (run: CheckRun) =>
  run.status.startsWith('COMPLETED') ? { ...summaryOf(run), checkCompliant: run.status === 'COMPLETED_COMPLIANT' } : summaryOf(run);

/** As DescribeAuditTask answers it. */
export const taskView = (task: AuditTask) => ({
  ...{ taskStatus: task.status, taskType: task.taskType, taskStartTime: new Date(task.startedAt) },
  taskStatistics: {
    totalChecks: task.checks.size,
    inProgressChecks: counted(task, 'IN_PROGRESS'),
    waitingForDataCollectionChecks: 0,
    compliantChecks: counted(task, 'COMPLETED_COMPLIANT'),
    nonCompliantChecks: counted(task, 'COMPLETED_NON_COMPLIANT'),
    failedChecks: counted(task, 'FAILED'),
    canceledChecks: counted(task, 'CANCELED'),
  },
  scheduledAuditName: task.scheduledAuditName,
  auditDetails: Object.fromEntries([...task.checks].map(([name, run]) => [name, detailsOf(run)])),
});

/** What the topic is told when an audit is over (Device Defender developer guide, "Audit", payload of the notification). */
export const taskNotification = (task: AuditTask, accountId: string): string =>
  JSON.stringify({
    ...{ accountId, taskId: task.taskId, taskStatus: task.status, taskType: task.taskType },
    ...(task.scheduledAuditName === undefined ? {} : { scheduledAuditName: task.scheduledAuditName }),
    failedChecksCount: counted(task, 'FAILED'),
    canceledChecksCount: counted(task, 'CANCELED'),
    nonCompliantChecksCount: counted(task, 'COMPLETED_NON_COMPLIANT'),
    compliantChecksCount: counted(task, 'COMPLETED_COMPLIANT'),
    totalChecksCount: task.checks.size,
    taskStartTime: task.startedAt,
    auditDetails: [...task.checks].map(([checkName, run]) => ({ checkName, ...summaryOf(run) })),
  });
