import type { Configuration } from '../../domain/configuration.ts';
import type { RecordsStack } from '../records/records-stack.ts';

/** What each part of the audit stack is built from. */
export interface AuditPipelineProps {
  readonly configuration: Configuration;
  readonly records: RecordsStack;
}
