import { randomUUID } from 'node:crypto';
import type { IotRegistry } from '../registry/registry.ts';
import { secondsOf } from './execution-views.ts';
import type { ExecutionStatus, Job, JobExecution } from './job.ts';
import type { JobChange, JobListener, JobStore } from './job-store.ts';

export interface JobEventPorts {
  readonly store: JobStore;
  readonly registry: IotRegistry;
  readonly publish: (topic: string, body: object) => void;
}

const executionOperations: Readonly<Partial<Record<ExecutionStatus, string>>> = {
  SUCCEEDED: 'succeeded',
  FAILED: 'failed',
  REJECTED: 'rejected',
  CANCELED: 'canceled',
  TIMED_OUT: 'timed_out',
  REMOVED: 'removed',
};

const jobOperations = ({ before, after }: Extract<JobChange, { readonly kind: 'job' }>): readonly string[] => {
  if (after === undefined) return ['deleted'];
  if (before?.status === after.status) return [];
  if (after.status === 'CANCELED') return ['cancellation_in_progress', 'canceled'];
  if (after.status === 'COMPLETED') return ['completed'];
  return after.status === 'DELETION_IN_PROGRESS' ? ['deletion_in_progress'] : [];
};

const processDetails = (store: JobStore, jobId: string) => ({
  numberOfCanceledThings: store.countOf(jobId, 'CANCELED'),
  numberOfRejectedThings: store.countOf(jobId, 'REJECTED'),
  numberOfFailedThings: store.countOf(jobId, 'FAILED'),
  numberOfRemovedThings: store.countOf(jobId, 'REMOVED'),
  numberOfSucceededThings: store.countOf(jobId, 'SUCCEEDED'),
  numberOfTimedOutThings: store.countOf(jobId, 'TIMED_OUT'),
});

/** Publishes what becomes of jobs and executions, as far as the account has switched it on (DG:events-jobs). */
export const createJobEvents = ({ store, registry, publish }: JobEventPorts): JobListener => {
  const head = (eventType: string, operation: string) => ({
    ...{ eventType, operation, eventId: randomUUID(), timestamp: secondsOf(registry.clock.now()) },
  });

  const tellJob = (job: Job, operation: string): void => {
    const { jobId, targetSelection, targets, description, createdAt, lastUpdatedAt, completedAt, comment, reasonCode } = job;
    publish(`$aws/events/job/${jobId}/${operation}`, {
      ...head('JOB', operation),
      ...{ jobId, status: operation.toUpperCase(), targetSelection, targets, description, completedAt, createdAt, lastUpdatedAt },
      ...{ comment, reasonCode, jobProcessDetails: processDetails(store, jobId) },
    });
  };

  const tellExecution = (execution: JobExecution, operation: string): void => {
    const { jobId, thingName, statusDetails } = execution;
    publish(`$aws/events/jobExecution/${jobId}/${operation}`, {
      ...head('JOB_EXECUTION', operation),
      ...{ jobId, thingArn: registry.arn('thing', thingName), status: operation.toUpperCase(), statusDetails },
    });
  };

  const operationOf = (before: JobExecution | undefined, after: JobExecution | undefined): string | undefined => {
    if (after === undefined) return 'deleted';
    return before?.status === after.status ? undefined : executionOperations[after.status];
  };

  return (change) => {
    if (!registry.eventConfigurations.isEnabled(change.kind === 'job' ? 'JOB' : 'JOB_EXECUTION')) return;
    if (change.kind === 'job') {
      const job = change.after ?? change.before;
      if (job !== undefined) for (const operation of jobOperations(change)) tellJob(job, operation);
      return;
    }
    const operation = operationOf(change.before, change.after);
    const execution = change.after ?? change.before;
    if (operation !== undefined && execution !== undefined) tellExecution(execution, operation);
  };
};
