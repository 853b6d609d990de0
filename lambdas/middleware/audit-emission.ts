import type { AuditLog } from '../../domain/ports.ts';
import type { FaultLog } from './fault-log.ts';
import type { VerdictMiddleware, VerdictRequest } from './verdict-request.ts';

export interface AuditEmission {
  readonly audit: AuditLog;
  readonly faults: FaultLog;
}

/** Puts every verdict on record, however it came about, after what it changed. A log that is full or broken does not change the verdict. */
export const auditEmission = ({ audit, faults }: AuditEmission): VerdictMiddleware => {
  const emit = ({ response }: VerdictRequest): void => {
    if (!response) return;
    try {
      if (response.verdict === 'refuse' && response.write !== undefined) audit.emit(response.write.enrollment.lastEvent);
      audit.emit(response.event);
    } catch (fault) {
      faults.report(fault);
    }
  };
  return { after: emit, onError: emit };
};
