import { auditLine } from '../../domain/audit-event.ts';
import type { AuditLog } from '../../domain/ports.ts';

/** Writes each event as a line to standard output: a function's log group is the audit log group, so an event costs no request. */
export const createStdoutAuditLog = (out: Pick<NodeJS.WritableStream, 'write'> = process.stdout): AuditLog => ({
  emit: (event) => {
    out.write(`${auditLine(event)}\n`);
  },
});
