import type { AuditEvent } from '../audit-event.ts';
import type { Stamp } from '../registration.ts';
import type { Finding } from './finding.ts';

/** The record of what was found, or taken away. Said again, it has the same id: `stamp.id` names the state that it was found in. */
export const reconciliationEvent = (
  code: 'reconciliation.found' | 'reconciliation.repaired',
  { kind, about }: Pick<Finding, 'kind' | 'about'>,
  stamp: Stamp,
): AuditEvent => ({
  schemaVersion: 1,
  ...stamp,
  code,
  finding: kind,
  ...about,
});
