import type { AuditEvent } from '../../domain/audit-event.ts';
import type { AuditLog } from '../../domain/ports.ts';
import type { FaultLog } from './fault-log.ts';
import type { Decision, VerdictMiddleware, VerdictRequest } from './verdict-request.ts';

export interface AuditEmission<Decided extends Decision> {
  readonly audit: AuditLog;
  readonly faults: FaultLog;
  /** What is to be on record of a decision, in order. */
  readonly eventsOf: (decided: Decided) => readonly AuditEvent[];
}

/** Puts every verdict on record, however it came about, after what it changed. A log that is full or broken does not change the verdict. */
export const auditEmission = <Decided extends Decision>(emission: AuditEmission<Decided>): VerdictMiddleware<Decided> => {
  const { audit, faults, eventsOf } = emission;
  const emit = ({ response }: VerdictRequest<Decided>): void => {
    if (!response) return;
    try {
      for (const event of eventsOf(response)) audit.emit(event);
    } catch (fault) {
      faults.report(fault);
    }
  };
  return { after: emit, onError: emit };
};
