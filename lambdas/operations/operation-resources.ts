import type { AuditLog, EnrollmentStore } from '../../domain/ports.ts';

/** What operations are performed with; a performer takes of it what it needs. */
export interface OperationResources {
  /** Begins the name of every resource and thing of the deployment. */
  readonly prefix: string;
  readonly store: EnrollmentStore;
  /** Where a change is put on record, by whoever made it. */
  readonly audit: AuditLog;
}
