import type { AuditEvent } from '../../domain/audit-event.ts';
import type { AuditLog } from '../../domain/ports.ts';

/** An audit log that can be read back. */
export const recordedAuditLog = (): AuditLog & { readonly events: readonly AuditEvent[] } => {
  const events: AuditEvent[] = [];
  return { events, emit: (event) => void events.push(event) };
};
