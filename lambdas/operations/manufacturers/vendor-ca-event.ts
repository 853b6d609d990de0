import type { AuditEvent } from '../../../domain/audit-event.ts';
import type { VendorCa } from '../../../domain/vendor-ca.ts';
import type { OperationCall } from '../operation-call.ts';

/** The record of what was done with a vendor's CA. */
export const vendorCaEvent = (
  code: 'vendor-ca.trusted' | 'vendor-ca.distrusted',
  { id, line, manufacturer, keyDigest }: VendorCa,
  { eventId, at, actor, scope, proposedBy }: OperationCall,
): AuditEvent => ({
  ...{ schemaVersion: 1, id: eventId, at, code, actor },
  operation: code === 'vendor-ca.trusted' ? 'manufacturers.trust-ca' : 'manufacturers.distrust-ca',
  ...{ scope: scope.name, line, manufacturer, keyDigest, vendorCaId: id },
  ...(proposedBy === undefined ? {} : { proposedBy }),
});
