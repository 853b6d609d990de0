import type { Configuration } from '../../domain/configuration-schema.ts';
import type { ManufacturerStore } from '../../domain/manufacturer-store.ts';
import type { AuditLog, EnrollmentStore } from '../../domain/ports.ts';

/** What operations are performed with; a performer takes of it what it needs. */
export interface OperationResources {
  /** Begins the name of every resource and thing of the deployment. */
  readonly prefix: string;
  /** What was deployed. */
  readonly configuration: Configuration;
  readonly store: EnrollmentStore;
  readonly manufacturers: ManufacturerStore;
  /** Where a change is put on record, by whoever made it. */
  readonly audit: AuditLog;
}
