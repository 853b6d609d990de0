import type { AuditEvent } from '../../../domain/audit-event.ts';
import type { ManufacturerKey } from '../../../domain/manufacturer.ts';
import type { OperationCall } from '../operation-call.ts';

/** The record of what was done with a manufacturer's key. */
export const manufacturerEvent = (
  code: 'manufacturer.registered' | 'manufacturer.removed',
  { name, kid }: ManufacturerKey,
  { eventId, at, actor, scope, proposedBy }: OperationCall,
): AuditEvent => ({
  schemaVersion: 1,
  id: eventId,
  at,
  code,
  actor,
  operation: code === 'manufacturer.registered' ? 'manufacturers.add' : 'manufacturers.remove',
  scope: scope.name,
  manufacturer: name,
  kid,
  ...(proposedBy === undefined ? {} : { proposedBy }),
});
